#include "json_text.h"

#include <algorithm>

#include "format/text_forms.h"

namespace bylaw {
namespace {

/// -1 if it is no hexadecimal digit.
int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Four digits from `at`; -1 if they are not there.
int hex_number(std::string_view text, std::size_t at) {
  if (text.size() < at + 4) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high_surrogate(int unit) {
  return unit >= 0xd800 && unit < 0xdc00;
}
bool is_low_surrogate(int unit) {
  return unit >= 0xdc00 && unit < 0xe000;
}

/// `at` stands on `\u`; it is moved to the last byte of the escape.
std::string_view unicode_mistake(std::string_view raw, std::size_t& at) {
  const int unit = hex_number(raw, at + 2);
  if (unit < 0) return "`\\u` without four hexadecimal digits";
  if (unit == 0) return "NUL in a text";
  if (is_low_surrogate(unit)) return "half of a surrogate pair";
  if (is_high_surrogate(unit)) {
    const bool pair = raw.substr(std::min(raw.size(), at + 6), 2) == "\\u" && is_low_surrogate(hex_number(raw, at + 8));
    if (!pair) return "half of a surrogate pair";
    at += 6;
  }
  at += 5;
  return {};
}

}  // namespace

std::string_view text_mistake(std::string_view raw, std::size_t& at) {
  bool ascii = true;
  for (at = 0; at < raw.size(); ++at) {
    const auto byte = static_cast<unsigned char>(raw[at]);
    if (byte < 0x20) return "a control character in a text";
    ascii = ascii && byte < 0x80;
    if (byte != '\\') continue;
    if (at + 1 == raw.size()) return "an escape without its character";
    if (raw[at + 1] == 'u') {
      if (const auto mistake = unicode_mistake(raw, at); !mistake.empty()) return mistake;
    } else if (std::string_view("\"\\/bfnrt").find(raw[at + 1]) == std::string_view::npos) {
      return "an escape that JSON does not have";
    } else {
      ++at;
    }
  }
  at = 0;
  return ascii || format::valid_text(raw) ? std::string_view() : "bytes that are not UTF-8 in a text";
}

std::uint32_t Unescaper::take_hex() {
  const int unit = hex_number(rest_, 2);
  rest_.remove_prefix(6);
  return static_cast<std::uint32_t>(unit);
}

void Unescaper::encode(std::uint32_t code_point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code_point < 0x80) {
    bytes_[pending_++] = byte(code_point);
    return;
  }
  const unsigned length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (unsigned i = 1; i < length; ++i, code_point >>= 6) bytes_[pending_++] = byte(0x80 | (code_point & 0x3f));
  bytes_[pending_++] = byte((0xf00u >> length & 0xf0u) | code_point);
}

bool Unescaper::fill() {
  if (rest_.empty()) return false;
  if (rest_[0] != '\\') {
    bytes_[pending_++] = rest_[0];
    rest_.remove_prefix(1);
    return true;
  }
  if (rest_[1] == 'u') {
    std::uint32_t code_point = take_hex();
    if (is_high_surrogate(static_cast<int>(code_point))) {
      code_point = 0x10000 + ((code_point - 0xd800) << 10) + (take_hex() - 0xdc00);
    }
    encode(code_point);
    return true;
  }
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kBytes = "\"\\/\b\f\n\r\t";
  bytes_[pending_++] = kBytes[kEscapes.find(rest_[1])];
  rest_.remove_prefix(2);
  return true;
}

int compare_texts(std::string_view raw, std::string_view other_raw) {
  Unescaper left(raw), right(other_raw);
  while (true) {
    char a = 0, b = 0;
    const bool more_left = left.next(a), more_right = right.next(b);
    if (!more_left || !more_right) return static_cast<int>(more_left) - static_cast<int>(more_right);
    if (a != b) return static_cast<unsigned char>(a) < static_cast<unsigned char>(b) ? -1 : 1;
  }
}

bool same_text(std::string_view raw, std::string_view other_raw) {
  return compare_texts(raw, other_raw) == 0;
}

}  // namespace bylaw
