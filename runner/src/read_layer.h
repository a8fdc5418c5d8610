#pragma once
// The keys that file, group and scenario have in common.

#include <string>

#include "suite.h"

namespace bylaw::runner {

/// `request_key` is `given` or `when`.
Layer read_layer(Context& context, const YamlNode& map, const char* request_key);

/// The text of an entry; empty if it is none, which is told.
std::string read_text(Context& context, const YamlEntry& entry);
/// The nodes of an entry that is a text or a list of texts.
std::vector<const YamlNode*> read_texts(Context& context, const YamlEntry& entry, const char* wanted);
/// Null, and told, if the entry is no map.
const YamlEntry* map_entry(Context& context, const YamlNode& map, const char* key);
/// The entry of a key that must be there; null, and told, if it is not.
const YamlEntry* required(Context& context, const YamlNode& map, const char* key, const char* holder);

std::optional<KnownFailure> read_failing(Context& context, const YamlNode& map);

}  // namespace bylaw::runner
