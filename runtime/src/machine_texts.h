#pragma once
// What instructions do with texts: read as they stand, with capital letters or without, in one stretch or put together
// of pieces; and what is taken out of them. No text is made: a part says where it begins and how long it is.

#include "format/decimal.h"
#include "map.h"
#include "scratch.h"
#include "texts.h"
#include "vm_state.h"

namespace bylaw::machine {

using namespace format;

inline ReadText text(const Machine& m, std::uint16_t operand, std::uint32_t mode) {
  return {text_at(m.memory, m.place(operand)), static_cast<TextMode>(mode)};
}

/// `test` of the text in a, read so.
template <class Test>
auto with_text(const Machine& m, std::uint16_t operand, std::uint32_t mode, Test test) {
  if (!is_joined(m.place(operand))) return test(text(m, operand, mode));
  const JoinedText joined(m.memory, m.place(operand));
  return test(ReadPieces{joined.pieces(), static_cast<TextMode>(mode)});
}

/// `test` of the texts in a and b, read so.
template <class Test>
auto with_texts(const Machine& m, const Instruction& in, std::uint32_t modes, Test test) {
  const TextMode first = first_mode(modes), second = second_mode(modes);
  if (!is_joined(m.place(in.a)) && !is_joined(m.place(in.b)))
    return test(text(m, in.a, static_cast<std::uint32_t>(first)), text(m, in.b, static_cast<std::uint32_t>(second)));
  const JoinedText a(m.memory, m.place(in.a)), b(m.memory, m.place(in.b));
  return test(ReadPieces{a.pieces(), first}, ReadPieces{b.pieces(), second});
}

/// What `read` makes of a text that writes a number; nothing of one that is too long for it.
template <class Read>
auto with_short_text(const Machine& m, std::uint16_t operand, Read read) -> decltype(read(std::string_view())) {
  if (!is_joined(m.place(operand))) return read(text_at(m.memory, m.place(operand)));
  const JoinedText joined(m.memory, m.place(operand));
  char together[kLongestNumber];
  std::size_t size = 0;
  for (std::uint32_t i = 0; i < joined.pieces().count(); ++i) {
    const std::string_view piece = joined.pieces()[i];
    if (piece.size() > sizeof together - size) return std::nullopt;
    size += piece.copy(together + size, piece.size());
  }
  return read({together, size});
}

/// Writes the result, if the text is a quantity.
inline bool quantity(Machine& m, const Instruction& in) {
  const auto value = with_short_text(m, in.a, [](std::string_view text) { return read_quantity(text); });
  if (value) m.set(in.dst, static_cast<Word>(*value));
  return value.has_value();
}

/// The same, if it is an integer.
inline bool integer(Machine& m, const Instruction& in) {
  const auto value = with_short_text(m, in.a, [](std::string_view text) { return read_integer(text); });
  if (value) m.set(in.dst, static_cast<Word>(*value));
  return value.has_value();
}

/// Writes the part, if what is looked for stands in the text. A part of what is put together has all its pieces.
inline bool part(Machine& m, const Instruction& in) {
  const TextPart which = which_part(in.imm);
  const auto found = with_texts(m, in, modes_of_part(in.imm), [&](const auto& text, const auto& beside) {
    return find_part(m.memory, text, beside, looks_for_last(which));
  });
  if (!found) return false;
  const Word* const from = m.place(in.a);
  const TextPlace whole = text_place(m.memory, from);
  const TextRange range = part_beside(which, *found, whole.length);
  if (is_joined(from)) m.copy(in.dst, from, words_of_pieces(static_cast<std::uint32_t>(*from)));
  m.set_part(in.dst, {whole.source, whole.begin + static_cast<std::uint32_t>(range.begin),
                      static_cast<std::uint32_t>(range.length)});
  return true;
}

inline void whole(Machine& m, const Instruction& in) {
  const Word* const from = m.place(in.a);
  const TextPlace all = text_place(m.memory, from);
  if (is_joined(from)) m.copy(in.dst, from, words_of_pieces(static_cast<std::uint32_t>(*from)));
  m.set_part(in.dst, all);
}

/// A member of an open enum that is not declared is its text.
inline TextPlace spelling(const Machine& m, const Instruction& in) {
  const EnumRecord& declared = m.bundle.enums[in.imm];
  const Word member = m.word(in.a);
  const Symbol text = member < declared.member_count
                          ? m.bundle.members[declared.first_member + static_cast<std::uint32_t>(member)].wire
                          : static_cast<Symbol>(member - declared.member_count);
  return whole_text(m.memory, with_form(TextForm::Slice, text));
}

inline const Word* entry(const Machine& m, const Instruction& in) {
  const Word* const key = m.place(in.b);
  if (entry_layout(m.bundle, in.imm).key.kind != Kind::String || text_form(*key) == TextForm::Text)
    return entry_of(m.memory, m.bundle, in.imm, m.word(in.a), *key);
  return entry_of(m.memory, m.bundle, in.imm, m.word(in.a), JoinedText(m.memory, key).pieces());
}

}  // namespace bylaw::machine
