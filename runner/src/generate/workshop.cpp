#include "generate/workshop.h"

#include <algorithm>

#include "model/terms.h"
#include "names.h"

namespace bylaw::runner {
namespace {

using compiler::Value;
using compiler::ValueKind;

constexpr std::uint32_t kFar = 1000;

Pool pool_of(const Program& program, const ir::ProgramIr& ir, const ir::DecisionIr& decision,
             const std::vector<Start>& starts) {
  Pool pool;
  for (ir::TermId id{0}; id.index < decision.terms.size(); ++id.index) {
    if (!is_place(decision.terms, id) || decision.terms[id].op == ir::Op::Get) continue;
    for (const Start& start : starts) {
      Value value = value_at(program, ir.lists, start.model, id);
      if (value.kind != ValueKind::Absent) pool[id].insert(std::move(value));
    }
  }
  return pool;
}

}  // namespace

Workshop::Workshop(Player& player, Engine& engine, ir::DecisionIr& decision, std::vector<Start> starts)
    : player_(player),
      engine_(engine),
      decision_(decision),
      starts_(std::move(starts)),
      pool_(pool_of(player.program(), player.ir(), decision, starts_)),
      candidates_(player, decision, pool_) {
  if (!decision_.now) return;
  const Program& program = player.program();
  now_ = decision_.terms.request(*decision_.now, program.decisions[decision_.decision].fields[*decision_.now].type);
  for (const ir::PolicyIr& policy : decision_.policies)
    if (const auto from = program.policies[policy.policy].from) times_.push_back(*from);
}

std::vector<Found> Workshop::begin(const std::vector<std::int64_t>& moments) const {
  std::vector<std::int64_t> times = times_;
  times.insert(times.end(), moments.begin(), moments.end());
  std::vector<Found> result;
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    result.push_back({i, starts_[i].model, {}, 0});
    for (std::size_t at = 0; now_ && at < times.size(); ++at) {
      const RequestStep step{*now_, Value::number(ValueKind::Time, times[at])};
      if (auto later = with_value(player_.program(), player_.ir().lists, starts_[i].model, step.place, step.value))
        result.push_back({i, std::move(*later), {step}, 0});
    }
  }
  return result;
}

std::optional<Found> Workshop::find(const Goal& goal, const std::vector<std::int64_t>& moments) const {
  return find(begin(moments), goal);
}

std::optional<Made> Workshop::make(const Found& found, const Goal& goal) const {
  const Start& start = starts_[found.start];
  Made made{{start.request, start.entities}, {}, {}};
  if (!write_steps(player_.program(), player_.ir().lists, start.model, found.steps, made.written)) return std::nullopt;
  const std::string request = made.written.request.dump(), entities = made.written.entities.dump();
  auto record = player_.record(engine_, decision_.decision, request, entities);
  if (!record || goal.score(record->model) > goal.enough) return std::nullopt;
  made.record = std::move(*record);
  made.report = engine_.play(full_name(player_.program(), decision_.decision), request, entities, false).report;
  if (made.report.verdict == Outcome::Invalid) return std::nullopt;
  return made;
}

Workshop::State Workshop::state(const CaseModel& model, std::size_t p, std::size_t r) const {
  const ir::PolicyIr& policy = decision_.policies[p];
  const Recording& recording = player_.recording();
  ir::Evaluation evaluation = model.evaluation(player_.program(), player_.ir().lists);
  State state;
  state.guard = recording.answers(evaluation, decision_, policy.guard);
  state.guard_distance = distance(policy.guard, state.guard, true);
  state.standing = recording.standing(policy, model, state.guard_distance == 0);
  if (r >= policy.rules.size()) return state;
  const ir::RuleIr& rule = policy.rules[r];
  state.rule = recording.answers(evaluation, decision_, rule);
  state.rule_distance = state.rule.instances.empty() ? 2 : kFar;
  for (const Instance& instance : state.rule.instances)
    state.rule_distance = std::min(state.rule_distance, distance(rule.condition, instance.answers, true));
  return state;
}

std::vector<Goal::Focus> Workshop::guard_focus(std::size_t policy) const {
  std::vector<Goal::Focus> result;
  for (const ir::OccurrenceId leaf : leaves(decision_.policies[policy].guard))
    result.push_back({decision_.occurrences[leaf].term, {}});
  return result;
}

std::vector<Goal::Focus> Workshop::rule_focus(std::size_t policy, std::size_t rule) const {
  std::vector<Goal::Focus> result;
  const ir::RuleIr& wanted = decision_.policies[policy].rules[rule];
  for (const ir::OccurrenceId leaf : leaves(wanted.condition))
    result.push_back({decision_.occurrences[leaf].term, wanted.collections});
  if (result.empty())
    for (const ir::TermId collection : wanted.collections) result.push_back({collection, {}});
  return result;
}

Goal Workshop::fires(std::size_t policy, std::size_t rule) const {
  Goal goal;
  goal.enough = 1;
  goal.score = [this, policy, rule](const CaseModel& model) -> std::uint32_t {
    const State now = state(model, policy, rule);
    if (!in_force(now.standing)) return kFar;
    if (now.guard_distance + now.rule_distance != 0) return 2 + 2 * now.guard_distance + now.rule_distance;
    const CaseRecord all = record(model);
    return counts(player_.outcome(all), decision_.policies[policy].rules[rule].rule) ? 0 : 1;
  };
  goal.focus = [this, policy, rule](const CaseModel& model) {
    const State now = state(model, policy, rule);
    if (now.guard_distance != 0) return guard_focus(policy);
    if (now.rule_distance != 0) return rule_focus(policy, rule);
    // It holds and does not count: others are in its way, or what it would lift does not hold.
    std::vector<Goal::Focus> result;
    for (std::size_t p = 0; p < decision_.policies.size(); ++p) {
      if (p != policy)
        for (const Goal::Focus& focus : guard_focus(p)) result.push_back(focus);
      for (std::size_t r = 0; r < decision_.policies[p].rules.size(); ++r)
        if (p != policy || r != rule)
          for (const Goal::Focus& focus : rule_focus(p, r)) result.push_back(focus);
    }
    return result;
  };
  return goal;
}

Goal Workshop::misses(std::size_t policy, std::size_t rule, std::size_t leaf) const {
  Goal goal;
  goal.rounds = 3;
  goal.score = [this, policy, rule, leaf](const CaseModel& model) -> std::uint32_t {
    const State now = state(model, policy, rule);
    if (!in_force(now.standing)) return kFar;
    if (now.guard_distance != 0) return 100 + now.guard_distance;
    const ir::Condition& condition = decision_.policies[policy].rules[rule].condition;
    bool near = false;
    std::uint32_t least = 50;
    for (const Instance& instance : now.rule.instances) {
      near = near || (!instance.holds && holds(condition, instance.answers, leaf));
      least = std::min(least, distance(condition, instance.answers, true));
    }
    if (near && !now.rule.held) return 0;
    return now.rule.held ? 10 : 10 + least;
  };
  goal.focus = [this, policy, rule, leaf](const CaseModel& model) {
    if (state(model, policy, rule).guard_distance != 0) return guard_focus(policy);
    const ir::RuleIr& wanted = decision_.policies[policy].rules[rule];
    std::vector<Goal::Focus> result{{decision_.occurrences[leaves(wanted.condition)[leaf]].term, wanted.collections}};
    if (!state(model, policy, rule).rule.held)
      for (const Goal::Focus& focus : rule_focus(policy, rule)) result.push_back(focus);
    return result;
  };
  return goal;
}

Goal Workshop::passes(std::size_t policy, std::size_t leaf) const {
  Goal goal;
  goal.rounds = 3;
  goal.score = [this, policy, leaf](const CaseModel& model) -> std::uint32_t {
    const State now = state(model, policy, decision_.policies[policy].rules.size());
    const ir::Condition& guard = decision_.policies[policy].guard;
    if (now.guard_distance == 0) return now.standing == PolicyStanding::NotInForce ? kFar : 10;
    return holds(guard, now.guard, leaf) ? 0 : 10 + now.guard_distance;
  };
  goal.focus = [this, policy](const CaseModel&) { return guard_focus(policy); };
  return goal;
}

}  // namespace bylaw::runner
