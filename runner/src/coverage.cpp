#include "coverage.h"

namespace bylaw::runner {

Coverage::Coverage(const Program& program) {
  for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
    const compiler::Rule& rule = program.rules[RuleId{i}];
    if (program.policies[rule.policy].mode != compiler::Mode::Off) open_.insert(full_name(program, RuleId{i}));
  }
  rules_ = open_.size();
}

void Coverage::close(const std::vector<std::string>& rules) {
  for (const std::string& rule : rules) open_.erase(rule);
}

void Coverage::merge(const Coverage& other) {
  std::erase_if(open_, [&](const std::string& rule) { return other.open_.count(rule) == 0; });
}

void Coverage::add(const Report& report, const Explanation& explanation) {
  close(report.by);
  const auto close_exemptions = [&](const std::vector<ReportedExemption>& exemptions) {
    for (const ReportedExemption& exemption : exemptions) {
      open_.erase(exemption.rule);
      close(exemption.lifted);
    }
  };
  close_exemptions(report.exemptions);
  for (const ReportedAudit& audit : report.audit) {
    close(audit.by);
    close_exemptions(audit.exemptions);
  }
  for (const PolicyTrace& policy : explanation.policies) {
    if (policy.state != PolicyState::Applies && policy.state != PolicyState::Audited) continue;
    for (const RuleTrace& rule : policy.rules)
      if (rule.held && !rule.otherwise) open_.erase(rule.name);
  }
}

}  // namespace bylaw::runner
