// Expressions: which family types which kind of node, and what holds for all of them. Recursion is as deep as the
// parser lets expressions be.

#include "check/expressions.h"

#include <bylaw/grammar/diagnostics/expressions.h>

#include <algorithm>

namespace bylaw::compiler {

namespace {

Checked check_prefixed(Checker& checker, NodeRef node) {
  if (auto form = check_form_literal(checker, node)) return *form;
  const std::string_view text = node.text();
  if (text.starts_with("glob\"") || text.starts_with("re\"")) return check_pattern(checker, node);
  return wrong(checker, node);  // the grammar has no other
}

Checked dispatch(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  switch (node.kind()) {
    case NodeKind::Paren: return check_as_written(checker, environment, node.expression(), expected);
    case NodeKind::Unary: return check_unary(checker, environment, node);
    case NodeKind::Binary: return check_binary(checker, environment, node, expected);
    case NodeKind::IsType: return check_is_type(checker, environment, node);
    case NodeKind::IsSet:
    case NodeKind::IsUnset: return check_is_set(checker, environment, node);
    case NodeKind::IsEmpty: return check_is_empty(checker, environment, node);
    case NodeKind::IsUnknown: return check_is_unknown(checker, environment, node);
    case NodeKind::AnyOf:
    case NodeKind::AllOf:
    case NodeKind::NoneOf: return check_quantifier(checker, environment, node);
    case NodeKind::If: return check_if(checker, environment, node, expected);
    case NodeKind::NameExpr: return check_name(checker, environment, node, expected);
    case NodeKind::This: return check_this(checker, environment, node);
    case NodeKind::Select: return check_select(checker, environment, node);
    case NodeKind::Index: return check_lookup(checker, environment, node);
    case NodeKind::Call: return check_call(checker, environment, node, expected);
    case NodeKind::EntityLiteral:
    case NodeKind::IntLiteral:
    case NodeKind::DurationLiteral:
    case NodeKind::DecimalLiteral:
    case NodeKind::DateLiteral:
    case NodeKind::DateTimeLiteral:
    case NodeKind::StringLiteral:
    case NodeKind::TrueLiteral:
    case NodeKind::FalseLiteral: return check_literal(checker, environment, node);
    case NodeKind::Composed: return check_composed(checker, environment, node);
    case NodeKind::Brace: return check_brace(checker, environment, node, expected);
    case NodeKind::Bracket: return check_bracket(checker, environment, node, expected);
    case NodeKind::BraceComprehension:
    case NodeKind::BracketComprehension: return check_comprehension(checker, environment, node, expected);
    case NodeKind::PrefixedLiteral: return check_prefixed(checker, node);
    default: return wrong(checker, node);  // what the parser told
  }
}

void tell_mismatch(Checker& checker, NodeRef node, ExprId expr, TypeId expected) {
  if (told_union(checker, expr)) return;
  const Program& program = checker.program;
  const Type& found = type_of(checker, expr);
  const Type& wanted = program.types[program.without_optional(expected)];
  const std::string text(node.text());
  if (found.gathered && !wanted.gathered) return tell_gathered(checker, expr, "be a value of its own");
  if (found.kind == TypeKind::Entity && found.names_only && wanted.kind == TypeKind::Entity &&
      std::includes(wanted.entities.begin(), wanted.entities.end(), found.entities.begin(), found.entities.end())) {
    checker.diagnostics.report(codes::NamesOnly, node.span(), {{"expression", text}});
    return;
  }
  if (is_read_text(program.types[program.without_optional(program.exprs[expr].type)]) &&
      wanted.kind == TypeKind::String)
    return tell_read_text(checker, expr);
  auto told = checker.diagnostics.report(
      codes::TypeMismatch, node.span(),
      {{"found", a_type(program, program.exprs[expr].type)}, {"expected", a_type(program, expected)}});
  if (wanted.kind == TypeKind::Duration && program.exprs[expr].kind == ExprKind::IntLiteral)
    told.fix("write `" + text + "d`", node.span(), text + "d");
  if (program.exprs[expr].kind == ExprKind::StringLiteral)
    if (const std::string form = form_literal_of(wanted.kind, program.exprs[expr].text); !form.empty())
      told.fix("write `" + form + "`", node.span(), form);
  if (wanted.kind == TypeKind::Decimal && found.kind == TypeKind::Int) mend_decimal(checker, node, expr, told);
  if (is_collection(wanted) && assignable(program, program.exprs[expr].type, wanted.element)) {
    const std::string literal = wanted.kind == TypeKind::Set ? "{" + text + "}" : "[" + text + "]";
    told.fix("write `" + literal + "`", node.span(), literal);
  }
  if (is_pattern(wanted) && program.exprs[expr].kind == ExprKind::StringLiteral) {
    const std::string literal = std::string(wanted.kind == TypeKind::Glob ? "glob" : "re") + text;
    told.fix("write `" + literal + "`", node.span(), literal);
  }
  if (found.kind == TypeKind::Entity && wanted.kind == TypeKind::Entity)
    told.help("test its type first: `" + text + " is " + program.type_name(program.without_optional(expected)) + "`");
}

}  // namespace

ExprId add_expr(Checker& checker, Expr expr) {
  return checker.program.exprs.add(std::move(expr));
}

ExprId make(Checker& checker, ExprKind kind, TypeId type, Span span, std::vector<ExprId> operands) {
  return add_expr(checker, {.kind = kind, .type = type, .span = span, .operands = std::move(operands)});
}

Checked plain(ExprId expr) {
  return {.expr = expr};
}

Checked wrong(Checker& checker, NodeRef node) {
  return plain(make(checker, ExprKind::Error, checker.program.simple(TypeKind::Error), node.span()));
}

NodeRef inside(NodeRef node) {
  while (node.is(NodeKind::Paren)) node = node.expression();
  return node;
}

bool needs_type(Checker& checker, const Environment& environment, NodeRef node) {
  node = inside(node);
  const auto needs = [&](NodeRef part) { return needs_type(checker, environment, part); };
  if (node.is(NodeKind::NameExpr)) return !is_visible_value(checker, environment, std::string(node.text()));
  if (node.is(NodeKind::If)) return needs(node.child_at(1)) && needs(node.child_at(2));
  if (node.is(NodeKind::Binary) && node.op() == grammar::Operator::Range)
    return needs(node.child_at(0)) && needs(node.child_at(1));
  if (!node.is(NodeKind::Brace) && !node.is(NodeKind::Bracket)) return false;
  const std::vector<NodeRef> items = node.children();
  return std::all_of(items.begin(), items.end(), [&](NodeRef item) {
    return item.is(NodeKind::Entry) ? !item.has(NodeKind::Name) && needs(item.expression()) : needs(item);
  });
}

bool is_value(Checker& checker, ExprId id) {
  const Expr& expr = checker.program.exprs[id];
  if (expr.kind == ExprKind::Range) {
    const std::string range(checker.input.sources.text(expr.span));
    checker.diagnostics.report(codes::RangePlace, expr.span)
        .help("`x in " + range + "` asks whether x lies there; both ends count");
  }
  if (expr.kind == ExprKind::ListUse)
    checker.diagnostics.report(codes::ListPlace, expr.span, {{"list", checker.program.lists[expr.list].name}});
  return expr.kind != ExprKind::Range && expr.kind != ExprKind::ListUse;
}

Checked check_as_written(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  if (!node) return plain(make(checker, ExprKind::Error, checker.program.simple(TypeKind::Error), {}));
  return dispatch(checker, environment, node, expected);
}

Checked check_elements_of(Checker& checker, const Environment& environment, NodeRef node) {
  const std::size_t errors = checker.diagnostics.errors();
  if (node && inside(node).is(NodeKind::NameExpr)) {
    const Checked written = check_as_written(checker, environment, node, {});
    if (checker.program.exprs[written.expr].kind == ExprKind::ListUse || checker.diagnostics.errors() != errors)
      return written;
  }
  return check_expression(checker, environment, node);
}

Checked check_expression(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  Checked result = check_as_written(checker, environment, node, expected);
  if (!is_value(checker, result.expr) || told_any(checker, result.expr)) return wrong(checker, node);
  result.expr = narrow(checker, environment, result.expr);
  return result;
}

Checked demand(Checker& checker, NodeRef node, Checked result, TypeId expected) {
  result.expr = whole_union(checker.program, result.expr, expected);
  const TypeId type = checker.program.exprs[result.expr].type;
  if (assignable(checker.program, type, expected)) return result;
  if (checker.program.is_optional(type) &&
      assignable(checker.program, checker.program.without_optional(type), expected))
    may_be_unset(checker, result.expr, {});
  else
    tell_mismatch(checker, node, result.expr, expected);
  result.expr = wrong(checker, node).expr;
  return result;
}

namespace {

/// The part of a union as which `[..]`, `{..}` and a bare member are read; none if the value says it by itself.
TypeId part_as_written(const Program& program, const RecordType& either, NodeRef node) {
  node = inside(node);
  const bool fields = node.is(NodeKind::Brace) && !node.children().empty() && node.child_at(0).has(NodeKind::Name);
  ValueShape shape = ValueShape::None;
  if (node.is(NodeKind::NameExpr)) shape = ValueShape::Text;
  if (node.is(NodeKind::Bracket) || node.is(NodeKind::Brace)) shape = fields ? ValueShape::Object : ValueShape::Array;
  const Field* field = program.find_field(either.fields, shape_name(shape));
  return field ? program.without_optional(field->type) : TypeId{};
}

/// A constant where a union of values is wanted: a value of one of its types.
Checked check_union_constant(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const RecordType either = *checker.program.either_of(expected);
  const Checked value = check_expression(checker, environment, node, part_as_written(checker.program, either, node));
  const TypeId type = checker.program.exprs[value.expr].type;
  if (is_error(checker, type)) return value;
  for (std::size_t i = 0; i < either.fields.size(); ++i) {
    if (!assignable(checker.program, type, checker.program.without_optional(either.fields[i].type))) continue;
    std::vector<ExprId> fields(either.fields.size());
    fields[i] = value.expr;
    return plain(make(checker, ExprKind::RecordLiteral, checker.program.without_optional(expected), node.span(),
                      std::move(fields)));
  }
  return demand(checker, node, value, expected);
}

}  // namespace

Checked check_expression_as(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  if (environment.constant && expected && checker.program.either_of(expected))
    return check_union_constant(checker, environment, node, expected);
  return demand(checker, node, check_expression(checker, environment, node, expected), expected);
}

Checked check_condition(Checker& checker, const Environment& environment, NodeRef node) {
  return check_expression_as(checker, environment, node, checker.program.simple(TypeKind::Bool));
}

}  // namespace bylaw::compiler
