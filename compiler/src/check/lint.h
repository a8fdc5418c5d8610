#pragma once
// The families of warnings over a program without errors.

#include "check/checker.h"

namespace bylaw::compiler {

/// Rules that say less than they seem to, policies and decisions that do nothing (check/lint.cpp).
void lint_rules(Checker& checker);
/// Conditions that let somebody through by what is left out (check/lint_conditions.cpp).
void lint_conditions(Checker& checker);

/// That claims are not proven yet, once (check/claim.cpp).
void lint_claims(Checker& checker);

}  // namespace bylaw::compiler
