#pragma once
// Entity data that the command line names: files and snapshots, laid over those of the project.

#include <bylaw/runner/entity_files.h>

#include <optional>
#include <string>
#include <vector>

#include "loading.h"

namespace bylaw::cli {

/// The file is a snapshot, by its first bytes or its name.
bool is_snapshot(const std::string& path);

/// The project's entity data with the files laid over it, read by the types of the bundle. A status means: leave with
/// it, why was told. What is ignored of the data is told with `warnings`. Without a project (its program has no
/// entities), YAML is read by the rules of JSON. `names`: also what is told of names that the data lacks.
std::optional<int> read_entity_files(const std::vector<std::string>& files, Loaded& loaded, bool has_program,
                                     const Bundle& bundle, bool warnings, std::optional<Entities>& entities,
                                     bool names = false);

/// A YAML or JSON document as JSON text by the rules of JSON; `.json` is taken as it is.
std::optional<std::string> read_document(const std::string& path, const std::string& bytes, grammar::Sources& sources,
                                         grammar::Diagnostics& diagnostics);

}  // namespace bylaw::cli
