#pragma once
// Mutation testing: small changes to the rules, each of which some scenario should notice. Made in the decision IR and
// judged there; what no scenario notices is told with its line.

#include <bylaw/explain.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

struct Survivor {
  SourcePlace place;
  std::string name;  // full: the rule, the policy of a guard, the list or the obligation
  std::string text;  // what was changed: "`life > limit`: `>` becomes `>=`"
  std::string why;   // "no scenario comes to another verdict", "3 scenarios decide otherwise, and expect nothing of it"
  std::string scenario;  // a scenario that would notice it, ready to be added; empty if none was found
};

struct MutationResult {
  std::size_t mutants = 0;  // that are not equivalent
  std::size_t killed = 0;
  std::size_t equivalent = 0;       // skipped: no request can tell them from the policy
  std::string changed_since;        // a revision: only what changed since was mutated; else empty
  double ms = 0;                    // to make and judge them
  std::vector<Survivor> survivors;  // by place

  double percent() const {
    return mutants == 0 ? 100.0 : 100.0 * static_cast<double>(killed) / static_cast<double>(mutants);
  }
};

struct MutationTextOptions {
  bool colour = false;
  std::string path_prefix;
};
std::string to_text(const MutationResult& result, const MutationTextOptions& options);
/// `{"schema": "bylaw.mutate/1", ..}`
std::string to_json(const MutationResult& result, std::string_view version);

}  // namespace bylaw::runner
