#pragma once
// Texts, their parts and what is put together of them: where these lie, and tests of them. No allocation.

#include "format/text_reading.h"
#include "memory.h"

namespace bylaw {

// What a slot of class Part holds: two words, or more if it is put together. The upper four bits of the first one say
// what it is; a text of a request or bundle, which has one word, has none of them set.
//   Slice   the text's symbol; then where the part begins and how many bytes it has
//   Id      the entity, whose type takes 28 bits; then the same of its id
//   Digits  then the number
//   Joined  how many pieces there are; then the same of all of them together; then the pieces, two words each
enum class TextForm : Word { Text = 0, Slice = 8, Id = 9, Digits = 10, Joined = 11 };

constexpr TextForm text_form(Word first) {
  return static_cast<TextForm>(first >> 60);
}
constexpr Word with_form(TextForm form, Word rest) {
  return static_cast<Word>(form) << 60 | rest;
}
/// Which text, or id, and which bytes of it.
struct TextPlace {
  Word source = 0;
  std::uint32_t begin = 0, length = 0;
};

inline std::string_view source_text(const Memory& memory, Word source) {
  if (text_form(source) == TextForm::Id) return entity_id(memory, source & ~(Word{15} << 60));
  return symbol_text(memory, static_cast<Symbol>(source));
}
inline TextPlace whole_text(const Memory& memory, Word source) {
  return {source, 0, static_cast<std::uint32_t>(source_text(memory, source).size())};
}
inline TextPlace text_place(const Memory& memory, const Word* place) {
  if (text_form(*place) == TextForm::Text) return whole_text(memory, with_form(TextForm::Slice, *place));
  return {*place, static_cast<std::uint32_t>(place[1] >> 32), static_cast<std::uint32_t>(place[1])};
}
inline void write_part(Word* place, const TextPlace& part) {
  place[0] = part.source;
  place[1] = static_cast<Word>(part.begin) << 32 | part.length;
}
/// What a slot of class Text or Part says, if it is not put together.
inline std::string_view text_at(const Memory& memory, const Word* place) {
  if (text_form(*place) == TextForm::Text) return symbol_text(memory, static_cast<Symbol>(*place));
  const TextPlace part = text_place(memory, place);
  return source_text(memory, part.source).substr(part.begin, part.length);
}
inline bool is_joined(const Word* place) {
  return text_form(*place) == TextForm::Joined;
}

/// What a slot of class Text or Part says, put together or not.
class JoinedText {
 public:
  JoinedText(const Memory& memory, const Word* place);
  JoinedText(const JoinedText&) = delete;
  JoinedText& operator=(const JoinedText&) = delete;
  const format::Pieces& pieces() const { return pieces_; }

 private:
  std::string_view piece(const Memory& memory, const Word* place, std::uint32_t number);

  static constexpr std::size_t kMostDigits = 20;
  char digits_[format::kMostPieces][kMostDigits];
  format::Pieces pieces_;
};
/// Says of the pieces behind the first two words that they are one text.
void write_joined(const Memory& memory, Word* place, std::uint32_t pieces);

/// Where `part` stands in the text first, or last.
std::optional<format::TextRange> find_part(const Memory& memory, format::ReadText text, format::ReadText part,
                                           bool last);
std::optional<format::TextRange> find_part(const Memory& memory, const format::ReadPieces& text,
                                           const format::ReadPieces& part, bool last);

/// `part` stands somewhere in `text`: in time that grows with both lengths, whatever a sender writes.
template <class Read>
bool has_part(const Memory& memory, const Read& text, const Read& part) {
  return find_part(memory, text, part, false).has_value();
}
/// An element of a collection of texts, each as it is, is `text` as it is read.
bool has_text(const Memory& memory, Collection texts, format::ReadText text);
bool has_text(const Memory& memory, Collection texts, const format::ReadPieces& text);

}  // namespace bylaw
