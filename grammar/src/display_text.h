#pragma once
// A source line as a terminal shows it: tabs become blanks, wide letters take two columns, invisible and broken bytes
// are made visible (a message must not be steered by the file that it speaks of).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::grammar {

struct DecodedCodePoint {
  char32_t value;       // meaningless if not valid
  std::uint32_t bytes;  // at least 1
  bool valid;
};

/// Decodes the code point at the front of a text that is not empty. Overlong forms and surrogates are not valid.
DecodedCodePoint decode_code_point(std::string_view text);

/// Characters that change the reading direction of what surrounds them: a reviewer sees another text than the compiler.
bool is_bidi_control(char32_t c);

/// The text with what cannot be shown replaced. `columns[i]` is the display column of byte i, `columns[size]` the
/// width.
struct DisplayLine {
  std::string text;
  std::vector<std::uint32_t> columns;
};
/// Shows the part of `line` from byte `from` on that fits into `width` columns.
DisplayLine display_line(std::string_view line, std::size_t from, std::uint32_t width);

}  // namespace bylaw::grammar
