#pragma once
// Values with which a condition may turn out otherwise: what it compares with and what lies beside that, what other
// cases have at the same place, the members of an enum, the entities that are known.

#include <map>
#include <set>
#include <utility>
#include <vector>

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
      : player_(player), program_(player.program()), decision_(decision), pool_(pool) {}

  /// Changes of one place each. `collections`: of the rule's `for each`, whose elements the term may read.
  std::vector<RequestStep> steps(const CaseModel& model, ir::TermId term,
                                 const std::vector<ir::TermId>& collections) const;
  /// Of those, the numbers around which the term's comparisons turn over.
  std::vector<RequestStep> edges(const CaseModel& model, ir::TermId term) const;

 private:
  using Values = std::vector<compiler::Value>;
  struct Seen;  // what stands in the term

  Values options(compiler::TypeId type, const compiler::Value& current, const Seen& seen) const;
  Values entity_options(const compiler::Type& type, const Seen& seen) const;
  Values member_options(const compiler::Type& type) const;
  Values text_options(const Seen& seen) const;
  Values form_options(const compiler::Type& type, const Seen& seen) const;
  Values number_options(const compiler::Type& type, const compiler::Value& current, const Seen& seen) const;
  Values collection_options(const compiler::Type& type, const compiler::Value& current, const Seen& seen) const;
  Values changed_elements(const compiler::Type& element, const compiler::Value& current, bool set,
                          const Seen& seen) const;
  /// Something of a type, to be changed further.
  compiler::Value plain(compiler::TypeId type, const Seen& seen, int depth = 0) const;
  void add_lists(ir::TermId term, Seen& seen) const;
  Seen look(const CaseModel& model, ir::TermId term) const;

  const Player& player_;
  const Program& program_;
  const ir::DecisionIr& decision_;
  const Pool& pool_;
};

/// The step of a number, as near as a scenario writes it: a second, one, a ten-thousandth.
std::int64_t step_of(compiler::ValueKind kind);

}  // namespace bylaw::runner
