#pragma once
// What a verdict holds, in the caller's memory: the answer, and for each rule and policy of its decision what came out.
// The arrays behind it are laid out anew by each `decide`; nothing of them survives it.

#include <cstddef>
#include <cstdint>
#include <span>

#include "bylaw/bylaw.hpp"
#include "memory.h"

namespace bylaw {

enum RuleState : std::uint8_t {
  kHeld = 1,     // its condition is true (an oblige's, an exempt's, an otherwise's too)
  kLifted = 2,   // a deny that a held exempt of its policy lifts
  kDecides = 4,  // its policy came out by it
};

enum class Standing : std::uint8_t { Out, Audited, Enforced };  // out: off, not in force, or its guard is false

struct PolicyResult {
  Standing standing = Standing::Out;
  Outcome outcome = Outcome::Invalid;  // deny or allow; invalid if it abstains
};

/// What rules oblige: merged at once, or where that would take memory, kept as it comes (obligations.h).
struct ObligedValue {
  Word word = 0;
  bool given = false;
};

struct VerdictData {
  std::size_t bytes = 0;  // of the caller's memory, this included
  const WorldData* world = nullptr;
  const RequestData* request = nullptr;
  std::uint32_t decision = 0;
  Outcome outcome = Outcome::Invalid;
  Outcome would_be = Outcome::Invalid;
  Failure failure;  // of an invalid one

  std::span<std::uint8_t> rules;        // RuleState, by rule of the decision
  std::span<PolicyResult> policies;     // by policy of the decision
  std::span<ObligedValue> obligations;  // by obligation of the decision
  std::span<Word> obliged;              // each: the obligation's number in the decision, then the words of a value
  std::span<RuleId> by;
  std::span<RuleId> audited_by;  // of all audited policies, one after the other
  std::span<Audited> audited;
  std::span<Exemption> exemptions;          // of enforced policies
  std::span<Exemption> audited_exemptions;  // of audited ones
  std::span<RuleId> lifted;                 // what exemptions point into
  std::span<Word> scratch;                  // of the block that runs
  std::span<Finding> findings;
  std::uint32_t findings_cut = 0;
};

/// The memory that a verdict of this decision takes.
std::size_t verdict_bytes(const WorldData& world, std::uint32_t decision);

/// Makes the verdict an invalid one without anything, then gives it room for this decision; false if there is not
/// enough.
bool prepare(VerdictData& verdict, const WorldData& world, std::uint32_t decision);
/// Makes it an invalid one without anything.
void clear(VerdictData& verdict);

}  // namespace bylaw
