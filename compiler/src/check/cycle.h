#pragma once
// Consts and defs use each other freely, but never themselves: told with the cycle. And what a constant calls reads no
// list.

#include "check/checker.h"

namespace bylaw::compiler {

void tell_definition_cycles(Checker& checker);
void tell_inconstant_calls(Checker& checker);

}  // namespace bylaw::compiler
