#pragma once
// Conditions that others need to be there: without `x is set` nothing may read x, so a change that takes it away does
// not compile, and no scenario can be asked to notice it.

#include <vector>

#include "model/terms.h"

namespace bylaw::runner {

/// The condition asks whether something is there, or of what type it is, and one of the others relies on it.
bool guards(const ir::DecisionIr& decision, ir::TermId condition, const std::vector<ir::TermId>& others);
bool any_guards(const ir::DecisionIr& decision, const std::vector<ir::TermId>& conditions,
                const std::vector<ir::TermId>& others);

/// The conditions at a node of a skeleton, and all others.
struct SplitConditions {
  std::vector<ir::TermId> inside, outside;
};
SplitConditions split(const ir::DecisionIr& decision, const ir::Condition& condition, std::size_t node);

}  // namespace bylaw::runner
