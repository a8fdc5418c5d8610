#pragma once
// Scenario files that Bylaw itself wrote, read as any other before somebody gets them.

#include <bylaw/compiler/project.h>

#include <cstdint>
#include <string>
#include <vector>

#include "context.h"

namespace bylaw::runner {

struct Unreadable {
  std::uint32_t line = 0;  // in the text
  std::string text;        // "S0109: `null` after `probe:`; write `~` to take it away"
};

/// What is wrong with `text` as the scenario file `path` of the project, in order of place; nothing: it loads.
std::vector<Unreadable> reread(const compiler::Project& project, const Program& program, const std::string& path,
                               const std::string& text);

}  // namespace bylaw::runner
