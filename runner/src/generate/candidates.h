#pragma once
// Values with which a condition may turn out otherwise: what it compares with and what lies beside that, what other
// cases have at the same place, the members of an enum, the entities that are known.

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "generate/type_values.h"
#include "model/places.h"
#include "model/player.h"

namespace bylaw::runner {

struct RequestStep {
  PlaceTerm place;
  compiler::Value value;
};

/// By place: the values that the suite's cases have there.
using Pool = std::map<PlaceTerm, std::set<compiler::Value>>;

class Candidates {
 public:
  Candidates(const Player& player, const ir::DecisionIr& decision, const Pool& pool)
      : player_(player), program_(player.program()), types_(program_), decision_(decision), pool_(pool) {}

  /// Changes of one place each. `collections`: of the rule's `for each`, whose elements the term may read.
  std::vector<RequestStep> steps(const CaseModel& model, ir::TermId term,
                                 const std::vector<ir::TermId>& collections) const;
  /// Of those, the numbers around which the term's comparisons turn over.
  std::vector<RequestStep> edges(const CaseModel& model, ir::TermId term) const;

 private:
  SeenValues look(const CaseModel& model, ir::TermId term) const;

  const Player& player_;
  const Program& program_;
  TypeValues types_;
  const ir::DecisionIr& decision_;
  const Pool& pool_;
};

}  // namespace bylaw::runner
