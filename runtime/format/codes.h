#pragma once
// The codes of codes.def as an enumeration with their texts, and how a text is filled in. A code's text stands in the
// table and nowhere else; who tells it gives the arguments by name.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace bylaw::format {

enum class Code : std::uint16_t {
#define BYLAW_CODE(name, code, text) name,
#include "format/codes.def"
#undef BYLAW_CODE
};

struct CodeInfo {
  std::string_view name;
  std::string_view code;  // "R0102"
  std::string_view text;  // with {named} arguments
};

inline constexpr CodeInfo kCodes[] = {
#define BYLAW_CODE(name, code, text) {#name, code, text},
#include "format/codes.def"
#undef BYLAW_CODE
};

constexpr const CodeInfo& info(Code code) {
  return kCodes[static_cast<std::size_t>(code)];
}

struct Argument {
  std::string_view name;
  std::string_view value;
};
using Arguments = std::initializer_list<Argument>;

/// The code's text with its arguments, cut to `out`; returns what was written. No allocation.
std::string_view write_text(Code code, Arguments arguments, std::span<char> out);
std::string text(Code code, Arguments arguments);

}  // namespace bylaw::format
