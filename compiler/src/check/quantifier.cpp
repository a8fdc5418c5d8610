// `any`, `all`, `no`; `if`; `is empty` and `is unknown`.

#include "check/expressions.h"

#include <bylaw/grammar/diagnostics/expressions.h>

#include <algorithm>

namespace bylaw::compiler {

namespace {

ExprKind quantifier_kind(NodeKind kind) {
  if (kind == NodeKind::AnyOf) return ExprKind::AnyOf;
  return kind == NodeKind::AllOf ? ExprKind::AllOf : ExprKind::NoneOf;
}

/// True unless told.
bool is_collection_here(Checker& checker, ExprId collection) {
  const Program& program = checker.program;
  const TypeId type = program.exprs[collection].type;
  if (is_error(checker, type)) return false;
  if (has_elements(program.types[type])) return true;
  if (told_union(checker, collection)) return false;
  if (has_elements(program.types[program.without_optional(type)]))
    may_be_unset(checker, collection, {});
  else
    checker.diagnostics.report(codes::NotACollection, program.exprs[collection].span,
                               {{"found", a_type(program, type)}});
  return false;
}

Checked condition(Checker& checker, ExprKind kind, NodeRef node, ExprId operand) {
  return plain(make(checker, kind, checker.program.simple(TypeKind::Bool), node.span(), {operand}));
}

}  // namespace

std::optional<Bound> check_binder(Checker& checker, const Environment& environment, NodeRef binder) {
  const NodeRef name = binder.child(NodeKind::Name);
  const ExprId collection = check_elements_of(checker, environment, binder.expression()).expr;
  const bool hidden = shadows(checker, environment, name);
  const bool fine = is_collection_here(checker, collection);
  if (hidden) return std::nullopt;
  const TypeId element = !fine ? checker.program.simple(TypeKind::Error)
                         : type_of(checker, collection).kind == TypeKind::Map
                             ? checker.program.key_type(checker.program.exprs[collection].type)
                             : type_of(checker, collection).element;
  const LocalId local = checker.program.locals.add(
      {.name = std::string(name.text()), .kind = LocalKind::Binder, .type = element, .span = name.span()});
  return Bound{.local = local, .collection = collection};
}

bool told_too_many_binders(Checker& checker, const std::vector<NodeRef>& binders) {
  checker.diagnostics.report(codes::TooManyBinders, binders[kMostBinders].span(),
                             {{"count", std::to_string(binders.size())}, {"max", std::to_string(kMostBinders)}});
  return false;
}

/// `any a in xs, b in a.ys: e` is `any a in xs: any b in a.ys: e`, `all` likewise; `no ..` is `no a in xs: any ..`.
Checked check_quantifier(Checker& checker, const Environment& environment, NodeRef node) {
  const std::vector<NodeRef> binders = node.children(NodeKind::Binder);
  if (binders.size() > kMostBinders) {
    told_too_many_binders(checker, binders);
    return wrong(checker, node);
  }
  std::vector<Bound> bounds;
  Environment inner = environment;
  for (NodeRef binder : binders) {
    const auto bound = check_binder(checker, inner, binder);
    if (!bound) return wrong(checker, node);
    bounds.push_back(*bound);
    inner.locals.push_back(bound->local);
    know_element(checker, inner, *bound);
  }
  const ExprKind outermost = quantifier_kind(node.kind());
  ExprId expr = check_condition(checker, inner, node.expression()).expr;
  for (std::size_t i = bounds.size(); i-- > 0;) {
    const bool inside_no = i > 0 && outermost == ExprKind::NoneOf;
    const Span span{node.span().source, i > 0 ? binders[i].span().begin : node.span().begin, node.span().end};
    expr = make(checker, inside_no ? ExprKind::AnyOf : outermost, checker.program.simple(TypeKind::Bool), span,
                {bounds[i].collection, expr});
    checker.program.exprs[expr].local = bounds[i].local;
  }
  return plain(expr);
}

Checked check_if(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const NodeRef then_node = node.child_at(1), else_node = node.child_at(2);
  const Checked asked = check_condition(checker, environment, node.child_at(0));
  Environment when_true = environment, when_false = environment;
  when_true.facts = Facts::both(environment.facts, asked.if_true);
  when_false.facts = Facts::both(environment.facts, asked.if_false);
  Checked then_side, else_side;
  const auto type_in = [&](ExprId other) { return expected ? expected : checker.program.exprs[other].type; };
  if (!expected && needs_type(checker, environment, then_node)) {
    else_side = check_expression(checker, when_false, else_node);
    then_side = check_expression(checker, when_true, then_node, type_in(else_side.expr));
  } else {
    then_side = check_expression(checker, when_true, then_node, expected);
    else_side = check_expression(checker, when_false, else_node, type_in(then_side.expr));
  }
  const TypeId first = checker.program.exprs[then_side.expr].type, second = checker.program.exprs[else_side.expr].type;
  if (is_error(checker, first) || is_error(checker, second)) return wrong(checker, node);
  const TypeId joined = join(checker.program, first, second);
  if (!joined) {
    const Program& program = checker.program;
    const bool unset = program.without_optional(first) == program.without_optional(second);
    if (unset)
      may_be_unset(checker, program.is_optional(first) ? then_side.expr : else_side.expr, {});
    else
      checker.diagnostics
          .report(codes::BranchesDiffer, else_node.span(),
                  {{"first", a_type(program, first)}, {"second", a_type(program, second)}})
          .note(then_node.span(), a_type(program, first));
    return wrong(checker, node);
  }
  // if_true = (T1 + T2) ^ (N1 + T3), if_false = (T1 + N2) ^ (N1 + N3)
  return {.expr = make(checker, ExprKind::If, joined, node.span(), {asked.expr, then_side.expr, else_side.expr}),
          .if_true = Facts::either(Facts::both(asked.if_true, then_side.if_true),
                                   Facts::both(asked.if_false, else_side.if_true)),
          .if_false = Facts::either(Facts::both(asked.if_true, then_side.if_false),
                                    Facts::both(asked.if_false, else_side.if_false))};
}

Checked check_is_empty(Checker& checker, const Environment& environment, NodeRef node) {
  const ExprId operand = check_elements_of(checker, environment, node.expression()).expr;
  if (is_error(checker, operand)) return wrong(checker, node);
  if (type_of(checker, operand).kind == TypeKind::String) {
    const std::string text(node.expression().text());
    checker.diagnostics
        .report(codes::OperatorType, node.expression().span(), {{"operator", "is empty"}, {"operand", "a String"}})
        .fix("write `" + text + " == \"\"`", node.span(), text + " == \"\"");
    return wrong(checker, node);
  }
  if (!is_collection_here(checker, operand)) return wrong(checker, node);
  return condition(checker, ExprKind::IsEmpty, node, operand);
}

Checked check_is_unknown(Checker& checker, const Environment& environment, NodeRef node) {
  const ExprId operand = check_expression(checker, environment, node.expression()).expr;
  if (is_error(checker, operand)) return wrong(checker, node);
  const Program& program = checker.program;
  const Type& type = type_of(checker, operand);
  const Span place = program.exprs[operand].span;
  const std::string text(node.expression().text());
  if (program.is_optional(program.exprs[operand].type)) {
    may_be_unset(checker, operand, node);
  } else if (type.kind != TypeKind::Enum) {
    auto told = checker.diagnostics.report(
        codes::OperatorType, place,
        {{"operator", "is unknown"}, {"operand", a_type(program, program.exprs[operand].type)}});
    if (is_collection(type)) told.help("ask each: `any x in " + text + ": x is unknown`");
  } else if (!program.enums[type.enum_id].open) {
    auto told = checker.diagnostics.report(
        codes::NeverUnknown, place, {{"expression", text}, {"type", "`" + program.enums[type.enum_id].name + "`"}});
    if (const Span name = program.enums[type.enum_id].name_span; name.known())
      told.note(name, "declared without `open`: a request with another member is invalid");
  } else {
    return condition(checker, ExprKind::IsUnknown, node, operand);
  }
  return wrong(checker, node);
}

}  // namespace bylaw::compiler
