#pragma once
// All small changes to a program's rules, guards, lists and obligations.

#include <bylaw/runner/mutation.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "context.h"
#include "coverage/points.h"
#include "model/record.h"

namespace bylaw::runner {

/// What becomes of one rule, or of a guard, of one decision.
struct Edit {
  std::size_t policy = 0;                    // in the IR
  std::optional<std::size_t> rule;           // there; none: the guard
  std::map<std::size_t, ir::TermId> leaves;  // other terms, by number of the leaf
  std::optional<ir::Condition> condition;    // another structure of the same leaves
  bool removed = false, flipped = false;
  ir::TermId value;  // of an oblige rule, if it is another one
};

struct OtherStrategy {
  compiler::DecisionId decision;
  std::uint32_t obligation = 0;
  compiler::Strategy strategy{};
};

struct Mutant {
  Span span;
  std::string name;  // full: of the rule, policy, list ..
  std::string text;
  std::map<compiler::DecisionId, std::vector<Edit>> edits;
  std::optional<std::pair<compiler::ListId, std::uint32_t>> without;  // a list entry that is not there
  std::optional<OtherStrategy> strategy;
};

struct Mutants {
  std::vector<Mutant> all;     // in order of place
  std::size_t equivalent = 0;  // that were left out
};

/// `ir` gets the terms that the mutants need. `since`: only what stands on lines that changed; null: everything.
Mutants make_mutants(const Program& program, const grammar::Sources& sources, ir::ProgramIr& ir, const Since* since);

}  // namespace bylaw::runner
