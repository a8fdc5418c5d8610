// Maps, as a list of entries that is searched from its begin to its end.
#include <algorithm>

#include "reference/model.h"

namespace bylaw::reference {

Value make_map(std::vector<std::pair<Value, Value>> entries) {
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return before(a.first, b.first); });
  Value map;
  map.kind = Kind::Map;
  for (auto& [key, value] : entries) {
    Value entry;
    entry.kind = Kind::Record;
    entry.fields = {{"key", key}, {"value", value}};
    map.items.push_back(std::move(entry));
  }
  return map;
}

Value at_key(const Value& map, const Value& key) {
  for (const Value& entry : map.items)
    if (equal(entry.fields.at("key"), key)) return entry.fields.at("value");
  return {};
}

bool has_entries(const Value& a, const Value& b) {
  for (const Value& entry : a.items) {
    const Value found = at_key(b, entry.fields.at("key"));
    if (!found.present() || !equal(found, entry.fields.at("value"))) return false;
  }
  return true;
}

std::vector<Value> gone_through(const Value& collection) {
  if (collection.kind != Kind::Map) return collection.items;
  std::vector<Value> keys;
  for (const Value& entry : collection.items) keys.push_back(entry.fields.at("key"));
  return keys;
}

}  // namespace bylaw::reference
