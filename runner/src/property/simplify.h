#pragma once
// From choices that fail to simpler ones that fail as well: fewer paths that differ from the base, fewer elements,
// values that come earlier in the order of their choices.

#include <functional>
#include <vector>

#include "property/choices.h"

namespace bylaw::runner {

/// `fails` plays the rows, which hold what was taken afterwards. How often a simpler one was found.
std::size_t simplify(const std::vector<Choices>& failing, const std::function<bool(std::vector<Choices>&)>& fails);

}  // namespace bylaw::runner
