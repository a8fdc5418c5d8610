#pragma once
// What `--watch` looks at: the files of a project by time and size, and which scenario files a changed one touches.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/result.h>
#include <bylaw/runner/run.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bylaw::runner {

/// By project path: when a file was last written, and its size.
using FileTimes = std::map<std::string, std::pair<std::int64_t, std::uintmax_t>>;

/// Every file below the project's folder that can matter; dot folders are not entered.
FileTimes file_times(const std::filesystem::path& project_folder);
/// Files that came, went or were written.
std::vector<std::string> changed_files(const FileTimes& before, const FileTimes& after);

/// The scenario files to be played again; nothing: all, as a policy, a list or the project itself changed. `uses` is
/// what the last run said.
std::optional<std::vector<Selection>> touched(const std::vector<std::string>& changed,
                                              const std::map<std::string, std::vector<std::string>>& uses);

}  // namespace bylaw::runner
