// `def` functions: their parameters and results first, since constants may call them; then their bodies, on their own:
// nothing that is known at a call is known inside.

#include "check/cycle.h"
#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// The type after the parameters: a def's children are its parameters, its result type and its body.
NodeRef result_node(NodeRef node) {
  for (NodeRef child : node.children())
    if (grammar::is_type(child.kind())) return child;
  return {};
}

NodeRef body_node(NodeRef node) {
  return node.children().back();
}

void declare_function(Checker& checker, FunctionId id) {
  const NodeRef node = checker.function_nodes[id.index];
  const ModuleId module = checker.program.functions[id].module;
  Environment environment{.module = module};
  for (NodeRef parameter : node.children(NodeKind::Parameter)) {
    const NodeRef name = parameter.child(NodeKind::Name);
    shadows(checker, environment, name);
    const TypeId type = resolve_text_type(checker, module, parameter.expression());
    checker.type_spans[name.span()] = parameter.expression().span();
    environment.locals.push_back(checker.program.locals.add(
        {.name = std::string(name.text()), .kind = LocalKind::Parameter, .type = type, .span = name.span()}));
  }
  const NodeRef result = result_node(node);
  const TypeId type = resolve_text_type(checker, module, result);
  Function& function = checker.program.functions[id];
  checker.type_spans[function.name_span] = result.span();
  function.result = type;
  function.parameters = environment.locals;
  check_notes(checker, module, node.children(NodeKind::Note));
}

void check_function(Checker& checker, FunctionId id) {
  const Function& function = checker.program.functions[id];
  const Environment environment{.module = function.module, .locals = function.parameters};
  const std::uint32_t begin = checker.program.exprs.size();
  const ExprId body =
      check_expression_as(checker, environment, body_node(checker.function_nodes[id.index]), function.result).expr;
  checker.program.functions[id].body = body;
  checker.function_exprs.push_back({begin, checker.program.exprs.size()});
}

}  // namespace

void declare_functions(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.functions.size(); ++i) declare_function(checker, {i});
}

void check_functions(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.functions.size(); ++i) check_function(checker, {i});
  tell_definition_cycles(checker);
}

}  // namespace bylaw::compiler
