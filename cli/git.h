#pragma once
// What changed since a revision, asked of git as a child process: no shell, no library.

#include <bylaw/runner/coverage.h>

#include <filesystem>
#include <string>

namespace bylaw::cli {

/// Where a revision and HEAD parted.
struct Parted {
  std::string commit;   // its number
  std::string problem;  // why it is not known, else empty
  std::string help;     // what to do about it
};
Parted parted_from(const std::filesystem::path& folder, const std::string& base);

/// Writes the files of a commit into an empty folder, each by its path in the repository: all, or those below `folder`.
/// Neither the index nor the working tree is touched, and nothing is fetched. False if git cannot.
bool write_commit(const std::filesystem::path& folder, const std::string& commit, bool all,
                  const std::filesystem::path& into);
/// The path of `folder` in its repository, ending in `/`, or empty.
std::string path_in_repository(const std::filesystem::path& folder);

struct ChangedSince {
  runner::ChangedLines lines;  // of files of the folder, by their path in it; new files whole
  std::string problem;         // why nothing is known, else empty
  std::string help;            // what to do about it
};

/// Lines of the working tree that are not as at the point where `base` and HEAD parted.
ChangedSince changed_since(const std::filesystem::path& folder, const std::string& base);

}  // namespace bylaw::cli
