#pragma once
// A verdict against what was expected of it.

#include <bylaw/runner/result.h>

#include <vector>

#include "expectations.h"

namespace bylaw::runner {

/// What did not come true, the verdict first: while that is wrong, nothing else is told.
std::vector<CaseFailure> compare(const Context& context, const Expectations& expected, const Report& report);

/// The default alone denies, and the scenario does not say that it knows: W0801.
bool only_default_denies(const Expectations& expected, const Report& report);

/// "deny by freeze.holidays", "allow by default", "invalid: ..".
std::string describe_actual(const Program& program, const Report& report);

}  // namespace bylaw::runner
