// Calls of functions that are built in, and what they give on constants.

#include <bylaw/compiler/decision_evaluate.h>

#include <algorithm>
#include <cassert>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {

TermId Elaborator::builtin_call(const Expr& expr) {
  const TermId first = expression(expr.operands[0]);
  const TermId second = expr.operands.size() > 1 ? expression(expr.operands[1]) : TermId{};
  switch (expr.builtin) {
    case Builtin::Min: return lesser_or_greater(Op::Min, first, second, expr.type);
    case Builtin::Max: return lesser_or_greater(Op::Max, first, second, expr.type);
    case Builtin::Divide: return terms_.function(Op::Divide, first, second, expr.type);
    case Builtin::Modulo: return terms_.function(Op::Modulo, first, second, expr.type);
  }
  return {};
}

/// Versions have several words, which no instruction chooses between.
TermId Elaborator::lesser_or_greater(Op op, TermId first, TermId second, TypeId type) {
  if (program_.types[type].kind != TypeKind::Version) return terms_.function(op, first, second, type);
  const TermId second_is_it = op == Op::Min ? terms_.less(second, first) : terms_.less(first, second);
  return terms_.choose(second_is_it, second, first);
}

TermId Terms::function(Op op, TermId a, TermId b, TypeId type, std::uint32_t c) {
  const Term term{op, type, a.index, b ? b.index : 0, c};
  const Value* left = constant_of(a);
  const Value* right = b ? constant_of(b) : left;
  if (!left || !right) return add(term);
  return constant(fold_function(term, *left, *right), type);
}

Value fold_function(const Term& term, const Value& a, const Value& b) {
  const auto number = [&](std::int64_t value) { return Value::number(a.kind, value); };
  switch (term.op) {
    case Op::Min: return number(std::min(a.integer, b.integer));
    case Op::Max: return number(std::max(a.integer, b.integer));
    case Op::Divide: return number(saturated::divide(a.integer, b.integer));
    case Op::Modulo: return number(saturated::modulo(a.integer, b.integer));
    default: break;
  }
  assert(!"no function");
  return {};
}

}  // namespace bylaw::compiler::ir
