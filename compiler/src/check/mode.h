#pragma once
// `mode`: a word, or a param, constant or template's parameter of the type `Mode`.

#include "check/checker.h"

namespace bylaw::compiler {

/// Sets the policy's mode to what `name` says. If that is one of `parameters`, it is given back: each instance says it.
LocalId read_mode(Checker& checker, Policy& policy, NodeRef name, const std::vector<LocalId>& parameters);
/// The mode that a constant of type Mode holds.
void set_mode(Checker& checker, Policy& policy, ConstantId constant);

}  // namespace bylaw::compiler
