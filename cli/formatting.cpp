#include "formatting.h"

#include <bylaw/compiler/project.h>
#include <bylaw/formatter/format.h>
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestSource = std::size_t{16} << 20U;

bool has_look(const fs::path& path) {
  return formatter::kind_of(path.filename().string()) != formatter::FileKind::Other;
}

/// The folders of a project that are not its own: left out, hidden, or with a bylaw.yaml.
struct Boundaries {
  fs::path folder;
  std::vector<std::string> exclude;
  bool nested_projects = true;  // are entered

  bool enters(const fs::path& path) const {
    if (path.filename().string().starts_with('.')) return false;
    if (!nested_projects && fs::exists(path / "bylaw.yaml")) return false;
    const std::string inside = path.lexically_relative(folder).generic_string();
    return std::find(exclude.begin(), exclude.end(), inside) == exclude.end();
  }
};

bool walk(const fs::path& folder, const Boundaries& boundaries, std::vector<std::string>& files, std::string& problem) {
  std::error_code error;
  for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator(); at.increment(error)) {
    const fs::path path = at->path();
    if (at->is_directory() && !at->is_symlink()) {
      if (boundaries.enters(path) && !walk(path, boundaries, files, problem)) return false;
    } else if (has_look(path) && !path.filename().string().starts_with('.')) {
      files.push_back(path.lexically_normal().generic_string());
    }
  }
  if (error) problem = fmt::format("`{}` cannot be read: {}", folder.generic_string(), error.message());
  return !error;
}

}  // namespace

void format_bytes(const std::string& path, std::string bytes, Formatted& file) {
  file.before = std::move(bytes);
  const grammar::SourceId id = file.sources.add(path, file.before);
  file.text = formatter::format(file.sources, id, file.diagnostics);
}

bool format_path(const std::string& path, Formatted& file, std::string& problem) {
  std::string bytes;
  std::error_code error;
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {
    problem = fmt::format("`{}`: it is no plain file", path);
    return false;
  }
  if (!compiler::read_file(path, kLargestSource, bytes, problem)) return false;
  format_bytes(path, std::move(bytes), file);
  return true;
}

bool replace_file(const std::string& path, const std::string& bytes, std::string& problem) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  const fs::perms permissions = fs::status(target, error).permissions();
  if (!compiler::write_file(target, bytes, problem)) {
    problem = fmt::format("`{}` cannot be written: {}", path, problem);
    return false;
  }
  fs::permissions(target, permissions, error);
  return true;
}

bool find_sources_of_project(const std::string& path, std::vector<std::string>& files, std::string& problem) {
  compiler::Project project;
  grammar::Diagnostics unused;
  if (compiler::load_project(path, project, unused, problem) == compiler::LoadStatus::Missing) return false;
  std::error_code error;
  const fs::path folder = project.folder.empty() ? fs::path(path) : fs::relative(project.folder, error);
  if (!walk(folder, {folder, project.file.exclude, false}, files, problem)) return false;
  std::sort(files.begin(), files.end());
  return true;
}

bool find_sources(const std::vector<std::string>& paths, std::vector<std::string>& files, std::string& problem) {
  if (paths.empty()) return find_sources_of_project(".", files, problem);
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      if (!walk(path, {path, {}, true}, files, problem)) return false;
      continue;
    }
    if (!fs::exists(path, error)) {
      problem = fmt::format("`{}` does not exist", path);
      return false;
    }
    if (!has_look(path)) {
      problem = fmt::format("`{}` is no *.bylaw, *.scenarios.yaml or *.fixtures.yaml", path);
      return false;
    }
    files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return true;
}

}  // namespace bylaw::cli
