#include "texts.h"

#include <algorithm>
#include <charconv>

#include "world_data.h"

namespace bylaw {

using format::Pieces;
using format::ReadPieces;
using format::ReadText;
using format::TextMode;
using format::TextRange;

std::optional<TextRange> find_part(const Memory& memory, ReadText text, ReadText part, bool last) {
  constexpr std::size_t kShort = 16;  // then comparing at every place is at most so many times the text
  const bool as_is = text.mode == TextMode::AsIs && part.mode == TextMode::AsIs;
  if (!as_is || part.text.size() > kShort) return format::find_part(text, part, last, memory.world->seed);
  const std::size_t at = last ? text.text.rfind(part.text) : text.text.find(part.text);
  if (at == std::string_view::npos) return std::nullopt;
  return TextRange{at, part.text.size()};
}

std::optional<TextRange> find_part(const Memory& memory, const ReadPieces& text, const ReadPieces& part, bool last) {
  return format::find_part(text, part, last, memory.world->seed);
}

bool has_text(const Memory& memory, Collection texts, ReadText text) {
  return std::any_of(texts.data, texts.data + texts.count, [&](Word symbol) {
    return equal(text, {symbol_text(memory, static_cast<Symbol>(symbol)), TextMode::AsIs});
  });
}

bool has_text(const Memory& memory, Collection texts, const ReadPieces& text) {
  return std::any_of(texts.data, texts.data + texts.count, [&](Word symbol) {
    return equal(text, ReadPieces{Pieces(symbol_text(memory, static_cast<Symbol>(symbol))), TextMode::AsIs});
  });
}

JoinedText::JoinedText(const Memory& memory, const Word* place) {
  if (!is_joined(place)) {
    pieces_ = Pieces(text_at(memory, place));
    return;
  }
  Pieces all;
  const auto count = static_cast<std::uint32_t>(*place);
  for (std::uint32_t i = 0; i < count; ++i) all.add(piece(memory, place + format::words_of_pieces(i), i));
  pieces_ = all.cut(static_cast<std::uint32_t>(place[1] >> 32), static_cast<std::uint32_t>(place[1]));
}

std::string_view JoinedText::piece(const Memory& memory, const Word* place, std::uint32_t number) {
  if (text_form(*place) != TextForm::Digits) return text_at(memory, place);
  char* const first = digits_[number];
  const auto written = std::to_chars(first, first + kMostDigits, static_cast<std::int64_t>(place[1]));
  return {first, static_cast<std::size_t>(written.ptr - first)};
}

void write_joined(const Memory& memory, Word* place, std::uint32_t pieces) {
  constexpr std::uint32_t kAll = UINT32_MAX;
  write_part(place, {with_form(TextForm::Joined, pieces), 0, kAll});
  const std::size_t size = JoinedText(memory, place).pieces().size();
  write_part(place, {place[0], 0, static_cast<std::uint32_t>(std::min<std::size_t>(size, kAll))});
}

}  // namespace bylaw
