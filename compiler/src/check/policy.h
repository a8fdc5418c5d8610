#pragma once
// Between a policy and its rules: what is known around the rules.

#include "check/checker.h"

namespace bylaw::compiler {

/// The rules of the policy whose header and lets are checked. `environment` holds its decisions, lets and what its
/// guard makes known.
void check_rules(Checker& checker, PolicyId policy, const Environment& environment);

/// The lets of a policy body, in an order in which each stands after those that it uses; adds them to `environment`.
std::vector<LocalId> check_lets(Checker& checker, Environment& environment, const std::vector<NodeRef>& lets);

/// A policy that uses a dated list, or one whose rows must be dated, needs the time.
void require_time_of_lists(Checker& checker, PolicyId policy);

}  // namespace bylaw::compiler
