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

/// Texts put together: the pieces stand in registers, one behind the other.
std::uint16_t Lowering::compose(TermId id) {
  const std::vector<TermId>& pieces = terms_.elements(id);
  const std::uint32_t count = words(id);
  const std::uint16_t result = block_.take_registers(count);
  const Pin pin(block_, result, count);
  if (pieces.size() > format::kMostPieces) block_.fail(Limit::Pieces);
  if (block_.failed()) return result;
  for (std::uint32_t i = 0; i < pieces.size(); ++i)
    piece(pieces[i], static_cast<std::uint16_t>(result + format::words_of_pieces(i)));
  block_.value(Op::Join, result, 0, 0, static_cast<std::uint32_t>(pieces.size()));
  return result;
}

void Lowering::piece(TermId piece, std::uint16_t dst) {
  switch (terms_[piece].op) {
    case ir::Op::Spelling: {
      const TermId member = terms_.operand(piece, 0);
      return block_.value(Op::Spelling, dst, value(member), 0, scope_.types.record(type(member)).ref);
    }
    case ir::Op::Id: return block_.value(Op::Id, dst, value(terms_.operand(piece, 0)), 0, 0);
    case ir::Op::Digits: return block_.value(Op::Digits, dst, value(terms_.operand(piece, 0)), 0, 0);
    default: break;
  }
  if (terms_.part_words(piece) > 2) return block_.fail(Limit::Pieces);
  block_.value(Op::Whole, dst, value(piece), 0, 2);
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
