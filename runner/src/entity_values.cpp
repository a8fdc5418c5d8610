#include "entity_values.h"

#include <bylaw/compiler/decision_ir.h>
#include <fmt/format.h>
#include <format/text_forms.h>

#include <nlohmann/json.hpp>

#include "element_text.h"
#include "json_text.h"
#include "model/case_model.h"

namespace bylaw::runner {
namespace {

using compiler::Value;
using compiler::ValueKind;
using Json = nlohmann::json;

constexpr std::size_t kMostElements = 4, kMostAbove = 6, kLongest = 80;

const compiler::EntityType* entity_type(const Program& program, std::string_view qualified) {
  for (std::uint32_t i = 0; i < program.entities.size(); ++i)
    if (const compiler::EntityType& type = program.entities[EntityTypeId{i}]; program.qualified(type) == qualified)
      return &type;
  return nullptr;
}

/// A value as policies write it; of collections the first elements.
std::string print(const Program& program, const Value& value, TypeId type_id) {
  const compiler::Type& type = program.types[program.without_optional(type_id)];
  switch (value.kind) {
    case ValueKind::Absent: return "unset";
    case ValueKind::String: return json_quote(value.text);
    case ValueKind::Entity: return format::print_entity(program.entities[value.entity_type].name, value.text);
    case ValueKind::Set:
    case ValueKind::List: break;
    default: return shortened(ir::print_value(program, value, type_id), kLongest);
  }
  const bool set = value.kind == ValueKind::Set;
  std::string text = set ? "{" : "[";
  for (std::size_t i = 0; i < value.items.size() && i < kMostElements; ++i)
    text += (i == 0 ? "" : ", ") + print(program, value.items[i], type.element);
  if (value.items.size() > kMostElements) text += fmt::format(" and {} more", value.items.size() - kMostElements);
  return text + (set ? "}" : "]");
}

}  // namespace

/// By its type's full name or the end of it.
const InspectedEntity* EntityValues::find(const std::string& type, const std::string& id) const {
  for (const InspectedEntity& entity : inspection_.entities)
    if (entity.name.id == id && is_tail(type, entity.name.type)) return &entity;
  return nullptr;
}

std::string EntityValues::named(const EntityName& entity) const {
  const std::size_t dot = entity.type.rfind('.');
  return format::print_entity(dot == std::string::npos ? entity.type : entity.type.substr(dot + 1), entity.id);
}

/// "Group::a" with quotes, as the entity data name it.
std::string EntityValues::source(const InspectedEntity& entity, const compiler::Field& field) const {
  if (field.inherit == compiler::Strategy::None) return "";
  const Json all = Json::parse(entities_json_, nullptr, false);
  if (!all.is_object()) return "";
  const auto gives = [&](const EntityName& name) {
    for (const std::string& type : {name.type, name.type.substr(name.type.rfind('.') + 1)}) {
      const auto found = all.find(format::print_entity(type, name.id));
      if (found != all.end() && found->is_object() && found->contains(field.wire)) return true;
    }
    return false;
  };
  if (gives(entity.name)) return "";
  std::vector<std::string> givers;
  for (const EntityName& above : entity.above)
    if (gives(above)) givers.push_back(named(above));
  // Of several the strategy decides which counts, or merges them.
  return givers.size() == 1 ? fmt::format(" (inherited from {})", givers.front())
         : givers.empty()   ? ""
                            : " (inherited)";
}

std::string EntityValues::attribute(const std::string& type, const std::string& id,
                                    const std::vector<std::string>& steps) const {
  const InspectedEntity* entity = find(type, id);
  const compiler::EntityType* declared = entity != nullptr ? entity_type(program_, entity->name.type) : nullptr;
  if (declared == nullptr || steps.empty()) return "";
  for (std::size_t i = 0; i < declared->fields.size() && i < entity->attributes.size(); ++i) {
    const compiler::Field& field = declared->fields[i];
    if (field.name != steps.front()) continue;
    if (field.secret) return "";
    const Inspected& held = entity->attributes[i];
    if (steps.size() > 1) {
      if (held.kind != Inspected::Kind::Entity) return "";
      return attribute(held.type, held.text, {steps.begin() + 1, steps.end()});
    }
    return print(program_, inspected_value(program_, held, field.type), field.type) + source(*entity, field);
  }
  return "";
}

std::string EntityValues::above(const std::string& type, const std::string& id) const {
  const InspectedEntity* entity = find(type, id);
  const compiler::EntityType* declared = entity != nullptr ? entity_type(program_, entity->name.type) : nullptr;
  if (declared == nullptr || declared->parents.empty()) return "";
  if (entity->above.empty()) return ", which is in nothing";
  std::string text = ", which is in ";
  for (std::size_t i = 0; i < entity->above.size() && i < kMostAbove; ++i)
    text += (i == 0 ? "" : ", ") + named(entity->above[i]);
  if (entity->above.size() > kMostAbove) text += fmt::format(" and {} more", entity->above.size() - kMostAbove);
  return text;
}

}  // namespace bylaw::runner
