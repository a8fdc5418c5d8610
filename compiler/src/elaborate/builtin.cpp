// Calls of functions that are built in, and what they give on constants.

#include <bylaw/compiler/decision_evaluate.h>

#include <algorithm>
#include <cassert>

#include "elaborate/elaborator.h"
#include "format/calendar.h"
#include "format/decimal.h"
#include "format/text_reading.h"

namespace bylaw::compiler::ir {

using format::CalendarPart;
using format::TextPart;

TermId Elaborator::builtin_call(const Expr& expr) {
  switch (expr.builtin) {
    case Builtin::Count: return fold(expr, Op::Count);
    case Builtin::Sum: return fold(expr, Op::Sum);
    case Builtin::Least: return fold(expr, Op::Least);
    case Builtin::Greatest: return fold(expr, Op::Greatest);
    default: break;
  }
  const auto beside = [&](TextPart which) {
    return of_maybe(expr, [&](TermId text) {
      return terms_.function(Op::Part, text, expression(expr.operands[1]), expr.type,
                             static_cast<std::uint32_t>(which));
    });
  };
  switch (expr.builtin) {
    case Builtin::Quantity:
    case Builtin::Integer:
      return of_maybe(expr, [&](TermId text) {
        const Op op = expr.builtin == Builtin::Integer ? Op::Integer : Op::Quantity;
        return terms_.function(op, text, {}, expr.type);
      });
    case Builtin::Before: return beside(TextPart::Before);
    case Builtin::After: return beside(TextPart::After);
    case Builtin::BeforeLast: return beside(TextPart::BeforeLast);
    case Builtin::AfterLast: return beside(TextPart::AfterLast);
    default: break;
  }
  const TermId first = expression(expr.operands[0]);
  const TermId second = expr.operands.size() > 1 ? expression(expr.operands[1]) : TermId{};
  const auto part = [&](CalendarPart which) {
    return terms_.function(Op::Calendar, first, {}, expr.type, static_cast<std::uint32_t>(which));
  };
  switch (expr.builtin) {
    case Builtin::Min: return lesser_or_greater(Op::Min, first, second, expr.type);
    case Builtin::Max: return lesser_or_greater(Op::Max, first, second, expr.type);
    case Builtin::Divide: return terms_.function(Op::Divide, first, second, expr.type);
    case Builtin::Modulo: return terms_.function(Op::Modulo, first, second, expr.type);
    case Builtin::Decimal: return terms_.function(Op::ToDecimal, first, {}, expr.type);
    case Builtin::Contains: return terms_.function(Op::HasPart, first, second, expr.type);
    case Builtin::StartsWith: return terms_.function(Op::StartsWith, first, second, expr.type);
    case Builtin::EndsWith: return terms_.function(Op::EndsWith, first, second, expr.type);
    case Builtin::Lower: return terms_.function(Op::Lower, first, {}, expr.type);
    case Builtin::Fold: return terms_.function(Op::Fold, first, {}, expr.type);
    case Builtin::Length: return terms_.function(Op::Length, first, {}, expr.type);
    case Builtin::AddMonths: return terms_.function(Op::AddMonths, first, second, expr.type);
    case Builtin::AddYears: {
      const TypeId number = program_.exprs[expr.operands[1]].type;
      const TermId year = terms_.constant(Value::number(ValueKind::Int, 12), number);
      return terms_.function(Op::AddMonths, first, terms_.arithmetic(Op::Multiply, second, year, number), expr.type);
    }
    case Builtin::Year: return part(CalendarPart::Year);
    case Builtin::Month: return part(CalendarPart::Month);
    case Builtin::Day: return part(CalendarPart::Day);
    case Builtin::Hour: return part(CalendarPart::Hour);
    case Builtin::Minute: return part(CalendarPart::Minute);
    case Builtin::WeekdayOf: return terms_.function(Op::Weekday, first, {}, expr.type);
    case Builtin::Quantity:
    case Builtin::Integer:
    case Builtin::Before:
    case Builtin::After:
    case Builtin::BeforeLast:
    case Builtin::AfterLast:
    case Builtin::Count:
    case Builtin::Sum:
    case Builtin::Least:
    case Builtin::Greatest: break;
  }
  return {};
}

/// What `make` gives of the first argument; absent if that is.
TermId Elaborator::of_maybe(const Expr& expr, const std::function<TermId(TermId)>& make) {
  const TermId first = expression(expr.operands[0]);
  if (!program_.is_optional(program_.exprs[expr.operands[0]].type)) return make(first);
  const TermId made = make(terms_.get(first));
  return terms_.choose(terms_.is_set(first), made, terms_.constant(Value::absent(), expr.type));
}

/// Versions have several words, which no instruction chooses between.
TermId Elaborator::lesser_or_greater(Op op, TermId first, TermId second, TypeId type) {
  if (program_.types[type].kind != TypeKind::Version) return terms_.function(op, first, second, type);
  const TermId second_is_it = op == Op::Min ? terms_.less(second, first) : terms_.less(first, second);
  return terms_.choose(second_is_it, second, first);
}

TermId Terms::function(Op op, TermId a, TermId b, TypeId type, std::uint32_t c) {
  const Term term{op, type, a.index, b ? b.index : 0, c};
  const Value* left = constant_of(a);
  const Value* right = b ? constant_of(b) : left;
  if (!left || !right) return add(term);
  return constant(fold_function(term, *left, *right), type);
}

Value fold_function(const Term& term, const Value& a, const Value& b) {
  const auto number = [&](std::int64_t value) { return Value::number(a.kind, value); };
  const auto decimal = [](std::int64_t value) { return Value::number(ValueKind::Decimal, value); };
  switch (term.op) {
    case Op::Min: return number(std::min(a.integer, b.integer));
    case Op::Max: return number(std::max(a.integer, b.integer));
    case Op::Divide: return number(saturated::divide(a.integer, b.integer));
    case Op::Modulo: return number(saturated::modulo(a.integer, b.integer));
    case Op::ToDecimal: return decimal(format::decimal_from(a.integer));
    case Op::AddMonths: return number(format::add_months(a.integer, b.integer));
    case Op::Calendar:
      return Value::number(ValueKind::Int, format::calendar_part(static_cast<CalendarPart>(term.c), a.integer));
    case Op::Weekday: return Value::member(format::weekday(a.integer));
    case Op::Lower: return Value::string(format::written({a.text, format::TextMode::Lower}));
    case Op::Fold: return Value::string(format::written({a.text, format::TextMode::Fold}));
    case Op::HasPart: return Value::boolean(a.text.find(b.text) != std::string::npos);
    case Op::StartsWith: return Value::boolean(a.text.starts_with(b.text));
    case Op::EndsWith: return Value::boolean(a.text.ends_with(b.text));
    case Op::Length: return Value::number(ValueKind::Int, static_cast<std::int64_t>(format::count_code_points(a.text)));
    case Op::Part: {
      const auto which = static_cast<TextPart>(term.c);
      const std::size_t at = format::looks_for_last(which) ? a.text.rfind(b.text) : a.text.find(b.text);
      if (at == std::string::npos) return Value::absent();
      const format::TextRange part = format::part_beside(which, {at, b.text.size()}, a.text.size());
      return Value::string(a.text.substr(part.begin, part.length));
    }
    case Op::Id: return Value::string(a.text);
    case Op::Digits: return Value::string(std::to_string(a.integer));
    case Op::Integer: {
      const auto value = format::read_integer(a.text);
      return value ? Value::number(ValueKind::Int, *value) : Value::absent();
    }
    case Op::Quantity: {
      const auto value = format::read_quantity(a.text);
      return value ? decimal(*value) : Value::absent();
    }
    default: break;
  }
  assert(!"no function");
  return {};
}

}  // namespace bylaw::compiler::ir
