#pragma once
// Texts in texts and in sets of texts, as `lower` and `fold` read them. No allocation.

#include "format/text_reading.h"
#include "memory.h"

namespace bylaw {

/// A text of a request or bundle, or a part of one.
struct TextPlace {
  Symbol symbol = 0;
  std::uint32_t begin = 0, length = 0;  // bytes
};
/// A part in registers: the text's symbol, marked as no text of its own, then where it begins and its length.
inline constexpr Word kPartMark = Word{1} << 63;

inline TextPlace text_place(const Memory& memory, const Word* place) {
  const auto symbol = static_cast<Symbol>(*place);
  if ((*place & kPartMark) == 0) return {symbol, 0, static_cast<std::uint32_t>(symbol_text(memory, symbol).size())};
  return {symbol, static_cast<std::uint32_t>(place[1] >> 32), static_cast<std::uint32_t>(place[1])};
}
inline void write_part(Word* place, const TextPlace& part) {
  place[0] = kPartMark | part.symbol;
  place[1] = static_cast<Word>(part.begin) << 32 | part.length;
}
/// What a slot of class Text or Part says.
inline std::string_view text_at(const Memory& memory, const Word* place) {
  const std::string_view text = symbol_text(memory, static_cast<Symbol>(*place));
  if ((*place & kPartMark) == 0) return text;
  return text.substr(static_cast<std::uint32_t>(place[1] >> 32), static_cast<std::uint32_t>(place[1]));
}

/// Where `part` stands in the text first, or last.
std::optional<format::TextRange> find_part(const Memory& memory, format::ReadText text, format::ReadText part,
                                           bool last);

/// `part` stands somewhere in `text`: in time that grows with both lengths, whatever a sender writes.
bool has_part(const Memory& memory, format::ReadText text, format::ReadText part);
/// An element of a collection of texts, each as it is, is `text` as it is read.
bool has_text(const Memory& memory, Collection texts, format::ReadText text);

}  // namespace bylaw
