#pragma once
// Why the expected verdict did not come: the nearest rule that would have brought it, and its first false condition.

#include <bylaw/runner/result.h>

#include "expectations.h"

namespace bylaw::runner {

struct Hints {
  std::optional<NearMiss> near_miss;
  std::vector<std::string> notes;
};

/// For a case whose verdict or rules are not the expected ones.
Hints find_hints(const Program& program, const Expectations& expected, const Report& report,
                 const Explanation& explanation);

}  // namespace bylaw::runner
