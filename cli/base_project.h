#pragma once
// The project as it was where a revision and HEAD parted, in a folder of its own.

#include <filesystem>
#include <memory>
#include <string>

#include "loading.h"

namespace bylaw::cli {

class BaseProject {
 public:
  /// `folder`: of the project. What went wrong stands in `problem`.
  BaseProject(const std::filesystem::path& folder, const std::string& commit);
  ~BaseProject();
  BaseProject(const BaseProject&) = delete;
  BaseProject& operator=(const BaseProject&) = delete;

  compiler::Project& project() { return loaded_.project; }
  const std::string& problem() const { return problem_; }

 private:
  bool open(const std::filesystem::path& folder, const std::string& commit, bool all);

  std::filesystem::path files_;
  Loaded loaded_;
  std::string problem_;
};

}  // namespace bylaw::cli
