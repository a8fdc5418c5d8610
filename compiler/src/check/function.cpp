// `def` functions: their parameters and results first, since constants may call them; then their bodies, on their own:
// nothing that is known at a call is known inside.

#include "check/cycle.h"
#include "check/expressions.h"

#include <set>

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

/// The function that a call names, telling nothing; none if there is none.
FunctionId called(const Checker& checker, ModuleId module, NodeRef path) {
  const std::vector<NodeRef> words = path.children(NodeKind::Name);
  const ModuleNames* names = &checker.names[module.index];
  const auto in = [&](const std::map<std::string, Declaration>& table) {
    const auto found = table.find(std::string(words.back().text()));
    return found == table.end() ? FunctionId{} : FunctionId{found->second.index};
  };
  if (words.size() == 1) {
    const FunctionId own = in(names->functions);
    return own ? own : in(names->imported_functions);
  }
  const auto imported =
      words.size() == 2 ? names->imported_modules.find(std::string(words[0].text())) : names->imported_modules.end();
  if (imported == names->imported_modules.end()) return {};
  names = &checker.names[imported->second.index];
  return in(names->functions);
}

/// Whether the body of a def that gives a set or list is gone through and never kept, by how it is written: a call may
/// stand before that body is checked.
class GatheredBody {
 public:
  GatheredBody(const Checker& checker, ModuleId module) : checker_(checker), module_(module) {}

  bool is_gathered(NodeRef node) {
    node = inside(node);
    switch (node.kind()) {
      case NodeKind::BraceComprehension:
      case NodeKind::BracketComprehension: return true;
      case NodeKind::If: return is_gathered(node.child_at(1)) || is_gathered(node.child_at(2));
      case NodeKind::Binary:
        return node.op() == grammar::Operator::Add ||
               (node.op() == grammar::Operator::Else && is_gathered(node.child_at(1)));
      case NodeKind::Call: return is_gathered_call(node.child(NodeKind::Path));
      default: return false;
    }
  }

 private:
  bool is_gathered_call(NodeRef path) {
    const FunctionId id = called(checker_, module_, path);
    if (!id || !seen_.insert(id).second) return false;
    const ModuleId around = module_;
    module_ = checker_.program.functions[id].module;
    const bool gathered = is_gathered(body_node(checker_.function_nodes[id.index]));
    module_ = around;
    return gathered;
  }

  const Checker& checker_;
  ModuleId module_;
  std::set<FunctionId> seen_;
};

/// `List<T>` is what a comprehension or `xs + ys` gives, where the body is one: all of it, whatever it comes to.
TypeId result_type(Checker& checker, ModuleId module, TypeId declared, NodeRef body) {
  Type type = checker.program.types[declared];
  if (!is_collection(type) || !GatheredBody(checker, module).is_gathered(body)) return declared;
  type.gathered = true;
  return checker.program.intern(type);
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
  const TypeId type = result_type(checker, module, resolve_text_type(checker, module, result), body_node(node));
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
