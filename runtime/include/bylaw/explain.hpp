#pragma once
// Why a verdict is what it is: every rule of every policy with its conditions, each tested by itself, whatever the
// others say. For people who ask, and for "nearest rule" hints; allocates, and may be slow.

#include <bylaw/bylaw.hpp>
#include <bylaw/report.hpp>

#include <optional>
#include <string>
#include <vector>

namespace bylaw {

struct SourcePlace {
  std::string file;                                                  // project path
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;  // 1-based, code points, end exclusive
};

/// One condition: an operand of the `and`, `or`, `not` of a `when` or `unless`.
struct ConditionTrace {
  std::string text;                  // as it stands in the source
  SourcePlace place;                 // where it counts
  SourcePlace definition;            // where it is written, if it comes from a def, let or const; else the same
  bool value = false;                // its own truth
  bool wanted = true;                // what the rule needs it to be (false under a `not` or an `unless`)
  std::vector<std::string> remarks;  // "the entry User::\"ana\" of break_glass ended at 2026-02-01T00:00:00Z, owner .."
};

enum class RuleKindName : std::uint8_t { Exempt, Allow, Deny, Oblige };

struct RuleTrace {
  RuleId id;
  std::string name;  // full
  RuleKindName kind = RuleKindName::Deny;
  bool otherwise = false;
  bool held = false;     // its condition, whatever its policy says
  bool decided = false;  // stands in the verdict's `by`
  SourcePlace place;
  std::vector<ConditionTrace> conditions;
  std::optional<std::size_t> first_false;  // into conditions: the first that keeps it from holding
  std::uint32_t distance = 0;              // how many conditions would have to change: and = sum, or = least; 0 if held
  std::vector<FoundElement>
      elements;  // of a `for each`, one a binder: those that the conditions are told of, the nearest
};

enum class PolicyState : std::uint8_t { Applies, Audited, Off, NotInForce, GuardFalse };

struct PolicyTrace {
  PolicyId id;
  std::string name;  // full
  PolicyState state = PolicyState::Applies;
  std::optional<std::string> audited_until, in_force_from, in_force_until;  // printed instants
  std::vector<ConditionTrace> guard;
  std::uint32_t guard_distance = 0;
  std::vector<RuleTrace> rules;
};

struct Explanation {
  std::vector<PolicyTrace> policies;  // ascending by name
};

/// Of the verdict that `decide` gave for this very request; empty for an invalid one.
Explanation explain(const Decision&, const Request&, const Verdict&);

/// Policy by policy and rule by rule: whether it held, and the first condition that did not.
std::string to_text(const Explanation&);

}  // namespace bylaw
