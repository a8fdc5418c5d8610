#include "escape.h"

#include <fmt/format.h>

#include <cctype>

namespace bylaw::runner {
namespace {

/// The length of the UTF-8 sequence at the front and its code point; 0 if there is none.
std::size_t decode(std::string_view text, std::uint32_t& code_point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  code_point = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
    code_point = (code_point << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
  return overlong || surrogate || code_point > 0x10FFFF ? 0 : length;
}

bool is_control(std::uint32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
}

std::string with_references(std::string_view text, std::string_view signs) {
  std::string out;
  for (const char c : printable(text))
    out += signs.find(c) == std::string_view::npos ? std::string(1, c) : fmt::format("&#{};", static_cast<int>(c));
  return out;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::uint32_t c = 0;
    const std::size_t length = decode(text, c);
    if (length == 0)
      out += "\xEF\xBF\xBD";
    else if (is_control(c) && !(c == '\r' && text.starts_with("\r\n")))
      out += fmt::format("\\u{{{:x}}}", c);
    else if (c != '\r')
      out += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string on_one_line(std::string_view text) {
  std::string out = printable(text);
  for (char& c : out)
    if (c == '\n' || c == '\t') c = ' ';
  return out;
}

std::string html(std::string_view text) {
  return with_references(text, "&<>\"'");
}

std::string markdown(std::string_view text) {
  return with_references(on_one_line(text), "&<>\"'|`*_[]()@#~\\!:");
}

std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace bylaw::runner
