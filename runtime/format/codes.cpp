#include "format/codes.h"

#include <algorithm>
#include <cassert>

namespace bylaw::format {
namespace {

constexpr bool codes_are_unique() {
  for (std::size_t i = 0; i < std::size(kCodes); ++i) {
    for (std::size_t k = i + 1; k < std::size(kCodes); ++k) {
      if (kCodes[i].code == kCodes[k].code) return false;
    }
  }
  return true;
}
static_assert(codes_are_unique());

std::string_view argument(Arguments arguments, std::string_view name) {
  const auto found =
      std::find_if(arguments.begin(), arguments.end(), [&](const Argument& a) { return a.name == name; });
  assert(found != arguments.end() && "a code's text names an argument that was not given");
  return found == arguments.end() ? std::string_view() : found->value;
}

/// Calls `piece` with each stretch of the text, arguments put in.
template <class Piece>
void for_each_piece(std::string_view text, Arguments arguments, Piece piece) {
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    piece(text.substr(0, open));
    text.remove_prefix(open);
    if (text.empty()) return;
    const std::size_t close = text.find('}');
    piece(argument(arguments, text.substr(1, close - 1)));
    text.remove_prefix(close + 1);
  }
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

std::string_view write_text(Code code, Arguments arguments, std::span<char> out) {
  std::size_t length = 0;
  for_each_piece(info(code).text, arguments, [&](std::string_view piece) {
    std::size_t take = std::min(piece.size(), out.size() - length);
    // A character is written whole or not at all.
    while (take > 0 && take < piece.size() && is_continuation(piece[take])) --take;
    std::copy_n(piece.data(), take, out.data() + length);
    length += take;
  });
  return {out.data(), length};
}

std::string text(Code code, Arguments arguments) {
  std::string out;
  for_each_piece(info(code).text, arguments, [&](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace bylaw::format
