#pragma once
// A file of entity data as a map of `Type::id` to attributes, whatever its format: YAML, JSON, CSV, or a snapshot.

#include "names.h"

namespace bylaw::runner {

using compiler::YamlNode;

/// The map; nothing if the file was refused, which was told, or says nothing.
std::optional<YamlNode> read_entity_document(Context& context, grammar::SourceId source);

}  // namespace bylaw::runner
