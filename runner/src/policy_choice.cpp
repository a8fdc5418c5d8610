#include "policy_choice.h"

namespace bylaw::runner {

bool takes_part(const Program& program, const PolicyChoiceOrAll& policies, RuleId rule) {
  return !policies || policies->only.count(program.rules[rule].policy) != 0;
}

Program reduced(const Program& program, const PolicyChoice& policies) {
  Program result = program;
  for (std::uint32_t i = 0; i < result.policies.size(); ++i) {
    if (policies.only.count(compiler::PolicyId{i}) != 0) continue;
    compiler::Policy& policy = result.policies[compiler::PolicyId{i}];
    policy.mode = compiler::Mode::Off;
    policy.audit_until.reset();
  }
  return result;
}

}  // namespace bylaw::runner
