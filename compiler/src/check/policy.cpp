// Policies: the decisions they are for, their period, mode and guard. Rules are in check/rule.cpp.

#include "check/policy.h"

#include <bylaw/grammar/diagnostics/policies.h>

#include <algorithm>

#include "check/decision.h"
#include "check/mode.h"
#include "check/period.h"

namespace bylaw::compiler {

bool check_for(Checker& checker, Policy& policy, NodeRef node) {
  bool all_found = true;
  for (NodeRef path : node.children(NodeKind::Path)) {
    const Declaration* found = find_kind(checker, policy.module, path, DeclarationKind::Decision, "a decision");
    if (!found) {
      all_found = false;
      continue;
    }
    const DecisionId id{found->index};
    if (std::find(policy.decisions.begin(), policy.decisions.end(), id) != policy.decisions.end())
      checker.diagnostics.report(codes::DecisionTwice, path.span(), {{"decision", path_text(path)}});
    else
      policy.decisions.push_back(id);
  }
  return all_found;
}

namespace {

/// The `until` or `through` of a period or a mode; nothing if it has none.
NodeRef end_of(NodeRef node) {
  const NodeRef until = node.child(NodeKind::Until);
  return until ? until : node.child(NodeKind::Through);
}

void check_in_force(Checker& checker, Policy& policy, NodeRef node) {
  if (!node) return;
  require_now(checker, policy.decisions, node.span(), "`in force`");
  if (const NodeRef from = node.child(NodeKind::From))
    policy.from = constant_time(checker, policy.module, from.expression());
  const NodeRef end_node = end_of(node);
  if (!end_node) return;
  const End end = check_end(checker, policy.module, end_node);
  policy.until = end.at;
  policy.until_span = end.span;
  check_order(checker, policy.from, end, "policy `" + policy.name + "`");
}

LocalId check_mode(Checker& checker, Policy& policy, NodeRef node, const std::vector<LocalId>& parameters) {
  if (!node) return {};
  const LocalId parameter = read_mode(checker, policy, node.child(NodeKind::Name), parameters);
  const NodeRef end = end_of(node);
  if (!end) return parameter;
  require_now(checker, policy.decisions, node.span(), "`mode audit until`");
  policy.audit_until = check_end(checker, policy.module, end).at;
  return parameter;
}

void check_policy(Checker& checker, PolicyId id) {
  const NodeRef node = checker.policy_nodes[id.index];
  if (!node.has(NodeKind::For)) return check_instance(checker, id);
  Policy policy = std::move(checker.program.policies[id]);
  const bool readable = check_for(checker, policy, node.child(NodeKind::For));
  policy.notes = check_notes(checker, policy.module, node.children(NodeKind::Note));
  if (readable) {
    check_period_and_mode(checker, policy, node);
    Environment environment{.module = policy.module, .decisions = policy.decisions, .in_policy = true};
    policy.guard = check_guard(checker, environment, node.child(NodeKind::When));
    policy.lets = check_lets(checker, environment, node.children(NodeKind::Let));
    check_rules(checker, policy, id, node, environment);
  }
  checker.program.policies[id] = std::move(policy);
  if (readable) require_time_of_lists(checker, id);
}

}  // namespace

LocalId check_period_and_mode(Checker& checker, Policy& policy, NodeRef node, const std::vector<LocalId>& parameters) {
  check_in_force(checker, policy, node.child(NodeKind::InForce));
  return check_mode(checker, policy, node.child(NodeKind::Mode), parameters);
}

ExprId check_guard(Checker& checker, Environment& environment, NodeRef when) {
  if (!when) return {};
  const Checked guard = check_condition(checker, environment, when.expression());
  environment.facts = Facts::both(environment.facts, guard.if_true);
  return guard.expr;
}

void check_policies(Checker& checker) {
  check_default_messages(checker);
  for (std::uint32_t i = 0; i < checker.program.policies.size(); ++i) check_policy(checker, {i});
}

}  // namespace bylaw::compiler
