// Constants, the defaults of fields, and constant instants.

#include <format/text_forms.h>

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/types.h>

#include <algorithm>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

NodeRef type_node(NodeRef node) {
  for (NodeRef child : node.children())
    if (grammar::is_type(child.kind())) return child;
  return {};
}

void declare_constant(Checker& checker, ConstantId id) {
  const NodeRef node = checker.constant_nodes[id.index];
  const ModuleId module = checker.program.constants[id].module;
  const TypeId type = constant_type(checker, module, type_node(node));
  checker.program.constants[id].type = type;
  check_notes(checker, module, node.children(NodeKind::Note));
}

void check_constant_value(Checker& checker, ConstantId id) {
  const Constant constant = checker.program.constants[id];
  if (constant.param) return check_param(checker, id, checker.constant_nodes[id.index]);
  const std::uint32_t begin = checker.program.exprs.size();
  const ExprId value =
      check_constant(checker, constant.module, checker.constant_nodes[id.index].children().back(), constant.type);
  checker.program.constants[id].value = value;
  checker.constant_exprs.push_back({begin, checker.program.exprs.size()});
}

/// A default is read like what a request gives: its attributes must be known, so an entity that has some has no
/// default.
ExprId check_default(Checker& checker, ModuleId module, const Field& field, NodeRef node) {
  const NodeRef value = node.expression();
  if (checker.program.is_optional(field.type)) {
    checker.diagnostics.report(codes::OptionalDefault, node.span(), {{"field", field.name}})
        .help("drop the `?`, or the default and say `??` where the value is used");
    return {};
  }
  return check_expression_as(checker, {.module = module, .constant = true}, value, field.type).expr;
}

/// `Owner`: a record, entity type or decision; their fields were resolved one for each Field node.
template <class Owner>
void check_defaults(Checker& checker, Store<Owner>& store, const std::vector<NodeRef>& nodes) {
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {  // entries of maps stand behind the declared ones
    const std::vector<NodeRef> fields = nodes[i].children(NodeKind::Field);
    for (std::size_t f = 0; f < fields.size() && f < store[Id<Owner>{i}].fields.size(); ++f)
      if (const NodeRef value = fields[f].child(NodeKind::Default)) {
        const Field field = store[Id<Owner>{i}].fields[f];
        store[Id<Owner>{i}].fields[f].default_value = check_default(checker, store[Id<Owner>{i}].module, field, value);
      }
  }
}

__extension__ typedef __int128 Wide;

std::optional<Wide> exact_result(Operation operation, Wide left, Wide right) {
  switch (operation) {
    case Operation::Add:
    case Operation::AddToTime: return left + right;
    case Operation::Subtract:
    case Operation::SubtractFromTime:
    case Operation::Between: return left - right;
    case Operation::Multiply:
    case Operation::Scale: return left * right;
    default: return std::nullopt;  // no arithmetic
  }
}

std::optional<std::int64_t> value_of(const Program& program, ExprId id, int depth) {
  if (!id || depth > 64) return std::nullopt;
  const Expr& expr = program.exprs[id];
  const bool literal =
      expr.kind == ExprKind::TimeLiteral || expr.kind == ExprKind::DurationLiteral || expr.kind == ExprKind::IntLiteral;
  if (literal) return expr.integer;
  if (expr.kind == ExprKind::ConstantUse) return value_of(program, program.constants[expr.constant].value, depth + 1);
  if (expr.kind != ExprKind::Operation || expr.operands.size() != 2) return std::nullopt;
  const auto left = value_of(program, expr.operands[0], depth + 1);
  const auto right = value_of(program, expr.operands[1], depth + 1);
  const auto exact = left && right ? exact_result(expr.operation, *left, *right) : std::nullopt;
  if (!exact) return std::nullopt;
  const bool time = program.types[expr.type].kind == TypeKind::Time;
  const Wide least = time ? format::kFirstInstant : INT64_MIN;
  const Wide greatest = time ? format::kLastInstant : INT64_MAX;
  return static_cast<std::int64_t>(std::clamp(*exact, least, greatest));
}

}  // namespace

// A constant holds entities by name. Whether it is set is known when it is written, so it is never optional.
TypeId constant_type(Checker& checker, ModuleId module, NodeRef node) {
  const TypeId type = resolve_type(checker, module, node);
  if (!checker.program.is_optional(type)) return names_only(checker.program, type);
  const std::string plain_type = checker.program.type_name(checker.program.without_optional(type));
  checker.diagnostics.report(codes::OptionalConstant, node.span())
      .fix("write `" + plain_type + "`", node.span(), plain_type);
  return names_only(checker.program, checker.program.without_optional(type));
}

ExprId check_constant(Checker& checker, ModuleId module, NodeRef node, TypeId expected,
                      const std::vector<LocalId>& parameters) {
  const std::uint32_t begin = checker.program.exprs.size();
  const Environment environment{.module = module, .locals = parameters, .constant = true};
  const ExprId expr = check_expression_as(checker, environment, node, names_only(checker.program, expected)).expr;
  checker.constant_ranges.push_back({begin, checker.program.exprs.size()});
  return expr;
}

std::optional<std::int64_t> constant_time(Checker& checker, ModuleId module, NodeRef node) {
  const ExprId expr = check_constant(checker, module, node, checker.program.simple(TypeKind::Time));
  if (is_error(checker, expr)) return std::nullopt;
  const auto value = value_of(checker.program, expr, 0);
  if (!value)
    checker.diagnostics.report(
        codes::NotConstant, node.span(),
        {{"text", std::string(node.text())}, {"what", "neither an instant nor a constant with one"}});
  return value;
}

std::optional<std::int64_t> constant_number(const Program& program, ExprId expr) {
  return value_of(program, expr, 0);
}

void check_constants(Checker& checker) {
  match_params(checker);
  for (std::uint32_t i = 0; i < checker.program.constants.size(); ++i) declare_constant(checker, {i});
  for (std::uint32_t i = 0; i < checker.program.constants.size(); ++i) check_constant_value(checker, {i});
  checker.default_exprs.begin = checker.program.exprs.size();
  check_defaults(checker, checker.program.records, checker.record_nodes);
  check_defaults(checker, checker.program.entities, checker.entity_nodes);
  check_defaults(checker, checker.program.decisions, checker.decision_nodes);
  checker.default_exprs.end = checker.program.exprs.size();
}

}  // namespace bylaw::compiler
