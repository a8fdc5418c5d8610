#pragma once
// What changed since a revision, asked of git as a child process: no shell, no library.

#include <bylaw/runner/coverage.h>

#include <filesystem>
#include <string>

namespace bylaw::cli {

struct ChangedSince {
  runner::ChangedLines lines;  // of files of the folder, by their path in it; new files whole
  std::string problem;         // why nothing is known, else empty
  std::string help;            // what to do about it
};

/// Lines of the working tree that are not as at the point where `base` and HEAD parted.
ChangedSince changed_since(const std::filesystem::path& folder, const std::string& base);

}  // namespace bylaw::cli
