// Conditions to skeletons: And, Or and Not as they were written, through calls, lets and consts, and below them the
// leaves with their places. Values below a leaf are terms, where places no longer matter.

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {
namespace {

std::string child(const std::string& path, std::size_t number) {
  return path.empty() ? std::to_string(number) : path + "." + std::to_string(number);
}

bool is_operation(const Expr& expr, Operation operation) {
  return expr.kind == ExprKind::Operation && expr.operation == operation;
}

/// Appends a node, fills it with what `below` appends, and tells how much that was.
template <class Below>
void nested(NodeKind kind, Condition& out, Below below) {
  const std::size_t index = out.size();
  out.push_back({kind});
  below();
  out[index].subtree = static_cast<std::uint32_t>(out.size() - index);
}

}  // namespace

/// A condition that was made by itself, as a child of another one: its paths go on from `path`.
void Elaborator::append(const Condition& part, const std::string& path, Condition& out) {
  for (const Node& node : part) {
    if (node.kind == NodeKind::Leaf) {
      std::string& below = ir_.occurrences[node.occurrence].path;
      below = below.empty() ? path : path + "." + below;
    }
    out.push_back(node);
  }
}

Condition Elaborator::condition(ExprId when, ExprId unless, std::vector<Condition> wheres) {
  if (!wheres.empty()) {
    if (when || unless) wheres.push_back(condition(when, unless));
    if (wheres.size() == 1) return wheres.front();
    Condition all;
    nested(NodeKind::And, all, [&] {
      for (std::size_t i = 0; i < wheres.size(); ++i) append(wheres[i], std::to_string(i), all);
    });
    return all;
  }
  Condition out;
  if (when && unless)
    nested(NodeKind::And, out, [&] {
      node(when, "0", {}, out);
      negated(unless, "1", {}, out);
    });
  else if (when)
    node(when, "", {}, out);
  else if (unless)
    negated(unless, "", {}, out);
  return out;
}

/// A condition that counts elsewhere than it is written.
Condition Elaborator::condition(ExprId asked, Use use) {
  Condition out;
  node(asked, "", use, out);
  return out;
}

void Elaborator::node(ExprId id, const std::string& path, Use use, Condition& out) {
  const Expr& expr = program_.exprs[id];
  if (!enter(expr.span)) return;
  if (!structure(expr, path, use, out)) leaf(id, path, use, out);
  --depth_;
}

void Elaborator::negated(ExprId operand, const std::string& path, Use use, Condition& out) {
  nested(NodeKind::Not, out, [&] { node(operand, child(path, 0), use, out); });
}

/// Appends what has a structure of its own; false if the expression is a leaf.
bool Elaborator::structure(const Expr& expr, const std::string& path, Use use, Condition& out) {
  if (is_leaf(expr)) return false;
  const Use inside{use.of(expr.span)};
  switch (expr.kind) {
    case ExprKind::BoolLiteral: out.push_back({expr.integer != 0 ? NodeKind::True : NodeKind::False}); break;
    case ExprKind::Operation:
      if (expr.operation == Operation::Not)
        negated(expr.operands[0], path, use, out);
      else
        joined(expr.operation == Operation::And ? NodeKind::And : NodeKind::Or, expr, path, use, out);
      break;
    case ExprKind::Call:
      with_arguments(expr, [&](const std::vector<TermId>&) {
        node(program_.functions[expr.function].body, path, inside, out);
        return TermId{};
      });
      break;
    case ExprKind::LocalUse: node(program_.locals[expr.local].value, path, inside, out); break;
    case ExprKind::ConstantUse: node(program_.constants[expr.constant].value, path, inside, out); break;
    default: return false;
  }
  return true;
}

bool Elaborator::is_leaf(const Expr& expr) const {
  switch (expr.kind) {
    case ExprKind::BoolLiteral:
    case ExprKind::Call:
    case ExprKind::ConstantUse: return false;
    case ExprKind::LocalUse: return program_.locals[expr.local].kind != LocalKind::Let;
    case ExprKind::Operation: break;
    default: return true;
  }
  if (is_operation(expr, Operation::And) || is_operation(expr, Operation::Or)) return false;
  if (!is_operation(expr, Operation::Not)) return true;
  // `x not in y` is one condition to its author: Not over In, both with one place.
  return program_.exprs[expr.operands[0]].span == expr.span;
}

void Elaborator::joined(NodeKind kind, const Expr& expr, const std::string& path, Use use, Condition& out) {
  nested(kind, out, [&] {
    std::size_t number = 0;
    for (const ExprId operand : flattened(expr)) node(operand, child(path, number++), use, out);
  });
}

/// The operands of a stretch of `and`s, of `or`s or of list `+`s, from left to right, brackets or not.
std::vector<ExprId> Elaborator::flattened(const Expr& expr) const {
  std::vector<ExprId> result;
  std::vector<ExprId> open(expr.operands.rbegin(), expr.operands.rend());
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    const Expr& operand = program_.exprs[id];
    if (is_operation(operand, expr.operation))
      open.insert(open.end(), operand.operands.rbegin(), operand.operands.rend());
    else
      result.push_back(id);
  }
  return result;
}

void Elaborator::leaf(ExprId id, const std::string& path, Use use, Condition& out) {
  const Span written = program_.exprs[id].span;
  const OccurrenceId occurrence = ir_.occurrences.add({expression(id), path, use.of(written), written});
  out.push_back({NodeKind::Leaf, 1, occurrence});
}

}  // namespace bylaw::compiler::ir
