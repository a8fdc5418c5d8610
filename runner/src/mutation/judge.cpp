#include "mutation/judge.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

using compiler::RuleId;

/// One mutant in one case.
class Change {
 public:
  Change(const Player& player, const Mutant& mutant, const CaseRecord& record, const CaseOutcome& base)
      : player_(player),
        program_(player.program()),
        mutant_(mutant),
        record_(record),
        decision_(*record.model.decision),
        base_(base),
        facts_(facts(record)),
        evaluation_(record.model.evaluation(program_, player.ir().lists)) {}

  std::optional<Changed> run() {
    if (mutant_.without) return run_without();
    Obliging obliging{program_, player_.ir()};
    if (mutant_.strategy) {
      if (mutant_.strategy->decision != decision_.decision) return std::nullopt;
      obliging.strategies[mutant_.strategy->obligation] = mutant_.strategy->strategy;
      differs_ = true;
    }
    RuleId flipped;
    if (const auto edits = mutant_.edits.find(decision_.decision); edits != mutant_.edits.end()) {
      for (const Edit& edit : edits->second) apply(edit, obliging, flipped);
    }
    if (!differs_) return std::nullopt;
    return finish(obliging, flipped);
  }

 private:
  std::optional<Changed> finish(const Obliging& obliging, RuleId flipped) {
    Changed changed{outcome(program_, decision_, facts_, flipped), std::move(difference_)};
    const Obliging plain{program_, player_.ir()};
    if (!base_.obliging.empty() || !changed.outcome.obliging.empty())
      changed.difference.obligations =
          obligations(obliging, record_.model, changed.outcome) != obligations(plain, record_.model, base_);
    if (changed.outcome == base_ && !changed.difference.obligations && changed.difference.elements.empty())
      return std::nullopt;
    return changed;
  }

  /// The whole case again; only cases come here in which the entry made something true.
  std::optional<Changed> run_without() {
    if (!record_.entries.contains(*mutant_.without)) return std::nullopt;
    const CaseRecord again = player_.recording().record(record_.model, *mutant_.without);
    facts_ = facts(again);
    for (std::size_t p = 0; p < again.policies.size(); ++p)
      for (std::size_t r = 0; r < again.policies[p].rules.size() && r < record_.policies[p].rules.size(); ++r)
        note_elements(decision_.policies[p].rules[r], record_.policies[p].rules[r],
                      holding(again.policies[p].rules[r]));
    return finish({program_, player_.ir()}, {});
  }

  static std::vector<std::vector<std::uint32_t>> holding(const RuleAnswers& rule) {
    std::vector<std::vector<std::uint32_t>> result;
    for (const Instance& instance : rule.instances)
      if (instance.holds) result.push_back(instance.elements);
    return result;
  }

  void note_elements(const ir::RuleIr& rule, const RuleAnswers& before,
                     const std::vector<std::vector<std::uint32_t>>& now) {
    if (!rule.collections.empty() && holding(before) != now) difference_.elements.insert(rule.rule);
  }

  void apply(const Edit& edit, Obliging& obliging, RuleId& flipped) {
    if (!edit.rule)
      guard(edit);
    else if (applies(facts_[edit.policy].standing))
      rule(edit, *edit.rule, obliging, flipped);
  }

  void rule(const Edit& edit, std::size_t index, Obliging& obliging, RuleId& flipped) {
    const ir::RuleIr& rule = decision_.policies[edit.policy].rules[index];
    if (edit.flipped) {
      flipped = rule.rule;
      differs_ = differs_ || facts_[edit.policy].held[index];
      return;
    }
    if (edit.value) {
      obliging.values[rule.rule] = edit.value;
      differs_ = differs_ || facts_[edit.policy].held[index];
      return;
    }
    if (edit.removed) {
      hold(edit.policy, index, false);
      return;
    }
    const RuleAnswers& answers = rule_answers(edit.policy, index);
    std::vector<std::vector<std::uint32_t>> held;
    for (const Instance& instance : answers.instances) {
      evaluation_.elements = instance.values;
      if (holds_now(edit, rule.condition, instance.answers, instance.holds)) held.push_back(instance.elements);
    }
    if (!rule.collections.empty() && holding(answers) != held) {
      difference_.elements.insert(rule.rule);
      differs_ = true;
    }
    hold(edit.policy, index, !held.empty());
  }

  void hold(std::size_t policy, std::size_t rule, bool held) {
    if (facts_[policy].held[rule] == held) return;
    facts_[policy].held[rule] = held;
    differs_ = true;
  }

  void guard(const Edit& edit) {
    const ir::PolicyIr& policy = decision_.policies[edit.policy];
    const PolicyAnswers& answers = record_.policies[edit.policy];
    if (!in_force(answers.standing)) return;
    evaluation_.elements.clear();
    const bool before = applies(answers.standing);
    const bool now = holds_now(edit, policy.guard, answers.guard, before);
    if (now == before) return;
    differs_ = true;
    facts_[edit.policy].standing = player_.recording().standing(policy, record_.model, now);
    facts_[edit.policy].held.clear();
    for (std::size_t i = 0; now && i < policy.rules.size(); ++i)
      facts_[edit.policy].held.push_back(rule_answers(edit.policy, i).held);
  }

  /// The recorded answers; of a policy that did not apply they are worked out now.
  const RuleAnswers& rule_answers(std::size_t policy, std::size_t rule) {
    const PolicyAnswers& recorded = record_.policies[policy];
    if (!recorded.rules.empty()) return recorded.rules[rule];
    const auto [place, fresh] = missing_.try_emplace({policy, rule});
    if (fresh)
      place->second = player_.recording().answers(evaluation_, decision_, decision_.policies[policy].rules[rule]);
    return place->second;
  }

  bool holds_now(const Edit& edit, const ir::Condition& condition, const std::vector<Answer>& answers, bool before) {
    if (edit.condition) return holds_by(*edit.condition, condition, answers);
    std::vector<Answer> changed = answers;
    bool other = false;
    for (const auto& [leaf, term] : edit.leaves) {
      // A leaf that is not decisive matters only beside others that change as well.
      if (edit.leaves.size() == 1 && holds(condition, answers, leaf) == before) return before;
      const std::vector<compiler::Value> elements = evaluation_.elements;
      changed[leaf].value = ir::evaluate(evaluation_, term).is_true();
      evaluation_.elements = elements;
      other = other || changed[leaf].value != answers[leaf].value;
    }
    return other ? holds(condition, changed) : before;
  }

  /// Another skeleton over leaves of the one that was recorded.
  static bool holds_by(const ir::Condition& changed, const ir::Condition& recorded,
                       const std::vector<Answer>& answers) {
    const std::vector<ir::OccurrenceId> known = leaves(recorded);
    std::vector<Answer> picked;
    for (const ir::OccurrenceId leaf : leaves(changed))
      picked.push_back(answers[static_cast<std::size_t>(std::find(known.begin(), known.end(), leaf) - known.begin())]);
    return holds(changed, picked);
  }

  const Player& player_;
  const Program& program_;
  const Mutant& mutant_;
  const CaseRecord& record_;
  const ir::DecisionIr& decision_;
  const CaseOutcome& base_;
  std::vector<PolicyFacts> facts_;
  ir::Evaluation evaluation_;
  std::map<std::pair<std::size_t, std::size_t>, RuleAnswers> missing_;
  Difference difference_;
  bool differs_ = false;
};

bool touches(const Mutant& mutant, const Evidence& evidence) {
  if (mutant.without) return evidence.record.entries.contains(*mutant.without);
  const compiler::DecisionId decision = evidence.record.model.decision->decision;
  if (mutant.strategy) return mutant.strategy->decision == decision;
  return mutant.edits.contains(decision);
}

}  // namespace

std::optional<Changed> Judge::change(const Mutant& mutant, const CaseRecord& record, const CaseOutcome& base) const {
  return Change(player_, mutant, record, base).run();
}

Judge::Judgement Judge::judge(const Mutant& mutant) const {
  Judgement judgement;
  for (const Evidence& evidence : cases_) {
    if (!touches(mutant, evidence)) continue;
    const auto changed = change(mutant, evidence.record, evidence.outcome);
    if (!changed) continue;
    ++judgement.seen;
    judgement.killed = notices(player_.program(), *evidence.planned, evidence.report, evidence.outcome,
                               changed->outcome, changed->difference);
    if (judgement.killed) return judgement;
  }
  return judgement;
}

}  // namespace bylaw::runner
