#include "entity_data.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <format/text_forms.h>

#include "json_text.h"

namespace bylaw::runner {
namespace {

std::optional<EntityKey> read_key(Context& context, const YamlEntry& entry) {
  const auto text = format::read_entity(entry.key);
  if (!text || text->id.empty()) {
    context.report(codes::ValueNotRead, entry.key_span,
                   {{"text", entry.key},
                    {"type", "an entity"},
                    {"rule", "write it like `User::ana` or `User::\"ana@contoso.com\"`"}});
    return std::nullopt;
  }
  const EntityTypeId type = find_entity_type(context, text->type, all_entity_types(context.program), entry.key_span);
  if (!type) return std::nullopt;
  return EntityKey{type, text->id};
}

}  // namespace

void lay_entities(Context& context, EntityData& data, const YamlNode& map) {
  for (const YamlEntry& entry : map.entries) {
    const std::optional<EntityKey> key = read_key(context, entry);
    if (!key) continue;
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

std::optional<std::string> entities_json(const Program& program, Values& values, const EntityData& data) {
  JsonObject object;
  bool complete = true;
  for (const auto& [key, entry] : data) {
    YamlNode attributes = entry.attributes;
    take_away(attributes);
    const auto json = values.entity(key.type, key.id, attributes);
    complete = complete && json;
    object.add(entity_key(program, key.type, key.id), json.value_or("null"));
  }
  return complete ? std::optional(object.text()) : std::nullopt;
}

}  // namespace bylaw::runner
