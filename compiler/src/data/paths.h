#pragma once
// Project paths: relative to the project's folder, with `/`, without `.` and `..`. How a path that a file writes
// becomes one.

#include <bylaw/compiler/compile.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace bylaw::compiler {

/// The project path that `written` means in the file `from_file` (a project path): relative to that file, `/x` to the
/// project; "." is the project's folder. Nothing if it leaves the project.
std::optional<std::string> project_path(std::string_view from_file, std::string_view written);

/// The same in a project that stands in `folder`, a project path: neither leaves that project.
std::optional<std::string> path_in(std::string_view folder, std::string_view from_file, std::string_view written);

/// The data file that a list of the module in `module_source` names; null if it is not in `input.data`.
const InputFile* find_data(const Input& input, grammar::SourceId module_source, std::string_view written);

/// True if `path`, links followed, is `folder` or lies below it. `folder` is canonical.
bool lies_within(const std::filesystem::path& folder, const std::filesystem::path& path);

/// True if `path` is `folder` or below it; both are project paths, "" is the project.
bool is_below(std::string_view path, std::string_view folder);

}  // namespace bylaw::compiler
