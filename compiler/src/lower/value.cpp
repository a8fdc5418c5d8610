// Where values lie. What stands in a frame is named where it stands; what is worked out goes into registers.

#include <cassert>

#include "format/layout.h"
#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

format::Arithmetic arithmetic_kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::Time: return format::Arithmetic::Time;
    case TypeKind::Duration: return format::Arithmetic::Duration;
    case TypeKind::Decimal: return format::Arithmetic::Decimal;
    default: return format::Arithmetic::Int;
  }
}

std::uint16_t Lowering::value(TermId id) {
  if (block_.failed()) return 0;
  switch (terms_[id].op) {
    case ir::Op::Get:
      if (is_function(terms_.operand(id, 0))) return given(terms_.operand(id, 0));
      return place(id).operand();
    case ir::Op::Constant:
    case ir::Op::Request:
    case ir::Op::Element:
    case ir::Op::Select: return place(id).operand();
    default: break;
  }
  if (const auto known = block_.find({id.index})) return *known;
  const bool is_bool = terms_.type_of(id).kind == TypeKind::Bool;
  const std::uint16_t result = is_bool ? truth(id) : terms_[id].op == ir::Op::If ? choose(id) : compute(id);
  if (words(id) == 1 || terms_.is_part(id)) block_.remember({id.index}, result, words(id));
  return result;
}

Place Lowering::place(TermId id) {
  const ir::Term& term = terms_[id];
  switch (term.op) {
    case ir::Op::Constant: return constant(id);
    case ir::Op::Get: return place(terms_.operand(id, 0));
    case ir::Op::Select: return select(id);
    case ir::Op::Lookup: return lookup(id);
    case ir::Op::Request: {
      const std::uint32_t shape = scope_.types.shape(scope_.ir.decision);
      const format::FieldRecord& field = scope_.types.field(shape, term.a);
      return {format::kRequestBase, format::presence_words(scope_.types.shape_record(shape)) + field.slot,
              field.nested_presence};
    }
    case ir::Op::Element: {
      const Element& element = elements_[term.a];
      const format::TypeRecord& record = scope_.types.record(element.type);
      const bool is_record = record.kind == format::Kind::Record;
      return {element.base, is_record ? format::presence_words(scope_.types.shape_record(record.ref)) : element.slot,
              0};
    }
    default: break;
  }
  assert(!"only paths have a place");
  return {};
}

Place Lowering::constant(TermId id) {
  const std::uint32_t slot = scope_.window.slot(terms_.value(id), terms_.type(id));
  if (slot < format::kMaxSlots) return {format::kConstantBase, slot, 0};
  return {format::kConstantBase, 0, 0};  // the policy has too many constants: told at its end
}

Place Lowering::select(TermId id) {
  const ir::Term& term = terms_[id];
  const TermId base = terms_.operand(id, 0);
  if (const EntityTypeId entity{term.c}) {
    const std::uint32_t shape = scope_.types.shape(entity);
    const format::FieldRecord& field = scope_.types.field(shape, term.b);
    return {row(base, entity), format::presence_words(scope_.types.shape_record(shape)) + field.slot,
            field.nested_presence};
  }
  const Place outer = place(base);
  const format::FieldRecord& field = scope_.types.field(scope_.types.record(type(base)).ref, term.b);
  return {outer.base, outer.slot + field.slot, outer.bits + field.nested_presence};
}

/// The presence bit of an optional field.
std::uint16_t Lowering::present(TermId id) {
  const ir::Term& term = terms_[id];
  assert(term.op == ir::Op::Request || term.op == ir::Op::Select);
  if (term.op == ir::Op::Request)
    return format::operand(format::kRequestBase,
                           scope_.types.field(scope_.types.shape(scope_.ir.decision), term.a).presence);
  const TermId base = terms_.operand(id, 0);
  if (const EntityTypeId entity{term.c})
    return format::operand(row(base, entity), scope_.types.field(scope_.types.shape(entity), term.b).presence);
  const Place outer = place(base);
  const format::FieldRecord& field = scope_.types.field(scope_.types.record(type(base)).ref, term.b);
  return format::operand(outer.base, outer.bits + field.presence);
}

/// `if c then a else b`.
std::uint16_t Lowering::choose(TermId id) {
  const Label then = block_.label(), otherwise = block_.label(), join = block_.label();
  const std::uint32_t count = words(id);
  const std::uint16_t result = block_.take_registers(count);
  const Pin pin(block_, result, count);
  test(terms_.operand(id, 0), then, otherwise);
  const auto take = [&](TermId branch) {
    const std::uint16_t place = value(branch);
    if (terms_.is_part(id)) return block_.value_to(Op::Whole, result, place, count, join);
    block_.move_to(result, place, count, join);
  };
  block_.bind(then);
  take(terms_.operand(id, 1));
  block_.bind(otherwise);
  take(terms_.operand(id, 2));
  block_.bind(join);
  return result;
}

/// A condition as a Bool.
std::uint16_t Lowering::truth(TermId id) {
  const Label yes = block_.label(), no = block_.label(), join = block_.label();
  const std::uint16_t result = block_.take_registers(1);
  const Pin pin(block_, result);
  const auto truth_value = [&](bool value) {
    return format::operand(format::kConstantBase, scope_.window.slot(Value::boolean(value), terms_.type(id)));
  };
  test(id, yes, no);
  block_.bind(yes);
  block_.move_to(result, truth_value(true), 1, join);
  block_.bind(no);
  block_.move_to(result, truth_value(false), 1, join);
  block_.bind(join);
  return result;
}

std::uint16_t Lowering::compute(TermId id) {
  const ir::Term& term = terms_[id];
  if (term.op == ir::Op::Count || term.op == ir::Op::Sum) return fold(id);
  if (term.op == ir::Op::Compose) return compose(id);
  const bool arithmetic = term.op == ir::Op::Add || term.op == ir::Op::Subtract || term.op == ir::Op::Multiply;
  if (!arithmetic && term.op != ir::Op::Negate) return function(id);
  const auto kind = static_cast<std::uint32_t>(arithmetic_kind(terms_.type_of(id).kind));
  const std::uint16_t a = value(terms_.operand(id, 0));
  const Pin pin_a(block_, a);
  if (term.op == ir::Op::Negate) {
    const std::uint16_t result = block_.take_registers(1);
    block_.value(Op::Neg, result, a, 0, kind);
    return result;
  }
  const std::uint16_t b = value(terms_.operand(id, 1));
  const Pin pin_b(block_, b);
  const std::uint16_t result = block_.take_registers(1);
  const Op op = term.op == ir::Op::Add ? Op::Add : term.op == ir::Op::Subtract ? Op::Sub : Op::Mul;
  block_.value(op, result, a, b, kind);
  return result;
}

void Lowering::give(TermId term) {
  block_.end(Op::Give, value(term));
}

}  // namespace bylaw::compiler::lowering
