#include "mutation/noticed.h"

#include <algorithm>

#include "names.h"

namespace bylaw::runner {
namespace {

using compiler::RuleId;
using Rules = std::set<RuleId>;

Rules set_of(const std::vector<RuleId>& rules) {
  return {rules.begin(), rules.end()};
}

bool still_met(const ExpectedRules& expected, const Rules& rules) {
  if (!expected.includes) return set_of(expected.rules) == rules;
  return std::all_of(expected.rules.begin(), expected.rules.end(), [&](RuleId rule) { return rules.contains(rule); });
}

Rules exempt_rules(const CaseOutcome& outcome) {
  Rules rules;
  for (const HeldExemption& exemption : outcome.exemptions) rules.insert(exemption.rule);
  return rules;
}

Rules audit_rules(const CaseOutcome& outcome) {
  Rules rules;
  for (const AuditedOutcome& audited : outcome.audit) rules.insert(audited.by.begin(), audited.by.end());
  return rules;
}

class Noticing {
 public:
  Noticing(const Program& program, const PlannedCase& planned, const Report& report, const CaseOutcome& base,
           const CaseOutcome& changed, const Difference& difference)
      : program_(program),
        expected_(planned.expectations),
        report_(report),
        base_(set_of(base.by)),
        by_(set_of(changed.by)),
        changed_(changed),
        difference_(difference) {}

  bool run(const CaseOutcome& base) const {
    if (changed_.verdict != base.verdict) return true;
    if (expected_.by && !still_met(*expected_.by, by_)) return true;
    if (expected_.exempt && !still_met(*expected_.exempt, exempt_rules(changed_))) return true;
    if (expected_.audit && !still_met(*expected_.audit, audit_rules(changed_))) return true;
    if (expected_.would_be && changed_.would_be != base.would_be) return true;
    if (expected_.obliges && difference_.obligations) return true;
    if (expected_.findings && findings_differ()) return true;
    if (expected_.entries && entries_differ()) return true;
    return std::any_of(expected_.messages.begin(), expected_.messages.end(),
                       [&](const ExpectedMessage& message) { return lost(message); }) ||
           std::any_of(expected_.annotations.begin(), expected_.annotations.end(),
                       [&](const ExpectedAnnotation& annotation) { return lost(annotation); });
  }

 private:
  bool for_each(RuleId rule) const { return !program_.rules[rule].binders.empty(); }

  /// Rules that the expectation does not name have no findings; of those named `includes` looks at some.
  bool findings_differ() const {
    const auto exact = [&](RuleId rule) {
      for (const ExpectedFinding& finding : expected_.findings->by_rule)
        if (finding.rule == rule) return !finding.includes;
      return true;
    };
    for (const RuleId rule : by_)
      if (for_each(rule) && exact(rule) && (!base_.contains(rule) || difference_.elements.contains(rule))) return true;
    return std::any_of(base_.begin(), base_.end(), [&](RuleId rule) { return for_each(rule) && !by_.contains(rule); });
  }

  /// Some entry is told of a rule that no longer decides.
  bool entries_differ() const {
    return std::any_of(report_.entries.begin(), report_.entries.end(),
                       [&](const ListEntry& entry) { return !by_.contains(find_full(program_, entry.rule)); });
  }

  bool lost(const ExpectedMessage& message) const {
    if (message.rule)
      return !by_.contains(message.rule) || (message.list && difference_.elements.contains(message.rule));
    return std::all_of(base_.begin(), base_.end(), [&](RuleId rule) { return !by_.contains(rule); });
  }

  bool lost(const ExpectedAnnotation& annotation) const {
    if (annotation.rule) return !by_.contains(annotation.rule);
    return values(annotation.name, base_) != values(annotation.name, by_);
  }

  std::set<compiler::Value> values(const std::string& name, const Rules& rules) const {
    std::set<compiler::Value> all;
    for (const RuleId rule : rules)
      for (const compiler::Note& note : program_.rules[rule].notes)
        if (note.value && program_.annotations[note.annotation].name == name)
          all.insert(compiler::constant_value(program_, note.value));
    return all;
  }

  const Program& program_;
  const Expectations& expected_;
  const Report& report_;
  const Rules base_, by_;
  const CaseOutcome& changed_;
  const Difference& difference_;
};

}  // namespace

bool notices(const Program& program, const PlannedCase& planned, const Report& report, const CaseOutcome& base,
             const CaseOutcome& changed, const Difference& difference) {
  return Noticing(program, planned, report, base, changed, difference).run(base);
}

}  // namespace bylaw::runner
