#pragma once
// CSV files of entity data: an entity a line, as the same map that YAML would have given.

#include "names.h"

namespace bylaw::runner {

using compiler::YamlNode;

/// A map of `Type::id` to attributes, from a header of `id`, `type` (or else the file's name says it), `in` and
/// attributes. Nothing if the file was refused, which was told.
std::optional<YamlNode> read_entity_csv(Context& context, grammar::SourceId source);

}  // namespace bylaw::runner
