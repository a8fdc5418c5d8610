#pragma once
// The files of a new project, embedded from cli/init.

#include <span>
#include <string_view>

namespace bylaw::cli {

struct InitFile {
  std::string_view name;  // below cli/init
  std::string_view text;  // `@VERSION@` stands for this command's
};

std::span<const InitFile> init_files();

}  // namespace bylaw::cli
