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
  void note_rows(ExprId collection, LocalId binder, const std::vector<ExprId>& conditions, const Locals& locals);
  void note_bound(const compiler::Binder& binder, const std::vector<Locals>& places);
  void tell(const List& list, const Row& row, const Value& entry);
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
    if (!is_live(situation, row)) continue;
    const Value entry = evaluate(situation, row.value, {});
    const compiler::TypeKind type = program.types[list.element].kind;
    const bool ranges = type == compiler::TypeKind::Cidr || type == compiler::TypeKind::Versions;
    const bool climbs = left.kind == Kind::Entity && !directly;
    const bool matches = ranges                        ? inside(left, entry)
                         : entry.kind == Kind::Pattern ? matches_pattern(left, entry)
                         : climbs                      ? upwards(situation, left.entity).contains(entry.entity)
                                                       : equal(left, entry);
    if (matches) tell(list, row, entry);
  }
}

void Collector::tell(const List& list, const Row& row, const Value& entry) {
  found.push_back(told_entry(program, list, row, entry, rule));
}

/// The live rows of a list that is gone through with which the conditions hold.
void Collector::note_rows(ExprId collection, LocalId binder, const std::vector<ExprId>& conditions,
                          const Locals& locals) {
  const Expr& expr = program.exprs[collection];
  if (expr.kind != ExprKind::ListUse) return;
  const List& list = program.lists[expr.list];
  for (const Row& row : list.rows) {
    if (!is_live(situation, row)) continue;
    const Value entry = evaluate(situation, row.value, {});
    Locals inner = locals;
    inner[binder] = entry;
    const bool met = std::all_of(conditions.begin(), conditions.end(),
                                 [&](ExprId condition) { return !condition || holds(situation, condition, inner); });
    if (met) tell(list, row, entry);
  }
}

/// Records have no equality in the language; here one asks whether a binder is bound to what an entry holds.
bool same_value(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  if (a.kind != Kind::Record) return equal(a, b);
  return std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                    [](const auto& x, const auto& y) { return x.first == y.first && same_value(x.second, y.second); });
}

/// The rows that a binder of a `for each` is bound to in some finding.
void Collector::note_bound(const compiler::Binder& binder, const std::vector<Locals>& places) {
  const Expr& expr = program.exprs[binder.source];
  if (expr.kind != ExprKind::ListUse) return;
  const List& list = program.lists[expr.list];
  for (const Row& row : list.rows) {
    if (!is_live(situation, row)) continue;
    const Value entry = evaluate(situation, row.value, {});
    if (std::any_of(places.begin(), places.end(),
                    [&](const Locals& bound) { return same_value(bound.at(binder.local), entry); }))
      tell(list, row, entry);
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
  if (expr.kind == ExprKind::AnyOf && program.exprs[expr.operands.at(0)].kind == ExprKind::ListUse &&
      !mentions_list(expr.operands.at(1)))
    return note_rows(expr.operands[0], expr.local, {expr.operands[1]}, locals);
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
      case Operation::DirectlyInList:
        if (mentions_list(expr.operands.at(0))) break;  // one stands deeper
        return note(expr, locals);
      default: break;
    }
  judged = false;
}

/// The columns that the list declares, by `as` text; the entry of another list itself.
json columns(const Program& program, const List& list, const Value& entry) {
  if (!list.row) return to_json(program, list.element, entry);
  json all = json::object();
  for (const compiler::Field& field : program.records[list.row].fields) {
    if (field.name == "since" || field.name == "until" || field.name == "owner" || field.name == "because") continue;
    const Value& value = entry.fields.at(field.name);
    all[field.wire] = value.present() ? to_json(program, field.type, value) : json();
  }
  return all;
}

}  // namespace

json told_entry(const Program& program, const List& list, const Row& row, const Value& entry, const std::string& rule) {
  return {{"rule", rule},
          {"list", program.qualified(list)},
          {"entry", columns(program, list, entry)},
          {"since", optional_time(row.since)},
          {"until", optional_time(row.until)},
          {"owner", optional_text(row.owner)},
          {"because", optional_text(row.because)}};
}

std::optional<json> list_entries(const Situation& situation, const compiler::Rule& rule, const std::string& name,
                                 const std::vector<Locals>& places) {
  situation.policy = rule.policy;
  Collector collector{situation, *situation.program, name};
  for (const compiler::Binder& binder : rule.binders) {
    const bool list = situation.program->exprs[binder.source].kind == ExprKind::ListUse;
    if (!list && collector.mentions_list(binder.source)) return std::nullopt;
    collector.note_bound(binder, places);
  }
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
