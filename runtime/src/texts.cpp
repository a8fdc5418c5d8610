#include "texts.h"

#include <algorithm>

#include "world_data.h"

namespace bylaw {

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

bool has_part(const Memory& memory, ReadText text, ReadText part) {
  return find_part(memory, text, part, false).has_value();
}

bool has_text(const Memory& memory, Collection texts, ReadText text) {
  return std::any_of(texts.data, texts.data + texts.count, [&](Word symbol) {
    return equal(text, {symbol_text(memory, static_cast<Symbol>(symbol)), TextMode::AsIs});
  });
}

}  // namespace bylaw
