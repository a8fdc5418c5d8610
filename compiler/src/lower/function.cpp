// Functions of values: each is one instruction. Those whose result may be absent have two exits; what asks whether
// there is a result works it out, and who reads it behind finds it in its register.

#include <cassert>

#include "lower/lowering.h"

namespace bylaw::compiler::lowering {
namespace {

using format::Op;
using ir::TermId;

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
    case ir::Op::Integer: return Op::Integer;
    case ir::Op::Part: return Op::Part;
    case ir::Op::Length: return Op::Length;
    case ir::Op::Lineage: return Op::Lineage;
    default: break;
  }
  assert(!"no function");
  return Op::Min;
}

bool is_extreme(ir::Op op) {
  return op == ir::Op::Least || op == ir::Op::Greatest;
}

}  // namespace

/// A term whose result may be absent, and that is no path.
bool Lowering::is_function(ir::TermId id) const {
  const ir::Op op = terms_[id].op;
  return op == ir::Op::Quantity || op == ir::Op::Integer || op == ir::Op::Part || is_extreme(op);
}

/// The operand of an argument; 0 if there is none.
std::uint16_t Lowering::argument(ir::TermId id, unsigned field) {
  const bool given = ir::info(terms_[id].op).fields[field] == ir::FieldUse::Term;
  return given ? value(terms_.operand(id, field)) : std::uint16_t{0};
}

std::uint16_t Lowering::function(ir::TermId id) {
  const ir::Term& term = terms_[id];
  const std::uint16_t a = argument(id, 0);
  const Pin pin_a(block_, a, words(terms_.operand(id, 0)));
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
  if (is_extreme(terms_[id].op)) {
    std::uint16_t found = 0;
    const std::uint16_t extreme = this->extreme(id, &found);
    block_.test(Op::True, found, 0, 0, t, f);
    return extreme;
  }
  if (terms_[id].op == ir::Op::Part) return attempt_part(id, t, f);
  const TermId text = terms_.operand(id, 0);
  const std::uint16_t a = value(text);
  const Pin pin_a(block_, a, words(text));
  const std::uint16_t result = block_.take_registers(1);
  block_.attempt({static_cast<std::uint16_t>(instruction(terms_[id].op)), result, a, 0, 0, 0, 0}, {id.index}, 1, t, f);
  return result;
}

std::uint16_t Lowering::attempt_part(ir::TermId id, Label t, Label f) {
  const Text whole = text(terms_.operand(id, 0)), beside = text(terms_.operand(id, 1));
  const std::uint16_t a = value(whole.term);
  const Pin pin_a(block_, a, words(whole.term));
  const std::uint16_t b = value(beside.term);
  const Pin pin_b(block_, b, words(beside.term));
  const std::uint32_t count = terms_.part_words(id);
  const std::uint16_t result = block_.take_registers(count);
  const auto which = static_cast<format::TextPart>(terms_[id].c);
  const std::uint32_t imm = format::part_of(which, format::text_modes(whole.mode, beside.mode));
  block_.attempt({static_cast<std::uint16_t>(Op::Part), result, a, b, imm, 0, 0}, {id.index}, count, t, f);
  return result;
}

/// Its result; the zero value if it is absent.
std::uint16_t Lowering::given(ir::TermId id) {
  if (const auto known = block_.find({id.index})) return *known;
  if (is_extreme(terms_[id].op)) return extreme(id, nullptr);
  const Label none = block_.label(), join = block_.label();
  const std::uint16_t result = attempt(id, join, none);
  const bool part = terms_[id].op == ir::Op::Part;
  const std::uint32_t count = part ? terms_.part_words(id) : 1;
  const Pin pin(block_, result, count);
  const TypeId type = scope_.program.without_optional(terms_.type(id));
  const std::uint32_t zero = scope_.window.slot(zero_value(scope_.program, type), type);
  block_.bind(none);
  const std::uint16_t constant = format::operand(format::kConstantBase, zero);
  if (part)
    block_.value_to(Op::Whole, result, constant, count, join);
  else
    block_.move_to(result, constant, 1, join);
  block_.bind(join);
  return result;
}

}  // namespace bylaw::compiler::lowering
