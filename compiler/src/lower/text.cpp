// Tests of texts.

#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

/// Of constant patterns one automaton, unless it became too large; else pattern by pattern.
void Lowering::matches(TermId id, Label t, Label f) {
  const std::uint16_t text = value(terms_.operand(id, 0));
  const Pin pin(block_, text);
  const TermId pattern = terms_.operand(id, 1);
  const Value* all = terms_.constant_of(pattern);
  if (terms_.type_of(pattern).kind != TypeKind::Set && terms_.type_of(pattern).kind != TypeKind::List)
    return block_.test(Op::Match, text, value(pattern), 0, t, f);
  const auto merged = all ? scope_.window.patterns().merged(*all) : std::nullopt;
  if (!merged) return block_.test(Op::MatchAny, text, value(pattern), 0, t, f);
  const std::uint32_t slot = scope_.window.slot(*merged, terms_.type_of(pattern).element);
  block_.test(Op::Match, text, format::operand(format::kConstantBase, slot), 0, t, f);
}

}  // namespace bylaw::compiler::lowering
