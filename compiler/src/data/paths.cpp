#include "data/paths.h"

namespace bylaw::compiler {

namespace fs = std::filesystem;

std::optional<std::string> project_path(std::string_view from_file, std::string_view written) {
  if (written.find('\0') != std::string_view::npos) return std::nullopt;
  fs::path path;
  if (written.starts_with('/'))
    path = fs::path(written.substr(1));
  else
    path = fs::path(from_file).parent_path() / fs::path(written);
  std::string normal = path.lexically_normal().generic_string();
  while (normal.ends_with('/')) normal.pop_back();
  if (normal == ".." || normal.starts_with("../") || normal.starts_with('/')) return std::nullopt;
  return normal.empty() ? "." : normal;
}

std::optional<std::string> path_in(std::string_view folder, std::string_view from_file, std::string_view written) {
  if (folder.empty()) return project_path(from_file, written);
  const auto path = project_path(from_file.substr(folder.size() + 1), written);
  return path ? std::optional(std::string(folder) + "/" + *path) : std::nullopt;
}

namespace {

std::string_view folder_of(const Input& input, grammar::SourceId module_source) {
  for (const InputFile& module : input.modules)
    if (module.source == module_source) return input.projects[module.project].folder;
  return {};
}

}  // namespace

const InputFile* find_data(const Input& input, grammar::SourceId module_source, std::string_view written) {
  const auto path = path_in(folder_of(input, module_source), input.sources[module_source].path(), written);
  if (!path) return nullptr;
  for (const InputFile& file : input.data)
    if (input.sources[file.source].path() == *path) return &file;
  return nullptr;
}

bool lies_within(const fs::path& folder, const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  if (error) return false;
  return is_below(real.generic_string(), folder.generic_string());
}

bool is_below(std::string_view path, std::string_view folder) {
  if (folder.empty() || folder == "/" || path == folder) return true;
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace bylaw::compiler
