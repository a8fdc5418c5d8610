#pragma once
// Names in scenario files: a decision, rule or type is named by any tail of its full name that only one can mean.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "context.h"

namespace bylaw::runner {

using compiler::DecisionId;
using compiler::EntityTypeId;
using compiler::RuleId;
using compiler::TypeId;

/// `name` is `full`, or its end after a dot.
bool is_tail(std::string_view name, std::string_view full);

/// "azure_devops.pat.lifespan.too_long".
std::string full_name(const Program& program, RuleId rule);
std::string full_name(const Program& program, DecisionId decision);
/// "lifespan.too_long": policy and rule, and more only where two modules have a policy of that name.
std::string short_name(const Program& program, RuleId rule);
/// The same for a rule by its full name; a name that the program does not have comes back whole.
std::string short_rule_name(const Program& program, std::string_view full);
/// The rule of that full name; none if there is none.
RuleId find_full(const Program& program, std::string_view full);

/// "deny", "exempt" ..: what a rule is, with its article: "a deny rule", "an exempt rule".
std::string kind_of(const compiler::Rule& rule);

std::vector<RuleId> rules_of(const Program& program, DecisionId decision);

/// The decision that `name` means; if there is none, or several, that is told at `place`.
DecisionId find_decision(Context& context, std::string_view name, Span place);
/// The rule of the decision that `name` means; if there is none, or several, that is told at `place`.
RuleId find_rule(Context& context, DecisionId decision, std::string_view name, Span place);
/// The policy that `name` means; if there is none, or several, that is told at `place`.
compiler::PolicyId find_policy(Context& context, std::string_view name, Span place);
/// The entity type, of those that the place takes; what is wrong is told at `place`.
EntityTypeId find_entity_type(Context& context, std::string_view name, const std::vector<EntityTypeId>& possible,
                              Span place);
/// Every entity type of the program.
std::vector<EntityTypeId> all_entity_types(const Program& program);

}  // namespace bylaw::runner
