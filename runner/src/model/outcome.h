#pragma once
// The algebra of verdicts over what the rules of one case say: the same that the engine does, from answers that may
// have been changed.

#include <bylaw/bylaw.hpp>

#include <optional>
#include <vector>

#include "model/record.h"

namespace bylaw::runner {

/// What a policy's rules come to, as the algebra reads it.
struct PolicyFacts {
  PolicyStanding standing = PolicyStanding::Off;
  std::vector<bool> held;  // by rule of the IR; empty unless it applies
};

struct HeldExemption {
  compiler::RuleId rule;
  std::vector<compiler::RuleId> lifted;
  friend bool operator==(const HeldExemption&, const HeldExemption&) = default;
};

struct AuditedOutcome {
  compiler::PolicyId policy;
  std::optional<bylaw::Outcome> verdict;
  std::vector<compiler::RuleId> by;
  std::vector<HeldExemption> exemptions;
  friend bool operator==(const AuditedOutcome&, const AuditedOutcome&) = default;
};

/// Rules in the order of reports.
struct CaseOutcome {
  bylaw::Outcome verdict = bylaw::Outcome::Invalid;
  std::vector<compiler::RuleId> by;
  bylaw::Outcome would_be = bylaw::Outcome::Invalid;
  std::vector<HeldExemption> exemptions;
  std::vector<AuditedOutcome> audit;
  std::vector<compiler::RuleId> obliging;  // the oblige rules that count
  friend bool operator==(const CaseOutcome&, const CaseOutcome&) = default;
};

/// The rule is among those that count: it denies or allows (in an audited policy: would), lifts something, obliges.
bool counts(const CaseOutcome& outcome, compiler::RuleId rule);

std::vector<PolicyFacts> facts(const CaseRecord& record);
/// `flipped`: a rule that allows where it denies, and the other way round.
CaseOutcome outcome(const Program& program, const ir::DecisionIr& decision, const std::vector<PolicyFacts>& facts,
                    compiler::RuleId flipped = {});

}  // namespace bylaw::runner
