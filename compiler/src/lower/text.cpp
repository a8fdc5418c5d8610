// Tests of texts.

#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using format::TextMode;
using ir::TermId;

/// What is read, and how.
Lowering::Text Lowering::text(TermId id) const {
  if (!terms_.is_read_text(id)) return {id, TextMode::AsIs};
  return {terms_.operand(id, 0), terms_[id].op == ir::Op::Lower ? TextMode::Lower : TextMode::Fold};
}

/// A test of both operands, which are texts.
void Lowering::two_texts(Op op, TermId id, Label t, Label f) {
  const Text a = text(terms_.operand(id, 0)), b = text(terms_.operand(id, 1));
  both(op, a.term, b.term, format::text_modes(a.mode, b.mode), t, f);
}

/// Of constant patterns one automaton, unless it became too large; else pattern by pattern.
void Lowering::matches(TermId id, Label t, Label f) {
  const Text read = this->text(terms_.operand(id, 0));
  const auto mode = static_cast<std::uint32_t>(read.mode);
  const std::uint16_t text = value(read.term);
  const Pin pin(block_, text, words(read.term));
  const TermId pattern = terms_.operand(id, 1);
  const Value* all = terms_.constant_of(pattern);
  if (terms_.type_of(pattern).kind != TypeKind::Set && terms_.type_of(pattern).kind != TypeKind::List)
    return block_.test(Op::Match, text, value(pattern), mode, t, f);
  const auto merged = all ? scope_.window.patterns().merged(*all) : std::nullopt;
  if (!merged) return block_.test(Op::MatchAny, text, value(pattern), mode, t, f);
  const std::uint32_t slot = scope_.window.slot(*merged, terms_.type_of(pattern).element);
  block_.test(Op::Match, text, format::operand(format::kConstantBase, slot), mode, t, f);
}

}  // namespace bylaw::compiler::lowering
