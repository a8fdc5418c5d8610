#pragma once
// A plain request of the declared types, for a decision that no scenario asks yet.

#include "generate/json_edit.h"

namespace bylaw::runner {

/// Everything that must be there: false, 0, the first member, an entity without parents, empty sets.
OrderedJson base_request(const Program& program, compiler::DecisionId decision);

}  // namespace bylaw::runner
