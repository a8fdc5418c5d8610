#pragma once
// The files that have a look: where they are, and what they look like when they have it.

#include <bylaw/grammar/diagnostic.h>

#include <optional>
#include <string>
#include <vector>

namespace bylaw::cli {

struct Formatted {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;  // why there is no text
  std::string before;
  std::optional<std::string> text;
};

void format_bytes(const std::string& path, std::string bytes, Formatted& file);
/// False if the file cannot be read.
bool format_path(const std::string& path, Formatted& file, std::string& problem);
/// Writes aside and renames; who might read and write the file stays as it was. Through links, to what they lead to.
bool replace_file(const std::string& path, const std::string& bytes, std::string& problem);

/// Policies and scenario files: those that `paths` name, and all below the folders among them; without paths those of
/// the project around here. Sorted. False if a path is missing or is no such file.
bool find_sources(const std::vector<std::string>& paths, std::vector<std::string>& files, std::string& problem);
/// Those of the project that a path belongs to, as paths from here.
bool find_sources_of_project(const std::string& path, std::vector<std::string>& files, std::string& problem);

}  // namespace bylaw::cli
