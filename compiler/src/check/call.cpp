// Calls of `def` functions, and text with interpolations.

#include <bylaw/grammar/diagnostics/expressions.h>

#include "check/expressions.h"
#include "resolve/declarations.h"

namespace bylaw::compiler {

namespace {

std::string arguments_text(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

}  // namespace

Checked check_call(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const NodeRef path = node.child(NodeKind::Path);
  if (is_builtin(path_text(path))) return check_builtin(checker, environment, node, expected);
  std::vector<NodeRef> nodes = node.children();
  nodes.erase(nodes.begin());
  const Declaration* found = find(checker, environment.module, path, Namespace::Functions);
  if (!found) return wrong(checker, node);
  const FunctionId id{found->index};
  const std::vector<LocalId> parameters = checker.program.functions[id].parameters;
  if (nodes.size() != parameters.size()) {
    checker.diagnostics
        .report(codes::ArgumentCount, node.span(),
                {{"function", path_text(path)},
                 {"wanted", arguments_text(parameters.size())},
                 {"given", std::to_string(nodes.size())}})
        .note(checker.program.functions[id].name_span, "declared here");
    return wrong(checker, node);
  }
  std::vector<ExprId> arguments;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    arguments.push_back(
        check_expression_as(checker, environment, nodes[i], checker.program.locals[parameters[i]].type).expr);
  const ExprId expr =
      make(checker, ExprKind::Call, checker.program.functions[id].result, node.span(), std::move(arguments));
  checker.program.exprs[expr].function = id;
  return plain(expr);
}

Message check_message(Checker& checker, const Environment& environment, NodeRef message) {
  Message result{.span = message.span()};
  for (NodeRef part : message.children()) {
    if (part.is(NodeKind::MessageText)) {
      result.parts.push_back({.text = grammar::string_value(part)});
      continue;
    }
    const ExprId value = check_expression(checker, environment, part).expr;
    const Type& type = type_of(checker, value);
    if (type.kind == TypeKind::Optional) may_be_unset(checker, value, {});
    if (type.gathered) tell_gathered(checker, value, "be printed");
    const bool of_records =
        type.kind == TypeKind::Map &&
        checker.program.types[checker.program.value_type(checker.program.exprs[value].type)].kind == TypeKind::Record;
    if (!told_union(checker, value) && (type.kind == TypeKind::Record || of_records))
      checker.diagnostics
          .report(codes::NotPrintable, part.span(),
                  {{"type", a_type(checker.program, checker.program.exprs[value].type)}})
          .help("name the fields that matter");
    if (result.parts.empty() || result.parts.back().value) result.parts.emplace_back();
    result.parts.back().value = value;
  }
  return result;
}

}  // namespace bylaw::compiler
