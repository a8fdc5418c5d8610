#include "read_layer.h"

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <format/text_forms.h>

#include <algorithm>

namespace bylaw::runner {
namespace {

void wrong_shape(Context& context, const std::string& key, const YamlNode& node, const char* wanted) {
  context.report(codes::WrongShape, node.place(), {{"key", key}, {"seen", describe(node)}, {"wanted", wanted}});
}

std::vector<std::string> read_words(Context& context, const YamlEntry& entry) {
  std::vector<std::string> words;
  for (const YamlNode* word : read_texts(context, entry, "a list of words")) words.push_back(word->text);
  return words;
}

void add_part(Context& context, std::vector<EntityPart>& parts, const YamlNode& node) {
  if (node.is_map())
    parts.push_back({&node, &node});
  else if (node.has_text())
    parts.push_back({&node, nullptr});
  else
    wrong_shape(context, "entities", node, "a map of entities, the path of a file, or a list of these");
}

std::vector<EntityPart> read_entities(Context& context, const YamlNode& map) {
  std::vector<EntityPart> parts;
  const YamlNode* node = map.find("entities");
  if (!node) return parts;
  if (!node->is_sequence()) add_part(context, parts, *node);
  for (const YamlNode& item : node->items) add_part(context, parts, item);
  return parts;
}

/// The map behind `skip` or `failing`, whose reason is compulsory.
const YamlNode* with_reason(Context& context, const YamlNode& map, const char* key,
                            const std::vector<std::string>& keys, std::string& because) {
  const YamlEntry* entry = map_entry(context, map, key);
  if (!entry) return nullptr;
  context.check_keys(entry->value, keys, {});
  const YamlEntry* reason = required(context, entry->value, "because", key);
  if (reason) because = read_text(context, *reason);
  return &entry->value;
}

std::optional<Skip> read_skip(Context& context, const YamlNode& map) {
  Skip skip;
  const YamlNode* node = with_reason(context, map, "skip", {"because", "until"}, skip.because);
  if (!node) return std::nullopt;
  skip.span = node->place();
  const YamlNode* until = node->find("until");
  if (!until) return skip;
  if (until->has_text()) skip.until = format::read_instant(until->text);
  if (until->has_text() && !skip.until) skip.until = format::read_date(until->text);
  if (!skip.until && until->has_text())
    context.report(
        codes::ValueNotRead, until->place(),
        {{"text", until->text}, {"type", "a date"}, {"rule", "write a date or an instant, such as 2027-01-31"}});
  else if (!skip.until)
    wrong_shape(context, "until", *until, "an instant or a date, such as 2027-01-31");
  return skip;
}

}  // namespace

std::string read_text(Context& context, const YamlEntry& entry) {
  if (entry.value.has_text()) return entry.value.text;
  wrong_shape(context, entry.key, entry.value, "a text");
  return {};
}

std::vector<const YamlNode*> read_texts(Context& context, const YamlEntry& entry, const char* wanted) {
  const YamlNode& node = entry.value;
  if (node.has_text()) return {&node};
  std::vector<const YamlNode*> texts;
  for (const YamlNode& item : node.items)
    if (item.has_text()) texts.push_back(&item);
  if (node.is_sequence() && texts.size() == node.items.size()) return texts;
  wrong_shape(context, entry.key, node, wanted);
  return {};
}

const YamlEntry* map_entry(Context& context, const YamlNode& map, const char* key) {
  const YamlEntry* entry = map.find_entry(key);
  if (!entry || entry->value.is_map()) return entry;
  wrong_shape(context, entry->key, entry->value, "a map");
  return nullptr;
}

const YamlEntry* required(Context& context, const YamlNode& map, const char* key, const char* holder) {
  const YamlEntry* entry = map.find_entry(key);
  if (!entry) context.report(codes::MissingKey, map.place(), {{"holder", holder}, {"key", key}});
  return entry;
}

std::optional<KnownFailure> read_failing(Context& context, const YamlNode& map) {
  KnownFailure failing;
  const YamlNode* node = with_reason(context, map, "failing", {"because"}, failing.because);
  if (!node) return std::nullopt;
  failing.span = node->place();
  return failing;
}

Layer read_layer(Context& context, const YamlNode& map, const char* request_key) {
  Layer layer;
  layer.decision = map.find_entry("decision");
  layer.entities = read_entities(context, map);
  layer.params = map_entry(context, map, "params");
  layer.request = map_entry(context, map, request_key);
  layer.requests = map_entry(context, map, "requests");
  if (layer.requests) check_requests(context, layer.requests->value);
  layer.only = map.find_entry("only");
  layer.skip = read_skip(context, map);
  if (const YamlEntry* about = map.find_entry("about")) layer.about = read_text(context, *about);
  if (const YamlEntry* tags = map.find_entry("tags")) layer.tags = read_words(context, *tags);
  return layer;
}

}  // namespace bylaw::runner
