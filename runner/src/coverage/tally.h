#pragma once
// What all played cases show, counted by rule, policy and list entry.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/outcome.h"
#include "model/record.h"

namespace bylaw::runner {

struct ConditionTally {
  grammar::Span use, definition;
  std::string path;
  std::size_t shown_true = 0, shown_false = 0, decisive = 0, unset = 0;
  std::optional<bool> constant;  // folded: nothing can show the other value

  std::size_t shown() const { return shown_true + shown_false; }
};

struct RuleTally {
  std::size_t applied = 0;   // cases in which its policy applies
  std::size_t elements = 0;  // of its `for each`; without one as `applied`
  std::size_t held = 0, decided = 0;
  std::map<compiler::RuleId, std::size_t> lifted_by, overruled_by;
  std::vector<ConditionTally> conditions;
  // The nearest that a case came to it: how many conditions were wrong, which, and in how many cases.
  std::size_t missing = 0;
  std::set<std::size_t> missing_leaves;
  std::size_t near_cases = 0;
};

struct PolicyTally {
  std::size_t asked = 0;   // cases of its decisions
  std::size_t forced = 0;  // of these: in force
  std::size_t guard_true = 0, guard_false = 0;
  std::vector<ConditionTally> conditions;
};

struct EntryTally {
  std::size_t live = 0, used = 0;
};

struct Tally {
  std::size_t cases = 0;
  std::map<compiler::RuleId, RuleTally> rules;
  std::map<compiler::PolicyId, PolicyTally> policies;
  std::map<std::pair<compiler::ListId, std::uint32_t>, EntryTally> entries;
  std::set<compiler::DecisionId> decisions;  // that some case asks
  std::set<compiler::ListId> lists;          // that some condition or `for each` reads
};

/// Everything that can be shown, with nothing shown yet. What is off or cannot decide is left out.
Tally empty_tally(const Program& program, const ir::ProgramIr& ir);
void add(const Program& program, const CaseRecord& record, const CaseOutcome& outcome, Tally& tally);

}  // namespace bylaw::runner
