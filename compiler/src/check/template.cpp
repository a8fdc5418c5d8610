// Templates: their parameters and their body, checked once. Instances are made in check/instance.cpp.

#include "check/policy.h"
#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// The parameters, which hide neither a field of the decisions nor each other.
bool declare_parameters(Checker& checker, Template& made, Environment& environment, NodeRef node) {
  bool all_known = true;
  for (NodeRef parameter : node.children(NodeKind::Parameter)) {
    const NodeRef name = parameter.child(NodeKind::Name);
    if (shadows(checker, environment, name)) all_known = false;
    const TypeId type = constant_type(checker, made.policy.module, parameter.expression());
    if (is_error(checker, type)) all_known = false;
    checker.type_spans[name.span()] = parameter.expression().span();
    environment.locals.push_back(checker.program.locals.add(
        {.name = std::string(name.text()), .kind = LocalKind::Parameter, .type = type, .span = name.span()}));
  }
  made.parameters = environment.locals;
  return all_known;
}

/// The rules are checked in the program, where rules name each other, and taken out again.
void check_body(Checker& checker, Template& made, Environment& environment, NodeRef node) {
  Store<Rule>& rules = checker.program.rules;
  made.policy.lets = check_lets(checker, environment, node.children(NodeKind::Let));
  made.first_rule = rules.size();
  check_rules(checker, made.policy, {}, node, environment);
  for (RuleId id : made.policy.rules) made.rules.push_back(std::move(rules[id]));
  made.policy.rules.clear();
  rules.shrink(made.first_rule);
}

Template check_template(Checker& checker, Template made, NodeRef node) {
  Policy& policy = made.policy;
  const bool readable = check_for(checker, policy, node.child(NodeKind::For));
  Environment environment{.module = policy.module, .decisions = policy.decisions, .in_policy = true};
  const bool known = declare_parameters(checker, made, environment, node);
  policy.notes = check_notes(checker, policy.module, node.children(NodeKind::Note), made.parameters);
  if (!readable) return made;
  made.mode_parameter = check_period_and_mode(checker, policy, node, made.parameters);
  if (const NodeRef mode = node.child(NodeKind::Mode)) made.mode_span = mode.span();
  policy.guard = check_guard(checker, environment, node.child(NodeKind::When));
  check_body(checker, made, environment, node);
  made.sound = known;
  return made;
}

}  // namespace

void check_templates(Checker& checker) {
  for (std::size_t i = 0; i < checker.templates.size(); ++i)
    checker.templates[i] = check_template(checker, std::move(checker.templates[i]), checker.template_nodes[i]);
}

}  // namespace bylaw::compiler
