#pragma once
// How several values become one: the names after `inherit` and `by`, and what they merge (strategies.def).

#include <bylaw/compiler/strategies.h>

#include <string>

#include "check/checker.h"

namespace bylaw::compiler {

/// The strategy that `name` says, if it merges values of `type` (not Optional); None (told) otherwise.
enum class StrategyPlace : std::uint8_t { Inherit, Oblige };
Strategy check_strategy(Checker& checker, NodeRef name, TypeId type, StrategyPlace place);

}  // namespace bylaw::compiler
