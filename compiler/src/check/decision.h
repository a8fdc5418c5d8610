#pragma once
// What policies, rules and claims ask of a decision.

#include "check/checker.h"

namespace bylaw::compiler {

/// True if `grant` names that module: `central` itself, `central.*` also all below.
bool grants(const GrantPath& grant, const std::string& module);
/// "central.*": as written.
std::string grant_text(const GrantPath& grant);

/// The texts after `default .. because`, which may speak of constants and so wait for them.
void check_default_messages(Checker& checker);

/// False and told at `span` unless each decision has the field `now: Time` that `what` ("`in force`") needs.
bool require_now(Checker& checker, const std::vector<DecisionId>& decisions, Span span, const std::string& what);

}  // namespace bylaw::compiler
