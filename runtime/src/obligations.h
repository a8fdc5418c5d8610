#pragma once
// Obligations: the held oblige rules of the answer's side, merged per field.

#include "verdict_data.h"
#include "vm.h"

namespace bylaw {

/// Runs the value blocks of held oblige rules of enforced policies on the side of the verdict's outcome.
void oblige(const Run& run, VerdictData& verdict);

/// Two values of a type by a strategy that does not care for order.
Word merged(format::MergeStrategy strategy, Word a, Word b);

}  // namespace bylaw
