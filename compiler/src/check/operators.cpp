// Operators: the row of operator_types.def that the operands' types choose. `and`, `or` and `not` carry facts.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/warnings.h>

#include "check/expressions.h"
#include "check/period.h"

#include <algorithm>

namespace bylaw::compiler {

namespace {

using grammar::Operator;

constexpr Operation kOperations[] = {
#define BYLAW_OPERATION(name, op, left, right, result, meaning) Operation::name,
#include <bylaw/compiler/operator_types.def>
#undef BYLAW_OPERATION
};

struct Operand {
  ExprId expr;
  TypeId id;
  const Type& type;
  bool range;
  bool list;

  Operand(const Program& program, ExprId operand)
      : expr(operand),
        id(program.exprs[operand].type),
        type(program.types[id]),
        range(program.exprs[operand].kind == ExprKind::Range),
        list(program.exprs[operand].kind == ExprKind::ListUse) {}
  bool value() const { return !range && !list; }
};

bool set_of(const Operand& operand, bool also_list) {
  return operand.value() && (operand.type.kind == TypeKind::Set || (also_list && operand.type.kind == TypeKind::List));
}

/// A comprehension of patterns would not be constant.
bool is_kept(const Type& type) {
  return !type.gathered;
}

bool element_is(const Program& program, const Operand& operand, bool (*test)(const Type&)) {
  return set_of(operand, true) && test(program.types[operand.type.element]);
}

bool is_entity(const Type& type) {
  return type.kind == TypeKind::Entity;
}

bool is_number(const Type& type) {
  return type.kind == TypeKind::Int || type.kind == TypeKind::Duration || type.kind == TypeKind::Decimal;
}

/// Asked what lies in them, in rows of their own.
bool is_holder(TypeKind kind) {
  return kind == TypeKind::Cidr || kind == TypeKind::Versions;
}

/// A set or list of `element`; entities are compared by climbing, in rows of their own.
bool collection_of(const Program& program, const Operand& operand, TypeId element) {
  const Type& type = program.types[element];
  return set_of(operand, true) && !is_entity(type) && !is_holder(type.kind) &&
         same(program, operand.type.element, element);
}

/// A list of entries of `element`; entities may be of other types, below those of the list.
bool entries_of(const Program& program, const Operand& operand, TypeId element) {
  if (!operand.list) return false;
  const Type& entry = program.types[operand.type.element];
  if (is_holder(entry.kind)) return holder_of(program.types[element].kind) == entry.kind;
  if (is_pattern(entry)) return program.types[element].kind == TypeKind::String;
  return (is_entity(entry) && is_entity(program.types[element])) || same(program, operand.type.element, element);
}

/// A value, or with `many` a set or list, of what a value of the type may lie in.
bool holds(const Program& program, const Operand& operand, TypeId located, bool many) {
  const TypeKind holder = located ? holder_of(program.types[located].kind) : TypeKind::Error;
  if (holder == TypeKind::Error || !operand.value()) return false;
  return many ? set_of(operand, true) && program.types[operand.type.element].kind == holder
              : operand.type.kind == holder;
}

bool fits_left(const Program& program, OperandClass left, const Operand& operand, TypeId type) {
  const TypeId element = program.types[type].element;
  switch (left) {
    case OperandClass::Same: return operand.value() && same(program, type, operand.id);
    case OperandClass::CollectionOfLeft: return collection_of(program, operand, type);
    case OperandClass::RangeOfLeft: return operand.range && same(program, operand.id, type);
    case OperandClass::ListOfLeft: return entries_of(program, operand, type);
    case OperandClass::CollectionOfElement: return element && collection_of(program, operand, element);
    case OperandClass::RangeOfElement: return element && operand.range && same(program, operand.id, element);
    case OperandClass::ListOfElement: return element && entries_of(program, operand, element);
    case OperandClass::ElementOfLeft: return element && operand.value() && same(program, operand.id, element);
    case OperandClass::ValueOfLeft: return operand.value() && same(program, operand.id, element);
    case OperandClass::HolderOfLeft: return holds(program, operand, type, false);
    case OperandClass::HoldersOfLeft: return holds(program, operand, type, true);
    case OperandClass::HolderOfElement: return holds(program, operand, element, false);
    case OperandClass::HoldersOfElement: return holds(program, operand, element, true);
    default: return false;
  }
}

/// The first row of `op` whose operand classes fit.
std::optional<Operation> choose(const Program& program, Operator op, ExprId left, ExprId right) {
  for (Operation operation : kOperations) {
    const OperationInfo& row = info(operation);
    if (row.op != static_cast<std::uint8_t>(op) || row.left == OperandClass::Nothing) continue;
    if (fits(program, row.left, left, {}) && fits(program, row.right, right, left)) return operation;
  }
  return std::nullopt;
}

/// What `xs + ys` gives.
TypeId joined_lists(Program& program, TypeId left, TypeId right) {
  Type joined = program.types[join(program, left, right)];
  joined.max = 4096;  // what it comes to is counted where it matters
  joined.gathered = true;
  return program.intern(joined);
}

TypeId result_type(Program& program, Operation operation, ExprId left, ExprId right) {
  switch (info(operation).result) {
    case ResultClass::Bool: return program.simple(TypeKind::Bool);
    case ResultClass::Int: return program.simple(TypeKind::Int);
    case ResultClass::Time: return program.simple(TypeKind::Time);
    case ResultClass::Duration: return program.simple(TypeKind::Duration);
    case ResultClass::Decimal: return program.simple(TypeKind::Decimal);
    case ResultClass::MaybeDecimal: return program.optional(program.simple(TypeKind::Decimal));
    case ResultClass::Gathered: return joined_lists(program, program.exprs[left].type, program.exprs[right].type);
    case ResultClass::ElementOfFirst:
    case ResultClass::MaybeElement:
    case ResultClass::Weekday:
    case ResultClass::MaybeInt:
    case ResultClass::MaybePart:
    case ResultClass::Lowered:
    case ResultClass::Folded: return {};  // of functions alone
    case ResultClass::SameAsLeft: return program.exprs[left].type;
    case ResultClass::SameAsRight: return program.exprs[right].type;
  }
  return {};
}

ExprId operation_expr(Checker& checker, Operation operation, Span span, std::vector<ExprId> operands) {
  const TypeId type = result_type(checker.program, operation, operands.front(), operands.back());
  const ExprId expr = make(checker, ExprKind::Operation, type, span, std::move(operands));
  checker.program.exprs[expr].operation = operation;
  return expr;
}

bool asks_membership(Operator op) {
  return op == Operator::In || op == Operator::NotIn || op == Operator::DirectlyIn || op == Operator::Within ||
         op == Operator::Overlaps;
}

/// Of a condition that cannot be typed: still a Bool, so that what stands around it is checked.
Checked wrong_condition(Checker& checker, NodeRef node, Operator op) {
  Checked result = wrong(checker, node);
  const bool arithmetic = op == Operator::Add || op == Operator::Subtract || op == Operator::Multiply;
  if (!arithmetic) checker.program.exprs[result.expr].type = checker.program.simple(TypeKind::Bool);
  return result;
}

// --- what the other side expects ---

TypeId element_of(const Program& program, TypeId type) {
  return is_collection(program.types[type]) ? program.types[type].element : TypeId{};
}

TypeId set_of(Checker& checker, TypeId element) {
  if (element && is_error(checker, element)) return element;
  if (!element || !(is_scalar(checker.program.types[element]))) return {};
  return checker.program.intern({.kind = TypeKind::Set, .element = element, .max = 4096});
}

/// What the type of the left operand lets expect right of `op`: a set literal, bare members, ends of a range.
TypeId expected_right(Checker& checker, Operator op, NodeRef node, ExprId left) {
  Program& program = checker.program;
  const TypeId type = program.without_optional(program.exprs[left].type);
  const bool literal = inside(node).is(NodeKind::Brace) || inside(node).is(NodeKind::Bracket) ||
                       inside(node).is(NodeKind::BraceComprehension) || inside(node).is(NodeKind::BracketComprehension);
  const TypeId element =
      op == Operator::Within || op == Operator::Overlaps || op == Operator::Includes ? element_of(program, type) : type;
  if (op == Operator::Includes) return element ? element : type;
  if (op == Operator::Matches) return {};
  if (op == Operator::Add && is_collection(program.types[type]))
    return program.intern({.kind = TypeKind::List, .element = program.types[type].element, .max = 4096});
  if (!asks_membership(op)) return type;
  return element && literal ? set_of(checker, element) : element;
}

/// The same for the left operand, where the right one says it.
TypeId expected_left(Checker& checker, Operator op, ExprId right) {
  Program& program = checker.program;
  const TypeId type = program.without_optional(program.exprs[right].type);
  const TypeId element = element_of(program, type);
  if (op == Operator::Matches) return program.simple(TypeKind::String);
  if (op == Operator::Within || op == Operator::Overlaps) return set_of(checker, element ? element : type);
  return asks_membership(op) && element ? element : type;
}

struct Operands {
  ExprId left;
  ExprId right;
};

ExprId check_operand(Checker& checker, const Environment& environment, NodeRef node, TypeId expected, bool membership) {
  if (!membership) return check_expression(checker, environment, node, expected).expr;
  return narrow(checker, environment, check_as_written(checker, environment, node, expected).expr);
}

/// The side that has a type of its own first, the other by it.
Operands check_operands(Checker& checker, const Environment& environment, NodeRef node) {
  const Operator op = node.op();
  const NodeRef left_node = node.child_at(0), right_node = node.child_at(1);
  const bool membership = asks_membership(op) || op == Operator::Matches;
  Operands operands;
  if (needs_type(checker, environment, left_node) && !needs_type(checker, environment, right_node)) {
    operands.right = check_operand(checker, environment, right_node, {}, membership);
    operands.left = check_expression(checker, environment, left_node, expected_left(checker, op, operands.right)).expr;
  } else {
    operands.left = check_expression(checker, environment, left_node).expr;
    operands.right = check_operand(checker, environment, right_node,
                                   expected_right(checker, op, right_node, operands.left), membership);
  }
  return operands;
}

/// What may be unset was told at this condition: what hangs on it is taken as set.
Checked after_unset(const Checker& checker, Checked result, const Operands& operands) {
  for (ExprId operand : {operands.left, operands.right})
    if (checker.program.is_optional(checker.program.exprs[operand].type))
      result.if_true = result.if_false = Facts::both(result.if_true, set_path(checker.program, operand));
  return result;
}

// --- the type graph ---

const std::vector<EntityTypeId>& entities_in(const Program& program, ExprId expr) {
  const Type& type = program.types[program.exprs[expr].type];
  return is_collection(type) ? program.types[type.element].entities : type.entities;
}

std::string entities_text(const Program& program, const std::vector<EntityTypeId>& entities) {
  std::string text;
  for (EntityTypeId id : entities) text += (text.empty() ? "" : " | ") + program.entities[id].name;
  return text;
}

/// Entities that can never stand below the others by the declared parents: told.
void check_reach(Checker& checker, Operation operation, NodeRef node, ExprId left, ExprId right) {
  const Program& program = checker.program;
  const std::vector<EntityTypeId>& lower = entities_in(program, left);
  const std::vector<EntityTypeId>& upper = entities_in(program, right);
  if (lower.empty() || upper.empty() || !asks_membership(static_cast<Operator>(info(operation).op))) return;
  const std::string a = with_article(entities_text(program, lower)), b = with_article(entities_text(program, upper));
  std::string reason;
  if (operation == Operation::DirectlyInEntity) {
    if (!may_be_child(program, lower, upper)) reason = b + " is no declared parent of " + a;
  } else if (operation == Operation::DirectlyInElements || operation == Operation::DirectlyInList) {
    if (!overlapping(lower, upper)) reason = a + " is never " + b;
  } else if (!may_be_below(program, lower, upper)) {
    reason = a + " is never " + b + ", nor below one";
  }
  if (reason.empty()) return;
  checker.diagnostics.report(codes::CanNeverHold, node.span(), {{"reason", reason}})
      .note(program.entities[lower[0]].name_span, "its parents stand after `in`");
}

// --- and, or, not ---

Checked check_not(Checker& checker, const Environment& environment, NodeRef node) {
  const Checked operand = check_condition(checker, environment, node.expression());
  return {.expr = operation_expr(checker, Operation::Not, node.span(), {operand.expr}),
          .if_true = operand.if_false,
          .if_false = operand.if_true};
}

/// `a and b` is `if a then b else false`, `a or b` is `if a then true else b`: the right side is looked at with what
/// the left one leaves.
Checked check_joined(Checker& checker, const Environment& environment, NodeRef node) {
  const bool both = node.op() == Operator::And;
  const Checked left = check_condition(checker, environment, node.child_at(0));
  const Facts& passed = both ? left.if_true : left.if_false;
  Environment after = environment;
  after.facts = Facts::both(environment.facts, passed);
  const Checked right = check_condition(checker, after, node.child_at(1));
  Checked result =
      plain(operation_expr(checker, both ? Operation::And : Operation::Or, node.span(), {left.expr, right.expr}));
  const Facts through_both = Facts::both(passed, both ? right.if_true : right.if_false);
  const Facts& stopped = both ? left.if_false : left.if_true;
  const Facts either = Facts::either(stopped, Facts::both(passed, both ? right.if_false : right.if_true));
  result.if_true = both ? through_both : either;
  result.if_false = both ? either : through_both;
  return result;
}

/// `x in 2026-05-01..2026-05-31` ends as the last day begins, which is hardly ever meant.
void warn_last_day(Checker& checker, NodeRef last) {
  if (!last.is(NodeKind::DateLiteral)) return;
  const std::string date(last.text());
  const std::string whole = date + "T23:59:59.999999Z", none = date + "T00:00:00Z";
  checker.diagnostics.report(codes::DateIsInstant, last.span(), {{"date", date}})
      .fix("write `" + whole + "` if that day still counts", last.span(), whole)
      .fix("write `" + none + "` if it does not", last.span(), none);
}

/// `now <= 2026-05-31`, `now > 2026-05-31` and their mirrors: on one side of the first instant stands the day's rest.
void warn_compared_day(Checker& checker, NodeRef node, bool day_is_left) {
  const NodeRef day = inside(node.child_at(day_is_left ? 0 : 1));
  if (!day.is(NodeKind::DateLiteral)) return;
  const Operator op = node.op();
  const bool up_to = op == (day_is_left ? Operator::GreaterEqual : Operator::LessEqual);
  const bool after = op == (day_is_left ? Operator::Less : Operator::Greater);
  if (!up_to && !after) return;
  const std::string date(day.text()), other(node.child_at(day_is_left ? 1 : 0).text());
  const std::string mended = other + (up_to ? " < " : " >= ") + next_day(date);
  checker.diagnostics.report(codes::DateIsInstant, day.span(), {{"date", date}})
      .fix("write `" + mended + "` if that day is meant whole", node.span(), mended)
      .fix("write `" + date + "T00:00:00Z` if it is not", day.span(), date + "T00:00:00Z");
}

Checked check_range(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  NodeRef low_node = node.child_at(0), high_node = node.child_at(1);
  ExprId low = check_expression(checker, environment, low_node, expected).expr;
  const TypeId type = checker.program.exprs[low].type;
  ExprId high = check_expression(checker, environment, high_node, expected ? expected : type).expr;
  if (is_error(checker, low) || is_error(checker, high)) return wrong(checker, node);
  const bool alike = same(checker.program, type, checker.program.exprs[high].type);
  warn_last_day(checker, inside(high_node));
  if (alike && is_ordered(checker.program, checker.program.types[type]))
    return plain(make(checker, ExprKind::Range, type, node.span(), {low, high}));
  tell_operands(checker, node, low, high);
  return wrong(checker, node);
}

}  // namespace

bool fits(const Program& program, OperandClass wanted, ExprId expr, ExprId left) {
  const Operand operand(program, expr);
  if (left && fits_left(program, wanted, operand, program.exprs[left].type)) return true;
  if (wanted == OperandClass::AnyCollection && operand.list) return true;
  if (!operand.value()) return false;
  const TypeKind kind = operand.type.kind;
  switch (wanted) {
    case OperandClass::Nothing: return false;
    case OperandClass::Bool: return kind == TypeKind::Bool;
    case OperandClass::Int:
    case OperandClass::Divisor: return kind == TypeKind::Int;
    case OperandClass::Duration: return kind == TypeKind::Duration;
    case OperandClass::Time: return kind == TypeKind::Time;
    case OperandClass::Number: return is_number(operand.type);
    case OperandClass::Decimal: return kind == TypeKind::Decimal;
    case OperandClass::String: return kind == TypeKind::String && operand.type.text == format::TextMode::AsIs;
    case OperandClass::MaybeString:
    case OperandClass::MaybeText: {
      const Type& text = kind == TypeKind::Optional ? program.types[operand.type.element] : operand.type;
      const bool as_is = text.text == format::TextMode::AsIs;
      return text.kind == TypeKind::String && (as_is || wanted == OperandClass::MaybeText);
    }
    case OperandClass::Scalar: return is_scalar(operand.type);
    case OperandClass::Ordered: return is_ordered(program, operand.type);
    case OperandClass::Entity: return kind == TypeKind::Entity;
    case OperandClass::Scope: return is_scope(program, operand.type);
    case OperandClass::ScalarSet: return set_of(operand, false) && is_scalar(program.types[operand.type.element]);
    case OperandClass::ScopeSet:
      return set_of(operand, false) && is_scope(program, program.types[operand.type.element]);
    case OperandClass::ScalarCollection: return element_is(program, operand, is_scalar);
    case OperandClass::OrderedCollection:
      return set_of(operand, true) && is_ordered(program, program.types[operand.type.element]);
    case OperandClass::EntityCollection: return element_is(program, operand, is_entity);
    case OperandClass::Optional: return kind == TypeKind::Optional;
    case OperandClass::Located: return holder_of(kind) != TypeKind::Error;
    case OperandClass::LocatedCollection:
      return set_of(operand, true) && holder_of(program.types[operand.type.element].kind) != TypeKind::Error;
    case OperandClass::Text: return kind == TypeKind::String;
    case OperandClass::Pattern: return is_pattern(operand.type);
    case OperandClass::PatternCollection: return is_kept(operand.type) && element_is(program, operand, is_pattern);
    case OperandClass::List: return kind == TypeKind::List;
    case OperandClass::AnyCollection: return is_collection(operand.type);
    case OperandClass::NumberCollection: return element_is(program, operand, is_number);
    case OperandClass::Record: return kind == TypeKind::Record && is_comparable(program, operand.id);
    case OperandClass::Map: return kind == TypeKind::Map && is_comparable(program, operand.id);
    case OperandClass::Same:
    case OperandClass::CollectionOfLeft:
    case OperandClass::RangeOfLeft:
    case OperandClass::ListOfLeft:
    case OperandClass::CollectionOfElement:
    case OperandClass::RangeOfElement:
    case OperandClass::ListOfElement:
    case OperandClass::ElementOfLeft:
    case OperandClass::HolderOfLeft:
    case OperandClass::HoldersOfLeft:
    case OperandClass::HolderOfElement:
    case OperandClass::HoldersOfElement:
    case OperandClass::ValueOfLeft: return false;
  }
  return false;
}

Membership check_membership(Checker& checker, const Environment& environment, ExprId left, NodeRef right) {
  const TypeId expected = expected_right(checker, Operator::In, right, left);
  Membership result{.right = check_operand(checker, environment, right, expected, true)};
  if (is_error(checker, left) || is_error(checker, result.right)) return result;
  if (const auto operation = choose(checker.program, Operator::In, left, result.right))
    result.condition = operation_expr(checker, *operation, right.span(), {left, result.right});
  return result;
}

Checked check_unary(Checker& checker, const Environment& environment, NodeRef node) {
  if (node.op() == Operator::Not) return check_not(checker, environment, node);
  if (auto literal = check_negative_literal(checker, node)) return *literal;
  const ExprId operand = check_expression(checker, environment, node.expression()).expr;
  if (is_error(checker, operand)) return wrong(checker, node);
  if (fits(checker.program, OperandClass::Number, operand, {}))
    return plain(operation_expr(checker, Operation::Negate, node.span(), {operand}));
  tell_operand(checker, node, operand);
  return wrong(checker, node);
}

namespace {

/// Beside a value of a union, or a collection of such, what is known to be of one of its types is a value of it still.
void as_wholes(const Program& program, Operands& operands) {
  const auto wanted = [&](ExprId other) {
    const TypeId type = program.without_optional(program.exprs[other].type);
    return is_collection(program.types[type]) ? program.types[type].element : type;
  };
  const ExprId left = whole_union(program, operands.left, wanted(operands.right));
  operands.right = whole_union(program, operands.right, wanted(operands.left));
  operands.left = left;
}

}  // namespace

Checked check_binary(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const Operator op = node.op();
  if (op == Operator::And || op == Operator::Or) return check_joined(checker, environment, node);
  if (op == Operator::Else) return check_else(checker, environment, node, expected);
  if (op == Operator::Range) return check_range(checker, environment, node, expected);
  Operands operands = check_operands(checker, environment, node);
  as_wholes(checker.program, operands);
  if (is_error(checker, operands.left) || is_error(checker, operands.right)) return wrong_condition(checker, node, op);
  const auto operation =
      choose(checker.program, op == Operator::NotIn ? Operator::In : op, operands.left, operands.right);
  if (!operation) {
    tell_operands(checker, node, operands.left, operands.right);
    return after_unset(checker, wrong_condition(checker, node, op), operands);
  }
  check_reach(checker, *operation, node, operands.left, operands.right);
  for (const bool day_is_left : {true, false}) warn_compared_day(checker, node, day_is_left);
  const ExprId expr = operation_expr(checker, *operation, node.span(), {operands.left, operands.right});
  return plain(op == Operator::NotIn ? operation_expr(checker, Operation::Not, node.span(), {expr}) : expr);
}

}  // namespace bylaw::compiler
