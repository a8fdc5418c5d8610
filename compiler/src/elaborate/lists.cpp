// The rows of lists as values, and what a list's `requires` asks of each of them.

#include <algorithm>

#include <bylaw/compiler/decision_evaluate.h>

#include "elaborate/elaborator.h"

namespace bylaw::compiler {

Value constant_value(const Program& program, ExprId expr) {
  grammar::Diagnostics unused;
  ir::DecisionIr decision(program, {});
  ir::Elaborator elaborator(program, decision, unused);
  const Value* value = decision.terms.constant_of(elaborator.expression(expr));
  return value ? *value : Value::absent();
}

namespace ir {
namespace {

/// The columns that a condition reads.
void columns_of(const Program& program, ExprId id, std::vector<LocalId>& columns) {
  const Expr& expr = program.exprs[id];
  if (expr.kind == ExprKind::LocalUse && program.locals[expr.local].kind == LocalKind::Column)
    columns.push_back(expr.local);
  for (const ExprId operand : expr.operands)
    if (operand) columns_of(program, operand, columns);
}

Value column_value(const std::string& name, const Row& row, const Value& entry) {
  const auto text = [](const auto& column) { return column ? Value::string(*column) : Value::absent(); };
  const auto time = [](const auto& column) {
    return column ? Value::number(ValueKind::Time, *column) : Value::absent();
  };
  if (name == "since") return time(row.since);
  if (name == "until") return time(row.until);
  if (name == "owner") return text(row.owner);
  if (name == "because") return text(row.because);
  return entry;
}

/// Whether the row meets the condition. A row that lacks a column which the condition reads was told already.
bool meets(const Program& program, ExprId condition, const Row& row, const Value& entry,
           grammar::Diagnostics& diagnostics) {
  DecisionIr ir(program, {});
  Elaborator elaborator(program, ir, diagnostics);
  std::vector<LocalId> columns;
  columns_of(program, condition, columns);
  for (const LocalId column : columns) {
    const Local& local = program.locals[column];
    Value value = column_value(local.name, row, entry);
    if (value.kind == ValueKind::Absent && !program.is_optional(local.type)) return true;
    elaborator.bind(column, ir.terms.constant(std::move(value), local.type));
  }
  // What depends on entities (`entry in Group::"x"`) is asked of a world that knows none.
  const std::vector<ListIr> no_lists;
  const std::vector<Value> no_request;
  Evaluation evaluation{program, ir.terms, no_lists, no_request, 0, empty_world(), {}};
  return evaluate(evaluation, elaborator.expression(condition)).is_true();
}

}  // namespace

ListIr list_ir(const Program& program, ListId list) {
  ListIr result;
  for (const Row& row : program.lists[list].rows) result.values.push_back(constant_value(program, row.value));
  return result;
}

void check_requirements(const Program& program, const ListIr& ir, ListId id, grammar::Diagnostics& diagnostics) {
  const List& list = program.lists[id];
  for (const Requirement& requirement : list.requirements) {
    if (requirement.kind != Requirement::Kind::Condition) continue;
    for (std::size_t i = 0; i < list.rows.size(); ++i)
      if (!meets(program, requirement.condition, list.rows[i], ir.values[i], diagnostics))
        diagnostics.report(grammar::Code::RowBreaksRequirement, list.rows[i].span, {{"list", list.name}})
            .note(requirement.span, "every entry must meet this");
  }
}

}  // namespace ir
}  // namespace bylaw::compiler
