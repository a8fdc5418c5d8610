#include "merge.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

std::string_view text_of(const YamlNode& map, std::string_view key) {
  const YamlNode* value = map.find(key);
  return value && value->has_text() ? std::string_view(value->text) : std::string_view();
}

bool other_identity(const YamlNode& base, const YamlNode& over) {
  const std::string_view base_id = text_of(base, "id");
  const std::string_view over_id = text_of(over, "id");
  const std::string_view base_type = text_of(base, "type");
  const std::string_view over_type = text_of(over, "type");
  const bool other_id = over.find("id") && base.find("id") && base_id != over_id;
  const bool other_type =
      over.find("type") && base.find("type") && !is_tail(over_type, base_type) && !is_tail(base_type, over_type);
  return other_id || other_type;
}

bool merges(const Program& program, Place place, const YamlNode& base, const YamlNode& over) {
  if (!base.is_map() || !over.is_map() || raw_json(base) || raw_json(over)) return false;
  const MapKind kind = map_kind(program, place);
  if (kind == MapKind::None) return false;
  return kind != MapKind::Entity || !other_identity(base, over);
}

}  // namespace

YamlNode empty_map(Span span) {
  YamlNode node;
  node.kind = compiler::YamlKind::Map;
  node.span = span;
  return node;
}

YamlEntry* find_key(const Program& program, Place place, YamlNode& map, std::string_view key) {
  const Field* field = field_at(program, place, key);
  for (YamlEntry& entry : map.entries)
    if (entry.key == key || (field && (entry.key == field->name || entry.key == field->wire))) return &entry;
  return nullptr;
}

const YamlEntry* find_key(const Program& program, Place place, const YamlNode& map, std::string_view key) {
  return find_key(program, place, const_cast<YamlNode&>(map), key);
}

void lay_over(const Program& program, Place place, YamlNode& base, const YamlNode& over) {
  if (!merges(program, place, base, over)) {
    base = over;
    return;
  }
  const bool entity = map_kind(program, place) == MapKind::Entity;
  for (const YamlEntry& entry : over.entries) {
    if (YamlEntry* known = find_key(program, place, base, entry.key)) {
      known->key_span = entry.key_span;
      if (entity && entry.key == "in")
        known->value = entry.value;
      else
        lay_over(program, below(program, place, entry.key), known->value, entry.value);
    } else {
      base.entries.push_back(entry);
    }
  }
}

bool lay_at(const Program& program, Place place, YamlNode& base, const std::vector<std::string>& path,
            const YamlNode& value) {
  YamlNode* node = &base;
  for (const std::string& step : path) {
    const std::optional<std::size_t> index = index_step(step);
    if (index && map_kind(program, place) == MapKind::None) {
      if (!node->is_sequence() || *index >= node->items.size()) return false;
      place = below(program, place, step);
      node = &node->items[*index];
      continue;
    }
    if (!node->is_map() || raw_json(*node)) *node = empty_map(value.span);
    YamlEntry* entry = find_key(program, place, *node, step);
    if (!entry) {
      const bool last = &step == &path.back();
      if (!last && map_kind(program, below(program, place, step)) == MapKind::None) return false;
      YamlEntry added;
      added.key = step;
      added.key_span = value.span;
      node->entries.push_back(std::move(added));
      entry = &node->entries.back();
    }
    place = below(program, place, step);
    node = &entry->value;
  }
  lay_over(program, place, *node, value);
  return true;
}

void take_away(YamlNode& node) {
  auto& entries = node.entries;
  entries.erase(std::remove_if(entries.begin(), entries.end(), [](const YamlEntry& e) { return e.value.is_tilde(); }),
                entries.end());
  for (YamlEntry& entry : entries) take_away(entry.value);
  for (YamlNode& item : node.items) take_away(item);
}

}  // namespace bylaw::runner
