#include "obligations.h"

#include <algorithm>

namespace bylaw {

using namespace format;

Word merged(MergeStrategy strategy, Word a, Word b) {
  const auto x = static_cast<std::int64_t>(a), y = static_cast<std::int64_t>(b);
  switch (strategy) {
    case MergeStrategy::None: return a;
    case MergeStrategy::Min: return x < y ? a : b;
    case MergeStrategy::Max: return x < y ? b : a;
    case MergeStrategy::Any: return a | b;
    case MergeStrategy::All: return a & b;
  }
  return a;
}

void oblige(const Run& run, VerdictData& verdict) {
  const DecisionRecord& decision = run.bundle.decisions[verdict.decision];
  for (std::uint32_t i = 0; i < decision.rule_count; ++i) {
    const RuleRecord& rule = run.bundle.rules[decision.first_rule + i];
    if (rule.kind != RuleKindCode::Oblige || (verdict.rules[i] & kHeld) == 0) continue;
    const Outcome side = (rule.flags & kRuleOnDeny) != 0 ? Outcome::Deny : Outcome::Allow;
    if (side != verdict.outcome) continue;
    if (verdict.policies[rule.policy - decision.first_policy].standing != Standing::Enforced) continue;
    ObligedValue& value = verdict.obligations[rule.obligation - decision.first_obligation];
    const Word word = word_of(run, rule.value);
    const MergeStrategy strategy = run.bundle.obligations[rule.obligation].strategy;
    value.word = value.given ? merged(strategy, value.word, word) : word;
    value.given = true;
  }
}

}  // namespace bylaw
