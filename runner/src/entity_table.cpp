#include <bylaw/runner/entity_files.h>

#include <algorithm>

#include "json_members.h"
#include "json_text.h"

namespace bylaw::runner {
namespace {

/// `["User::\"ana\""]`: where the step that begins a path ends.
std::size_t end_of_quoted(std::string_view path) {
  if (!path.starts_with("[\"")) return std::string_view::npos;
  for (std::size_t at = 2; at + 1 < path.size(); ++at) {
    if (path[at] == '\\')
      ++at;
    else if (path[at] == '"')
      return at + 2;
  }
  return std::string_view::npos;
}

std::string step_text(std::string_view quoted) {
  return json_unquote(quoted.substr(1, quoted.size() - 2));
}

/// The attribute that the rest of a path begins with.
std::string first_step(std::string_view rest) {
  if (const std::size_t end = end_of_quoted(rest); end != std::string_view::npos) return step_text(rest.substr(0, end));
  if (!rest.starts_with('.')) return {};
  rest.remove_prefix(1);
  return std::string(rest.substr(0, rest.find_first_of(".[")));
}

}  // namespace

EntityRecord& EntityTable::record(const std::string& key, grammar::Span place) {
  const auto [known, added] = numbers_.try_emplace(key, records_.size());
  if (added) records_.push_back({key, place, {}});
  EntityRecord& record = records_[known->second];
  record.place = place;
  return record;
}

void EntityTable::erase(const std::string& key) {
  const auto known = numbers_.find(key);
  if (known == numbers_.end()) return;
  records_[known->second] = {};
  numbers_.erase(known);
}

std::string EntityTable::json() const {
  std::string text = "{";
  for (const EntityRecord& record : records_) {
    if (record.key.empty()) continue;
    text += text.size() == 1 ? "" : ", ";
    text += json_quote(record.key) + ": {";
    for (const EntityAttribute& attribute : record.attributes) {
      text += &attribute == record.attributes.data() ? "" : ", ";
      text += json_quote(attribute.key) + ": " + attribute.json;
    }
    text += "}";
  }
  return text + "}";
}

const EntityRecord* EntityTable::find_record(const std::string& key) const {
  const auto known = numbers_.find(key);
  return known == numbers_.end() ? nullptr : &records_[known->second];
}

grammar::Span EntityTable::find(std::string_view path) const {
  const std::size_t end = end_of_quoted(path), dot = path.rfind('.');
  const bool quoted = end != std::string_view::npos;
  if (!quoted && dot == std::string_view::npos) return {};
  const EntityRecord* record = find_record(quoted ? step_text(path.substr(0, end)) : std::string(path.substr(0, dot)));
  if (record == nullptr) return {};
  const std::string attribute = first_step(path.substr(quoted ? end : dot));
  for (const EntityAttribute& known : record->attributes)
    if (known.key == attribute) return known.place;
  return record->place;
}

void give(EntityRecord& record, std::string_view key, std::string json, grammar::Span place) {
  const auto known = std::find_if(record.attributes.begin(), record.attributes.end(),
                                  [&](const EntityAttribute& attribute) { return attribute.key == key; });
  if (known == record.attributes.end()) {
    record.attributes.push_back({std::string(key), std::move(json), place});
  } else {
    known->json = std::move(json);
    known->place = place;
  }
}

void take(EntityRecord& record, std::string_view key) {
  std::erase_if(record.attributes, [&](const EntityAttribute& attribute) { return attribute.key == key; });
}

}  // namespace bylaw::runner
