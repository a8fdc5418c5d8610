#pragma once
// Why something is not covered, in a few words.

#include <string>

#include "context.h"
#include "coverage/tally.h"

namespace bylaw::runner {

std::string why_not(const Program& program, const grammar::Sources& sources, compiler::RuleId rule, const Tally& tally);
std::string why_not(const Program& program, const PolicyTally& policy, compiler::PolicyId id, const Tally& tally);
std::string why_not(const Program& program, compiler::ListId list, std::uint32_t row, const Tally& tally);
/// Of a condition of a rule, or of a guard if there is no rule.
std::string why_not(const Program& program, const ConditionTally& condition, compiler::PolicyId policy,
                    const compiler::RuleId* rule, const Tally& tally);

}  // namespace bylaw::runner
