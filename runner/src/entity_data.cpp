#include "entity_data.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <format/text_forms.h>

#include "json_text.h"

namespace bylaw::runner {

std::optional<EntityKey> read_entity_key(Context& context, const std::string& key, Span place) {
  const auto text = format::read_entity(key);
  if (!text || text->id.empty()) {
    context.report(
        codes::ValueNotRead, place,
        {{"text", key}, {"type", "an entity"}, {"rule", "write it like `User::ana` or `User::\"ana@contoso.com\"`"}});
    return std::nullopt;
  }
  const EntityTypeId type = find_entity_type(context, text->type, all_entity_types(context.program), place);
  if (!type) return std::nullopt;
  return EntityKey{type, text->id};
}

void lay_entities(Context& context, EntityData& data, const YamlNode& map) {
  std::map<EntityKey, Span> given;  // `User::bo` and `User::"bo"` are one
  for (const YamlEntry& entry : map.entries) {
    const std::optional<EntityKey> key = read_entity_key(context, entry.key, entry.key_span);
    if (!key) continue;
    if (const auto [first, is_new] = given.emplace(*key, entry.key_span); !is_new) {
      context.report(codes::KeyTwice, entry.key_span,
                     {{"key", entry.key}, {"line", std::to_string(context.line(first->second))}});
      continue;
    }
    if (entry.value.is_tilde()) {
      data.erase(*key);
      continue;
    }
    if (!entry.value.is_map()) {
      context.report(codes::WrongShape, entry.value.place(),
                     {{"key", entry.key},
                      {"seen", describe(entry.value)},
                      {"wanted", "a map of its attributes, `{}` if there are none"}});
      continue;
    }
    auto& known = data[*key];
    if (!known.span.known()) known.attributes = empty_map(entry.value.span);
    known.span = entry.key_span;
    lay_over(context.program, attributes_place(context.program, key->type), known.attributes, entry.value);
  }
}

bool give_attributes(Values& values, const EntityKey& key, const YamlNode& map, EntityRecord& record) {
  const auto attributes = values.entity(key.type, key.id, map);
  if (!attributes) return false;
  for (const WireAttribute& attribute : *attributes) {
    if (attribute.json)
      give(record, attribute.key, *attribute.json, attribute.entry->value.place());
    else
      take(record, attribute.key);
  }
  return true;
}

std::optional<EntityTable> entity_table(Values& values, const Program& program, const EntityData& data) {
  EntityTable table;
  bool complete = true;
  for (const auto& [key, entry] : data) {
    YamlNode attributes = entry.attributes;
    take_away(attributes);
    EntityRecord& record = table.record(entity_key(program, key.type, key.id), entry.span);
    complete = give_attributes(values, key, attributes, record) && complete;
  }
  return complete ? std::optional(std::move(table)) : std::nullopt;
}

}  // namespace bylaw::runner
