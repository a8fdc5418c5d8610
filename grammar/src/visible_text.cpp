#include <bylaw/grammar/visible_text.h>

#include <fmt/core.h>

#include "display_text.h"

namespace bylaw::grammar {
namespace {

constexpr std::string_view kColours[] = {"\x1b[0m",  "\x1b[1m",  "\x1b[2m",    "\x1b[31m",   "\x1b[32m",
                                         "\x1b[33m", "\x1b[36m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[1;33m"};

/// The length of the colour that Bylaw writes at the front of the text; 0 if there is none.
std::size_t colour_length(std::string_view text) {
  for (const std::string_view colour : kColours)
    if (text.starts_with(colour)) return colour.size();
  return 0;
}

bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || is_bidi_control(c);
}

std::string escaped(char32_t c) {
  switch (c) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(c));
  }
}

/// The bracket of `##vso[` and `##[`, wherever they stand: services look for these within a line.
bool begins_command(std::string_view before) {
  return before.ends_with("##") || before.ends_with("##vso");
}

/// `::`, which services take for a command behind blanks too.
bool leads(std::string_view before) {
  return before.find_first_not_of(' ') == std::string_view::npos;
}

}  // namespace

std::string visible_text(std::string_view text, Colours colours) {
  std::string out;
  while (!text.empty()) {
    if (const std::size_t length = colours == Colours::Keep ? colour_length(text) : 0; length != 0) {
      out += text.substr(0, length);
      text.remove_prefix(length);
      continue;
    }
    const DecodedCodePoint c = decode_code_point(text);
    const bool command = (c.value == '[' && begins_command(out)) || (text.starts_with("::") && leads(out));
    if (!c.valid)
      out += "\xEF\xBF\xBD";
    else if (command || steers(c.value))
      out += escaped(c.value);
    else
      out += text.substr(0, c.bytes);
    text.remove_prefix(c.bytes);
  }
  return out;
}

std::string visible_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const DecodedCodePoint c = decode_code_point(text);
    const bool end_of_line = text.starts_with("\r\n");
    const bool stays =
        c.value == '\n' || c.value == '\t' || (!steers(c.value) && c.value != 0xFFFE && c.value != 0xFFFF);
    if (!c.valid)
      out += "\xEF\xBF\xBD";
    else if (stays)
      out += text.substr(0, c.bytes);
    else if (!end_of_line)
      out += fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(c.value));
    text.remove_prefix(c.bytes);
  }
  return out;
}

}  // namespace bylaw::grammar
