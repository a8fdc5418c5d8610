#include "generate/scenario_yaml.h"

#include <fmt/format.h>
#include <format/text_forms.h>

#include <algorithm>

#include "json_text.h"
#include "names.h"
#include "yaml_text.h"

namespace bylaw::runner {
namespace {

using compiler::EntityTypeId;
using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;

class Yaml {
 public:
  explicit Yaml(const Program& program) : program_(program) {}

  std::string map(const OrderedJson& json, Place place) const {
    std::string text = "{";
    for (const auto& [key, value] : json.items())
      text += fmt::format("{}{}: {}", text.size() == 1 ? "" : ", ", yaml_text(key),
                          this->value(value, below(program_, place, key)));
    return text + "}";
  }

  std::string value(const OrderedJson& json, Place place) const {
    if (json.is_null()) return "~";
    const Type* const type = type_at(program_, place);
    if (json.is_array()) {
      const TypeId items = place.type ? union_part(program_, place.type, compiler::ValueShape::Array) : TypeId{};
      const Place element{items ? program_.types[items].element : type ? type->element : TypeId{}, nullptr};
      std::string text = "[";
      for (const OrderedJson& item : json) text += (text.size() == 1 ? "" : ", ") + value(item, element);
      return text + "]";
    }
    if (json.is_object()) return type && type->kind == TypeKind::Entity ? entity(json, place) : map(json, place);
    if (!json.is_string()) return json.dump();
    const auto text = json.get<std::string>();
    if (place.type && program_.either_of(place.type)) return json_quote(text);  // a number in quotes is a text
    if (type && type->kind == TypeKind::Enum) return member(text, program_.enums[type->enum_id]);
    return type && type->kind == TypeKind::Entity ? entity_name(text) : yaml_text(text);
  }

  /// `User::bo`, quoted only where the id needs it.
  static std::string entity_name(const std::string& text) {
    const auto parts = format::read_entity(text);
    if (!parts) return yaml_text(text);
    const std::string bare = parts->type + "::" + parts->id;
    const bool simple = !parts->id.empty() &&
                        parts->id.find_first_not_of(
                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
    return simple ? bare : json_quote(text);
  }

 private:
  std::string member(const std::string& text, const compiler::EnumType& type) const {
    for (const compiler::Member& member : type.members)
      if (member.name == text || member.wire == text) return yaml_text(text);
    return "{unknown: " + yaml_text(text) + "}";
  }

  std::string entity(const OrderedJson& json, Place place) const {
    std::string text = "{";
    for (const auto& [key, held] : json.items()) {
      std::string told;
      if (key == "type" || key == "id")
        told = held.is_string() ? yaml_text(held.get<std::string>()) : held.dump();
      else if (key == "in")
        told = parents(held);
      else
        told = value(held, below(program_, place, key));
      text += fmt::format("{}{}: {}", text.size() == 1 ? "" : ", ", yaml_text(key), told);
    }
    return text + "}";
  }

 public:
  static std::string parents(const OrderedJson& json) {
    if (json.is_string()) return entity_name(json.get<std::string>());
    std::string text = "[";
    for (const OrderedJson& parent : json)
      text += (text.size() == 1 ? "" : ", ") +
              (parent.is_string() ? entity_name(parent.get<std::string>()) : parent.dump());
    return text + "]";
  }

 private:
  const Program& program_;
};

EntityTypeId type_of_key(const Program& program, const std::string& key) {
  const auto parts = format::read_entity(key);
  for (std::uint32_t i = 0; parts && i < program.entities.size(); ++i)
    if (is_tail(parts->type, program.qualified(program.entities[EntityTypeId{i}]))) return {i};
  return {};
}

}  // namespace

std::string yaml_map(const Program& program, const OrderedJson& json, Place place) {
  return Yaml(program).map(json, place);
}

std::string yaml_value(const Program& program, const OrderedJson& json, Place place) {
  return Yaml(program).value(json, place);
}

std::string yaml_entities(const Program& program, const OrderedJson& json) {
  std::string text = "{";
  for (const auto& [key, value] : json.items()) {
    std::string told = "~";
    if (value.is_object()) {
      const EntityTypeId type = type_of_key(program, key);
      told = "{";
      for (const auto& [name, held] : value.items()) {
        const bool is_in = name == "in";
        const std::string shown = held.is_null() ? "~"
                                  : is_in        ? Yaml::parents(held)
                                  : type
                                      ? Yaml(program).value(held, below(program, attributes_place(program, type), name))
                                      : held.dump();
        told += fmt::format("{}{}: {}", told.size() == 1 ? "" : ", ", yaml_text(name), shown);
      }
      told += "}";
    }
    text += fmt::format("{}{}: {}", text.size() == 1 ? "" : ", ", Yaml::entity_name(key), told);
  }
  return text + "}";
}

}  // namespace bylaw::runner
