// Comprehensions and joined lists, as the collections that they stand for: made, and then used like any other.
#include "reference/model.h"

namespace bylaw::reference {

using compiler::Expr;
using compiler::ExprKind;

namespace {

void gather(const Situation& situation, const Expr& expr, std::size_t binder, const Locals& locals,
            std::vector<Value>& values) {
  const std::size_t count = expr.binders.size();
  if (binder < count) {
    for (const Value& element : gone_through(evaluate(situation, expr.operands.at(binder), locals))) {
      Locals inner = locals;
      inner[expr.binders[binder]] = element;
      gather(situation, expr, binder + 1, inner, values);
    }
    return;
  }
  const bool filtered = expr.operands.size() > count + 1;
  if (filtered && !holds(situation, expr.operands.at(count + 1), locals)) return;
  values.push_back(evaluate(situation, expr.operands.at(count), locals));
}

}  // namespace

Value comprehend(const Situation& situation, const Expr& expr, const Locals& locals) {
  std::vector<Value> values;
  gather(situation, expr, 0, locals, values);
  if (situation.program->types[expr.type].kind == compiler::TypeKind::Set) return make_set(std::move(values));
  Value list;
  list.kind = Kind::List;
  list.items = std::move(values);
  return list;
}

Value join_lists(const Value& left, const Value& right) {
  Value joined;
  joined.kind = Kind::List;
  joined.items = left.items;
  joined.items.insert(joined.items.end(), right.items.begin(), right.items.end());
  return joined;
}

ExprId through_lets(const Program& program, ExprId id) {
  const Expr& expr = program.exprs[id];
  const bool let = expr.kind == ExprKind::LocalUse && program.locals[expr.local].value;
  return let ? through_lets(program, program.locals[expr.local].value) : id;
}

}  // namespace bylaw::reference
