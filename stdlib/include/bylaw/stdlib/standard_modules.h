#pragma once
// The source text of the standard modules (`std.*`), as it stands in this folder's *.bylaw files.

#include <span>
#include <string_view>

namespace bylaw::stdlib {

struct StandardModule {
  std::string_view path;    // "std/identity.bylaw": the module's name as a path
  std::string_view source;  // UTF-8
};

/// Ordered by path. Lives as long as the process.
std::span<const StandardModule> standard_modules();

}  // namespace bylaw::stdlib
