// Calls of functions that are built in: the row of builtins.def that the arguments' types choose.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/warnings.h>

#include "check/expressions.h"

#include <algorithm>

namespace bylaw::compiler {

namespace {

/// "an Int": what an argument of that class is called in messages.
std::string class_text(OperandClass wanted) {
  switch (wanted) {
    case OperandClass::Bool: return "Bool";
    case OperandClass::Int: return "Int";
    case OperandClass::Duration: return "Duration";
    case OperandClass::Time: return "Time";
    case OperandClass::Decimal: return "Decimal";
    case OperandClass::String: return "String";
    case OperandClass::Number: return "number";
    case OperandClass::Ordered: return "value with an order";
    case OperandClass::Scalar: return "scalar";
    case OperandClass::Entity: return "entity";
    case OperandClass::Scope: return "scope";
    case OperandClass::Same:
    case OperandClass::ElementOfLeft:
    case OperandClass::ValueOfLeft: return "value of the same type";
    case OperandClass::Divisor: return "constant Int";
    case OperandClass::MaybeText:
    case OperandClass::MaybeString:
    case OperandClass::Text: return "String";
    case OperandClass::Pattern: return "pattern";
    case OperandClass::PatternCollection: return "set or list of patterns";
    case OperandClass::ScalarSet:
    case OperandClass::ScopeSet: return "set";
    case OperandClass::NumberCollection: return "set or list of numbers";
    case OperandClass::OrderedCollection: return "set or list of values with an order";
    case OperandClass::List: return "list";
    case OperandClass::Record: return "record";
    case OperandClass::Map: return "map";
    case OperandClass::AnyCollection:
    case OperandClass::ScalarCollection:
    case OperandClass::EntityCollection:
    case OperandClass::LocatedCollection:
    case OperandClass::HoldersOfLeft:
    case OperandClass::HoldersOfElement:
    case OperandClass::CollectionOfLeft:
    case OperandClass::CollectionOfElement: return "set or list";
    case OperandClass::Nothing:
    case OperandClass::RangeOfLeft:
    case OperandClass::ListOfLeft:
    case OperandClass::RangeOfElement:
    case OperandClass::ListOfElement:
    case OperandClass::Located:
    case OperandClass::HolderOfLeft:
    case OperandClass::HolderOfElement:
    case OperandClass::Optional: break;
  }
  return "value";
}

std::vector<const BuiltinInfo*> rows_of(std::string_view spelling) {
  std::vector<const BuiltinInfo*> rows;
  for (const BuiltinInfo& row : builtins())
    if (row.spelling == spelling) rows.push_back(&row);
  return rows;
}

/// "`div(Int, constant Int)`": what there is of that name.
std::string forms(const std::vector<const BuiltinInfo*>& rows) {
  std::string text;
  for (const BuiltinInfo* row : rows) {
    text += (text.empty() ? "`" : ", `") + std::string(row->spelling) + "(" + class_text(row->first);
    text += (row->arity() == 2 ? ", " + class_text(row->second) : "") + ")`";
  }
  return text;
}

bool takes_collection(const BuiltinInfo& row) {
  return row.first == OperandClass::AnyCollection || row.first == OperandClass::NumberCollection ||
         row.first == OperandClass::OrderedCollection;
}

/// The one argument of a function that goes through it; or through the entries of a list.
std::vector<ExprId> check_gone_through(Checker& checker, const Environment& environment, NodeRef node) {
  return {check_elements_of(checker, environment, node).expr};
}

/// `sum({..})`, where each value counts once.
void lint_sum(Checker& checker, NodeRef node, ExprId argument) {
  const Expr& expr = checker.program.exprs[argument];
  const Type& type = checker.program.types[expr.type];
  if (type.kind != TypeKind::Set || !type.gathered) return;
  auto told = checker.diagnostics.report(codes::SumOfSet, expr.span, {{"what", "`{.. for ..}`"}});
  const std::string text(node.text());
  if (text.starts_with('{')) {
    const std::string list = "[" + text.substr(1, text.size() - 2) + "]";
    told.fix("write `" + list + "`", node.span(), list);
  } else {
    told.help("`[.. for ..]` keeps every value");
  }
}

/// The arguments, typed: what has a type of its own first, bare members by the other. `expected`: of the first one.
std::vector<ExprId> check_arguments(Checker& checker, const Environment& environment, const std::vector<NodeRef>& nodes,
                                    TypeId expected) {
  std::vector<ExprId> arguments(nodes.size());
  const bool second_first = nodes.size() == 2 && needs_type(checker, environment, nodes[0]);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::size_t at = second_first ? nodes.size() - 1 - i : i;
    arguments[at] = check_expression(checker, environment, nodes[at], expected).expr;
    expected = checker.program.exprs[arguments[at]].type;
    if (is_error(checker, expected)) expected = {};
  }
  return arguments;
}

const BuiltinInfo* choose(const Program& program, const std::vector<const BuiltinInfo*>& rows,
                          const std::vector<ExprId>& arguments) {
  for (const BuiltinInfo* row : rows) {
    if (row->arity() != arguments.size() || !fits(program, row->first, arguments[0], {})) continue;
    if (row->arity() == 1 || fits(program, row->second, arguments[1], arguments[0])) return row;
  }
  return nullptr;
}

bool takes(const std::vector<const BuiltinInfo*>& rows, std::size_t arguments) {
  return std::any_of(rows.begin(), rows.end(), [&](const BuiltinInfo* row) { return row->arity() == arguments; });
}

std::string arity_text(const std::vector<const BuiltinInfo*>& rows) {
  const bool one = takes(rows, 1), two = takes(rows, 2);
  return one && two ? "one or two arguments" : one ? "1 argument" : "2 arguments";
}

/// True and told if an argument may be unset.
bool tell_unset(Checker& checker, const std::vector<ExprId>& arguments) {
  for (ExprId argument : arguments)
    if (checker.program.is_optional(checker.program.exprs[argument].type)) {
      may_be_unset(checker, argument, {});
      return true;
    }
  return false;
}

/// The first argument that no row takes there; the last one if each would do by itself.
std::size_t misfit(const Program& program, const std::vector<const BuiltinInfo*>& rows,
                   const std::vector<ExprId>& arguments) {
  const auto fits_first = [&](const BuiltinInfo* row) {
    return row->arity() == arguments.size() && fits(program, row->first, arguments[0], {});
  };
  return std::any_of(rows.begin(), rows.end(), fits_first) ? arguments.size() - 1 : 0;
}

void tell_arguments(Checker& checker, const std::vector<const BuiltinInfo*>& rows, const std::vector<NodeRef>& nodes,
                    const std::vector<ExprId>& arguments) {
  const Program& program = checker.program;
  std::string types;
  for (ExprId argument : arguments)
    types += (types.empty() ? "" : " and ") + a_type(program, program.exprs[argument].type);
  const std::size_t at = misfit(program, rows, arguments);
  auto told = checker.diagnostics.report(codes::ArgumentTypes, nodes[at].span(),
                                         {{"function", std::string(rows[0]->spelling)}, {"types", types}});
  const TypeKind wanted = arguments.size() == 2 && at == 1 && rows[0]->second == OperandClass::Same
                              ? type_of(checker, arguments[0]).kind
                          : at == 0 && rows[0]->first == OperandClass::Duration ? TypeKind::Duration
                                                                                : TypeKind::Error;
  if (wanted == TypeKind::Duration && program.exprs[arguments[at]].kind == ExprKind::IntLiteral) {
    const std::string days = std::string(nodes[at].text()) + "d";
    told.fix("write `" + days + "`", nodes[at].span(), days);
  }
  told.help("there is " + forms(rows));
  if (takes_collection(*rows[0]) && type_of(checker, arguments[at]).kind == TypeKind::Map) {
    const std::string keys = "{k for k in " + std::string(nodes[at].text()) + "}";
    told.fix("of its keys it is `" + std::string(rows[0]->spelling) + "(" + keys + ")`", nodes[at].span(), keys);
  }
}

/// True unless told: what is divided by is a constant other than 0.
bool check_divisor(Checker& checker, NodeRef node, ExprId divisor, std::string_view function) {
  const auto value = constant_number(checker.program, divisor);
  if (value && *value != 0) return true;
  const std::string text = "`" + std::string(node.text()) + "`";
  const std::string what = !value ? text + " is not constant" : text == "`0`" ? "here stands 0" : text + " is 0";
  checker.diagnostics.report(codes::DivisorConstant, node.span(), {{"function", std::string(function)}, {"what", what}})
      .help("so that no request can divide by 0");
  return false;
}

TypeId result_type(Checker& checker, const BuiltinInfo& row, const std::vector<ExprId>& arguments) {
  Program& program = checker.program;
  switch (row.result) {
    case ResultClass::Decimal: return program.simple(TypeKind::Decimal);
    case ResultClass::MaybeDecimal: return program.optional(program.simple(TypeKind::Decimal));
    case ResultClass::MaybeInt: return program.optional(program.simple(TypeKind::Int));
    case ResultClass::MaybePart: {
      const TypeId whole = program.without_optional(program.exprs[arguments.front()].type);
      return program.optional(
          program.intern({.kind = TypeKind::String, .text = program.types[whole].text, .part = true}));
    }
    case ResultClass::Weekday: return weekday_type(checker);
    case ResultClass::Lowered: return program.intern({.kind = TypeKind::String, .text = format::TextMode::Lower});
    case ResultClass::Folded: return program.intern({.kind = TypeKind::String, .text = format::TextMode::Fold});
    case ResultClass::Bool: return program.simple(TypeKind::Bool);
    case ResultClass::Int: return program.simple(TypeKind::Int);
    case ResultClass::Time: return program.simple(TypeKind::Time);
    case ResultClass::Duration: return program.simple(TypeKind::Duration);
    case ResultClass::ElementOfFirst: return type_of(checker, arguments.front()).element;
    case ResultClass::MaybeElement: return program.optional(type_of(checker, arguments.front()).element);
    case ResultClass::Gathered: break;  // of operators alone
    case ResultClass::SameAsLeft:
      return join(program, program.exprs[arguments.front()].type, program.exprs[arguments.back()].type);
    case ResultClass::SameAsRight: return program.exprs[arguments.back()].type;
  }
  return {};
}

/// `quantity(x)` of a `Decimal | String`: the number, or the one that the text writes. Nothing of other values.
std::optional<Checked> check_quantity_of_union(Checker& checker, NodeRef node, ExprId value) {
  const Program& program = checker.program;
  const RecordType* either = program.either_of(program.exprs[value].type);
  const auto is = [&](std::size_t part, TypeKind kind) {
    return program.types[program.without_optional(either->fields[part].type)].kind == kind;
  };
  if (!either || either->fields.size() != 2 || !is(0, TypeKind::Decimal) || !is(1, TypeKind::String))
    return std::nullopt;
  const ExprId number = union_part(checker, value, 0, false), text = union_part(checker, value, 1, false);
  const TypeId type = program.exprs[number].type;
  const ExprId asked = make(checker, ExprKind::IsSet, checker.program.simple(TypeKind::Bool), node.span(), {number});
  const ExprId read = make(checker, ExprKind::BuiltinCall, type, node.span(), {text});
  checker.program.exprs[read].builtin = Builtin::Quantity;
  return plain(make(checker, ExprKind::If, type, node.span(), {asked, number, read}));
}

}  // namespace

bool is_builtin(std::string_view name) {
  return !rows_of(name).empty();
}

std::vector<std::string> builtin_names() {
  std::vector<std::string> names;
  for (const BuiltinInfo& row : builtins())
    if (names.empty() || names.back() != row.spelling) names.emplace_back(row.spelling);
  return names;
}

Checked check_builtin(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  std::vector<NodeRef> nodes = node.children();
  const std::string name(nodes.front().text());
  nodes.erase(nodes.begin());
  const std::vector<const BuiltinInfo*> rows = rows_of(name);
  if (!takes(rows, nodes.size())) {
    checker.diagnostics
        .report(codes::ArgumentCount, node.span(),
                {{"function", name}, {"wanted", arity_text(rows)}, {"given", std::to_string(nodes.size())}})
        .help("there is " + forms(rows));
    return wrong(checker, node);
  }
  const bool as_result = rows[0]->result == ResultClass::SameAsLeft;
  const bool through = nodes.size() == 1 && std::any_of(rows.begin(), rows.end(), [](const BuiltinInfo* row) {
                         return row->arity() == 1 && takes_collection(*row);
                       });
  const std::vector<ExprId> arguments =
      through ? check_gone_through(checker, environment, nodes[0])
              : check_arguments(checker, environment, nodes, as_result ? expected : TypeId{});
  if (std::any_of(arguments.begin(), arguments.end(), [&](ExprId id) { return is_error(checker, id); }))
    return wrong(checker, node);
  if (rows[0]->builtin == Builtin::Quantity)
    if (const auto quantity = check_quantity_of_union(checker, node, arguments[0])) return *quantity;
  const BuiltinInfo* row = choose(checker.program, rows, arguments);
  if (!row) {
    const bool told = tell_unset(checker, arguments) || std::any_of(arguments.begin(), arguments.end(),
                                                                    [&](ExprId id) { return told_union(checker, id); });
    if (!told) tell_arguments(checker, rows, nodes, arguments);
    return wrong(checker, node);
  }
  if (row->second == OperandClass::Divisor && !check_divisor(checker, nodes[1], arguments[1], name))
    return wrong(checker, node);
  if (row->builtin == Builtin::Sum) lint_sum(checker, nodes[0], arguments[0]);
  const TypeId type = result_type(checker, *row, arguments);
  const ExprId expr = make(checker, ExprKind::BuiltinCall, type, node.span(), arguments);
  checker.program.exprs[expr].builtin = row->builtin;
  return plain(expr);
}

}  // namespace bylaw::compiler
