// Comprehensions: `{e for x in xs where c}` and `[..]`. What they give is gone through where it stands; no collection
// is made, so nothing but what goes through it may take it. Its type says so.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/types.h>

#include <algorithm>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

/// What it comes to is counted only where values are told apart (elaborate/most_elements.cpp).
constexpr std::uint32_t kDefaultLimit = 4096;

/// True unless told: a value that a set or list may have as an element.
bool may_be_yielded(Checker& checker, ExprId value, TypeKind kind) {
  const Program& program = checker.program;
  const TypeId type = program.exprs[value].type;
  if (is_error(checker, type)) return false;
  if (program.is_optional(type)) {
    may_be_unset(checker, value, {});
    return false;
  }
  if (is_read_text(program.types[type])) {
    tell_read_text(checker, value);
    return false;
  }
  if (program.types[type].gathered) {
    tell_gathered(checker, value, "be an element of another one");
    return false;
  }
  if (kind == TypeKind::List || may_be_element(program.types[type])) return true;
  checker.diagnostics.report(codes::SetElement, program.exprs[value].span, {{"type", a_type(program, type)}})
      .help("`[.. for ..]` takes any value: it keeps every one, in order");
  return false;
}

NodeRef yielded(NodeRef node) {
  return node.is(NodeKind::BraceComprehension) ? node.child(NodeKind::Entry).expression() : node.child_at(0);
}

/// `{name: e for ..}` and `{k: v for ..}`.
bool is_pair(NodeRef node) {
  if (!node.is(NodeKind::BraceComprehension)) return false;
  const NodeRef entry = node.child(NodeKind::Entry);
  return entry.has(NodeKind::Name) || entry.children().size() > 1;
}

/// The binders, each of which sees those before it; nothing if one was told.
std::optional<std::vector<Bound>> check_binders(Checker& checker, Environment& inner,
                                                const std::vector<NodeRef>& binders) {
  std::vector<Bound> bounds;
  for (NodeRef binder : binders) {
    const auto bound = check_binder(checker, inner, binder);
    if (!bound) return std::nullopt;
    bounds.push_back(*bound);
    inner.locals.push_back(bound->local);
    know_element(checker, inner, *bound);
  }
  return bounds;
}

}  // namespace

void tell_gathered(Checker& checker, ExprId expr, const std::string& use) {
  // A name for it is followed to what it stands for.
  const Expr* written = &checker.program.exprs[expr];
  while (written->kind == ExprKind::LocalUse && checker.program.locals[written->local].value)
    written = &checker.program.exprs[checker.program.locals[written->local].value];
  const std::string what = written->kind == ExprKind::Call
                               ? "what `" + checker.program.functions[written->function].name + "` gives"
                           : written->kind == ExprKind::Operation ? "a list that `+` joins"
                                                                  : "what a comprehension gives";
  checker.diagnostics.report(codes::Gathered, checker.program.exprs[expr].span, {{"what", what}, {"use", use}})
      .help(
          "it stands after `in` of `any`, `all`, `no` and `for each`, beside `in`, `within` and `overlaps`, before `is "
          "empty`, in `count`, `sum`, `min` and `max`; `let` and `def` give it a name");
}

bool told_no_positions(Checker& checker, ExprId base, NodeRef whole) {
  const Program& program = checker.program;
  const TypeId type = program.exprs[base].type;
  if (!is_collection(program.types[program.without_optional(type)])) return false;
  const std::string text(checker.input.sources.text(program.exprs[base].span));
  const TypeId element = program.types[program.without_optional(type)].element;
  const std::string extremes =
      is_ordered(program, program.types[element]) ? "; or ask `min(" + text + ")`, `max(" + text + ")`" : "";
  checker.diagnostics.report(codes::NoPositions, whole.span(), {{"type", a_type(program, type)}})
      .label("whoever writes the request chooses what comes first")
      .help("go through all: `any x in " + text + ": ..`, `all x in " + text + ": ..`" + extremes);
  return true;
}

Checked check_comprehension(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const std::vector<NodeRef> binders = node.children(NodeKind::Binder);
  if (is_pair(node)) {
    checker.diagnostics.report(codes::PairsInComprehension, node.child(NodeKind::Entry).span());
    return wrong(checker, node);
  }
  if (binders.size() > kMostBinders) {
    told_too_many_binders(checker, binders);
    return wrong(checker, node);
  }
  Environment inner = environment;
  const auto bounds = check_binders(checker, inner, binders);
  if (!bounds) return wrong(checker, node);
  ExprId where;
  if (const NodeRef written = node.child(NodeKind::Where)) {
    const Checked condition = check_condition(checker, inner, written.expression());
    where = condition.expr;
    inner.facts = Facts::both(inner.facts, condition.if_true);
  }
  const Type wanted = expected ? checker.program.types[checker.program.without_optional(expected)] : Type{};
  const ExprId value =
      check_expression(checker, inner, yielded(node), is_collection(wanted) ? wanted.element : TypeId{}).expr;
  const TypeKind kind = node.is(NodeKind::BraceComprehension) ? TypeKind::Set : TypeKind::List;
  const bool sound = std::none_of(bounds->begin(), bounds->end(),
                                  [&](const Bound& bound) { return is_error(checker, bound.collection); });
  if (!may_be_yielded(checker, value, kind) || !sound) return wrong(checker, node);
  std::vector<ExprId> operands;
  std::vector<LocalId> locals;
  for (const Bound& bound : *bounds) {
    operands.push_back(bound.collection);
    locals.push_back(bound.local);
  }
  operands.push_back(value);
  if (where) operands.push_back(where);
  const TypeId type = checker.program.intern(
      {.kind = kind, .element = checker.program.exprs[value].type, .max = kDefaultLimit, .gathered = true});
  const ExprId expr = make(checker, ExprKind::Comprehension, type, node.span(), std::move(operands));
  checker.program.exprs[expr].binders = std::move(locals);
  keep_element_facts(checker, expr, inner.facts);
  return plain(expr);
}

}  // namespace bylaw::compiler
