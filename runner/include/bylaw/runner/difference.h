#pragma once
// What a change does to the scenarios: each of them asked again of the policies as they were, and those that it removed
// of the policies as they are.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/render.h>
#include <bylaw/runner/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace bylaw::runner {

/// Gain: what was not allowed is. Unasked: it is allowed, and the policies as they were have no answer. Loss: what was
/// allowed is not. Other: who decides, what is obliged or said.
enum class DifferenceKind : std::uint8_t { Gain, Unasked, Loss, Other };

struct OtherDecision {
  DifferenceKind kind{};
  std::string title, file;
  std::uint32_t line = 0;
  std::string before, after;  // "deny by freeze.holidays"
};

struct DecisionDifference {
  std::string base;          // as it was named: "origin/main (4f2a9c1d)"
  std::string problem;       // why nothing was compared, else empty
  std::size_t compared = 0;  // scenarios that both could be asked
  std::size_t removed = 0;   // of these: scenarios of the base that are no longer there
  std::size_t unasked = 0;   // denied, and the policies as they were have no answer: their requests have another shape
  std::size_t own_builds = 0;          // left out: with params of their own, or with some policies only
  std::vector<OtherDecision> changed;  // gains, unasked, losses, others

  std::size_t count(DifferenceKind kind) const;
  /// Nothing was gained, as far as the scenarios of both show: what `new_allow: forbid` asks for.
  bool gains_nothing() const;
};

/// Decides the requests of all scenarios that were played, with their entities, by the policies of another project; and
/// those of that project's own scenarios, at the instant `now`, by the policies of this one. A field that the other
/// does not know is left out of what it is asked. \pre `result` is of playing `project`.
DecisionDifference decide_otherwise(const RunResult& result, compiler::Project& project, compiler::Project& base,
                                    std::string name, std::int64_t now);

/// "2 of 27 scenarios decide otherwise than at origin/main (4f2a9c1d): 1 gain, 1 loss"
std::string headline(const DecisionDifference& difference);
/// A line each: `+ scenarios/deploy.scenarios.yaml:16: a contractor may deploy`, and below what was and what is.
std::string to_text(const DecisionDifference& difference, const TextOptions& options);

}  // namespace bylaw::runner
