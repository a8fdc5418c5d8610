// Warnings about rules, policies and decisions as a whole.

#include "check/lint.h"

#include <bylaw/grammar/diagnostics/warnings.h>

#include <algorithm>
#include <set>

namespace bylaw::compiler {

namespace {

class RuleLint {
 public:
  RuleLint(Checker& checker, PolicyId policy)
      : checker_(checker), program_(checker.program), policy_(checker.program.policies[policy]) {}

  void run() {
    if (policy_.rules.empty()) report(codes::PolicyWithoutRules, policy_.name_span, {{"policy", policy_.name}});
    for (RuleId id : policy_.rules) {
      const Rule& rule = program_.rules[id];
      if (rule.kind == RuleKind::Deny) lint_deny(rule);
      if (rule.kind == RuleKind::Exempt) lint_exempt(rule);
      if (rule.kind == RuleKind::Allow) lint_allow(rule);
    }
  }

 private:
  grammar::DiagnosticBuilder report(Code code, Span span, std::initializer_list<grammar::Argument> arguments) {
    return checker_.diagnostics.report(code, span, arguments);
  }

  const Rule* find(RuleKind kind, bool otherwise) const {
    for (RuleId id : policy_.rules)
      if (program_.rules[id].kind == kind && program_.rules[id].otherwise == otherwise) return &program_.rules[id];
    return nullptr;
  }

  void lint_deny(const Rule& rule) {
    if (!rule.message)
      report(codes::DenyWithoutBecause, rule.name_span, {{"rule", rule.name}})
          .help("say it: `because \"..\"`, which the caller reads");
  }

  void lint_exempt(const Rule& rule) {
    if (!rule.when)
      report(codes::ExemptWithoutWhen, rule.name_span, {{"rule", rule.name}}).help("say when it does: `when ..`");
    if (!find(RuleKind::Deny, false) && !find(RuleKind::Deny, true))
      report(codes::ExemptLiftsNothing, rule.name_span, {{"rule", rule.name}, {"policy", policy_.name}})
          .note(policy_.name_span, "has no deny rule, and an exempt lifts those of its own policy alone");
  }

  void lint_allow(const Rule& rule) {
    const Rule* otherwise = find(RuleKind::Deny, true);
    if (rule.otherwise || !otherwise) return;
    for (DecisionId id : policy_.decisions) {
      const Decision& decision = program_.decisions[id];
      if (decision.default_effect == Effect::Allow) continue;
      tell_grants(rule, *otherwise, decision);
      return;
    }
  }

  std::string text(Span span) const { return std::string(checker_.input.sources.text(span)); }

  /// From the word `allow` on.
  Span words(const Rule& rule) const {
    const std::string before = text({rule.span.source, rule.span.begin, rule.name_span.begin});
    const auto word = static_cast<std::uint32_t>(before.rfind("allow"));
    return {rule.span.source, rule.span.begin + word, rule.name_span.end};
  }

  void tell_grants(const Rule& rule, const Rule& otherwise, const Decision& decision) {
    const std::uint32_t line = checker_.input.sources[otherwise.span.source].place(otherwise.name_span.begin).line;
    auto told = report(codes::AllowGrants, words(rule), {{"rule", rule.name}, {"decision", decision.name}});
    told.label("beside `deny otherwise` (line " + std::to_string(line) +
               "), in a decision whose default is deny: this alone allows");
    if (can_be_requirement(rule)) offer_requirement(told, rule, otherwise);
  }

  /// The one allow rule of a policy whose exemptions do not speak of what the mend removes.
  bool can_be_requirement(const Rule& rule) const {
    return rule.when && std::none_of(policy_.rules.begin(), policy_.rules.end(), [&](RuleId id) {
             const Rule& other = program_.rules[id];
             if (other.kind == RuleKind::Allow) return &other != &rule;
             return std::any_of(other.lifts.begin(), other.lifts.end(),
                                [&](RuleId lifted) { return program_.rules[lifted].otherwise; });
           });
  }

  void offer_requirement(grammar::DiagnosticBuilder& told, const Rule& rule, const Rule& otherwise) {
    std::string requirement = "deny " + rule.name + " unless " + text(program_.exprs[rule.when].span);
    if (otherwise.message) requirement += " because " + text(otherwise.message->span);
    const Span whole{rule.span.source, words(rule).begin, rule.span.end};
    told.fix("a requirement:  " + requirement, {{whole, requirement}, {otherwise.span, ""}});
  }

  Checker& checker_;
  const Program& program_;
  const Policy& policy_;
};

void lint_decisions(Checker& checker) {
  const Program& program = checker.program;
  std::vector<bool> decided(program.decisions.size());
  for (const Policy& policy : program.policies)
    for (DecisionId id : policy.decisions) decided[id.index] = true;
  for (std::uint32_t i = 0; i < program.decisions.size(); ++i) {
    if (decided[i]) continue;
    const Decision& decision = program.decisions[DecisionId{i}];
    checker.diagnostics.report(
        codes::DecisionWithoutPolicy, decision.name_span,
        {{"decision", decision.name}, {"effect", decision.default_effect == Effect::Allow ? "allowed" : "denied"}});
  }
}

}  // namespace

std::vector<PolicyId> policies_to_lint(const Program& program) {
  std::vector<PolicyId> result;
  std::set<Span> bodies;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i) {
    const Policy& policy = program.policies[PolicyId{i}];
    if (policy.rules.empty() || bodies.insert(program.rules[policy.rules[0]].name_span).second) result.push_back({i});
  }
  return result;
}

void lint_rules(Checker& checker) {
  lint_decisions(checker);
  for (PolicyId policy : policies_to_lint(checker.program)) RuleLint(checker, policy).run();
}

void lint(Checker& checker) {
  lint_rules(checker);
  lint_conditions(checker);
  lint_patterns(checker);
  lint_texts(checker);
  lint_claims(checker);
}

}  // namespace bylaw::compiler
