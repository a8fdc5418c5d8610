#include "check/constant_values.h"

namespace bylaw::compiler {

namespace {

using Values = std::optional<std::vector<ExprId>>;

constexpr std::size_t kMostValues = 4096;
constexpr int kDeepest = 64;

class ConstantValues {
 public:
  ConstantValues(const Program& program, const CollectionOf& collection_of)
      : program_(program), collection_of_(collection_of) {}

  Values of(ExprId id) {
    if (!id || depth_ > kDeepest) return std::nullopt;
    ++depth_;
    Values values = of(program_.exprs[id], id);
    --depth_;
    return values && values->size() <= kMostValues ? values : std::nullopt;
  }

 private:
  Values of(const Expr& expr, ExprId id) {
    switch (expr.kind) {
      case ExprKind::SetLiteral:
      case ExprKind::ListLiteral:
      case ExprKind::MapLiteral:
      case ExprKind::RecordLiteral: return std::vector{id};
      case ExprKind::ConstantUse: return of(program_.constants[expr.constant].value);
      case ExprKind::Get: return of(expr.operands[0]);
      case ExprKind::Select: return each(of(expr.operands[0]), [&](const Expr& base) { return field(base, expr); });
      case ExprKind::Lookup: return each(of(expr.operands[0]), [&](const Expr& map) { return parts(map, 1, 2); });
      case ExprKind::LocalUse: return of_local(expr.local);
      case ExprKind::If: return both(expr.operands[1], expr.operands[2]);
      case ExprKind::Operation:
        return expr.operation == Operation::Else ? both(expr.operands[0], expr.operands[1]) : std::nullopt;
      default: return std::nullopt;
    }
  }

  template <class Inside>
  static Values each_of(const std::vector<ExprId>& values, Inside inside) {
    std::vector<ExprId> all;
    for (const ExprId value : values) {
      const Values more = inside(value);
      if (!more || all.size() + more->size() > kMostValues) return std::nullopt;
      all.insert(all.end(), more->begin(), more->end());
    }
    return all;
  }

  template <class Inside>
  Values each(const Values& values, Inside inside) {
    if (!values) return std::nullopt;
    return each_of(*values, [&](ExprId value) { return inside(program_.exprs[value]); });
  }

  Values field(const Expr& record, const Expr& select) {
    if (record.kind != ExprKind::RecordLiteral) return std::nullopt;
    const auto& fields = program_.records[program_.types[record.type].record].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name != select.text) continue;
      const ExprId given = record.operands[i] ? record.operands[i] : fields[i].default_value;
      return given ? of(given) : std::vector<ExprId>();
    }
    return std::nullopt;
  }

  /// Every operand of a literal, from the first on in such steps.
  Values parts(const Expr& literal, std::size_t first, std::size_t step) {
    if (literal.kind == ExprKind::RecordLiteral) return std::nullopt;
    std::vector<ExprId> operands;
    for (std::size_t i = first; i < literal.operands.size(); i += step) operands.push_back(literal.operands[i]);
    return each_of(operands, [&](ExprId operand) { return of(operand); });
  }

  Values of_local(LocalId id) {
    if (const ExprId value = program_.locals[id].value) return of(value);
    return each(of(collection_of_(id)), [&](const Expr& collection) {
      return collection.kind == ExprKind::MapLiteral ? Values() : parts(collection, 0, 1);
    });
  }

  Values both(ExprId a, ExprId b) {
    return each_of({a, b}, [&](ExprId id) { return of(id); });
  }

  const Program& program_;
  const CollectionOf& collection_of_;
  int depth_ = 0;
};

}  // namespace

std::optional<std::vector<ExprId>> constant_values(const Program& program, ExprId expr,
                                                   const CollectionOf& collection_of) {
  return ConstantValues(program, collection_of).of(expr);
}

}  // namespace bylaw::compiler
