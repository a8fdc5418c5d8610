#pragma once
// A text of a file on its way to people: it must not steer the terminal or the build service that shows it.

#include <cstdint>
#include <string>
#include <string_view>

namespace bylaw::grammar {

/// Whether the escape sequences that Bylaw itself writes for its colours stay.
enum class Colours : std::uint8_t { Escape, Keep };

/// The text on one line. Control characters and those that turn the direction of reading come as `\n`, `\u{1b}`; what
/// is no UTF-8 as U+FFFD. The beginnings of commands to build services, `##vso[`, `##[` and a leading `::`, are broken.
std::string visible_text(std::string_view text, Colours colours = Colours::Escape);
/// The text with its lines and tabs, for files that are read by programs with signs of their own: the same characters
/// come escaped, and those that XML cannot hold; `\r\n` becomes `\n`.
std::string visible_lines(std::string_view text);

}  // namespace bylaw::grammar
