#pragma once
// What no text file of a project may hold: bytes that are no UTF-8, control characters, characters that nobody sees.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bylaw::compiler {

struct BadText {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string what;  // "this byte is not UTF-8", "the control character U+0004"
};

/// The first byte or character that is no text: broken UTF-8, NUL, a control character other than tab and line ends.
std::optional<BadText> find_no_text(std::string_view bytes);

/// The first character that shows as nothing or as a plain blank: no-break spaces, zero-width and bidi characters.
/// `bytes` is valid UTF-8.
std::optional<BadText> find_invisible(std::string_view bytes);

/// True for `User::"a`: the quote after `::` does not close, for a comma or the like cut the text.
bool has_open_quote(std::string_view text);

/// 3 if the file begins with a byte order mark, else 0.
std::size_t byte_order_mark(std::string_view bytes);

}  // namespace bylaw::compiler
