// The rows of lists as values, and what a list's `requires` asks of each of them.

#include <algorithm>

#include <bylaw/compiler/decision_evaluate.h>
#include <bylaw/grammar/diagnostics/limits.h>

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

/// The rows of a list and what they are asked: one elaborator for all, since a list may have very many.
class Rows {
 public:
  Rows(const Program& program, grammar::Diagnostics& diagnostics)
      : program_(program), ir_(program, {}), elaborator_(program, ir_, diagnostics) {}

  Value value(ExprId constant) {
    elaborator_.begin();
    const Value* value = ir_.terms.constant_of(elaborator_.expression(constant));
    return value ? *value : Value::absent();
  }

  /// Whether the row meets the condition. A row that lacks a column which the condition reads was told already.
  bool meets(ExprId condition, const std::vector<LocalId>& columns, const Row& row, const Value& entry) {
    for (const LocalId column : columns) {
      const Local& local = program_.locals[column];
      Value value = column_value(local.name, row, entry);
      if (value.kind == ValueKind::Absent && !program_.is_optional(local.type)) return true;
      elaborator_.bind(column, ir_.terms.constant(std::move(value), local.type));
    }
    elaborator_.begin();
    // What depends on entities (`entry in Group::"x"`) is asked of a world that knows none.
    const std::vector<ListIr> no_lists;
    const std::vector<Value> no_request;
    Evaluation evaluation{program_, ir_.terms, no_lists, no_request, 0, empty_world(), {}};
    return evaluate(evaluation, elaborator_.expression(condition)).is_true();
  }

 private:
  const Program& program_;
  DecisionIr ir_;
  Elaborator elaborator_;
};

}  // namespace

ListIr list_ir(const Program& program, ListId list) {
  ListIr result;
  grammar::Diagnostics unused;
  Rows rows(program, unused);
  for (const Row& row : program.lists[list].rows) result.values.push_back(rows.value(row.value));
  return result;
}

void check_requirements(const Program& program, const ListIr& ir, ListId id, grammar::Diagnostics& diagnostics) {
  const List& list = program.lists[id];
  Rows rows(program, diagnostics);
  for (const Requirement& requirement : list.requirements) {
    if (requirement.kind != Requirement::Kind::Condition) continue;
    std::vector<LocalId> columns;
    columns_of(program, requirement.condition, columns);
    for (std::size_t i = 0; i < list.rows.size(); ++i)
      if (!rows.meets(requirement.condition, columns, list.rows[i], ir.values[i]))
        diagnostics.report(grammar::codes::RowBreaksRequirement, list.rows[i].span, {{"list", list.name}})
            .note(requirement.span, "every entry must meet this");
  }
}

bool meets_requirements(const Program& program, ListId id, const Row& row, const Value& entry) {
  const List& list = program.lists[id];
  grammar::Diagnostics unused;
  Rows rows(program, unused);
  for (const Requirement& requirement : list.requirements) {
    std::vector<LocalId> columns;
    switch (requirement.kind) {
      case Requirement::Kind::Since:
        if (!row.since) return false;
        break;
      case Requirement::Kind::Until:
        if (!row.until) return false;
        break;
      case Requirement::Kind::Owner:
        if (!row.owner) return false;
        break;
      case Requirement::Kind::Because:
        if (!row.because) return false;
        break;
      case Requirement::Kind::Condition:
        columns_of(program, requirement.condition, columns);
        for (const LocalId column : columns) {
          const Local& local = program.locals[column];
          const bool absent = (local.name == "since" && !row.since) || (local.name == "until" && !row.until);
          if (absent && !program.is_optional(local.type)) return false;
        }
        if (!rows.meets(requirement.condition, columns, row, entry)) return false;
    }
  }
  return true;
}

}  // namespace ir
}  // namespace bylaw::compiler
