// A program's decisions: each policy of each, its guard, its rules, in the order in which results are told.

#include <algorithm>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {
namespace {

std::optional<std::uint32_t> now_field(const Program& program, const Decision& decision) {
  for (std::uint32_t i = 0; i < decision.fields.size(); ++i) {
    const Field& field = decision.fields[i];
    if (field.name == "now" && program.types[field.type].kind == TypeKind::Time) return i;
  }
  return std::nullopt;
}

std::uint32_t obligation_index(const Decision& decision, const std::string& name) {
  const auto found = std::find_if(decision.obligations.begin(), decision.obligations.end(),
                                  [&](const Obligation& obligation) { return obligation.name == name; });
  return static_cast<std::uint32_t>(found - decision.obligations.begin());
}

/// The policies of a decision, ascending by (module, name).
std::vector<PolicyId> policies_of(const Program& program, DecisionId decision) {
  std::vector<PolicyId> result;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i) {
    const auto& decisions = program.policies[PolicyId{i}].decisions;
    if (std::find(decisions.begin(), decisions.end(), decision) != decisions.end()) result.push_back({i});
  }
  const auto key = [&](PolicyId id) {
    const Policy& policy = program.policies[id];
    return std::pair<std::string_view, std::string_view>(program.modules[policy.module].name, policy.name);
  };
  std::sort(result.begin(), result.end(), [&](PolicyId a, PolicyId b) { return key(a) < key(b); });
  return result;
}

RuleIr rule_ir(const Program& program, Elaborator& elaborator, const Decision& decision, RuleId id) {
  const Rule& rule = program.rules[id];
  RuleIr result{.rule = id};
  RuleLoops loops;
  for (const Binder& binder : rule.binders) elaborator.loop(binder.local, binder.source, loops);
  result.condition = elaborator.condition(rule.when, rule.unless, std::move(loops.wheres));
  result.collections = std::move(loops.collections);
  result.sieves = std::move(loops.sieves);
  if (rule.message) result.message = elaborator.message(*rule.message);
  elaborator.set_level(0);
  if (rule.kind == RuleKind::Oblige) {
    result.obligation = obligation_index(decision, rule.obligation);
    result.value = elaborator.kept(rule.value, "be obliged");
  }
  return result;
}

PolicyIr policy_ir(const Program& program, Elaborator& elaborator, PolicyId id, DecisionIr& ir) {
  const Policy& policy = program.policies[id];
  elaborator.set_policy(id);
  PolicyIr result{.policy = id, .guard = elaborator.condition(policy.guard), .rules = {}};
  std::vector<RuleId> rules = policy.rules;
  std::sort(rules.begin(), rules.end(),
            [&](RuleId a, RuleId b) { return program.rules[a].name < program.rules[b].name; });
  for (const RuleId rule : rules) {
    if (elaborator.failed()) break;
    result.rules.push_back(rule_ir(program, elaborator, program.decisions[ir.decision], rule));
  }
  return result;
}

DecisionIr decision_ir(const Program& program, DecisionId id, grammar::Diagnostics& diagnostics) {
  const Decision& decision = program.decisions[id];
  DecisionIr ir(program, id);
  ir.now = now_field(program, decision);
  Elaborator elaborator(program, ir, diagnostics);
  if (decision.default_message) ir.default_message = elaborator.message(*decision.default_message);
  for (const PolicyId policy : policies_of(program, id)) {
    if (elaborator.failed()) break;
    ir.policies.push_back(policy_ir(program, elaborator, policy, ir));
  }
  return ir;
}

}  // namespace

Message Elaborator::message(const compiler::Message& message) {
  Message result;
  for (const compiler::MessagePart& part : message.parts) {
    MessagePart made{part.text, {}, false};
    if (part.value) {
      made.value = kept(part.value, "be printed");
      made.secret = reads_secret(made.value);
    }
    result.parts.push_back(std::move(made));
  }
  return result;
}

/// Something in it comes from a field that is secret.
bool Elaborator::reads_secret(TermId root) const {
  std::vector<TermId> open{root};
  std::vector<bool> seen(terms_.size());
  while (!open.empty()) {
    const TermId id = open.back();
    open.pop_back();
    if (seen[id.index]) continue;
    seen[id.index] = true;
    const Term& term = terms_[id];
    if (term.op == Op::Request && program_.decisions[ir_.decision].fields[term.a].secret) return true;
    if (term.op == Op::Select && terms_.field(id).secret) return true;
    for (unsigned i = 0; i < 3; ++i)
      if (info(term.op).fields[i] == FieldUse::Term) open.push_back(terms_.operand(id, i));
    if (term.op == Op::Elements || term.op == Op::Chain || term.op == Op::Compose)
      open.insert(open.end(), terms_.elements(id).begin(), terms_.elements(id).end());
  }
  return false;
}

void check_params(const Program& program, grammar::Diagnostics& diagnostics);
void check_requirements(const Program& program, const ListIr& ir, ListId list, grammar::Diagnostics& diagnostics);
ListIr list_ir(const Program& program, ListId list);

ProgramIr elaborate(const Program& program, grammar::Diagnostics& diagnostics) {
  ProgramIr result;
  check_params(program, diagnostics);
  for (std::uint32_t i = 0; i < program.lists.size(); ++i) {
    result.lists.push_back(list_ir(program, ListId{i}));
    check_requirements(program, result.lists.back(), ListId{i}, diagnostics);
  }
  std::vector<DecisionId> decisions;
  for (std::uint32_t i = 0; i < program.decisions.size(); ++i) decisions.push_back({i});
  const auto name = [&](DecisionId id) { return program.qualified(program.decisions[id]); };
  std::sort(decisions.begin(), decisions.end(), [&](DecisionId a, DecisionId b) { return name(a) < name(b); });
  for (const DecisionId decision : decisions) result.decisions.push_back(decision_ir(program, decision, diagnostics));
  return result;
}

}  // namespace bylaw::compiler::ir
