#pragma once
// The elements of a `for each`, for reports and explanations.

#include <vector>

#include "bylaw/report.hpp"
#include "telling.h"

namespace bylaw {

/// One a binder; without the list entries that they may be.
std::vector<FoundElement> found_elements(const Telling& telling, std::uint32_t rule, const Found& found);

}  // namespace bylaw
