#include "mutation/judge.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

using compiler::RuleId;

/// The case may come out otherwise if the entry is as `other` says.
bool matters(const Program& program, const ir::OtherEntry& other, const CaseRecord& record) {
  if (!other.there) return record.entries.contains({other.list, other.row});
  const compiler::List& list = program.lists[other.list];
  const compiler::Row& row = list.rows[other.row];
  const bool before = ir::is_live(row.since, row.until, record.model.now);
  const bool now = ir::is_live(other.since, other.until, record.model.now);
  return before != now || (now && list.row);  // its columns can be read
}

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
    if (mutant_.entry) return run_entry();
    if (mutant_.period) return run_period();
    if (mutant_.inheritance) return run_inheritance();
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
    return finish(obliging, flipped, record_.model);
  }

 private:
  std::optional<Changed> finish(const Obliging& obliging, RuleId flipped, const CaseModel& model) {
    Changed changed{outcome(program_, decision_, facts_, flipped), std::move(difference_)};
    const Obliging plain{program_, player_.ir()};
    if (!base_.obliging.empty() || !changed.outcome.obliging.empty())
      changed.difference.obligations =
          obligations(obliging, model, changed.outcome) != obligations(plain, record_.model, base_);
    if (changed.outcome == base_ && !changed.difference.obligations && changed.difference.elements.empty())
      return std::nullopt;
    return changed;
  }

  std::optional<Changed> run_entry() {
    if (!matters(program_, *mutant_.entry, record_)) return std::nullopt;
    CaseModel model = record_.model;
    model.other = mutant_.entry;
    return run_again(std::move(model));
  }

  std::optional<Changed> run_inheritance() {
    const auto& [attribute, strategy] = *mutant_.inheritance;
    CaseModel model = record_.model;
    bool other = false;
    for (const compiler::Value& entity : model.given.all()) {
      if (entity.entity_type != attribute.entity) continue;
      const auto value = inherited(program_, model, entity, attribute, strategy);
      if (!value || *value == model.entities.attribute(entity, attribute.field)) continue;
      other = model.entities.set(entity, attribute.field, *value) || other;
    }
    return other ? run_again(std::move(model)) : std::nullopt;
  }

  /// The whole case, with something that any condition may read.
  std::optional<Changed> run_again(CaseModel model) {
    const CaseRecord again = player_.recording().record(std::move(model));
    facts_ = facts(again);
    for (std::size_t p = 0; p < again.policies.size(); ++p)
      for (std::size_t r = 0; r < again.policies[p].rules.size() && r < record_.policies[p].rules.size(); ++r)
        note_elements(decision_.policies[p].rules[r], record_.policies[p].rules[r],
                      holding(again.policies[p].rules[r]));
    return finish({program_, player_.ir()}, {}, again.model);
  }

  std::optional<Changed> run_period() {
    for (std::size_t p = 0; p < decision_.policies.size(); ++p) {
      const ir::PolicyIr& policy = decision_.policies[p];
      if (policy.policy != mutant_.period->policy) continue;
      const PolicyAnswers& answers = record_.policies[p];
      const bool guard = in_force(answers.standing)
                             ? applies(answers.standing)
                             : holds(policy.guard, player_.recording().answers(evaluation_, decision_, policy.guard));
      restand(p, player_.recording().standing(policy, record_.model, guard, mutant_.period->times));
    }
    return differs_ ? finish({program_, player_.ir()}, {}, record_.model) : std::nullopt;
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
    if (now != before) restand(edit.policy, player_.recording().standing(policy, record_.model, now));
  }

  /// The policy stands otherwise.
  void restand(std::size_t policy, PolicyStanding standing) {
    PolicyFacts& facts = facts_[policy];
    if (facts.standing == standing) return;
    differs_ = true;
    facts.standing = standing;
    facts.held.clear();
    for (std::size_t i = 0; applies(standing) && i < decision_.policies[policy].rules.size(); ++i)
      facts.held.push_back(rule_answers(policy, i).held);
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

bool touches(const Program& program, const Mutant& mutant, const Evidence& evidence) {
  if (mutant.entry) return matters(program, *mutant.entry, evidence.record);
  const ir::DecisionIr& decision = *evidence.record.model.decision;
  if (mutant.inheritance) return reads(decision, mutant.inheritance->attribute);
  if (mutant.period) return true;
  if (mutant.strategy) return mutant.strategy->decision == decision.decision;
  return mutant.edits.contains(decision.decision);
}

}  // namespace

std::optional<Changed> Judge::change(const Mutant& mutant, const CaseRecord& record, const CaseOutcome& base) const {
  return Change(player_, mutant, record, base).run();
}

Judge::Judgement Judge::judge(const Mutant& mutant) const {
  Judgement judgement;
  for (const Evidence& evidence : cases_) {
    if (!touches(player_.program(), mutant, evidence)) continue;
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
