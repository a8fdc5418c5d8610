#pragma once
// The values that a condition looked at: "now is 2026-12-27T10:00:00Z", for the one that kept a rule from holding.

#include <bylaw/report.hpp>

#include <string>
#include <vector>

#include "names.h"

namespace bylaw::runner {

/// What the request, or an element of the rule's `for each`, gives for each of its fields in the condition's text, also
/// behind a `let`. Empty if there is none, or if the condition is a field by itself.
std::string condition_values(const Program& program, const grammar::Sources& sources, DecisionId decision, RuleId rule,
                             const std::vector<FoundElement>& elements, const std::string& condition,
                             const std::string& request_json);

}  // namespace bylaw::runner
