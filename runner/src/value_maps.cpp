// Values of maps: keys are texts, or members by name or by their text in requests.

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>

#include "values.h"

namespace bylaw::runner {

/// The key as requests have it.
std::optional<std::string> Values::map_key(TypeId type, const YamlEntry& entry) {
  const Type& key = context_.program.types[type];
  if (key.kind != TypeKind::Enum) return entry.key;
  const compiler::EnumType& declared = context_.program.enums[key.enum_id];
  for (const compiler::Member& member : declared.members)
    if (member.name == entry.key || member.wire == entry.key) return member.wire;
  if (declared.open) return entry.key;
  std::vector<std::string> names;
  for (const compiler::Member& member : declared.members) names.push_back(member.name);
  const std::string near = grammar::nearest(entry.key, names);
  context_.report(codes::ValueNotRead, entry.key_span,
                  {{"text", entry.key},
                   {"type", "a member of " + declared.name},
                   {"rule", near.empty() ? "write one of its members" : "did you mean `" + near + "`?"}});
  return std::nullopt;
}

std::optional<std::string> Values::map(TypeId type, const YamlNode& node, const std::string& path) {
  const TypeId key_type = context_.program.key_type(type), value_type = context_.program.value_type(type);
  JsonObject object;
  std::vector<std::string> known;
  bool complete = true;
  for (const YamlEntry& entry : node.entries) {
    if (entry.value.is_tilde()) continue;
    const auto key = map_key(key_type, entry);
    const auto json = value(value_type, entry.value, path + "." + entry.key);
    complete = complete && key && json;
    if (!key || !json) continue;
    if (std::find(known.begin(), known.end(), *key) != known.end()) {
      context_.report(codes::RequestFieldTwice, entry.key_span, {{"field", entry.key}, {"wire", *key}});
      complete = false;
    }
    known.push_back(*key);
    object.add(*key, *json);
  }
  return complete ? std::optional(object.text()) : std::nullopt;
}

}  // namespace bylaw::runner
