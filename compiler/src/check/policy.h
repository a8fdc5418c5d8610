#pragma once
// Between a policy and its rules: what is known around the rules.

#include "check/checker.h"

namespace bylaw::compiler {

/// The rules of a policy or template whose header and lets are checked. `environment` holds its decisions, lets and
/// what its guard makes known. The rules are added to the program and to `policy.rules`.
void check_rules(Checker& checker, Policy& policy, PolicyId id, NodeRef node, const Environment& environment);

/// `for a, b`: false if one of the decisions could not be found: what the rules read is unclear then.
bool check_for(Checker& checker, Policy& policy, NodeRef node);
/// Period and mode, whose nodes are children of `node`; the decisions are known. Gives the parameter of a template that
/// says the mode.
LocalId check_period_and_mode(Checker& checker, Policy& policy, NodeRef node,
                              const std::vector<LocalId>& parameters = {});
/// `when`: what it makes known is added to `environment`.
ExprId check_guard(Checker& checker, Environment& environment, NodeRef when);

/// `policy x is t(..)`: what the template says, with these values (check/instance.cpp).
void check_instance(Checker& checker, PolicyId id);

/// `grants only from`: told at `span`, where the policy allows, for each decision that its module may not allow. `rule`
/// is where a template says so, else unknown.
void check_grants(Checker& checker, const Policy& policy, Span span, Span rule = {});

/// The lets of a policy body or of one rule, in an order in which each stands after those that it uses; adds them to
/// `environment`.
std::vector<LocalId> check_lets(Checker& checker, Environment& environment, const std::vector<NodeRef>& lets);

/// A policy that uses a dated list, or one whose rows must be dated, needs the time.
void require_time_of_lists(Checker& checker, PolicyId policy);

}  // namespace bylaw::compiler
