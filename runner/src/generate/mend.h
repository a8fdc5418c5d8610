#pragma once
// The smallest changes of a request with which it would be decided as a scenario expects.

#include <vector>

#include "expectations.h"
#include "generate/workshop.h"

namespace bylaw::runner {

class Mending {
 public:
  /// `shop` has the case's request as its only start. `nearest`: the rule whose conditions are told, if there is one.
  Mending(const Workshop& shop, const Expectations& expected, compiler::RuleId nearest);

  /// Changes of one place each, or if there is none of two: the smallest first, one for each place. `most`: models that
  /// are decided for it.
  std::vector<Found> find(std::size_t most);
  std::size_t decided() const { return decided_; }

 private:
  struct At {
    std::size_t policy, rule;
  };
  struct Ranked {
    Found found;
    std::uint32_t far = 0;     // places that the told rules do not read
    std::uint32_t weight = 0;  // how much changes
    std::uint64_t moved = 0;   // by how much numbers do
  };

  std::vector<Goal::Focus> focus_on(const std::vector<At>& rules) const;
  void add_focus(std::vector<Goal::Focus>& into, const std::vector<Goal::Focus>& more) const;
  std::vector<RequestStep> steps(const CaseModel& model) const;

  /// Each change of one more place. Those that do it are kept in `mends_`, those that bring it nearer in `nearer`.
  void widen(const Found& from, std::size_t most, std::vector<Ranked>* nearer);
  bool meets(const CaseOutcome& outcome) const;
  std::uint32_t distance_of(const CaseModel& model, const CaseOutcome& outcome) const;
  std::uint32_t distance_to(const CaseModel& model, compiler::RuleId rule) const;
  std::uint32_t nearest_of(const CaseModel& model, compiler::RuleKind kind) const;
  std::uint32_t way_out(const CaseModel& model, compiler::RuleId deny) const;
  void rank(Ranked& ranked) const;
  void keep(Ranked ranked);

  const Workshop& shop_;
  const Program& program_;
  const Expectations& expected_;
  std::map<compiler::RuleId, At> rules_;
  std::vector<Goal::Focus> focuses_;
  std::set<PlaceTerm> told_;  // places that the told rules read
  std::vector<Ranked> mends_;
  std::size_t decided_ = 0;
};

}  // namespace bylaw::runner
