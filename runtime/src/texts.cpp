#include "texts.h"

#include <algorithm>

#include "world_data.h"

namespace bylaw {

using format::ReadText;
using format::TextMode;

bool has_part(const Memory& memory, ReadText text, ReadText part) {
  constexpr std::size_t kShort = 16;  // then comparing at every place is at most so many times the text
  const bool as_is = text.mode == TextMode::AsIs && part.mode == TextMode::AsIs;
  if (as_is && part.text.size() <= kShort) return text.text.find(part.text) != std::string_view::npos;
  return format::has_part(text, part, memory.world->seed);
}

bool has_text(const Memory& memory, Collection texts, ReadText text) {
  return std::any_of(texts.data, texts.data + texts.count, [&](Word symbol) {
    return equal(text, {symbol_text(memory, static_cast<Symbol>(symbol)), TextMode::AsIs});
  });
}

}  // namespace bylaw
