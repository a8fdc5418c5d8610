#pragma once
// The values that a condition looked at: "now is 2026-12-27T10:00:00Z", for the one that kept a rule from holding.

#include <bylaw/inspect.hpp>
#include <bylaw/report.hpp>

#include <string>
#include <vector>

#include "names.h"

namespace bylaw::runner {

/// A request as it was asked, and what the entity data say of it.
struct AskedValues {
  DecisionId decision;
  const std::string& request_json;
  const std::string& entities_json;
  const Inspection& inspection;
};

/// What the request, or an element of the rule's `for each`, gives for each of its fields in the condition's text, also
/// behind a `let`: of an entity what its attribute holds and where it is inherited from, before an `in` what it lies
/// in; of a list how long it is, of a constant what it is. Empty if there is none, or if the condition is a field by
/// itself.
std::string condition_values(const Program& program, const grammar::Sources& sources, const AskedValues& asked,
                             RuleId rule, const std::vector<FoundElement>& elements, const std::string& condition);

}  // namespace bylaw::runner
