#pragma once
// Whether what a scenario expects would tell one outcome from another.

#include "model/outcome.h"
#include "plan.h"

namespace bylaw::runner {

/// What else may differ between two outcomes of one case.
struct Difference {
  std::set<compiler::RuleId> elements;  // rules whose `for each` holds for other elements
  bool obligations = false;             // some obligation has another value
};

/// The case passes with `base`; whether it fails with `changed`. Where that cannot be told for certain, it does not.
bool notices(const Program& program, const PlannedCase& planned, const Report& report, const CaseOutcome& base,
             const CaseOutcome& changed, const Difference& difference);

}  // namespace bylaw::runner
