// Entities in scenarios: `User::bo` refers, `{type: User, id: bo, in: [..], level: 3}` describes.

#include <fmt/format.h>

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <fmt/ranges.h>
#include <format/text_forms.h>

#include <algorithm>

#include "json_text.h"
#include "values.h"

namespace bylaw::runner {
namespace {

std::string type_names(const Program& program, const std::vector<EntityTypeId>& types) {
  std::vector<std::string> names;
  for (const EntityTypeId id : types) names.push_back(program.entities[id].name);
  return fmt::format("{}", fmt::join(names, " or "));
}

/// The short name, and the full one where the place takes two types that share it.
std::string printed_type(const Program& program, EntityTypeId type, const std::vector<EntityTypeId>& possible) {
  const compiler::EntityType& entity = program.entities[type];
  const auto shares = [&](EntityTypeId other) { return program.entities[other].name == entity.name; };
  return std::count_if(possible.begin(), possible.end(), shares) > 1 ? program.qualified(entity) : entity.name;
}

const Field* find_attribute(const Program& program, const std::vector<EntityTypeId>& types, std::string_view key) {
  for (const EntityTypeId type : types)
    for (const Field& field : program.entities[type].fields)
      if (field.name == key || field.wire == key) return &field;
  return nullptr;
}

std::vector<EntityTypeId> all_parents(const Program& program, const std::vector<EntityTypeId>& types) {
  std::vector<EntityTypeId> parents;
  for (const EntityTypeId type : types)
    for (const EntityTypeId parent : program.entities[type].parents)
      if (std::find(parents.begin(), parents.end(), parent) == parents.end()) parents.push_back(parent);
  return parents;
}

}  // namespace

std::optional<std::string> Values::reference(const std::vector<EntityTypeId>& possible, const YamlNode& node) {
  const std::string wanted = with_article(type_names(context_.program, possible));
  const auto entity = node.is_scalar() ? format::read_entity(node.text) : std::nullopt;
  if (!entity) {
    const std::string type = context_.program.entities[possible.front()].name;
    not_read(node, wanted, fmt::format("write it like `{}::ana` or `{}::\"ana@contoso.com\"`", type, type));
    return std::nullopt;
  }
  if (entity->id.empty()) {
    not_read(node, wanted, "an id is not empty");
    return std::nullopt;
  }
  const EntityTypeId type = find_entity_type(context_, entity->type, possible, node.place());
  if (!type) return std::nullopt;
  return json_quote(format::print_entity(printed_type(context_.program, type, possible), entity->id));
}

std::optional<std::string> Values::parents(const std::vector<EntityTypeId>& types, const YamlNode& node) {
  const std::vector<EntityTypeId> possible = all_parents(context_.program, types);
  if (const YamlNode* raw = raw_json(node)) return raw->text;
  if (possible.empty()) {
    context_.report(codes::NoParents, node.place(), {{"type", type_names(context_.program, types)}});
    return std::nullopt;
  }
  if (!has_value(node, "in")) return std::nullopt;
  Type type;
  type.kind = TypeKind::Entity;
  type.entities = possible;
  std::vector<std::string> items;
  bool complete = true;
  const std::size_t count = node.is_sequence() ? node.items.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const YamlNode& item = node.is_sequence() ? node.items[i] : node;
    const auto json = item.is_map() ? entity_object(type, item, "in") : reference(possible, item);
    complete = complete && json;
    items.push_back(json.value_or("null"));
  }
  return complete ? std::optional(json_array(items)) : std::nullopt;
}

std::optional<std::string> Values::attribute(const std::vector<EntityTypeId>& types, const YamlEntry& entry,
                                             const std::string& path, const Field* field) {
  if (entry.key == "in") return parents(types, entry.value);
  if (field) return value(field->type, entry.value, path + "." + entry.key);
  std::vector<std::string> names = {"in"};
  for (const EntityTypeId type : types)
    for (const Field& f : context_.program.entities[type].fields) names.push_back(f.name);
  context_.report(codes::NoSuchAttribute, entry.key_span,
                  {{"type", type_names(context_.program, types)},
                   {"name", entry.key},
                   {"suggestion", suggestion(entry.key, names)}});
  return std::nullopt;
}

std::optional<std::vector<WireAttribute>> Values::attributes(const std::vector<EntityTypeId>& types,
                                                             const YamlNode& map, const std::string& path) {
  bool complete = true;
  std::vector<const Field*> given;
  std::vector<WireAttribute> attributes;
  for (const YamlEntry& entry : map.entries) {
    if (entry.key == "type" || entry.key == "id") continue;
    const Field* field = find_attribute(context_.program, types, entry.key);
    WireAttribute read{&entry, field ? field->wire : entry.key, std::nullopt};
    if (!entry.value.is_tilde()) {
      read.json = attribute(types, entry, path, field);
      complete = given_once(given, field, entry) && complete && read.json;
    }
    attributes.push_back(std::move(read));
  }
  return complete ? std::optional(std::move(attributes)) : std::nullopt;
}

std::optional<std::string> Values::entity_object(const Type& type, const YamlNode& map, const std::string& path) {
  std::vector<EntityTypeId> types = type.entities;
  JsonObject object;
  if (const YamlNode* name = map.find("type"); name && !name->is_tilde()) {
    const EntityTypeId found = find_entity_type(context_, name->text, types, name->place());
    if (!found) return std::nullopt;
    object.add("type", json_quote(printed_type(context_.program, found, types)));
    types = {found};
  }
  if (const YamlNode* id = map.find("id"); id && !id->is_tilde()) {
    const YamlNode* raw = raw_json(*id);
    if (!raw && !id->has_text()) {
      not_read(*id, "an id", "write a text");
      return std::nullopt;
    }
    object.add("id", raw ? raw->text : json_quote(id->text));
  }
  const auto given = attributes(types, map, path);
  if (!given) return std::nullopt;
  for (const WireAttribute& attribute : *given)
    if (attribute.json) object.add(attribute.key, *attribute.json);
  return object.text();
}

std::optional<std::vector<WireAttribute>> Values::entity(EntityTypeId type, const std::string& id,
                                                         const YamlNode& map) {
  return attributes({type}, map, entity_key(context_.program, type, id));
}

std::string entity_key(const Program& program, EntityTypeId type, const std::string& id) {
  return format::print_entity(printed_type(program, type, all_entity_types(program)), id);
}

}  // namespace bylaw::runner
