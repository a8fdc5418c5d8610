#pragma once
// The values that a condition looked at: "now is 2026-12-27T10:00:00Z", for the one that kept a rule from holding.

#include <string>

#include "names.h"

namespace bylaw::runner {

/// What the request gives for each of its fields in the condition's text, also behind a `let` of the policy. Empty if
/// there is none, or if the condition is a field by itself.
std::string condition_values(const Program& program, const grammar::Sources& sources, DecisionId decision,
                             const compiler::Policy& policy, const std::string& condition,
                             const std::string& request_json);

}  // namespace bylaw::runner
