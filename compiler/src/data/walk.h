#pragma once
// What lies below the roots of a project: its modules and scenario files, in one order on every machine, and what looks
// like one of them but is misspelt.

#include <bylaw/compiler/project.h>

#include <filesystem>
#include <string>
#include <vector>

#include "data/project_file.h"

namespace bylaw::compiler {

enum class Wanted : std::uint8_t { Modules, Scenarios };

struct Walk {
  const std::filesystem::path& folder;  // of the project, canonical
  const std::vector<NamedPath>& exclude;
  grammar::Sources& sources;  // a misspelt file gets an entry, as the place of its message
  std::vector<std::string>& not_entered;
  grammar::Diagnostics& diagnostics;
  std::string at = {};  // of a dependency: its folder as a project path, for messages
};

/// The paths below `folder` of all wanted files below `root`, sorted. Dot folders, excluded paths and folders that are
/// projects of their own are not entered. Misspelt suffixes and links that leave the project are errors.
std::vector<std::string> find_files(Walk& walk, const NamedPath& root, Wanted wanted);

/// The wanted files of the project's upper folders that lie below none of the roots and are not excluded, sorted.
std::vector<std::string> find_outside(const Walk& walk, const std::vector<NamedPath>& roots, Wanted wanted);

/// Why `name` looks like a wanted file but is none: the suffix that it should have, or nothing.
std::string misspelt_suffix(std::string_view name, Wanted wanted);

}  // namespace bylaw::compiler
