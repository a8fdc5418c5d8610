// Functions of values: each is one instruction. Those whose result may be absent have two exits; what asks whether
// there is a result works it out, and who reads it behind finds it in its register.

#include <cassert>

#include "lower/lowering.h"

namespace bylaw::compiler::lowering {
namespace {

using format::Op;

Op instruction(ir::Op op) {
  switch (op) {
    case ir::Op::Min: return Op::Min;
    case ir::Op::Max: return Op::Max;
    case ir::Op::Divide: return Op::Div;
    case ir::Op::Modulo: return Op::Mod;
    case ir::Op::ToDecimal: return Op::ToDecimal;
    case ir::Op::AddMonths: return Op::AddMonths;
    case ir::Op::Calendar: return Op::Calendar;
    case ir::Op::Weekday: return Op::Weekday;
    case ir::Op::Quantity: return Op::Quantity;
    case ir::Op::Length: return Op::Length;
    case ir::Op::Lineage: return Op::Lineage;
    default: break;
  }
  assert(!"no function");
  return Op::Min;
}

}  // namespace

/// A term whose result may be absent, and that is no path.
bool Lowering::is_function(ir::TermId id) const {
  const ir::Op op = terms_[id].op;
  return op == ir::Op::Quantity || op == ir::Op::Least || op == ir::Op::Greatest;
}

/// The operand of an argument; 0 if there is none.
std::uint16_t Lowering::argument(ir::TermId id, unsigned field) {
  const bool given = ir::info(terms_[id].op).fields[field] == ir::FieldUse::Term;
  return given ? value(terms_.operand(id, field)) : std::uint16_t{0};
}

std::uint16_t Lowering::function(ir::TermId id) {
  const ir::Term& term = terms_[id];
  const std::uint16_t a = argument(id, 0);
  const Pin pin_a(block_, a);
  const std::uint16_t b = argument(id, 1);
  const Pin pin_b(block_, b);
  const std::uint16_t result = block_.take_registers(1);
  const std::uint32_t imm = term.op == ir::Op::Weekday   ? scope_.types.record(type(id)).ref
                            : term.op == ir::Op::Lineage ? type(id)
                                                         : term.c;
  block_.value(instruction(term.op), result, a, b, imm);
  return result;
}

/// Works it out and goes to t, or to f without a result.
std::uint16_t Lowering::attempt(ir::TermId id, Label t, Label f) {
  if (terms_[id].op != ir::Op::Quantity) {
    std::uint16_t found = 0;
    const std::uint16_t extreme = this->extreme(id, &found);
    block_.test(Op::True, found, 0, 0, t, f);
    return extreme;
  }
  const std::uint16_t a = argument(id, 0);
  const Pin pin_a(block_, a);
  const std::uint16_t result = block_.take_registers(1);
  block_.attempt(instruction(terms_[id].op), result, a, {id.index}, t, f);
  return result;
}

/// Its result; the zero value if it is absent.
std::uint16_t Lowering::given(ir::TermId id) {
  if (const auto known = block_.find({id.index})) return *known;
  if (terms_[id].op != ir::Op::Quantity) return extreme(id, nullptr);
  const Label none = block_.label(), join = block_.label();
  const std::uint16_t result = attempt(id, join, none);
  const Pin pin(block_, result);
  const TypeId type = scope_.program.without_optional(terms_.type(id));
  const std::uint32_t zero = scope_.window.slot(zero_value(scope_.program, type), type);
  block_.bind(none);
  block_.move_to(result, format::operand(format::kConstantBase, zero), 1, join);
  block_.bind(join);
  return result;
}

}  // namespace bylaw::compiler::lowering
