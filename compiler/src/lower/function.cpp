// Functions of values: each is one instruction.

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
    default: break;
  }
  assert(!"no function");
  return Op::Min;
}

}  // namespace

std::uint16_t Lowering::function(ir::TermId id) {
  const ir::Term& term = terms_[id];
  const std::uint16_t a = value(terms_.operand(id, 0));
  const Pin pin_a(block_, a);
  std::uint16_t b = 0;
  if (ir::info(term.op).fields[1] == ir::FieldUse::Term) b = value(terms_.operand(id, 1));
  const Pin pin_b(block_, b);
  const std::uint16_t result = block_.take_registers(1);
  block_.value(instruction(term.op), result, a, b, term.c);
  return result;
}

}  // namespace bylaw::compiler::lowering
