#include "print_expression.h"

#include <format/decimal.h>
#include <format/text_forms.h>

namespace bylaw::compiler {

namespace {

std::string list_of(const Program& program, const std::vector<ExprId>& exprs) {
  std::string text;
  for (ExprId expr : exprs)
    text += (text.empty() ? "" : ", ") + (expr ? print_expression(program, expr) : std::string("-"));
  return text;
}

std::string member_name(const Program& program, const Expr& expr) {
  const EnumType& declared = program.enums[program.types[expr.type].enum_id];
  return declared.name + "." + declared.members[static_cast<std::size_t>(expr.integer)].name;
}

std::string entity_types(const Program& program, const std::vector<EntityTypeId>& entities) {
  std::string text;
  for (EntityTypeId id : entities) text += (text.empty() ? "" : " | ") + program.entities[id].name;
  return text;
}

/// What an expression is, without its type and operands.
std::string head(const Program& program, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Error: return "Error";
    case ExprKind::BoolLiteral: return expr.integer != 0 ? "true" : "false";
    case ExprKind::IntLiteral: return std::to_string(expr.integer);
    case ExprKind::TimeLiteral: return print_time(expr.integer);
    case ExprKind::DurationLiteral: return format::print_duration(expr.integer);
    case ExprKind::DecimalLiteral: return format::print_decimal(expr.integer);
    case ExprKind::StringLiteral: return quoted(expr.text);
    case ExprKind::Composed: return "Composed";
    case ExprKind::FormLiteral: return quoted(expr.text);
    case ExprKind::PatternLiteral: return program.type_name(expr.type) + quoted(expr.text);
    case ExprKind::MemberLiteral: return member_name(program, expr);
    case ExprKind::EntityLiteral: return format::print_entity(program.type_name(expr.type), expr.text);
    case ExprKind::SetLiteral: return "Set";
    case ExprKind::ListLiteral: return "List";
    case ExprKind::RecordLiteral: return "Record";
    case ExprKind::MapLiteral: return "Map";
    case ExprKind::Lookup: return "Lookup";
    case ExprKind::RequestField: return expr.text;
    case ExprKind::LocalUse: return program.locals[expr.local].name;
    case ExprKind::ConstantUse: return program.constants[expr.constant].name;
    case ExprKind::ListUse: return program.lists[expr.list].name;
    case ExprKind::Select: return "Select." + expr.text;
    case ExprKind::Get: return "Get";
    case ExprKind::Operation: return info(expr.operation).name;
    case ExprKind::IsType: return "IsType[" + entity_types(program, expr.entities) + "]";
    case ExprKind::IsSet: return "IsSet";
    case ExprKind::IsUnset: return "IsUnset";
    case ExprKind::IsEmpty: return "IsEmpty";
    case ExprKind::IsUnknown: return "IsUnknown";
    case ExprKind::Range: return "Range";
    case ExprKind::If: return "If";
    case ExprKind::AnyOf: return "Any " + program.locals[expr.local].name;
    case ExprKind::AllOf: return "All " + program.locals[expr.local].name;
    case ExprKind::Comprehension: {
      std::string names;
      for (LocalId binder : expr.binders) names += (names.empty() ? " " : ", ") + program.locals[binder].name;
      return (program.types[expr.type].kind == TypeKind::Set ? "Distinct" : "Every") + names;
    }
    case ExprKind::PolicyLiteral: return program.policies[expr.policy].name;
    case ExprKind::This: return "this";
    case ExprKind::NoneOf: return "No " + program.locals[expr.local].name;
    case ExprKind::Call: return program.functions[expr.function].name;
    case ExprKind::BuiltinCall: return info(expr.builtin).name;
  }
  return "";
}

bool is_collection_literal(ExprKind kind) {
  return kind == ExprKind::SetLiteral || kind == ExprKind::ListLiteral || kind == ExprKind::RecordLiteral ||
         kind == ExprKind::MapLiteral;
}

}  // namespace

std::string print_time(std::int64_t microseconds) {
  return format::print_instant(microseconds);
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result + "\"";
}

std::string print_expression(const Program& program, ExprId id) {
  const Expr& expr = program.exprs[id];
  const std::string text = head(program, expr) + ":" + program.type_name(expr.type);
  if (expr.operands.empty() && !is_collection_literal(expr.kind)) return text;
  return text + "(" + list_of(program, expr.operands) + ")";
}

}  // namespace bylaw::compiler
