#pragma once
// All small changes to a program's rules, guards, lists and obligations.

#include <bylaw/runner/mutation.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "context.h"
#include "coverage/points.h"
#include "model/inherited.h"
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

struct OtherPeriod {
  compiler::PolicyId policy;
  PolicyTimes times;
};

struct OtherInheritance {
  AttributeName attribute;
  compiler::Strategy strategy{};
};

struct Mutant {
  Span span;
  std::string name;  // full: of the rule, policy, list ..
  std::string text;
  std::map<compiler::DecisionId, std::vector<Edit>> edits;
  std::optional<ir::OtherEntry> entry;
  std::optional<OtherPeriod> period;
  std::optional<OtherStrategy> strategy;
  std::optional<OtherInheritance> inheritance;
  std::vector<std::int64_t> moments;  // values of `now` at which it may be told
};

/// The term asks the list, or goes through its entries.
bool asks(const ir::Term& term, compiler::ListId list);

struct Mutants {
  std::vector<Mutant> all;     // in order of place
  std::size_t equivalent = 0;  // that were left out

  Mutant& add(Span span, std::string name, std::string text) {
    Mutant& mutant = all.emplace_back();
    mutant.span = span;
    mutant.name = std::move(name);
    mutant.text = std::move(text);
    return mutant;
  }
};

/// `ir` gets the terms that the mutants need. `since`: only what stands on lines that changed; null: everything.
/// `inheritance`: also other strategies of attributes, which are judged by what was given of entities.
Mutants make_mutants(const Program& program, const grammar::Sources& sources, ir::ProgramIr& ir, const Since* since,
                     bool inheritance);

}  // namespace bylaw::runner
