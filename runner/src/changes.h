#pragma once
// What would have to change in a failing case's request for it to pass, decided before it is told.

#include <map>
#include <memory>

#include "engines.h"
#include "model/player.h"
#include "plan.h"

namespace bylaw::runner {

class ChangeFinder {
 public:
  /// `engines`: that the cases were played by.
  ChangeFinder(const Context& context, const Engines& engines) : context_(context), engines_(engines) {}

  /// For a case whose verdict, deciding rules or exemptions are not the expected ones. What is looked at is bounded by
  /// numbers of decisions, for a case and for the run, never by time: one run tells what another told.
  void find(const PlannedCase& planned, CaseResult& result);

 private:
  Player& player(const Variant* variant);
  std::size_t budget(const ir::DecisionIr& decision) const;

  const Context& context_;
  Engines engines_;
  std::map<const Variant*, std::unique_ptr<Player>> players_;
  std::size_t spent_ = 0;  // rules that were asked
};

}  // namespace bylaw::runner
