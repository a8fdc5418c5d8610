#include "version.h"

#include <fmt/core.h>

#include "command_line.h"
#include "format/bundle.h"

namespace bylaw::cli {

std::string version_line() {
  const char* dot = unicode_terminal() ? "·" : "-";
  return fmt::format("bylaw {} {} language {} {} bundle format {}.{} {} g++ {}", BYLAW_VERSION, dot,
                     format::kLanguageVersion, dot, format::kFormatMajor, format::kFormatMinor, dot, __VERSION__);
}

}  // namespace bylaw::cli
