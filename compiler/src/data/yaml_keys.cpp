#include <bylaw/compiler/yaml_events.h>
#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>

namespace bylaw::compiler {

using grammar::Code;
namespace codes = grammar::codes;

const YamlEntry* YamlNode::find_entry(std::string_view key) const {
  for (const YamlEntry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  const YamlEntry* entry = find_entry(key);
  return entry ? &entry->value : nullptr;
}

namespace {

/// "; did you mean `expect`?", or the few that there are, or nothing.
std::string suggestion(const std::string& key, const std::vector<std::string>& known) {
  const std::string near = grammar::nearest(key, known);
  if (!near.empty()) return "; did you mean `" + near + "`?";
  if (known.empty() || known.size() > 8) return "";
  std::string text = "; the keys here are ";
  for (std::size_t i = 0; i < known.size(); ++i)
    text += (i == 0 ? "`" : i + 1 == known.size() ? " and `" : ", `") + known[i] + "`";
  return text;
}

}  // namespace

bool check_keys(const YamlNode& map, const std::vector<std::string>& known, const std::vector<std::string>& later,
                grammar::Diagnostics& diagnostics) {
  bool all_known = true;
  for (const YamlEntry& entry : map.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    all_known = false;
    if (std::find(later.begin(), later.end(), entry.key) != later.end())
      diagnostics.report(codes::KeyNotYet, entry.key_span, {{"key", entry.key}});
    else
      diagnostics.report(codes::UnknownKey, entry.key_span,
                         {{"key", entry.key}, {"suggestion", suggestion(entry.key, known)}});
  }
  return all_known;
}

std::string describe(const YamlNode& node) {
  if (node.is_map()) return "a map";
  if (node.is_sequence()) return "a list";
  switch (node.style) {
    case YamlStyle::Plain:
    case YamlStyle::Quoted:
    case YamlStyle::Block: return "a text";
    case YamlStyle::Tilde: return "`~`";
    case YamlStyle::Null: return "`null`";
    case YamlStyle::Empty: return "nothing";
  }
  return "nothing";
}

}  // namespace bylaw::compiler
