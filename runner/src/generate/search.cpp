#include "generate/search.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

constexpr std::size_t kKept = 6;
constexpr std::uint32_t kNever = 1000000;

class Distance {
 public:
  Distance(const ir::Condition& condition, const std::vector<Answer>& answers)
      : condition_(condition), answers_(answers) {}

  std::uint32_t of(std::size_t index, bool wanted) {
    const ir::Node& node = condition_[index];
    switch (node.kind) {
      case ir::NodeKind::True: return wanted ? 0 : kNever;
      case ir::NodeKind::False: return wanted ? kNever : 0;
      case ir::NodeKind::Leaf: return answers_[leaf_++].value == wanted ? 0 : 1;
      case ir::NodeKind::Not: return of(index + 1, !wanted);
      case ir::NodeKind::And:
      case ir::NodeKind::Or: break;
    }
    const bool sums = (node.kind == ir::NodeKind::And) == wanted;
    std::uint32_t result = sums ? 0 : kNever;
    ir::each_child(condition_, index, [&](std::size_t child) {
      const std::uint32_t far = of(child, wanted);
      result = sums ? std::min(kNever, result + far) : std::min(result, far);
    });
    return result;
  }

 private:
  const ir::Condition& condition_;
  const std::vector<Answer>& answers_;
  std::size_t leaf_ = 0;
};

}  // namespace

std::uint32_t distance(const ir::Condition& condition, const std::vector<Answer>& answers, bool wanted) {
  if (condition.empty()) return wanted ? 0 : kNever;
  return Distance(condition, answers).of(0, wanted);
}

std::optional<Found> Search::find(const std::vector<Found>& starts, const Goal& goal) const {
  std::vector<Found> kept = starts;
  const auto keep = [&](std::vector<Found>& states) {
    std::stable_sort(states.begin(), states.end(), [](const Found& a, const Found& b) { return a.score < b.score; });
    if (states.size() > kKept) states.resize(kKept);
  };
  for (Found& state : kept) state.score = goal.score(state.model);
  keep(kept);
  std::size_t looked = 0;
  for (std::size_t round = 0; round < goal.rounds && !kept.empty() && kept.front().score != 0; ++round) {
    const std::uint32_t best = kept.front().score;
    std::vector<Found> next = kept;
    for (const Found& state : kept) {
      for (const Goal::Focus& focus : goal.focus(state.model)) {
        for (const RequestStep& step : candidates_.steps(state.model, focus.term, focus.collections)) {
          if (++looked > goal.most) break;
          auto changed = with_value(player_.program(), player_.ir().lists, state.model, step.place, step.value);
          if (!changed) continue;
          const std::uint32_t score = goal.score(*changed);
          if (score >= state.score) continue;
          Found found{state.start, std::move(*changed), state.steps, score};
          found.steps.push_back(step);
          next.push_back(std::move(found));
          if (score == 0) return next.back();
        }
      }
    }
    keep(next);
    kept = std::move(next);
    if (kept.front().score == best && round > 0) break;
  }
  if (kept.empty() || kept.front().score > goal.enough) return std::nullopt;
  return kept.front();
}

}  // namespace bylaw::runner
