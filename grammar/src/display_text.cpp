#include "display_text.h"

#include <bylaw/grammar/display_width.h>

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

namespace bylaw::grammar {
namespace {

constexpr std::uint32_t kTabStop = 4;

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks that terminals draw two columns wide (East Asian wide and emoji), coarse on purpose.
constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},  {0x3400, 0x4DBF},
                           {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},
                           {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                           {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
constexpr Range kCombining[] = {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
                                {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
constexpr Range kInvisible[] = {{0x00, 0x1F},     {0x7F, 0x9F},      {0xA0, 0xA0},     {0xAD, 0xAD},
                                {0x061C, 0x061C}, {0x200B, 0x200F},  {0x2028, 0x202F}, {0x2060, 0x206F},
                                {0xFEFF, 0xFEFF}, {0xE0000, 0xE0FFF}};
constexpr Range kBidi[] = {{0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};

template <std::size_t N>
bool within(char32_t c, const Range (&ranges)[N]) {
  return std::any_of(std::begin(ranges), std::end(ranges), [c](Range r) { return c >= r.first && c <= r.last; });
}

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

DecodedCodePoint decode_long(std::string_view text, std::uint32_t length, char32_t value, char32_t least) {
  for (std::uint32_t i = 1; i < length; ++i) {
    if (!continues(text, i)) return {0, i, false};
    value = (value << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool valid = value >= least && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  return {value, length, valid};
}

std::string shown(std::string_view bytes, const DecodedCodePoint& c, std::uint32_t column) {
  if (!c.valid) return "\xEF\xBF\xBD";
  if (c.value == '\t') return std::string(kTabStop - column % kTabStop, ' ');
  if (within(c.value, kInvisible)) return fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(c.value));
  return std::string(bytes.substr(0, c.bytes));
}

std::uint32_t width(const DecodedCodePoint& c, const std::string& text) {
  if (!c.valid) return 1;
  if (c.value < 0x80 || within(c.value, kInvisible)) return static_cast<std::uint32_t>(text.size());
  if (within(c.value, kCombining)) return 0;
  return within(c.value, kWide) ? 2 : 1;
}

}  // namespace

DecodedCodePoint decode_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1, true};
  if (lead >= 0xC2 && lead <= 0xDF) return decode_long(text, 2, lead & 0x1FU, 0x80);
  if (lead >= 0xE0 && lead <= 0xEF) return decode_long(text, 3, lead & 0x0FU, 0x800);
  if (lead >= 0xF0 && lead <= 0xF4) return decode_long(text, 4, lead & 0x07U, 0x10000);
  return {0, 1, false};
}

bool is_bidi_control(char32_t c) {
  return within(c, kBidi);
}

std::uint32_t display_width(std::string_view text) {
  std::uint32_t column = 0;
  while (!text.empty()) {
    const DecodedCodePoint c = decode_code_point(text);
    column += width(c, shown(text, c, column));
    text.remove_prefix(c.bytes);
  }
  return column;
}

DisplayLine display_line(std::string_view line, std::size_t from, std::uint32_t width_limit) {
  DisplayLine result;
  result.columns.assign(std::min(from, line.size()), 0);
  std::uint32_t column = 0;
  for (std::size_t at = from; at < line.size() && column < width_limit;) {
    const DecodedCodePoint c = decode_code_point(line.substr(at));
    const std::string text = shown(line.substr(at), c, column);
    result.columns.insert(result.columns.end(), c.bytes, column);
    const bool command = text == "[" && (result.text.ends_with("##") || result.text.ends_with("##vso"));
    result.text += command ? "(" : text;  // services look for `##vso[` within a line; it keeps its width
    column += width(c, text);
    at += c.bytes;
  }
  result.columns.push_back(column);
  return result;
}

}  // namespace bylaw::grammar
