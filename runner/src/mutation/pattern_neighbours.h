#pragma once
// Patterns that lie around a pattern: an end that is open, a class that takes any sign, an alternative less.

#include <bylaw/compiler/decision_value.h>

#include <vector>

namespace bylaw::runner {

/// Of a regex or glob that is a constant; each matches other texts than `pattern` does.
std::vector<compiler::Value> pattern_neighbours(const compiler::Value& pattern);

}  // namespace bylaw::runner
