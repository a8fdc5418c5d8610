#include "base_project.h"

#include <fmt/format.h>

#include <cstdlib>

#include "git.h"

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;

/// Empty if there is no room for one.
fs::path new_folder() {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "bylaw-base-XXXXXX").string();
  return mkdtemp(name.data()) == nullptr ? fs::path() : fs::path(name);
}

}  // namespace

BaseProject::BaseProject(const fs::path& folder, const std::string& commit) {
  // What a project needs stands below its folder, unless it depends on others.
  if (open(folder, commit, false) || !problem_.empty()) return;
  if (!open(folder, commit, true) && problem_.empty()) problem_ = "it does not load with this command";
}

BaseProject::~BaseProject() {
  std::error_code error;
  if (!files_.empty()) fs::remove_all(files_, error);
}

bool BaseProject::open(const fs::path& folder, const std::string& commit, bool all) {
  std::error_code error;
  if (!files_.empty()) fs::remove_all(files_, error);
  files_ = new_folder();
  if (files_.empty() || !write_commit(folder, commit, all, files_)) {
    problem_ = "git does not write out its files";
    return false;
  }
  const fs::path there = files_ / path_in_repository(folder);
  if (!fs::exists(there, error)) {
    problem_ = "there was no such folder";
    return false;
  }
  loaded_ = Loaded();
  std::string missing;
  const auto status = compiler::load_project(there, loaded_.project, loaded_.diagnostics, missing);
  return status == compiler::LoadStatus::Loaded && !loaded_.diagnostics.has_errors();
}

}  // namespace bylaw::cli
