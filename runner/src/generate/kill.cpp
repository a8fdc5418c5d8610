#include "generate/kill.h"

#include <fmt/format.h>

#include <algorithm>

#include "generate/scenario_text.h"
#include "generate/scenario_yaml.h"
#include "model/terms.h"
#include "names.h"

namespace bylaw::runner {
namespace {

constexpr std::uint32_t kFar = 1000;

bool reads(const ir::DecisionIr& decision, ir::TermId term, const Mutant& mutant) {
  if (mutant.inheritance) return reads(decision, term, mutant.inheritance->attribute);
  bool found = false;
  for_each_term(decision.terms, term,
                [&](ir::TermId id) { found = found || asks(decision.terms[id], mutant.entry->list); });
  return found;
}

/// The conditions that read what such a mutant changes: where the search goes to.
std::vector<Edit> readers(const Mutant& mutant, const ir::DecisionIr& decision) {
  std::vector<Edit> edits;
  const auto look = [&](const Edit& place, const ir::Condition& condition) {
    Edit edit = place;
    std::size_t at = 0;
    for (const ir::OccurrenceId leaf : leaves(condition)) {
      const ir::TermId term = decision.occurrences[leaf].term;
      if (reads(decision, term, mutant)) edit.leaves[at] = term;
      ++at;
    }
    if (!edit.leaves.empty()) edits.push_back(std::move(edit));
  };
  for (std::size_t p = 0; p < decision.policies.size(); ++p) {
    Edit guard;
    guard.policy = p;
    look(guard, decision.policies[p].guard);
    for (std::size_t r = 0; r < decision.policies[p].rules.size(); ++r) {
      Edit rule = guard;
      rule.rule = r;
      look(rule, decision.policies[p].rules[r].condition);
    }
  }
  return edits;
}

/// How far a model is from telling a mutant from the policy.
class Telling {
 public:
  Telling(const Workshop& shop, const Judge& judge, const Mutant& mutant)
      : shop_(shop), judge_(judge), mutant_(mutant), decision_(shop.decision()) {
    if (const auto edits = mutant.edits.find(decision_.decision); edits != mutant.edits.end()) edits_ = edits->second;
    if (mutant.entry || mutant.inheritance) edits_ = readers(mutant, decision_);
  }

  Goal goal() const {
    Goal goal;
    goal.enough = 1;  // who decides differs, and `by` tells it
    goal.rounds = 4;
    goal.most = 1000;
    goal.score = [this](const CaseModel& model) { return score(model); };
    goal.focus = [this](const CaseModel& model) { return focus(model); };
    return goal;
  }

  /// The verdicts differ.
  bool by_verdict(const CaseRecord& record) const { return difference(record) == 0; }

 private:
  std::uint32_t difference(const CaseRecord& record) const {
    const CaseOutcome base = shop_.player().outcome(record);
    const auto changed = judge_.change(mutant_, record, base);
    if (!changed) return kFar;
    if (changed->outcome.verdict != base.verdict) return 0;
    const bool told = changed->outcome.by != base.by || changed->outcome.exemptions != base.exemptions ||
                      changed->outcome.audit != base.audit || changed->difference.obligations ||
                      !changed->difference.elements.empty();
    return told ? 1 : kFar;
  }

  std::uint32_t score(const CaseModel& model) const {
    const std::uint32_t told = difference(shop_.record(model));
    if (told != kFar || edits_.empty()) return told;
    std::uint32_t least = kFar;
    for (const Edit& edit : edits_) least = std::min(least, 2 + reach(model, edit));
    return least;
  }

  /// How far the changed condition is from deciding its rule.
  std::uint32_t reach(const CaseModel& model, const Edit& edit) const {
    const ir::PolicyIr& policy = decision_.policies[edit.policy];
    const Workshop::State now = shop_.state(model, edit.policy, edit.rule.value_or(policy.rules.size()));
    if (!in_force(now.standing)) return kFar;
    if (!edit.rule) return decisive(policy.guard, now.guard, edit) ? 1 : 1 + near(policy.guard, now.guard, edit);
    std::uint32_t least = 4;
    const ir::Condition& condition = policy.rules[*edit.rule].condition;
    for (const Instance& instance : now.rule.instances) {
      if (decisive(condition, instance.answers, edit)) least = 1;
      least = std::min(least, 1 + near(condition, instance.answers, edit));
    }
    return 3 * now.guard_distance + least;
  }

  static bool decisive(const ir::Condition& condition, const std::vector<Answer>& answers, const Edit& edit) {
    const bool now = holds(condition, answers);
    return std::any_of(edit.leaves.begin(), edit.leaves.end(),
                       [&](const auto& leaf) { return holds(condition, answers, leaf.first) != now; });
  }

  static std::uint32_t near(const ir::Condition& condition, const std::vector<Answer>& answers, const Edit& edit) {
    if (edit.leaves.empty()) return std::min<std::uint32_t>(distance(condition, answers, true), 3);
    return decisive(condition, answers, edit) ? 0 : 1 + std::min<std::uint32_t>(distance(condition, answers, true), 3);
  }

  std::vector<Goal::Focus> focus(const CaseModel& model) const {
    std::vector<Goal::Focus> result;
    for (const Edit& edit : edits_) {
      const ir::PolicyIr& policy = decision_.policies[edit.policy];
      std::vector<ir::TermId> collections;
      if (edit.rule) {
        collections = policy.rules[*edit.rule].collections;
        for (const Goal::Focus& one : shop_.rule_focus(edit.policy, *edit.rule)) result.push_back(one);
      }
      for (const auto& [leaf, term] : edit.leaves) result.insert(result.begin(), {term, collections});
      for (const Goal::Focus& one : shop_.guard_focus(edit.policy)) result.push_back(one);
    }
    if (!result.empty() && score(model) > 2) return result;
    // The rule turns, but another one decides the matter as well.
    for (std::size_t p = 0; p < decision_.policies.size(); ++p)
      for (std::size_t r = 0; r < decision_.policies[p].rules.size(); ++r)
        for (const Goal::Focus& one : shop_.rule_focus(p, r)) result.push_back(one);
    return result;
  }

  const Workshop& shop_;
  const Judge& judge_;
  const Mutant& mutant_;
  const ir::DecisionIr& decision_;
  std::vector<Edit> edits_;
};

}  // namespace

Workshop& Killer::shop(ir::DecisionIr& decision) {
  std::unique_ptr<Workshop>& shop = shops_[decision.decision];
  if (!shop) shop = std::make_unique<Workshop>(input_.player, input_.engine, decision, starts_of(input_, decision));
  return *shop;
}

/// One condition may stand in several lines, and all of them may come into one file.
std::string Killer::unique(const std::string& title) {
  std::string result = title;
  for (int i = 2; !titles_.insert(result).second; ++i) result = fmt::format("{} ({})", title, i);
  return result;
}

std::string Killer::scenario(const Mutant& mutant) {
  for (ir::DecisionIr& decision : input_.player.ir().decisions) {
    const bool changed = mutant.entry || mutant.period || mutant.inheritance ||
                         mutant.edits.contains(decision.decision) ||
                         (mutant.strategy && mutant.strategy->decision == decision.decision);
    if (!changed) continue;
    if (std::string text = scenario(mutant, decision); !text.empty()) return text;
  }
  return "";
}

std::string Killer::scenario(const Mutant& mutant, ir::DecisionIr& decision) {
  Workshop& shop = this->shop(decision);
  const std::vector<Evidence> none;
  const Judge judge(input_.player, none);
  const Telling telling(shop, judge, mutant);
  const Goal goal = telling.goal();
  const auto found = shop.find(goal, mutant.moments);
  const auto made = found ? shop.make(*found, goal) : std::nullopt;
  if (!made) return "";
  const Program& program = input_.player.program();
  std::string text =
      fmt::format("  - name: {}\n    decision: {}\n    when: {}\n",
                  title_text(unique(mutant.name + ": " + mutant.text)), program.decisions[decision.decision].name,
                  yaml_map(program, made->written.request, request_place(program, decision.decision)));
  const OrderedJson entities =
      runner::difference(OrderedJson::parse(input_.project_entities, nullptr, false), made->written.entities);
  if (!entities.empty()) text += fmt::format("    entities: {}\n", yaml_entities(program, entities));
  const bool obliges = !program.decisions[decision.decision].obligations.empty();
  bool audits = false;
  for (const std::string& line : expectation_lines(program, made->report, obliges)) {
    text += fmt::format("    {}\n", line);
    audits = audits || line.starts_with("audit:");
  }
  // All that such a mutant does may be that an audited policy speaks where it is silent.
  if (mutant.period && !audits) text += "    audit: []\n";
  return text;
}

}  // namespace bylaw::runner
