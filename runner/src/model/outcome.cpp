#include "model/outcome.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

using bylaw::Outcome;
using compiler::Rule;
using compiler::RuleId;
using compiler::RuleKind;

/// One policy that applies.
class Judged {
 public:
  Judged(const Program& program, const ir::PolicyIr& policy, const PolicyFacts& facts, RuleId flipped)
      : program_(program), policy_(policy), held_(facts.held), flipped_(flipped), lifted_(held_.size()) {
    lift();
    decide();
  }

  std::optional<Outcome> verdict;
  std::vector<RuleId> by;

  std::vector<HeldExemption> exemptions() const {
    const bool allows = any(RuleKind::Allow);
    std::vector<HeldExemption> result;
    for (std::size_t i = 0; i < held_.size(); ++i) {
      if (kind(i) != RuleKind::Exempt || !held_[i]) continue;
      HeldExemption exemption{policy_.rules[i].rule, {}};
      for (std::size_t deny = 0; deny < held_.size(); ++deny)
        if (held_[deny] && lifts(i, deny) && !(rule(deny).otherwise && allows))
          exemption.lifted.push_back(policy_.rules[deny].rule);
      result.push_back(std::move(exemption));
    }
    return result;
  }

 private:
  const Rule& rule(std::size_t i) const { return program_.rules[policy_.rules[i].rule]; }

  RuleKind kind(std::size_t i) const {
    const RuleKind declared = rule(i).kind;
    if (policy_.rules[i].rule != flipped_) return declared;
    return declared == RuleKind::Deny ? RuleKind::Allow : declared == RuleKind::Allow ? RuleKind::Deny : declared;
  }

  bool lifts(std::size_t exempt, std::size_t deny) const {
    if (kind(deny) != RuleKind::Deny) return false;
    if (rule(exempt).lifts_all) return true;
    const auto& named = rule(exempt).lifts;
    return std::find(named.begin(), named.end(), policy_.rules[deny].rule) != named.end();
  }

  void lift() {
    for (std::size_t i = 0; i < held_.size(); ++i) {
      if (kind(i) != RuleKind::Exempt || !held_[i]) continue;
      for (std::size_t deny = 0; deny < held_.size(); ++deny)
        if (lifts(i, deny)) lifted_[deny] = true;
    }
  }

  bool any(RuleKind wanted) const {
    for (std::size_t i = 0; i < held_.size(); ++i)
      if (kind(i) == wanted && !rule(i).otherwise && held_[i] && !lifted_[i]) return true;
    return false;
  }

  void decide_by(RuleKind wanted, Outcome outcome) {
    for (std::size_t i = 0; i < held_.size(); ++i) {
      if (kind(i) != wanted || rule(i).otherwise || !held_[i] || lifted_[i]) continue;
      by.push_back(policy_.rules[i].rule);
      verdict = outcome;
    }
  }

  void decide() {
    decide_by(RuleKind::Deny, Outcome::Deny);
    if (verdict) return;
    decide_by(RuleKind::Allow, Outcome::Allow);
    for (std::size_t i = 0; i < held_.size() && !verdict; ++i) {
      if (!rule(i).otherwise || !held_[i] || lifted_[i]) continue;
      by.push_back(policy_.rules[i].rule);
      verdict = kind(i) == RuleKind::Deny ? Outcome::Deny : Outcome::Allow;
    }
  }

  const Program& program_;
  const ir::PolicyIr& policy_;
  const std::vector<bool>& held_;
  RuleId flipped_;
  std::vector<bool> lifted_;
};

}  // namespace

bool counts(const CaseOutcome& outcome, RuleId rule) {
  const auto has = [&](const std::vector<RuleId>& rules) {
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
  };
  const auto lifts = [&](const HeldExemption& exemption) {
    return exemption.rule == rule && !exemption.lifted.empty();
  };
  if (has(outcome.by) || has(outcome.obliging)) return true;
  if (std::any_of(outcome.exemptions.begin(), outcome.exemptions.end(), lifts)) return true;
  return std::any_of(outcome.audit.begin(), outcome.audit.end(), [&](const AuditedOutcome& audited) {
    return has(audited.by) || std::any_of(audited.exemptions.begin(), audited.exemptions.end(), lifts);
  });
}

std::vector<PolicyFacts> facts(const CaseRecord& record) {
  std::vector<PolicyFacts> result;
  for (const PolicyAnswers& policy : record.policies) {
    PolicyFacts told{policy.standing, {}};
    for (const RuleAnswers& rule : policy.rules) told.held.push_back(rule.held);
    result.push_back(std::move(told));
  }
  return result;
}

CaseOutcome outcome(const Program& program, const ir::DecisionIr& decision, const std::vector<PolicyFacts>& facts,
                    RuleId flipped) {
  const bool default_allows = program.decisions[decision.decision].default_effect == compiler::Effect::Allow;
  CaseOutcome result;
  bool deny = false, allow = default_allows, would_deny = false, would_allow = default_allows;
  std::vector<std::pair<Outcome, std::vector<RuleId>>> sides;
  for (std::size_t p = 0; p < facts.size(); ++p) {
    if (!applies(facts[p].standing)) continue;
    const Judged judged(program, decision.policies[p], facts[p], flipped);
    would_deny = would_deny || judged.verdict == Outcome::Deny;
    would_allow = would_allow || judged.verdict == Outcome::Allow;
    if (facts[p].standing == PolicyStanding::Audited) {
      result.audit.push_back({decision.policies[p].policy, judged.verdict, judged.by, judged.exemptions()});
      continue;
    }
    deny = deny || judged.verdict == Outcome::Deny;
    allow = allow || judged.verdict == Outcome::Allow;
    if (judged.verdict) sides.emplace_back(*judged.verdict, judged.by);
    for (HeldExemption& exemption : judged.exemptions()) result.exemptions.push_back(std::move(exemption));
  }
  result.verdict = !deny && allow ? Outcome::Allow : Outcome::Deny;
  result.would_be = !would_deny && would_allow ? Outcome::Allow : Outcome::Deny;
  for (const auto& [side, by] : sides)
    if (side == result.verdict) result.by.insert(result.by.end(), by.begin(), by.end());
  for (std::size_t p = 0; p < facts.size(); ++p) {
    if (facts[p].standing != PolicyStanding::Enforced) continue;
    const auto& rules = decision.policies[p].rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Rule& rule = program.rules[rules[i].rule];
      const Outcome side = rule.on_deny ? Outcome::Deny : Outcome::Allow;
      if (rule.kind == RuleKind::Oblige && facts[p].held[i] && side == result.verdict)
        result.obliging.push_back(rules[i].rule);
    }
  }
  return result;
}

}  // namespace bylaw::runner
