// An explanation for people: policy by policy, rule by rule.

#include "bylaw/explain.hpp"

namespace bylaw {
namespace {

std::string last_name(const std::string& full) {
  return full.substr(full.rfind('.') + 1);
}

std::string_view word(RuleKindName kind) {
  switch (kind) {
    case RuleKindName::Exempt: return "exempt";
    case RuleKindName::Allow: return "allow";
    case RuleKindName::Deny: return "deny";
    case RuleKindName::Oblige: return "oblige";
  }
  return "rule";
}

std::string place(const SourcePlace& place) {
  return place.file.empty() ? "" : "  (" + place.file + ":" + std::to_string(place.line) + ")";
}

std::string why_not(const ConditionTrace& condition) {
  std::string text = "`" + condition.text + "` is " + (condition.value ? "true" : "false");
  for (const std::string& remark : condition.remarks) text += "; " + remark;
  return text + place(condition.place);
}

/// The first condition that is not as wanted.
const ConditionTrace* first_unfit(const std::vector<ConditionTrace>& conditions) {
  for (const ConditionTrace& condition : conditions)
    if (condition.value != condition.wanted) return &condition;
  return nullptr;
}

std::string state(const PolicyTrace& policy) {
  switch (policy.state) {
    case PolicyState::Applies: return "applies";
    case PolicyState::Audited: return "is audited" + (policy.audited_until ? " until " + *policy.audited_until : "");
    case PolicyState::Off: return "is off";
    case PolicyState::NotInForce: {
      std::string text = "is not in force:";
      if (policy.in_force_from) text += " from " + *policy.in_force_from;
      if (policy.in_force_until) text += " until " + *policy.in_force_until;
      return text;
    }
    case PolicyState::GuardFalse: {
      const ConditionTrace* guard = first_unfit(policy.guard);
      return "does not apply" + (guard == nullptr ? "" : ": " + why_not(*guard));
    }
  }
  return "";
}

std::string outcome(const RuleTrace& rule) {
  if (rule.decided) return "decided" + place(rule.place);
  if (rule.otherwise) return "was not needed" + place(rule.place);
  if (rule.held) return "holds" + place(rule.place);
  if (rule.first_false) return "does not hold: " + why_not(rule.conditions[*rule.first_false]);
  return "does not hold" + place(rule.place);
}

bool tells_rules(const PolicyTrace& policy) {
  return policy.state == PolicyState::Applies || policy.state == PolicyState::Audited;
}

}  // namespace

std::string to_text(const Explanation& explanation) {
  std::string text;
  for (const PolicyTrace& policy : explanation.policies) {
    text += last_name(policy.name) + " " + state(policy) + "\n";
    if (!tells_rules(policy)) continue;
    for (const RuleTrace& rule : policy.rules)
      text += "  " + std::string(word(rule.kind)) + " " + last_name(rule.name) + " " + outcome(rule) + "\n";
  }
  return text;
}

}  // namespace bylaw
