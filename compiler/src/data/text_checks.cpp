#include "data/text_checks.h"

#include <cstdint>
#include <cstdio>

namespace bylaw::compiler {

namespace {

/// A code point and how many bytes it takes; length 0 if the bytes are no UTF-8 (overlong forms and surrogates too).
struct CodePoint {
  std::uint32_t value = 0;
  std::size_t length = 0;
};

CodePoint decode(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(bytes[at + n]); };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.size()) return {};
  std::uint32_t value = first & (0x7fu >> length);
  for (std::size_t n = 1; n < length; ++n) {
    if ((byte(n) & 0xc0) != 0x80) return {};
    value = value << 6 | (byte(n) & 0x3fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return {};
  return {value, length};
}

std::string code_point_name(std::uint32_t value) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(value));
  return text;
}

bool is_control(std::uint32_t value) {
  return (value < 0x20 && value != '\t' && value != '\n' && value != '\r') || (value >= 0x7f && value < 0xa0);
}

const char* invisible_kind(std::uint32_t value) {
  if (value == 0xa0 || value == 0x202f || value == 0x2007) return "a no-break space";
  if ((value >= 0x202a && value <= 0x202e) || (value >= 0x2066 && value <= 0x2069) || value == 0x61c ||
      value == 0x200e || value == 0x200f)
    return "a character that turns the direction of text";
  if ((value >= 0x200b && value <= 0x200d) || (value >= 0x2060 && value <= 0x2064) || value == 0xfeff ||
      value == 0xad || value == 0x180e || value == 0x34f)
    return "a character that nobody sees";
  if (value == 0x1680 || (value >= 0x2000 && value <= 0x200a) || value == 0x205f || value == 0x3000 ||
      value == 0x2028 || value == 0x2029)
    return "a blank that is not the plain one";
  return nullptr;
}

}  // namespace

std::optional<BadText> find_no_text(std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"))
    return BadText{0, 2, "this file is UTF-16: save it as UTF-8"};
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = decode(bytes, at);
    if (point.length == 0) return BadText{at, 1, "this byte is not UTF-8"};
    if (is_control(point.value))
      return BadText{at, point.length, "the control character " + code_point_name(point.value) + " is no text"};
    at += point.length;
  }
  return std::nullopt;
}

std::optional<BadText> find_invisible(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = decode(bytes, at);
    if (point.length == 0) return std::nullopt;
    if (const char* kind = invisible_kind(point.value))
      return BadText{at, point.length, std::string(kind) + " (" + code_point_name(point.value) + ")"};
    at += point.length;
  }
  return std::nullopt;
}

bool has_open_quote(std::string_view text) {
  const std::size_t colons = text.find("::\"");
  if (colons == std::string_view::npos) return false;
  for (std::size_t at = colons + 3; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return false;
  }
  return true;
}

std::size_t byte_order_mark(std::string_view bytes) {
  return bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
}

}  // namespace bylaw::compiler
