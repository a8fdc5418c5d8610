// Claims: the decision and the condition are checked. That nothing proves them yet is told, so that nobody relies on
// it.

#include "check/lint.h"

#include <bylaw/grammar/diagnostics/warnings.h>

namespace bylaw::compiler {

namespace {

void check_claim(Checker& checker, ClaimId id) {
  const NodeRef node = checker.claim_nodes[id.index];
  Claim& claim = checker.program.claims[id];
  claim.never = node.has(NodeKind::Allow) ? Effect::Allow : Effect::Deny;
  const ModuleId module = claim.module;
  const Declaration* found =
      find_kind(checker, module, node.child(NodeKind::Path), DeclarationKind::Decision, "a decision");
  if (!found) return;
  claim.decision = DecisionId{found->index};
  const NodeRef when = node.child(NodeKind::When);
  if (!when) return;
  const Environment environment{.module = module, .decisions = {claim.decision}};
  const ExprId condition = check_condition(checker, environment, when.expression()).expr;
  checker.program.claims[id].when = condition;
}

}  // namespace

void check_claims(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.claims.size(); ++i) check_claim(checker, {i});
}

void lint_claims(Checker& checker) {
  const std::uint32_t count = checker.program.claims.size();
  if (count == 0) return;
  const Claim& first = checker.program.claims[ClaimId{0}];
  const std::string claims = count == 1 ? "`" + first.name + "` is" : "the " + std::to_string(count) + " claims are";
  checker.diagnostics.report(codes::ClaimNotProven, first.name_span, {{"claims", claims}});
}

}  // namespace bylaw::compiler
