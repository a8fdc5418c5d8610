#pragma once
// The values of obligations, merged as the decision says.

#include <map>

#include "model/outcome.h"

namespace bylaw::runner {

/// The merged value of what several rules give; at least one.
compiler::Value merged(compiler::Strategy strategy, const std::vector<compiler::Value>& values);

struct Obliging {
  const Program& program;
  const ir::ProgramIr& ir;
  /// Other terms than the IR's, by oblige rule.
  std::map<compiler::RuleId, ir::TermId> values = {};
  /// Other strategies, by obligation.
  std::map<std::uint32_t, compiler::Strategy> strategies = {};
};

/// By obligation of the decision; those that no rule gives are not there.
std::map<std::uint32_t, compiler::Value> obligations(const Obliging& obliging, const CaseModel& model,
                                                     const CaseOutcome& outcome);

}  // namespace bylaw::runner
