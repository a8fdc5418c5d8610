#include "analysis/nested_loops.h"

#include <map>

namespace bylaw::compiler {

namespace {

using Loops = std::vector<Span>;

const Loops& longer(const Loops& a, const Loops& b) {
  return b.size() > a.size() ? b : a;
}

Loops joined(Loops outer, const Loops& inner) {
  outer.insert(outer.end(), inner.begin(), inner.end());
  return outer;
}

class NestedLoops {
 public:
  explicit NestedLoops(const Program& program) : program_(program) {}

  Loops of(const Rule& rule) {
    Loops around;
    for (const Binder& binder : rule.binders) around = joined(std::move(around), through(binder.source));
    Loops inner;
    for (const ExprId part : {rule.when, rule.unless, rule.value}) inner = longer(inner, inside(part));
    if (rule.message)
      for (const MessagePart& part : rule.message->parts) inner = longer(inner, inside(part.value));
    return joined(std::move(around), inner);
  }

 private:
  /// The deepest nest in an expression.
  Loops inside(ExprId id) {
    if (!id) return {};
    if (const auto known = inside_.find(id); known != inside_.end()) return known->second;
    const Loops result = inside(program_.exprs[id]);
    return inside_[id] = result;
  }

  Loops inside(const Expr& expr) {
    if (expr.kind == ExprKind::AnyOf || expr.kind == ExprKind::AllOf || expr.kind == ExprKind::NoneOf)
      return joined(through(expr.operands[0]), inside(expr.operands[1]));
    Loops deepest;
    for (const ExprId operand : expr.operands) deepest = longer(deepest, inside(operand));
    if (expr.kind == ExprKind::LocalUse) deepest = inside(program_.locals[expr.local].value);
    if (expr.kind == ExprKind::Call) deepest = longer(deepest, inside(program_.functions[expr.function].body));
    if (expr.kind == ExprKind::Comprehension) deepest = longer(deepest, comprehension(expr));
    if (expr.kind == ExprKind::Operation) deepest = longer(deepest, membership(expr));
    return deepest;
  }

  /// Its own loops, and in them those of its value and of its `where`.
  Loops comprehension(const Expr& expr) {
    Loops inner;
    for (std::size_t i = expr.binders.size(); i < expr.operands.size(); ++i)
      inner = longer(inner, inside(expr.operands[i]));
    return joined(through_comprehension(expr), inner);
  }

  /// `xs within ys` goes through xs, and through ys in it if that is a comprehension.
  Loops membership(const Expr& expr) {
    if (expr.operands.size() != 2) return {};
    Loops loops;
    for (const ExprId operand : expr.operands)
      if (is_gathered(operand)) loops = joined(std::move(loops), through(operand));
    return loops;
  }

  bool is_gathered(ExprId id) const { return program_.types[program_.exprs[id].type].gathered; }

  /// The loops that going through the collection takes.
  Loops through(ExprId id) {
    if (const auto known = through_.find(id); known != through_.end()) return known->second;
    const Expr& expr = program_.exprs[id];
    const Loops result = is_gathered(id) ? through_gathered(expr) : Loops{expr.span};
    return through_[id] = result;
  }

  Loops through_gathered(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::LocalUse: return through(program_.locals[expr.local].value);
      case ExprKind::Call: return through(program_.functions[expr.function].body);
      case ExprKind::Comprehension: return through_comprehension(expr);
      case ExprKind::If: return longer(through(expr.operands[1]), through(expr.operands[2]));
      default: break;
    }
    const Loops left = through(expr.operands[0]), right = through(expr.operands[1]);
    return left.size() == 1 && right.size() == 1 ? Loops{expr.span} : longer(left, right);
  }

  Loops through_comprehension(const Expr& expr) {
    Loops loops;
    for (std::size_t i = 0; i < expr.binders.size(); ++i) loops = joined(std::move(loops), through(expr.operands[i]));
    return loops;
  }

  const Program& program_;
  std::map<ExprId, Loops> inside_, through_;
};

}  // namespace

std::vector<Span> deepest_loops(const Program& program, const Rule& rule) {
  return NestedLoops(program).of(rule);
}

}  // namespace bylaw::compiler
