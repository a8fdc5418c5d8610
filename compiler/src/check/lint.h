#pragma once
// The families of warnings over a program without errors.

#include "check/checker.h"

namespace bylaw::compiler {

/// All policies, but of the instances of a template one alone: what is wrong stands in the template.
std::vector<PolicyId> policies_to_lint(const Program& program);

/// Rules that say less than they seem to, policies and decisions that do nothing (check/lint.cpp).
void lint_rules(Checker& checker);
/// Conditions that let somebody through by what is left out (check/lint_conditions.cpp).
void lint_conditions(Checker& checker);

/// Regexes that let through more than they say (check/lint_patterns.cpp).
void lint_patterns(Checker& checker);
/// Texts that `lower` or `fold` never gives, compared with what they give (check/lint_texts.cpp).
void lint_texts(Checker& checker);
/// That claims are not proven yet, once (check/claim.cpp).
void lint_claims(Checker& checker);

}  // namespace bylaw::compiler
