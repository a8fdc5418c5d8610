#include "bounds.h"

#include <algorithm>

#include "obligations.h"

namespace bylaw {

using namespace format;

namespace {

/// Every guard, condition and value once.
std::uint64_t cost_of_decision(const BundleView& b, const DecisionRecord& decision,
                               const std::vector<BlockBounds>& blocks) {
  std::uint64_t all = 0;
  for (const PolicyRecord& policy : range(b.policies, decision.first_policy, decision.policy_count))
    if (policy.guard != kNone) all = bound_sum(all, blocks[policy.guard].instructions);
  for (const RuleRecord& rule : range(b.rules, decision.first_rule, decision.rule_count)) {
    if (rule.condition != kNone) all = bound_sum(all, blocks[rule.condition].instructions);
    if (rule.value != kNone) all = bound_sum(all, blocks[rule.value].instructions);
  }
  return all;
}

}  // namespace

/// The exempts of a policy that lift everything tell one list of what they lift.
DecisionBounds bounds_of(const BundleView& b, std::uint32_t index, const std::vector<BlockBounds>& blocks) {
  const DecisionRecord& decision = b.decisions[index];
  DecisionBounds bounds{.instructions = cost_of_decision(b, decision, blocks)};
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (b.blocks[i].decision == index) bounds.scratch = std::max(bounds.scratch, blocks[i].scratch);
  for (const RuleRecord& rule : range(b.rules, decision.first_rule, decision.rule_count)) {
    if (rule.kind == RuleKindCode::Deny) ++bounds.lifted;
    if (rule.kind == RuleKindCode::Oblige) bounds.obliged += kept_words(b, b.obligations[rule.obligation]);
    if (rule.kind != RuleKindCode::Exempt) continue;
    ++bounds.exempts;
    if ((rule.flags & kRuleLiftsAll) == 0) bounds.lifted += rule.lift_count;
  }
  return bounds;
}

}  // namespace bylaw
