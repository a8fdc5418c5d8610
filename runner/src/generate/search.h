#pragma once
// Requests that bring conditions to wanted answers: from requests that the suite has, one place after the other is
// changed, each time the nearest few are kept.

#include <functional>
#include <optional>

#include "generate/candidates.h"

namespace bylaw::runner {

struct Found {
  std::size_t start = 0;  // the number of the model that it began with
  CaseModel model;
  std::vector<RequestStep> steps;
  std::uint32_t score = 0;
};

struct Goal {
  /// 0: reached; else how far it is, roughly.
  std::function<std::uint32_t(const CaseModel&)> score;
  /// The terms that are worth changing, with the collections that their rule goes through.
  struct Focus {
    ir::TermId term;
    std::vector<ir::TermId> collections;
  };
  std::function<std::vector<Focus>(const CaseModel&)> focus;
  std::uint32_t enough = 0;  // a score that will do, if nothing better is found
  std::size_t rounds = 5;
  std::size_t most = 4000;  // models that are looked at
};

class Search {
 public:
  Search(const Player& player, const Candidates& candidates) : player_(player), candidates_(candidates) {}

  std::optional<Found> find(const std::vector<Found>& starts, const Goal& goal) const;

 private:
  const Player& player_;
  const Candidates& candidates_;
};

/// How many conditions would have to change for a condition to say `wanted`: and = sum, or = least.
std::uint32_t distance(const ir::Condition& condition, const std::vector<Answer>& answers, bool wanted);

}  // namespace bylaw::runner
