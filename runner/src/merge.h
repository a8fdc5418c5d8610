#pragma once
// Laying partial requests over each other: maps by key, everything else replaces, `~` takes a key away.

#include "shape.h"

namespace bylaw::runner {

using compiler::YamlEntry;
using compiler::YamlNode;

/// An empty map: what the first layer is laid upon.
YamlNode empty_map(Span span);

/// Lays `over` on `base`. An entity object with another `type` or `id` replaces: nobody inherits another's groups.
void lay_over(const Program& program, Place place, YamlNode& base, const YamlNode& over);

/// Lays a table's cell on the place that the column names. False if a step of the path is an element that the list does
/// not have.
bool lay_at(const Program& program, Place place, YamlNode& base, const std::vector<std::string>& path,
            const YamlNode& value);

/// Takes away every key whose value is `~`. Done last, so that a stronger layer may still give it.
void take_away(YamlNode& node);

/// The entry of a field by its name or its `as` text, or null.
YamlEntry* find_key(const Program& program, Place place, YamlNode& map, std::string_view key);
const YamlEntry* find_key(const Program& program, Place place, const YamlNode& map, std::string_view key);

}  // namespace bylaw::runner
