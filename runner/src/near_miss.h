#pragma once
// Why the expected verdict did not come: the nearest rule that would have brought it, and its first false condition.

#include <bylaw/runner/result.h>

#include "condition_values.h"
#include "expectations.h"

namespace bylaw::runner {

struct Hints {
  std::vector<Decider> deciders;
  std::optional<NearMiss> near_miss;
  std::vector<std::string> notes;
};

/// What was asked, and what came of it.
struct Asked {
  AskedValues values;
  const Report& report;
  const Explanation& explanation;
};

/// For a case whose verdict or rules are not the expected ones.
Hints find_hints(const Context& context, const Expectations& expected, const Asked& asked);

}  // namespace bylaw::runner
