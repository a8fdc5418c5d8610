#include "check/visit.h"

#include <set>

namespace bylaw::compiler {

namespace {

struct FunctionVisitor {
  const Program& program;
  const std::function<void(const Expr&)>& visit;
  std::set<FunctionId> functions;

  void expression(ExprId id) {
    visit_expressions(program, id, [&](const Expr& expr) {
      visit(expr);
      if (expr.kind == ExprKind::Call && functions.insert(expr.function).second)
        expression(program.functions[expr.function].body);
    });
  }

  void rule(const Rule& rule) {
    for (const Binder& binder : rule.binders) expression(binder.source);
    for (LocalId let : rule.lets) expression(program.locals[let].value);
    expression(rule.when);
    expression(rule.unless);
    expression(rule.value);
    if (!rule.message) return;
    for (const MessagePart& part : rule.message->parts) expression(part.value);
  }
};

}  // namespace

void visit_expressions(const Program& program, ExprId root, const std::function<void(const Expr&)>& visit) {
  if (!root) return;
  visit(program.exprs[root]);
  for (ExprId operand : program.exprs[root].operands) visit_expressions(program, operand, visit);
}

void visit_with_functions(const Program& program, ExprId root, const std::function<void(const Expr&)>& visit) {
  FunctionVisitor{program, visit, {}}.expression(root);
}

void visit_policy(const Program& program, PolicyId id, const std::function<void(const Expr&)>& visit) {
  FunctionVisitor visitor{program, visit, {}};
  const Policy& policy = program.policies[id];
  visitor.expression(policy.guard);
  for (LocalId let : policy.lets) visitor.expression(program.locals[let].value);
  for (RuleId rule : policy.rules) visitor.rule(program.rules[rule]);
}

}  // namespace bylaw::compiler
