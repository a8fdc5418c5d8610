// The list entries that made a rule's list tests true. A list test is judged where it is a condition of its own: an
// operand of the `and`, `or` and `not` of a condition, through lets and calls. Where one stands deeper (in a
// quantifier, an `if`, a `within`), how many of its rows are looked at is not the language's business, and the judge
// says nothing of that rule.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "reference/model.h"

namespace bylaw::reference {

using compiler::Expr;
using compiler::ExprKind;
using compiler::List;
using compiler::Operation;
using compiler::Row;
using nlohmann::json;

namespace {

struct Collector {
  const Situation& situation;
  const Program& program;
  std::string rule;
  json found = json::array();
  bool judged = true;

  void visit(ExprId id, const Locals& locals);
  void visit_call(const Expr& expr, const Locals& locals);
  void note(const Expr& test, const Locals& locals);
  bool mentions_list(ExprId id) const;
};

json optional_text(const std::optional<std::string>& text) {
  return text ? json(*text) : json();
}
json optional_time(const std::optional<std::int64_t>& time) {
  return time ? json(print_time(*time)) : json();
}

void Collector::note(const Expr& test, const Locals& locals) {
  const List& list = program.lists[program.exprs[test.operands.at(1)].list];
  const Value left = evaluate(situation, test.operands.at(0), locals);
  const bool directly = test.operation == Operation::DirectlyInList;
  for (const Row& row : list.rows) {
    const auto now = situation.fields.find("now");
    if (row.since && now->second.number < *row.since) continue;
    if (row.until && now->second.number >= *row.until) continue;
    const Value entry = evaluate(situation, row.value, {});
    const compiler::TypeKind type = program.types[list.element].kind;
    const bool ranges = type == compiler::TypeKind::Cidr || type == compiler::TypeKind::Versions;
    const bool climbs = left.kind == Kind::Entity && !directly;
    const bool matches = ranges                        ? inside(left, entry)
                         : entry.kind == Kind::Pattern ? matches_pattern(left, entry)
                         : climbs                      ? upwards(situation, left.entity).contains(entry.entity)
                                                       : equal(left, entry);
    if (!matches) continue;
    found.push_back({{"rule", rule},
                     {"list", program.qualified(list)},
                     {"entry", to_json(program, list.element, entry)},
                     {"since", optional_time(row.since)},
                     {"until", optional_time(row.until)},
                     {"owner", optional_text(row.owner)},
                     {"because", optional_text(row.because)}});
  }
}

bool Collector::mentions_list(ExprId id) const {
  const Expr& expr = program.exprs[id];
  if (expr.kind == ExprKind::ListUse) return true;
  if (expr.kind == ExprKind::Call && mentions_list(program.functions[expr.function].body)) return true;
  if (expr.kind == ExprKind::LocalUse && program.locals[expr.local].value &&
      mentions_list(program.locals[expr.local].value))
    return true;
  for (ExprId operand : expr.operands)
    if (operand && mentions_list(operand)) return true;
  return false;
}

void Collector::visit_call(const Expr& expr, const Locals& locals) {
  const compiler::Function& function = program.functions[expr.function];
  Locals arguments;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    if (mentions_list(expr.operands[i])) judged = false;
    arguments[function.parameters[i]] = evaluate(situation, expr.operands[i], locals);
  }
  visit(function.body, arguments);
}

void Collector::visit(ExprId id, const Locals& locals) {
  if (!mentions_list(id)) return;
  const Expr& expr = program.exprs[id];
  if (expr.kind == ExprKind::Call) return visit_call(expr, locals);
  if (expr.kind == ExprKind::LocalUse) return visit(program.locals[expr.local].value, locals);
  if (expr.kind == ExprKind::Operation) switch (expr.operation) {
      case Operation::And:
      case Operation::Or:
        // The right side may use what the left has shown to be there: looked at only if the left lets it.
        visit(expr.operands.at(0), locals);
        if (mentions_list(expr.operands.at(1)) &&
            holds(situation, expr.operands.at(0), locals) != (expr.operation == Operation::And)) {
          judged = false;
          return;
        }
        return visit(expr.operands.at(1), locals);
      case Operation::Not: return visit(expr.operands.at(0), locals);
      case Operation::InList:
      case Operation::DirectlyInList: return note(expr, locals);
      default: break;
    }
  judged = false;
}

}  // namespace

std::optional<json> list_entries(const Situation& situation, const compiler::Rule& rule, const std::string& name,
                                 const std::vector<Locals>& places) {
  Collector collector{situation, *situation.program, name};
  for (const Locals& locals : places)
    for (ExprId condition : {rule.when, rule.unless})
      if (condition) collector.visit(condition, locals);
  // A row that several tests or elements meet is told once.
  json once = json::array();
  for (const json& entry : collector.found)
    if (std::find(once.begin(), once.end(), entry) == once.end()) once.push_back(entry);
  constexpr std::size_t kMost = 8;
  if (!collector.judged || once.size() > kMost) return std::nullopt;
  return once;
}

}  // namespace bylaw::reference
