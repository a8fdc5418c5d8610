// Expressions to terms. What is worded with wider constructs:
//   xs within r     not (xs is empty) and not any x in xs: not (x in r)
//   xs overlaps r   any x in xs: x in r          all x in xs: e    not any x in xs: not e          no ..  not any ..
//   x in a..b       not (x < a) and not (b < x)  a <= b            not (b < a)
//   p ?? d          if p is set then get(p) else d
// Defs, lets and consts are written out where they are used, with a memo on what they are given.

#include <algorithm>

#include <bylaw/grammar/diagnostics/limits.h>
#include <cassert>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {

using grammar::Code;
namespace codes = grammar::codes;

void Elaborator::fail(Code code, Span place) {
  if (failed_) return;
  failed_ = true;
  const std::string decision = ir_.decision ? program_.decisions[ir_.decision].name : "constants";
  if (outermost_call_)
    diagnostics_.report(code, outermost_use_,
                        {{"name", "`" + program_.functions[outermost_call_].name + "`"}, {"decision", decision}});
  else
    diagnostics_.report(code, place, {{"name", "this expression"}, {"decision", decision}});
}

/// Counts one more node, one level deeper; false if that is one too many.
bool Elaborator::enter(Span place) {
  if (failed_) return false;
  if (++nodes_ > kNodeBudget) fail(codes::TooManyNodes, place);
  if (++depth_ > kMaxDepth) fail(codes::NestedTooDeeply, place);
  if (failed_) --depth_;
  return !failed_;
}

TermId Elaborator::expression(ExprId id) {
  const Expr& expr = program_.exprs[id];
  if (!enter(expr.span)) return terms_.constant(Value::absent(), expr.type);
  const TermId term = build(expr);
  --depth_;
  return term;
}

TermId Elaborator::build(const Expr& expr) {
  const auto operand = [&](std::size_t i) { return expression(expr.operands[i]); };
  switch (expr.kind) {
    case ExprKind::BoolLiteral:
    case ExprKind::IntLiteral:
    case ExprKind::TimeLiteral:
    case ExprKind::DurationLiteral:
    case ExprKind::DecimalLiteral:
    case ExprKind::StringLiteral:
    case ExprKind::PatternLiteral:
    case ExprKind::MemberLiteral:
    case ExprKind::FormLiteral:
    case ExprKind::EntityLiteral:
    case ExprKind::PolicyLiteral:
    case ExprKind::This: return literal(expr);
    case ExprKind::SetLiteral:
    case ExprKind::ListLiteral: return elements(expr);
    case ExprKind::RecordLiteral: return record_literal(expr);
    case ExprKind::MapLiteral: return map_literal(expr);
    case ExprKind::Lookup: return lookup(expr);
    case ExprKind::RequestField: return request_field(expr);
    case ExprKind::LocalUse: return local_use(expr);
    case ExprKind::ConstantUse: return constant_use(expr);
    case ExprKind::Select: return select(expr);
    case ExprKind::Get: return terms_.get(operand(0));
    case ExprKind::Operation: return operation(expr);
    case ExprKind::IsType: return terms_.is_type(operand(0), expr.entities);
    case ExprKind::IsSet: return terms_.is_set(operand(0));
    case ExprKind::IsUnset: return terms_.negation(terms_.is_set(operand(0)));
    case ExprKind::IsEmpty: return is_empty(expr.operands[0]);
    case ExprKind::IsUnknown: return terms_.is_unknown(operand(0));
    case ExprKind::If: {
      const TermId condition = operand(0), then = operand(1);
      return terms_.choose(condition, then, operand(2));
    }
    case ExprKind::AnyOf:
    case ExprKind::AllOf:
    case ExprKind::NoneOf: return quantifier(expr);
    case ExprKind::Call: return call(expr);
    case ExprKind::Composed: return composed(expr);
    case ExprKind::BuiltinCall: return builtin_call(expr);
    case ExprKind::ListUse: return terms_.rows(expr.list, expr.type);
    case ExprKind::Comprehension:  // who goes through it reads it
    case ExprKind::Error:
    case ExprKind::Range: break;  // ranges are read by the operator that they stand in
  }
  assert(!"no value: the checker lets no such expression through");
  return {};
}

TermId Elaborator::literal(const Expr& expr) {
  const auto number = [&](ValueKind kind) { return terms_.constant(Value::number(kind, expr.integer), expr.type); };
  switch (expr.kind) {
    case ExprKind::BoolLiteral: return number(ValueKind::Bool);
    case ExprKind::IntLiteral: return number(ValueKind::Int);
    case ExprKind::TimeLiteral: return number(ValueKind::Time);
    case ExprKind::DurationLiteral: return number(ValueKind::Duration);
    case ExprKind::DecimalLiteral: return number(ValueKind::Decimal);
    case ExprKind::MemberLiteral: return number(ValueKind::Member);
    case ExprKind::StringLiteral: return terms_.constant(Value::string(expr.text), expr.type);
    case ExprKind::FormLiteral: return terms_.constant(Value::form(expr.text), expr.type);
    case ExprKind::PolicyLiteral: return policy_name(expr.policy, expr.type);
    case ExprKind::This: return policy_name(policy_, expr.type);
    case ExprKind::PatternLiteral:
      return terms_.constant(
          Value::pattern(program_.types[expr.type].kind == TypeKind::Glob ? PatternKind::Glob : PatternKind::Regex,
                         expr.text),
          expr.type);
    default: break;
  }
  const EntityTypeId entity = program_.types[expr.type].entities.front();
  return terms_.constant(Value::entity(entity, expr.text), expr.type);
}

/// A policy is known by its full name.
TermId Elaborator::policy_name(PolicyId policy, TypeId type) {
  return terms_.constant(Value::string(program_.qualified(program_.policies[policy])), type);
}

TermId Elaborator::elements(const Expr& expr) {
  std::vector<TermId> all;
  for (const ExprId operand : expr.operands) all.push_back(expression(operand));
  return terms_.element_list(std::move(all), expr.type);
}

/// Stands only where a constant is expected.
TermId Elaborator::record_literal(const Expr& expr) {
  const auto& fields = program_.records[program_.types[expr.type].record].fields;
  Value record{.kind = ValueKind::Record};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const ExprId given = expr.operands[i] ? expr.operands[i] : fields[i].default_value;
    const Value* value = given ? terms_.constant_of(expression(given)) : nullptr;
    record.items.push_back(value ? *value : Value::absent());
  }
  return terms_.constant(std::move(record), expr.type);
}

TermId Elaborator::request_field(const Expr& expr) {
  const auto& fields = program_.decisions[ir_.decision].fields;
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == expr.text; });
  assert(found != fields.end());
  return terms_.request(static_cast<std::uint32_t>(found - fields.begin()), found->type);
}

TermId Elaborator::local_use(const Expr& expr) {
  const Local& local = program_.locals[expr.local];
  if (local.kind != LocalKind::Let) return bound_[expr.local.index];
  const auto key = std::pair(expr.local, level_);
  if (const auto found = lets_.find(key); found != lets_.end()) return found->second;
  return lets_[key] = expression(local.value);
}

TermId Elaborator::constant_use(const Expr& expr) {
  const auto key = std::pair(expr.constant, level_);
  if (const auto found = constants_.find(key); found != constants_.end()) return found->second;
  return constants_[key] = expression(program_.constants[expr.constant].value);
}

/// `make` with the parameters bound to the arguments' terms, which it is given.
TermId Elaborator::with_arguments(const Expr& call, const std::function<TermId(const std::vector<TermId>&)>& make) {
  std::vector<TermId> arguments;
  for (const ExprId operand : call.operands) arguments.push_back(expression(operand));
  const auto& parameters = program_.functions[call.function].parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) bind(parameters[i], arguments[i]);
  const bool outermost = !outermost_call_;
  if (outermost) outermost_call_ = call.function, outermost_use_ = call.span;
  const TermId result = make(arguments);
  if (outermost) outermost_call_ = {};
  return result;
}

TermId Elaborator::call(const Expr& expr) {
  return with_arguments(expr, [&](const std::vector<TermId>& arguments) {
    const auto key = std::tuple(expr.function, arguments, level_);
    if (const auto found = calls_.find(key); found != calls_.end()) return found->second;
    return calls_[key] = expression(program_.functions[expr.function].body);
  });
}

namespace {

/// `e.lineage`: no attribute is called so.
bool is_lineage(const Program& program, const Expr& select) {
  const TypeId base = program.without_optional(program.exprs[select.operands[0]].type);
  return program.types[base].kind == TypeKind::Entity && select.text == "lineage";
}

}  // namespace

TermId Elaborator::select(const Expr& expr) {
  const TypeId base_type = program_.without_optional(program_.exprs[expr.operands[0]].type);
  const TermId base = expression(expr.operands[0]);
  if (failed_) return terms_.constant(Value::absent(), expr.type);
  if (is_lineage(program_, expr)) return terms_.lineage(base, expr.type);
  return terms_.select(base, program_.types[base_type].entities, expr.text, expr.type);
}

TermId Elaborator::operation(const Expr& expr) {
  const auto operand = [&](std::size_t i) { return expression(expr.operands[i]); };
  const auto two = [&](auto make) {
    const TermId a = operand(0);
    return make(a, operand(1));
  };
  const auto equal = [&](TermId a, TermId b) { return terms_.equal(a, b); };
  const auto equal_values = [&](TermId a, TermId b) { return this->equal_values(a, b, expr.span); };
  const auto sets = [&] { return equal_sets(expr.operands[0], expr.operands[1]); };
  const auto less = [&](TermId a, TermId b) { return terms_.less(a, b); };
  const auto greater = [&](TermId a, TermId b) { return terms_.less(b, a); };
  const auto arithmetic = [&](Op op) {
    return two([&](TermId a, TermId b) { return terms_.arithmetic(op, a, b, expr.type); });
  };
  switch (expr.operation) {
    case Operation::Or: return chain(expr, false);
    case Operation::And: return chain(expr, true);
    case Operation::Not: return terms_.negation(operand(0));
    case Operation::Negate: return terms_.negate(operand(0));
    case Operation::Add:
    case Operation::AddToTime: return arithmetic(Op::Add);
    case Operation::Subtract:
    case Operation::SubtractFromTime:
    case Operation::Between: return arithmetic(Op::Subtract);
    case Operation::Multiply:
    case Operation::MultiplyDecimals:
    case Operation::Scale: return arithmetic(Op::Multiply);
    case Operation::Equal: return two(equal);
    case Operation::EqualSets: return sets();
    case Operation::EqualRecords:
    case Operation::EqualMaps: return two(equal_values);
    case Operation::NotEqualRecords:
    case Operation::NotEqualMaps: return terms_.negation(two(equal_values));
    case Operation::NotEqual: return terms_.negation(two(equal));
    case Operation::NotEqualSets: return terms_.negation(sets());
    case Operation::Concat: break;  // who goes through it reads it
    case Operation::Less: return two(less);
    case Operation::LessEqual: return terms_.negation(two(greater));
    case Operation::Greater: return two(greater);
    case Operation::GreaterEqual: return terms_.negation(two(less));
    case Operation::WithinMap:
      return two([&](TermId a, TermId b) {
        return terms_.both(terms_.negation(terms_.is_empty(a)), entries_in(a, b, expr.span, false));
      });
    case Operation::InElements:
    case Operation::InRecords:
    case Operation::InEntities:
    case Operation::InEntity:
    case Operation::InRange:
    case Operation::InList:
    case Operation::InHolder:
    case Operation::InHolders:
    case Operation::DirectlyInEntity:
    case Operation::DirectlyInElements:
    case Operation::DirectlyInList: return membership(operand(0), expr, expr.operands[1]);
    case Operation::WithinElements:
    case Operation::WithinEntities:
    case Operation::WithinEntity:
    case Operation::WithinRange:
    case Operation::WithinHolder:
    case Operation::WithinHolders:
    case Operation::WithinList: return within(expr);
    case Operation::OverlapsElements:
    case Operation::OverlapsEntities:
    case Operation::OverlapsEntity:
    case Operation::OverlapsRange:
    case Operation::OverlapsHolder:
    case Operation::OverlapsHolders:
    case Operation::OverlapsList: return overlaps(expr);
    case Operation::Matches:
    case Operation::MatchesAny: return two([&](TermId a, TermId b) { return terms_.matches(a, b); });
    case Operation::MemberIncludes: return two([&](TermId a, TermId b) { return terms_.includes(a, b); });
    case Operation::SetIncludes:
      return some(expr.operands[0],
                  [&](TermId element) { return terms_.includes(element, expression(expr.operands[1])); });
    case Operation::Else:
      return two([&](TermId a, TermId b) {
        const TermId given = program_.is_optional(expr.type) ? a : terms_.get(a);
        return terms_.choose(terms_.is_set(a), given, b);
      });
  }
  return {};
}

/// `a and b and c ..` as a tree of logarithmic depth: a stretch may be as long as a file.
TermId Elaborator::chain(const Expr& expr, bool conjunction) {
  std::vector<TermId> all;
  for (const ExprId operand : flattened(expr)) all.push_back(expression(operand));
  while (all.size() > 1) {
    std::vector<TermId> pairs;
    for (std::size_t i = 0; i + 1 < all.size(); i += 2)
      pairs.push_back(conjunction ? terms_.both(all[i], all[i + 1]) : terms_.either(all[i], all[i + 1]));
    if (all.size() % 2 == 1) pairs.push_back(all.back());
    all = std::move(pairs);
  }
  return all.front();
}

/// `element in right`, as the operation says.
TermId Elaborator::membership(TermId element, const Expr& expr, ExprId right) {
  switch (expr.operation) {
    case Operation::InElements:
    case Operation::DirectlyInElements:
    case Operation::WithinElements:
    case Operation::OverlapsElements: return equals_some(element, right);
    case Operation::InRecords:
      return some(right, [&](TermId other) { return equal_values(element, other, expr.span); });
    case Operation::InEntities:
    case Operation::WithinEntities:
    case Operation::OverlapsEntities: return below_some(element, right);
    case Operation::InEntity:
    case Operation::WithinEntity:
    case Operation::OverlapsEntity: return terms_.reach(element, expression(right));
    case Operation::InHolder:
    case Operation::WithinHolder: return terms_.inside(element, expression(right));
    case Operation::OverlapsHolder: return meets(element, expression(right));
    case Operation::InHolders:
    case Operation::WithinHolders: return some(right, [&](TermId holder) { return terms_.inside(element, holder); });
    case Operation::OverlapsHolders: return some(right, [&](TermId holder) { return meets(element, holder); });
    case Operation::DirectlyInEntity: return terms_.parent(element, expression(right));
    case Operation::InList:
      if (terms_.is_read_text(element) || terms_.is_part(element)) return equals_entry(element, right);
      [[fallthrough]];
    case Operation::WithinList:
    case Operation::OverlapsList: return terms_.listed(element, program_.exprs[right].list, false);
    case Operation::DirectlyInList: return terms_.listed(element, program_.exprs[right].list, true);
    case Operation::InRange:
    case Operation::WithinRange:
    case Operation::OverlapsRange: {
      const Expr& range = program_.exprs[right];
      const TermId low = expression(range.operands[0]), high = expression(range.operands[1]);
      const TermId from = terms_.negation(terms_.less(element, low));
      return terms_.both(from, terms_.negation(terms_.less(high, element)));
    }
    default: break;
  }
  assert(!"only operators that ask for membership");
  return {};
}

/// An address or version is inside; two ranges have an address in common: then one lies in the other.
TermId Elaborator::meets(TermId element, TermId holder) {
  const TermId inside = terms_.inside(element, holder);
  return terms_.type_of(element).kind == TypeKind::Cidr ? terms_.either(inside, terms_.inside(holder, element))
                                                        : inside;
}

TermId Elaborator::within(const Expr& expr) {
  const TermId outside = some(
      expr.operands[0], [&](TermId element) { return terms_.negation(membership(element, expr, expr.operands[1])); });
  return terms_.both(terms_.negation(is_empty(expr.operands[0])), terms_.negation(outside));
}

TermId Elaborator::overlaps(const Expr& expr) {
  return some(expr.operands[0], [&](TermId element) { return membership(element, expr, expr.operands[1]); });
}

TermId Elaborator::equals_some(TermId element, ExprId collection) {
  if (!is_gathered(collection)) return terms_.contains(element, expression(collection));
  return some(collection, [&](TermId other) { return terms_.equal(element, other); });
}

TermId Elaborator::below_some(TermId element, ExprId collection) {
  if (!is_gathered(collection)) return terms_.reach_any(element, expression(collection));
  return some(collection, [&](TermId other) { return terms_.reach(element, other); });
}

TermId Elaborator::all_in(ExprId a, ExprId b) {
  return terms_.negation(some(a, [&](TermId element) { return terms_.negation(equals_some(element, b)); }));
}

TermId Elaborator::equal_sets(ExprId a, ExprId b) {
  if (!is_gathered(a) && !is_gathered(b)) {
    const TermId left = expression(a), right = expression(b);
    if (left == right || (!terms_.split(left) && !terms_.split(right))) return terms_.equal(left, right);
  }
  const TermId there = all_in(a, b);
  return terms_.both(there, all_in(b, a));
}

TermId Elaborator::quantifier(const Expr& expr) {
  const bool all = expr.kind == ExprKind::AllOf;
  const TermId found = some(expr.operands[0], [&](TermId element) {
    bind(expr.local, element);
    const TermId body = expression(expr.operands[1]);
    return all ? terms_.negation(body) : body;
  });
  return expr.kind == ExprKind::AnyOf ? found : terms_.negation(found);
}

}  // namespace bylaw::compiler::ir
