#pragma once
// What this command is: its own version, and those of the language and the bundle format that it speaks.

#include <string>

namespace bylaw::cli {

/// "bylaw 0.1.0 · language 1 · bundle format 1.0 · g++ 12.2.0"
std::string version_line();

}  // namespace bylaw::cli
