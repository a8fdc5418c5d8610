#include "model/record.h"

#include <algorithm>

#include "model/terms.h"

namespace bylaw::runner {
namespace {

using compiler::Mode;
using compiler::Value;

/// Walks a skeleton with a cursor through its leaves.
class Skeleton {
 public:
  Skeleton(const ir::Condition& condition, const std::vector<Answer>& answers, std::size_t flipped)
      : condition_(condition), answers_(answers), flipped_(flipped) {}

  bool holds(std::size_t index = 0) {
    const ir::Node& node = condition_[index];
    switch (node.kind) {
      case ir::NodeKind::True: return true;
      case ir::NodeKind::False: return false;
      case ir::NodeKind::Leaf: {
        const std::size_t leaf = leaf_++;
        return answers_[leaf].value != (leaf == flipped_);
      }
      case ir::NodeKind::Not: return !holds(index + 1);
      case ir::NodeKind::And:
      case ir::NodeKind::Or: break;
    }
    const bool conjunction = node.kind == ir::NodeKind::And;
    bool result = conjunction;
    ir::each_child(condition_, index, [&](std::size_t child) {
      const bool value = holds(child);  // always, so that the cursor goes on
      result = conjunction ? result && value : result || value;
    });
    return result;
  }

 private:
  const ir::Condition& condition_;
  const std::vector<Answer>& answers_;
  std::size_t flipped_;
  std::size_t leaf_ = 0;
};

/// Some condition beside asks whether one of these is there. (An absent value that is read anyway is its zero value, as
/// `x ?? 0` means it.)
bool guarded(const ir::DecisionIr& decision, const ir::Condition& condition, const std::vector<ir::TermId>& absent) {
  bool found = false;
  for (const ir::OccurrenceId leaf : leaves(condition)) {
    for_each_term(decision.terms, decision.occurrences[leaf].term, [&](ir::TermId id) {
      if (decision.terms[id].op != ir::Op::IsSet) return;
      const ir::TermId asked = decision.terms.operand(id, 0);
      found = found || std::find(absent.begin(), absent.end(), asked) != absent.end();
    });
  }
  return found;
}

}  // namespace

bool holds(const ir::Condition& condition, const std::vector<Answer>& answers, std::size_t flipped) {
  return condition.empty() || Skeleton(condition, answers, flipped).holds();
}

std::vector<ir::OccurrenceId> leaves(const ir::Condition& condition) {
  std::vector<ir::OccurrenceId> result;
  for (const ir::Node& node : condition)
    if (node.kind == ir::NodeKind::Leaf) result.push_back(node.occurrence);
  return result;
}

PolicyTimes times_of(const compiler::Policy& policy) {
  return {policy.from, policy.until, policy.audit_until};
}

CaseRecord Recording::record(CaseModel model) const {
  CaseRecord record{.model = std::move(model), .policies = {}, .entries = {}};
  const ir::DecisionIr& decision = *record.model.decision;
  ir::Evaluation evaluation = record.model.evaluation(program_, ir_.lists);
  for (const ir::PolicyIr& policy : decision.policies) {
    PolicyAnswers told;
    told.standing = standing(policy, record.model, true);
    evaluation.notes = nullptr;
    if (in_force(told.standing)) {
      ir::EntryNotes notes;
      evaluation.notes = &notes;
      told.guard = answers(evaluation, decision, policy.guard);
      told.standing = standing(policy, record.model, holds(policy.guard, told.guard));
      if (in_force(told.standing)) record.entries.merge(notes);
    }
    evaluation.notes = &record.entries;
    if (applies(told.standing))
      for (const ir::RuleIr& rule : policy.rules) told.rules.push_back(answers(evaluation, decision, rule));
    record.policies.push_back(std::move(told));
  }
  return record;
}

PolicyStanding Recording::standing(const ir::PolicyIr& policy, const CaseModel& model, bool guard) const {
  return standing(policy, model, guard, times_of(program_.policies[policy.policy]));
}

PolicyStanding Recording::standing(const ir::PolicyIr& policy, const CaseModel& model, bool guard,
                                   const PolicyTimes& times) const {
  const compiler::Policy& declared = program_.policies[policy.policy];
  const std::int64_t now = model.now;
  if (declared.mode == Mode::Off) return PolicyStanding::Off;
  if (model.policies && !model.policies->only.contains(policy.policy)) return PolicyStanding::Off;
  if ((times.from && now < *times.from) || (times.until && now >= *times.until)) return PolicyStanding::NotInForce;
  if (!guard) return PolicyStanding::GuardFalse;
  const bool audited = declared.mode == Mode::Audit && (!times.audit_until || now < *times.audit_until);
  return audited ? PolicyStanding::Audited : PolicyStanding::Enforced;
}

std::vector<Answer> Recording::answers(ir::Evaluation& evaluation, const ir::DecisionIr& decision,
                                       const ir::Condition& condition) const {
  std::vector<Answer> result;
  std::vector<ir::TermId> absent;
  evaluation.absent = &absent;
  for (const ir::OccurrenceId leaf : leaves(condition)) {
    absent.clear();
    const bool value = ir::evaluate(evaluation, decision.occurrences[leaf].term).is_true();
    result.push_back({value, !absent.empty() && guarded(decision, condition, absent)});
  }
  evaluation.absent = nullptr;
  return result;
}

RuleAnswers Recording::answers(ir::Evaluation& evaluation, const ir::DecisionIr& decision,
                               const ir::RuleIr& rule) const {
  RuleAnswers result;
  std::vector<std::uint32_t> path;
  evaluation.elements.clear();
  each_element(evaluation, decision, rule, path, result);
  evaluation.elements.clear();
  return result;
}

void Recording::each_element(ir::Evaluation& evaluation, const ir::DecisionIr& decision, const ir::RuleIr& rule,
                             std::vector<std::uint32_t>& path, RuleAnswers& into) const {
  if (path.size() == rule.collections.size()) {
    if (into.instances.size() >= kMostInstances) {
      ++into.cut;
      into.held = into.held || ir::holds(evaluation, decision, rule.condition);
      return;
    }
    // A loop inside the condition may write elements of its own behind those of the rule.
    const std::vector<Value> elements = evaluation.elements;
    Instance instance{path, elements, answers(evaluation, decision, rule.condition), false};
    evaluation.elements = elements;
    instance.holds = holds(rule.condition, instance.answers);
    into.held = into.held || instance.holds;
    into.instances.push_back(std::move(instance));
    return;
  }
  const ir::TermId source = rule.collections[path.size()];
  const Value collection = ir::evaluate(evaluation, source);
  const ir::Term& term = decision.terms[source];
  const bool rows = term.op == ir::Op::Rows;
  const std::vector<std::uint32_t> live =
      rows ? ir::live_entries(evaluation, compiler::ListId{term.a}) : std::vector<std::uint32_t>();
  const std::size_t depth = path.size();
  const std::vector<Value> outer(evaluation.elements.begin(),
                                 evaluation.elements.begin() + static_cast<std::ptrdiff_t>(depth));
  for (std::uint32_t i = 0; i < collection.items.size(); ++i) {
    evaluation.elements = outer;
    evaluation.elements.push_back(collection.items[i]);
    path.push_back(i);
    const std::size_t before = into.instances.size();
    each_element(evaluation, decision, rule, path, into);
    path.pop_back();
    for (std::size_t at = before; rows && evaluation.notes && at < into.instances.size(); ++at)
      if (into.instances[at].holds) evaluation.notes->insert({compiler::ListId{term.a}, live[i]});
  }
  evaluation.elements = outer;
}

}  // namespace bylaw::runner
