// Why a verdict is what it is. Each condition has a block of its own in the debug section, which is run by itself; the
// skeletons say how the conditions make up a rule, and so which one kept it from holding and how far it was from it.

#include "bylaw/explain.hpp"

#include <algorithm>

#include "access.h"
#include "bundle_data.h"
#include "format/text_forms.h"
#include "found_elements.h"
#include "request_data.h"
#include "telling.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

constexpr std::uint32_t kNever = 1u << 30;  // the distance of what no condition can change

/// The conditions of one skeleton, each with its truth.
class Conditions {
 public:
  Conditions(const Telling& telling, std::uint32_t root, const Elements& elements)
      : telling_(telling), b_(telling.bundle()), root_(root), elements_(elements) {
    if (root != kNone) collect(root, true);
  }

  std::vector<ConditionTrace> take() { return std::move(traces_); }
  /// How many conditions would have to change for the whole to be true.
  std::uint32_t distance() const { return root_ == kNone ? 0 : distance(root_, true); }
  /// The first condition, from the left, that keeps the whole from being true.
  std::optional<std::size_t> first_false() const {
    if (root_ == kNone || distance() == 0 || distance() >= kNever) return std::nullopt;
    return first_false(root_, true);
  }

 private:
  const SkeletonRecord& node(std::uint32_t at) const { return b_.skeletons[at]; }

  template <class Visit>
  void for_each_child(std::uint32_t at, Visit visit) const {
    for (std::uint32_t child = at + 1; child < at + node(at).subtree; child += node(child).subtree) visit(child);
  }

  void collect(std::uint32_t at, bool wanted) {
    if (node(at).kind == SkeletonKind::Leaf) {
      index_.resize(at - root_ + 1);
      index_[at - root_] = traces_.size();
      traces_.push_back(trace(node(at).occurrence, wanted));
    }
    const bool below = node(at).kind == SkeletonKind::Not ? !wanted : wanted;
    for_each_child(at, [&](std::uint32_t child) { collect(child, below); });
  }

  ConditionTrace trace(std::uint32_t index, bool wanted) const {
    const OccurrenceRecord& occurrence = b_.occurrences[index];
    std::vector<ListTest> tests;
    ConditionTrace told;
    told.place = place(occurrence.use);
    told.definition = place(occurrence.definition);
    if (b_.spans[occurrence.use].text != kNone) told.text = b_.symbol_text(b_.spans[occurrence.use].text);
    told.value = telling_.holds(index, elements_, &tests);
    told.wanted = wanted;
    for (const ListTest& test : tests)
      if (!test.held) remark(test, told.remarks);
    return told;
  }

  SourcePlace place(std::uint32_t span) const {
    const SpanRecord& s = b_.spans[span];
    return {std::string(b_.symbol_text(s.file)), s.line, s.column, s.end_line, s.end_column};
  }

  /// Entries that are the value, or above it, and do not count at this time.
  void remark(const ListTest& test, std::vector<std::string>& remarks) const {
    const ListRecord& list = b_.lists[test.list];
    for (std::uint32_t i = list.first_row; i < list.first_row + list.row_count; ++i) {
      const RowRecord& row = b_.rows[i];
      if (test.now >= row.since && test.now < row.until) continue;
      if (row_holds(telling_.memory(), test.list, i - list.first_row, test.value, test.directly))
        remarks.push_back(not_live(i, test.now));
    }
  }

  std::string not_live(std::uint32_t index, std::int64_t now) const {
    const RowRecord& row = b_.rows[index];
    std::string text = "the entry " + without_quotes(telling_.entry(index).json) + " of " +
                       std::string(b_.symbol_text(telling_.list_of(index).short_name));
    if (now < row.since) {
      text += " begins at " + print_instant(row.since);
    } else {
      text += " ended at " + print_instant(row.until);
      if ((row.flags & kRowThrough) != 0) text += " (through " + print_instant(row.until - kDay).substr(0, 10) + ")";
    }
    if (row.owner != kNone) text += ", owner " + std::string(b_.symbol_text(row.owner));
    return row.span == kNone ? text : text + " (" + telling_.place(row.span) + ")";
  }

  /// And = sum, Or = least; for `not wanted` the other way round.
  std::uint32_t distance(std::uint32_t at, bool wanted) const {
    switch (node(at).kind) {
      case SkeletonKind::True: return wanted ? 0 : kNever;
      case SkeletonKind::False: return wanted ? kNever : 0;
      case SkeletonKind::Leaf: return traces_[index_[at - root_]].value == wanted ? 0 : 1;
      case SkeletonKind::Not: return distance(at + 1, !wanted);
      case SkeletonKind::And: return wanted ? sum(at, wanted) : least(at, wanted);
      case SkeletonKind::Or: return wanted ? least(at, wanted) : sum(at, wanted);
    }
    return kNever;
  }

  std::uint32_t sum(std::uint32_t at, bool wanted) const {
    std::uint32_t all = 0;
    for_each_child(at, [&](std::uint32_t child) { all = std::min(kNever, all + distance(child, wanted)); });
    return all;
  }

  std::uint32_t least(std::uint32_t at, bool wanted) const {
    std::uint32_t least = kNever;
    for_each_child(at, [&](std::uint32_t child) { least = std::min(least, distance(child, wanted)); });
    return least;
  }

  /// Of a node that is not as wanted and can be: of a sum the first such child, of a choice the nearest.
  std::size_t first_false(std::uint32_t at, bool wanted) const {
    if (node(at).kind == SkeletonKind::Leaf) return index_[at - root_];
    const bool below = node(at).kind == SkeletonKind::Not ? !wanted : wanted;
    const bool sums = (node(at).kind == SkeletonKind::And) == wanted;
    std::uint32_t chosen = kNone, best = kNever;
    for_each_child(at, [&](std::uint32_t child) {
      const std::uint32_t far = distance(child, below);
      if (far == 0 || (sums && chosen != kNone) || far >= best) return;
      chosen = child;
      best = far;
    });
    return first_false(chosen, below);
  }

  const Telling& telling_;
  const BundleView& b_;
  std::uint32_t root_;
  Elements elements_;
  std::vector<ConditionTrace> traces_;
  std::vector<std::size_t> index_;  // into traces_, by leaf of the skeleton
};

class Explainer {
 public:
  Explainer(const WorldData& world, const Memory& memory, const VerdictData& verdict)
      : telling_(world, memory),
        b_(world.view()),
        memory_(memory),
        v_(verdict),
        decision_(b_.decisions[verdict.decision]) {}

  Explanation run() const {
    Explanation explanation;
    for (std::uint32_t i = 0; i < decision_.policy_count; ++i)
      explanation.policies.push_back(policy(decision_.first_policy + i));
    return explanation;
  }

 private:
  PolicyTrace policy(std::uint32_t index) const {
    const PolicyRecord& policy = b_.policies[index];
    PolicyTrace told;
    told.id = {index};
    told.name = b_.symbol_text(policy.name);
    told.state = state(index);
    told.audited_until = instant(policy.audit_until);
    told.in_force_from = instant(policy.from);
    told.in_force_until = instant(policy.until);
    Conditions guard(telling_, policy.skeleton, {});
    told.guard_distance = guard.distance();
    told.guard = guard.take();
    for (std::uint32_t i = 0; i < policy.rule_count; ++i) told.rules.push_back(rule(policy.first_rule + i));
    return told;
  }

  PolicyState state(std::uint32_t index) const {
    switch (v_.policies[index - decision_.first_policy].standing) {
      case Standing::Enforced: return PolicyState::Applies;
      case Standing::Audited: return PolicyState::Audited;
      case Standing::Out: break;
    }
    const PolicyRecord& policy = b_.policies[index];
    if (policy.mode == ModeCode::Off) return PolicyState::Off;
    const std::int64_t now =
        decision_.now_slot == kNone ? 0 : static_cast<std::int64_t>(memory_.frame[decision_.now_slot]);
    return now < policy.from || now >= policy.until ? PolicyState::NotInForce : PolicyState::GuardFalse;
  }

  RuleTrace rule(std::uint32_t index) const {
    const RuleRecord& rule = b_.rules[index];
    RuleTrace told;
    told.id = {index};
    told.name = telling_.name(index);
    told.kind = static_cast<RuleKindName>(rule.kind);
    told.otherwise = (rule.flags & kRuleOtherwise) != 0;
    told.held = rule.condition == kNone || holds(telling_.run(), rule.condition);
    told.decided = std::find(v_.by.begin(), v_.by.end(), RuleId{index}) != v_.by.end();
    if (rule.span != kNone) {
      const SpanRecord& s = b_.spans[rule.span];
      told.place = {std::string(b_.symbol_text(s.file)), s.line, s.column, s.end_line, s.end_column};
    }
    if ((rule.flags & kRuleForEach) == 0)
      tell(told, Conditions(telling_, rule.skeleton, {}));
    else
      nearest(told, rule);
    return told;
  }

  static void tell(RuleTrace& told, Conditions conditions) {
    told.distance = conditions.distance();
    told.first_false = conditions.first_false();
    told.conditions = conditions.take();
  }

  /// Of a `for each` the element that is nearest to a finding; without elements the rule is one step away.
  void nearest(RuleTrace& told, const RuleRecord& rule) const {
    told.distance = 1;
    const std::vector<Found> elements = telling_.elements(told.id.index);
    const Found* best = nullptr;
    for (const Found& element : elements) {
      Conditions conditions(telling_, rule.skeleton, element.places());
      if (best != nullptr && conditions.distance() >= told.distance) continue;
      best = &element;
      tell(told, std::move(conditions));
      if (told.distance == 0) break;
    }
    if (best != nullptr) told.elements = found_elements(telling_, told.id.index, *best);
  }

  Telling telling_;
  const BundleView& b_;
  const Memory& memory_;
  const VerdictData& v_;
  const DecisionRecord& decision_;
};

}  // namespace

Explanation explain(const Decision& decision, const Request& request, const Verdict& verdict) {
  if (verdict.outcome() == Outcome::Invalid) return {};
  const Memory memory = memory_of(*Access::data(request));
  return Explainer(*Access::world(decision), memory, *Access::data(verdict)).run();
}

}  // namespace bylaw
