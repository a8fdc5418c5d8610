#pragma once
// What failed in the last run: kept in the project's `.bylaw/failed`, a case a line.

#include <bylaw/runner/result.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace bylaw::runner {

/// The cases that failed when they were last played; nothing if no run is known.
std::optional<std::set<std::string>> read_failed(const std::filesystem::path& project_folder);
/// Remembers what this run adds and takes away. Why that could not be written, else empty.
std::string remember_failed(const std::filesystem::path& project_folder, const RunResult& result);

}  // namespace bylaw::runner
