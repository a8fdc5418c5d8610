#pragma once
// The program that a case is decided by: the whole, or only some of its policies.

#include <memory>
#include <set>

#include "names.h"

namespace bylaw::runner {

struct PolicyChoice {
  std::set<compiler::PolicyId> only;  // the policies that take part

  friend auto operator<=>(const PolicyChoice&, const PolicyChoice&) = default;
};

/// Null: the whole program.
using PolicyChoiceOrAll = std::shared_ptr<const PolicyChoice>;

/// False for a rule of a policy that does not take part.
bool takes_part(const Program& program, const PolicyChoiceOrAll& policies, RuleId rule);

/// The program with the policies off that do not take part.
Program reduced(const Program& program, const PolicyChoice& policies);

}  // namespace bylaw::runner
