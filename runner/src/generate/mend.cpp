#include "generate/mend.h"

#include <algorithm>
#include <tuple>

namespace bylaw::runner {
namespace {

using compiler::RuleId;
using compiler::RuleKind;
using compiler::Value;
using compiler::ValueKind;

constexpr std::size_t kKept = 8;  // requests that are nearer, from which a second place is changed
constexpr std::uint32_t kFar = 1000;

bool has(const std::vector<RuleId>& rules, RuleId rule) {
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

/// The rules are those, or among others if only some are named.
bool fit(const ExpectedRules& expected, const std::vector<RuleId>& actual) {
  const bool all =
      std::all_of(expected.rules.begin(), expected.rules.end(), [&](RuleId rule) { return has(actual, rule); });
  return all && (expected.includes ||
                 std::all_of(actual.begin(), actual.end(), [&](RuleId rule) { return has(expected.rules, rule); }));
}

std::vector<RuleId> exempting(const CaseOutcome& outcome) {
  std::vector<RuleId> rules;
  for (const HeldExemption& exemption : outcome.exemptions) rules.push_back(exemption.rule);
  return rules;
}

/// Elements that one collection has and the other has not.
std::uint32_t elements_changed(const Value& a, const Value& b) {
  std::vector<Value> left = a.items, right = b.items, changed;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  std::set_symmetric_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(changed));
  return static_cast<std::uint32_t>(std::min<std::size_t>(changed.size(), kFar));
}

/// How much it is to change a value into another, as people see it: a switch, a number, a member, an element, a name.
std::uint32_t weight_of(const Value& from, const Value& to) {
  if (from.kind == ValueKind::Absent || to.kind == ValueKind::Absent) return 4;
  switch (to.kind) {
    case ValueKind::Bool: return 1;
    case ValueKind::Int:
    case ValueKind::Decimal:
    case ValueKind::Duration:
    case ValueKind::Time:
    case ValueKind::Member: return 2;
    case ValueKind::Set:
    case ValueKind::List: return 2 + elements_changed(from, to) + (to.items.empty() ? 2 : 0);
    case ValueKind::Entity: return 8;
    default: return 6;
  }
}

/// A name that nobody declared is an answer to nothing.
bool names_unknown(const Value& value) {
  if (value.kind == ValueKind::Member) return value.integer == compiler::kUnknownMember;
  return std::any_of(value.items.begin(), value.items.end(), names_unknown);
}

std::uint64_t moved_by(const Value& from, const Value& to) {
  if (from.kind != to.kind || to.kind == ValueKind::Bool || to.kind == ValueKind::Member) return 0;
  const auto a = static_cast<std::uint64_t>(from.integer), b = static_cast<std::uint64_t>(to.integer);
  return from.integer < to.integer ? b - a : a - b;
}

}  // namespace

Mending::Mending(const Workshop& shop, const Expectations& expected, RuleId nearest)
    : shop_(shop), program_(shop.player().program()), expected_(expected) {
  const ir::DecisionIr& decision = shop_.decision();
  for (std::size_t p = 0; p < decision.policies.size(); ++p)
    for (std::size_t r = 0; r < decision.policies[p].rules.size(); ++r)
      rules_[decision.policies[p].rules[r].rule] = {p, r};
  // What is told first, then who decided and who stands beside, then everything.
  const CaseOutcome now = shop_.player().outcome(shop_.record(shop_.starts().front().model));
  std::vector<RuleId> wanted{nearest};
  for (const auto* named : {&expected.by, &expected.exempt})
    if (*named) wanted.insert(wanted.end(), (*named)->rules.begin(), (*named)->rules.end());
  std::vector<At> told, beside, all;
  for (const RuleId rule : wanted)
    if (const auto at = rules_.find(rule); at != rules_.end()) told.push_back(at->second);
  for (const auto& [rule, at] : rules_) {
    all.push_back(at);
    for (const RuleId decider : now.by)
      if (const auto found = rules_.find(decider); found != rules_.end() && found->second.policy == at.policy)
        beside.push_back(at);
  }
  focuses_ = focus_on(told);
  std::vector<At> deciding;
  for (const RuleId rule : now.by)
    if (const auto at = rules_.find(rule); at != rules_.end()) deciding.push_back(at->second);
  std::vector<Goal::Focus> read = focuses_;
  add_focus(read, focus_on(deciding));
  for (const Goal::Focus& focus : read)
    for (const PlaceTerm place : places_in(program_, decision.terms, focus.term)) told_.insert(place);
  add_focus(focuses_, focus_on(beside));
  add_focus(focuses_, focus_on(all));
}

void Mending::add_focus(std::vector<Goal::Focus>& into, const std::vector<Goal::Focus>& more) const {
  for (const Goal::Focus& focus : more) {
    const bool known = std::any_of(into.begin(), into.end(), [&](const Goal::Focus& other) {
      return other.term == focus.term && other.collections == focus.collections;
    });
    if (!known) into.push_back(focus);
  }
}

std::vector<Goal::Focus> Mending::focus_on(const std::vector<At>& rules) const {
  std::vector<Goal::Focus> result;
  for (const At& at : rules) {
    add_focus(result, shop_.rule_focus(at.policy, at.rule));
    add_focus(result, shop_.guard_focus(at.policy));
  }
  return result;
}

std::vector<RequestStep> Mending::steps(const CaseModel& model) const {
  std::vector<RequestStep> result;
  std::set<std::pair<PlaceTerm, Value>> seen;
  for (const Goal::Focus& focus : focuses_)
    for (RequestStep& step : shop_.candidates().steps(model, focus.term, focus.collections))
      if (!names_unknown(step.value) && seen.emplace(step.place, step.value).second) result.push_back(std::move(step));
  return result;
}

bool Mending::meets(const CaseOutcome& outcome) const {
  const Outcome verdict = expected_.expect == Verdict::Allow ? Outcome::Allow : Outcome::Deny;
  if (outcome.verdict != verdict) return false;
  if (expected_.by && !fit(*expected_.by, outcome.by)) return false;
  return !expected_.exempt || fit(*expected_.exempt, exempting(outcome));
}

std::uint32_t Mending::distance_to(const CaseModel& model, RuleId rule) const {
  const auto at = rules_.find(rule);
  if (at == rules_.end()) return kFar;
  const Workshop::State now = shop_.state(model, at->second.policy, at->second.rule);
  return in_force(now.standing) ? std::min(kFar, now.guard_distance + now.rule_distance) : kFar;
}

std::uint32_t Mending::nearest_of(const CaseModel& model, RuleKind kind) const {
  std::uint32_t least = kFar;
  for (const auto& [rule, at] : rules_)
    if (program_.rules[rule].kind == kind) least = std::min(least, distance_to(model, rule));
  return least;
}

/// How many conditions must change for a deny that decides to decide no longer.
std::uint32_t Mending::way_out(const CaseModel& model, RuleId deny) const {
  const auto found = rules_.find(deny);
  if (found == rules_.end()) return kFar;
  const At at = found->second;
  const ir::PolicyIr& policy = shop_.decision().policies[at.policy];
  const Workshop::State now = shop_.state(model, at.policy, at.rule);
  std::uint32_t least = policy.guard.empty() ? kFar : distance(policy.guard, now.guard, false);
  const compiler::Rule& rule = program_.rules[deny];
  if (!rule.otherwise) {
    std::uint32_t own = 0;
    for (const Instance& instance : now.rule.instances)
      own += distance(policy.rules[at.rule].condition, instance.answers, false);
    least = std::min(least, own);
  }
  for (const ir::RuleIr& other : policy.rules) {
    const compiler::Rule& declared = program_.rules[other.rule];
    const bool lifts = declared.kind == RuleKind::Exempt && (declared.lifts_all || has(declared.lifts, deny));
    if (lifts || (rule.otherwise && declared.kind == RuleKind::Allow && !declared.otherwise))
      least = std::min(least, distance_to(model, other.rule));
  }
  return least;
}

std::uint32_t Mending::distance_of(const CaseModel& model, const CaseOutcome& outcome) const {
  std::uint32_t far = 0;
  const std::vector<RuleId> exempt = exempting(outcome);
  for (const auto* named : {&expected_.by, &expected_.exempt})
    for (const RuleId rule : *named ? (*named)->rules : std::vector<RuleId>())
      if (!has(named == &expected_.by ? outcome.by : exempt, rule)) far += 1 + 2 * distance_to(model, rule);
  const bool allow = expected_.expect == Verdict::Allow;
  for (const RuleId rule : outcome.by) {
    const bool wrong_side = (outcome.verdict == Outcome::Deny) == allow;
    const bool unwanted = expected_.by && !expected_.by->includes && !has(expected_.by->rules, rule);
    if (outcome.verdict == Outcome::Deny && (wrong_side || unwanted)) far += 1 + 2 * way_out(model, rule);
    if (outcome.verdict == Outcome::Allow && unwanted && allow) far += 2;
  }
  if (allow && outcome.verdict == Outcome::Deny && outcome.by.empty()) far += 2 * nearest_of(model, RuleKind::Allow);
  if (!allow && outcome.verdict == Outcome::Allow) far += 2 * nearest_of(model, RuleKind::Deny);
  return far;
}

void Mending::rank(Ranked& ranked) const {
  const CaseModel& start = shop_.starts().front().model;
  for (const RequestStep& step : ranked.found.steps) {
    const Value now = value_at(program_, shop_.player().ir().lists, start, step.place);
    ranked.far += told_.contains(step.place) ? 0 : 1;
    // Somebody else, or something else, asks another question.
    if (step.value.kind == ValueKind::Entity) ranked.far += 2;
    ranked.weight += weight_of(now, step.value);
    ranked.moved += std::min(moved_by(now, step.value), std::uint64_t{1} << 62U);
  }
}

/// Of the changes of the same places only the smallest.
void Mending::keep(Ranked ranked) {
  const auto places = [](const Ranked& one) {
    std::set<PlaceTerm> result;
    for (const RequestStep& step : one.found.steps) result.insert(step.place);
    return result;
  };
  const auto size = [](const Ranked& one) { return std::tuple(one.far, one.weight, one.moved); };
  for (Ranked& known : mends_) {
    if (places(known) != places(ranked)) continue;
    if (size(ranked) < size(known)) known = std::move(ranked);
    return;
  }
  mends_.push_back(std::move(ranked));
}

void Mending::widen(const Found& from, std::size_t most, std::vector<Ranked>* nearer) {
  const auto& lists = shop_.player().ir().lists;
  for (const RequestStep& step : steps(from.model)) {
    if (decided_ >= most) return;
    const bool again = std::any_of(from.steps.begin(), from.steps.end(),
                                   [&](const RequestStep& other) { return other.place == step.place; });
    if (again) continue;
    auto changed = with_value(program_, lists, from.model, step.place, step.value);
    if (!changed) continue;
    ++decided_;
    const CaseOutcome outcome = shop_.player().outcome(shop_.record(*changed));
    const bool done = meets(outcome);
    if (!done && nearer == nullptr) continue;
    Ranked ranked;
    ranked.found.score = done ? 0 : distance_of(*changed, outcome);
    if (!done && ranked.found.score >= from.score) continue;
    ranked.found.model = std::move(*changed);
    ranked.found.steps = from.steps;
    ranked.found.steps.push_back(step);
    rank(ranked);
    if (done)
      keep(std::move(ranked));
    else
      nearer->push_back(std::move(ranked));
  }
}

std::vector<Found> Mending::find(std::size_t most) {
  Found start;
  start.model = shop_.starts().front().model;
  start.score = distance_of(start.model, shop_.player().outcome(shop_.record(start.model)));
  std::vector<Ranked> nearer;
  const auto smaller = [](const Ranked& a, const Ranked& b) {
    return std::tuple(a.found.score, a.far, a.weight, a.moved) < std::tuple(b.found.score, b.far, b.weight, b.moved);
  };
  // Half of it for the first place, so that there is something left for a second.
  widen(start, most / 2, &nearer);
  if (mends_.empty()) {
    std::stable_sort(nearer.begin(), nearer.end(), smaller);
    if (nearer.size() > kKept) nearer.resize(kKept);
    for (const Ranked& one : nearer) widen(one.found, most, nullptr);
  }
  std::stable_sort(mends_.begin(), mends_.end(), smaller);
  std::vector<Found> found;
  for (Ranked& one : mends_) found.push_back(std::move(one.found));
  return found;
}

}  // namespace bylaw::runner
