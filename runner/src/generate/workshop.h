#pragma once
// What generating needs of one decision: requests to begin with, the search, and the way from a changed model back to a
// request that the engine has decided.

#include <bylaw/grammar/source_file.h>

#include <deque>
#include <optional>

#include "generate/json_edit.h"
#include "generate/search.h"
#include "model/player.h"

namespace bylaw::runner {

/// A case that a search may begin with.
struct Start {
  OrderedJson request, entities;
  CaseModel model;
};

/// A request that does what it was looked for, decided by the engine.
struct Made {
  WrittenCase written;
  CaseRecord record;
  Report report;
};

class Workshop {
 public:
  /// `starts`: valid requests of the decision.
  Workshop(Player& player, Engine& engine, ir::DecisionIr& decision, std::vector<Start> starts);

  const std::vector<Start>& starts() const { return starts_; }
  const ir::DecisionIr& decision() const { return decision_; }
  const Player& player() const { return player_; }
  const Candidates& candidates() const { return candidates_; }

  /// `moments`: values of `now` to begin with, beside those of the starts.
  std::optional<Found> find(const Goal& goal, const std::vector<std::int64_t>& moments = {}) const;
  std::optional<Found> find(const std::vector<Found>& from, const Goal& goal) const {
    return Search(player_, candidates_).find(from, goal);
  }
  /// Written as a request and decided; nothing if the engine refuses it, or it no longer does what `score` asks.
  std::optional<Made> make(const Found& found, const Goal& goal) const;

  /// A rule's conditions and those of its policy's guard in a model.
  struct State {
    PolicyStanding standing{};
    std::vector<Answer> guard;
    RuleAnswers rule;
    std::uint32_t guard_distance = 0, rule_distance = 0;
  };
  State state(const CaseModel& model, std::size_t policy, std::size_t rule) const;
  CaseRecord record(const CaseModel& model) const { return player_.recording().record(model); }

  std::vector<Goal::Focus> guard_focus(std::size_t policy) const;
  std::vector<Goal::Focus> rule_focus(std::size_t policy, std::size_t rule) const;

  /// The rule counts: it decides, lifts or obliges.
  Goal fires(std::size_t policy, std::size_t rule) const;
  /// The policy applies and the rule does not hold, because of that condition alone.
  Goal misses(std::size_t policy, std::size_t rule, std::size_t leaf) const;
  /// The policy does not apply, because of that condition of its guard alone.
  Goal passes(std::size_t policy, std::size_t leaf) const;

 private:
  std::vector<Found> begin(const std::vector<std::int64_t>& moments) const;

  Player& player_;
  Engine& engine_;
  ir::DecisionIr& decision_;
  std::vector<Start> starts_;
  Pool pool_;
  Candidates candidates_;
  std::optional<PlaceTerm> now_;
  std::vector<std::int64_t> times_;  // begins of policies' periods: no condition reads them
};

}  // namespace bylaw::runner
