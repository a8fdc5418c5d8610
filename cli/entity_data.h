#pragma once
// Entity data files (YAML or JSON) as one JSON object of `Type::id` keys, as the runtime reads it. Later files win
// entity by entity and attribute by attribute.

#include <bylaw/compiler/project.h>

#include <optional>
#include <string>
#include <vector>

namespace bylaw::cli {

/// The files that the command line names, laid over `below` (a JSON object, of the project's own files).
/// Nothing if a file cannot be read or is no such data: `problem` says so, or the diagnostics do.
std::optional<std::string> read_entity_data(const std::string& below, const std::vector<std::string>& files,
                                            grammar::Sources& sources, grammar::Diagnostics& diagnostics,
                                            std::string& problem);

/// A YAML or JSON document as JSON text by the rules of JSON; `.json` is taken as it is.
std::optional<std::string> read_document(const std::string& path, const std::string& bytes, grammar::Sources& sources,
                                         grammar::Diagnostics& diagnostics);

}  // namespace bylaw::cli
