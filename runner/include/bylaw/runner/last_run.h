#pragma once
// What failed in the last run: kept in the project's `.bylaw/failed`, a case a line.

#include <bylaw/runner/result.h>

#include <filesystem>
#include <set>
#include <string>

namespace bylaw::runner {

/// The cases that failed when they were last played.
std::set<std::string> read_failed(const std::filesystem::path& project_folder);
/// Remembers what this run adds and takes away. A folder that cannot be written is left as it is.
void remember_failed(const std::filesystem::path& project_folder, const RunResult& result);

}  // namespace bylaw::runner
