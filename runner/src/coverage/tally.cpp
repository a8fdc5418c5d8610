#include "coverage/tally.h"

#include <algorithm>

#include "model/terms.h"

namespace bylaw::runner {
namespace {

using compiler::ListId;
using compiler::Mode;
using compiler::PolicyId;
using compiler::RuleId;
using compiler::RuleKind;

void note_lists(const ir::DecisionIr& decision, ir::TermId root, Tally& tally) {
  for_each_term(decision.terms, root, [&](ir::TermId id) {
    const ir::Term& term = decision.terms[id];
    if (term.op == ir::Op::Rows) tally.lists.insert(ListId{term.a});
    if (term.op == ir::Op::Listed || term.op == ir::Op::ListedDirectly) tally.lists.insert(ListId{term.b});
  });
}

std::vector<ConditionTally> conditions_of(const ir::DecisionIr& decision, const ir::Condition& condition,
                                          Tally& tally) {
  std::vector<ConditionTally> result;
  for (const ir::OccurrenceId leaf : leaves(condition)) {
    const ir::Occurrence& occurrence = decision.occurrences[leaf];
    ConditionTally& told = result.emplace_back();
    told.use = occurrence.use;
    told.definition = occurrence.definition;
    told.path = occurrence.path;
    told.constant = decision.terms.known(occurrence.term);
    note_lists(decision, occurrence.term, tally);
  }
  return result;
}

/// An audited policy that is never enforced obliges nobody.
bool can_count(const Program& program, RuleId id) {
  const compiler::Rule& rule = program.rules[id];
  const compiler::Policy& policy = program.policies[rule.policy];
  return rule.kind != RuleKind::Oblige || policy.mode != Mode::Audit || policy.audit_until;
}

void add_answers(const ir::Condition& condition, const std::vector<Answer>& answers, bool holds,
                 std::vector<ConditionTally>& conditions) {
  for (std::size_t leaf = 0; leaf < answers.size(); ++leaf) {
    ConditionTally& tally = conditions[leaf];
    if (answers[leaf].unset) {
      ++tally.unset;
      continue;
    }
    ++(answers[leaf].value ? tally.shown_true : tally.shown_false);
    if (runner::holds(condition, answers, leaf) != holds) ++tally.decisive;
  }
}

/// The leaves that alone keep a condition from holding, if there is one such; else all that are not as a plain
/// conjunction would need them.
void add_nearness(const ir::Condition& condition, const std::vector<Answer>& answers, RuleTally& tally) {
  std::set<std::size_t> missing;
  for (std::size_t leaf = 0; leaf < answers.size(); ++leaf)
    if (holds(condition, answers, leaf)) missing.insert(leaf);
  const std::size_t distance = missing.empty() ? 2 : 1;
  if (tally.near_cases != 0 && distance > tally.missing) return;
  if (distance < tally.missing || tally.near_cases == 0) {
    tally.missing = distance;
    tally.missing_leaves.clear();
    tally.near_cases = 0;
  }
  tally.missing_leaves.merge(missing);
  ++tally.near_cases;
}

class Adder {
 public:
  Adder(const Program& program, const CaseRecord& record, const CaseOutcome& outcome, Tally& tally)
      : program_(program), record_(record), decision_(*record.model.decision), outcome_(outcome), tally_(tally) {}

  void run() {
    ++tally_.cases;
    tally_.decisions.insert(decision_.decision);
    for (std::size_t p = 0; p < decision_.policies.size(); ++p) policy(decision_.policies[p], record_.policies[p]);
    add_entries();
  }

 private:
  void policy(const ir::PolicyIr& policy, const PolicyAnswers& answers) {
    const auto found = tally_.policies.find(policy.policy);
    if (found == tally_.policies.end()) return;
    PolicyTally& tally = found->second;
    if (answers.standing == PolicyStanding::Off) return;  // it takes no part
    ++tally.asked;
    if (!in_force(answers.standing)) return;
    ++tally.forced;
    const bool held = applies(answers.standing);
    ++(held ? tally.guard_true : tally.guard_false);
    add_answers(policy.guard, answers.guard, held, tally.conditions);
    if (!held) return;
    for (std::size_t i = 0; i < policy.rules.size(); ++i)
      if (const auto rule = tally_.rules.find(policy.rules[i].rule); rule != tally_.rules.end())
        this->rule(policy.rules[i], answers.rules[i], rule->second);
  }

  void rule(const ir::RuleIr& rule, const RuleAnswers& answers, RuleTally& tally) {
    ++tally.applied;
    tally.elements += answers.instances.size() + answers.cut;
    for (const Instance& instance : answers.instances) {
      add_answers(rule.condition, instance.answers, instance.holds, tally.conditions);
      if (!answers.held) add_nearness(rule.condition, instance.answers, tally);
    }
    if (!answers.held) return;
    ++tally.held;
    if (counts(outcome_, rule.rule))
      ++tally.decided;
    else
      add_shadow(rule.rule, tally);
  }

  static bool has(const std::vector<RuleId>& rules, RuleId rule) {
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
  }

  void add_shadow(RuleId rule, RuleTally& tally) const {
    bool lifted = false;
    const auto look = [&](const std::vector<HeldExemption>& exemptions) {
      for (const HeldExemption& exemption : exemptions)
        if (has(exemption.lifted, rule)) {
          ++tally.lifted_by[exemption.rule];
          lifted = true;
        }
    };
    look(outcome_.exemptions);
    for (const AuditedOutcome& audited : outcome_.audit) look(audited.exemptions);
    if (lifted) return;
    for (const RuleId other : outcome_.by) ++tally.overruled_by[other];
    for (const AuditedOutcome& audited : outcome_.audit)
      if (audited.policy == program_.rules[rule].policy)
        for (const RuleId other : audited.by) ++tally.overruled_by[other];
  }

  void add_entries() {
    for (auto& [key, tally] : tally_.entries) {
      const compiler::Row& row = program_.lists[key.first].rows[key.second];
      const std::int64_t now = record_.model.now;
      if ((!row.since || now >= *row.since) && (!row.until || now < *row.until)) ++tally.live;
      if (record_.entries.contains(key)) ++tally.used;
    }
  }

  const Program& program_;
  const CaseRecord& record_;
  const ir::DecisionIr& decision_;
  const CaseOutcome& outcome_;
  Tally& tally_;
};

}  // namespace

Tally empty_tally(const Program& program, const ir::ProgramIr& ir) {
  Tally tally;
  for (const ir::DecisionIr& decision : ir.decisions) {
    for (const ir::PolicyIr& policy : decision.policies) {
      if (program.policies[policy.policy].mode == Mode::Off) continue;
      tally.policies[policy.policy].conditions = conditions_of(decision, policy.guard, tally);
      for (const ir::RuleIr& rule : policy.rules) {
        for (const ir::TermId collection : rule.collections) note_lists(decision, collection, tally);
        if (rule.value) note_lists(decision, rule.value, tally);
        if (can_count(program, rule.rule))
          tally.rules[rule.rule].conditions = conditions_of(decision, rule.condition, tally);
      }
    }
  }
  for (std::uint32_t list = 0; list < program.lists.size(); ++list)
    for (std::uint32_t row = 0; row < program.lists[ListId{list}].rows.size(); ++row)
      tally.entries[{ListId{list}, row}] = {};
  return tally;
}

void add(const Program& program, const CaseRecord& record, const CaseOutcome& outcome, Tally& tally) {
  Adder(program, record, outcome, tally).run();
}

}  // namespace bylaw::runner
