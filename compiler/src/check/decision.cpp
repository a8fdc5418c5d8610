// Decisions: the shape of a request, what may come back, who may grant, and the default.

#include "check/decision.h"

#include <bylaw/grammar/diagnostics/policies.h>
#include <bylaw/grammar/diagnostics/types.h>

#include <algorithm>
#include <set>

#include "check/strategy.h"
#include "resolve/declarations.h"

namespace bylaw::compiler {

namespace {

void check_field_names(Checker& checker, ModuleId module, const std::vector<NodeRef>& fields) {
  Environment environment{.module = module};
  for (NodeRef field : fields) {
    shadows(checker, environment, field.child(NodeKind::Name));
    if (const NodeRef inherit = field.child(NodeKind::Inherit))
      checker.diagnostics.report(codes::InheritPlace, inherit.span());
  }
}

NodeRef type_node(NodeRef obliges) {
  for (NodeRef child : obliges.children())
    if (is_type(child.kind())) return child;
  return {};
}

void check_obligation(Checker& checker, ModuleId module, Decision& decision, NodeRef node) {
  const std::vector<NodeRef> names = node.children(NodeKind::Name);
  const NodeRef type = type_node(node);
  Obligation obligation{.name = std::string(names[0].text()), .span = node.span()};
  if (const NodeRef doc = node.child(NodeKind::Doc)) obligation.doc = grammar::doc_text(doc);
  obligation.type = resolve_type(checker, module, type);
  if (checker.program.is_optional(obligation.type)) {
    const Span question{type.span().source, type.span().end - 1, type.span().end};
    checker.diagnostics.report(codes::ObligationOptional, type.span(), {{"obligation", obligation.name}})
        .fix("leave the `?` out", question, "");
    return;
  }
  obligation.strategy = check_strategy(checker, names[1], obligation.type, StrategyPlace::Oblige);
  if (obligation.strategy == Strategy::None) obligation.type = checker.program.simple(TypeKind::Error);
  for (const Obligation& other : decision.obligations)
    if (other.name == obligation.name) {
      checker.diagnostics
          .report(codes::ObligationTwice, names[0].span(),
                  {{"obligation", obligation.name}, {"decision", decision.name}})
          .note(other.span, "first here");
      return;
    }
  decision.obligations.push_back(std::move(obligation));
}

bool names_module(const Program& program, const GrantPath& grant) {
  return std::any_of(program.modules.begin(), program.modules.end(),
                     [&](const Module& module) { return grants(grant, module.name); });
}

void check_grant(Checker& checker, Decision& decision, NodeRef node) {
  const NodeRef path = node.child(NodeKind::Path);
  const std::uint32_t project = checker.program.modules[decision.module].project;
  GrantPath grant{module_in(checker.input, project, path_text(path)), node.has(NodeKind::Star)};
  if (!names_module(checker.program, grant)) {
    std::vector<std::string> known;
    for (const Module& module : checker.program.modules)
      known.push_back(as_written(checker.input, project, module.name));
    auto told = checker.diagnostics.report(codes::GrantModule, node.span(), {{"path", std::string(node.text())}});
    const std::string meant = grammar::nearest(path_text(path), known);
    if (!meant.empty()) told.fix("did you mean `" + meant + "`?", path.span(), meant);
  }
  decision.grants.push_back(std::move(grant));
}

void check_decision(Checker& checker, DecisionId id) {
  const NodeRef node = checker.decision_nodes[id.index];
  Decision decision = std::move(checker.program.decisions[id]);
  const std::vector<NodeRef> fields = node.children(NodeKind::Field);
  decision.fields = resolve_fields(checker, decision.module, fields, "decision `" + decision.name + "`");
  check_field_names(checker, decision.module, fields);
  for (NodeRef obliges : node.children(NodeKind::Obliges))
    check_obligation(checker, decision.module, decision, obliges);
  for (NodeRef grants_node : node.children(NodeKind::Grants))
    for (NodeRef path : grants_node.children(NodeKind::GrantPath)) check_grant(checker, decision, path);
  decision.default_effect = node.child(NodeKind::DefaultEffect).has(NodeKind::Allow) ? Effect::Allow : Effect::Deny;
  checker.program.decisions[id] = std::move(decision);
}

}  // namespace

bool grants(const GrantPath& grant, const std::string& module) {
  if (module == grant.module) return true;
  return grant.below && module.starts_with(grant.module + ".");
}

std::string grant_text(const GrantPath& grant) {
  return grant.module + (grant.below ? ".*" : "");
}

void check_decisions(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.decisions.size(); ++i) check_decision(checker, {i});
}

void check_default_messages(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.decisions.size(); ++i) {
    const NodeRef message = checker.decision_nodes[i].child(NodeKind::DefaultEffect).child(NodeKind::Message);
    if (!message) continue;
    const Environment environment{.module = checker.program.decisions[DecisionId{i}].module, .decisions = {{i}}};
    Message text = check_message(checker, environment, message);
    checker.program.decisions[DecisionId{i}].default_message = std::move(text);
  }
}

bool has_now(const Checker& checker, const Decision& decision) {
  const Field* now = checker.program.find_field(decision.fields, "now");
  return now && checker.program.types[now->type].kind == TypeKind::Time;
}

bool require_now(Checker& checker, const std::vector<DecisionId>& decisions, Span span, const std::string& what) {
  for (DecisionId id : decisions) {
    const Decision& decision = checker.program.decisions[id];
    if (has_now(checker, decision)) continue;
    const Field* now = checker.program.find_field(decision.fields, "now");
    if (now && checker.program.types[now->type].kind == TypeKind::Error) continue;
    auto told = checker.diagnostics.report(codes::NowMissing, span, {{"what", what}, {"decision", decision.name}});
    if (now)
      told.note(now->span, "declared with another type here");
    else
      told.note(decision.name_span, "this decision has no field `now: Time`");
    return false;
  }
  return true;
}

}  // namespace bylaw::compiler
