#pragma once
// A text as a test reads it: as it is, in lower case or folded. `lower` changes ASCII letters alone; `fold` is Unicode
// simple case folding, one code point for one, so neither changes how many code points a text has. No text is made:
// what consumes one reads it code point by code point.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bylaw::format {

enum class TextMode : std::uint8_t { AsIs, Lower, Fold };
inline constexpr std::uint32_t kTextModes = 3;
/// The modes of two texts as one number, and back.
constexpr std::uint32_t text_modes(TextMode a, TextMode b) {
  return static_cast<std::uint32_t>(a) + kTextModes * static_cast<std::uint32_t>(b);
}
constexpr TextMode first_mode(std::uint32_t modes) {
  return static_cast<TextMode>(modes % kTextModes);
}
constexpr TextMode second_mode(std::uint32_t modes) {
  return static_cast<TextMode>(modes / kTextModes);
}

/// Which part of a text: what stands before or behind a text in it, where that stands first or last.
enum class TextPart : std::uint8_t { Before, After, BeforeLast, AfterLast };
inline constexpr std::uint32_t kTextParts = 4;
/// A part, and how the text and what is looked for in it are read, as one number, and back.
constexpr std::uint32_t part_of(TextPart part, std::uint32_t modes) {
  return static_cast<std::uint32_t>(part) + kTextParts * modes;
}
constexpr TextPart which_part(std::uint32_t number) {
  return static_cast<TextPart>(number % kTextParts);
}
constexpr std::uint32_t modes_of_part(std::uint32_t number) {
  return number / kTextParts;
}
constexpr bool looks_for_last(TextPart part) {
  return part == TextPart::BeforeLast || part == TextPart::AfterLast;
}

/// Unicode simple case folding of one code point.
char32_t fold(char32_t c);
constexpr char32_t lower(char32_t c) {
  return c >= U'A' && c <= U'Z' ? c + 32 : c;
}
inline char32_t as_read(char32_t c, TextMode mode) {
  return mode == TextMode::AsIs ? c : mode == TextMode::Lower ? lower(c) : fold(c);
}

/// Decodes the code point at the begin of a text that is UTF-8 and not empty, and takes it away from the text.
char32_t take_front(std::string_view& text);
/// The same at its end.
char32_t take_back(std::string_view& text);
/// Writes 1 to 4 bytes and returns how many.
unsigned encode(char32_t c, unsigned char* out);

/// A text of a request or bundle and how it is read.
struct ReadText {
  std::string_view text;
  TextMode mode = TextMode::AsIs;
};

std::uint64_t count_code_points(std::string_view text);
bool equal(ReadText a, ReadText b);
bool has_prefix(ReadText text, ReadText prefix);
bool has_suffix(ReadText text, ReadText suffix);
/// Takes time in proportion to both lengths, whatever they hold, for who does not know `seed`.
bool has_part(ReadText text, ReadText part, std::uint64_t seed);
/// Bytes of a text.
struct TextRange {
  std::size_t begin, length;
};
/// Where `part` stands in the text first, or last; takes the time that `has_part` does.
std::optional<TextRange> find_part(ReadText text, ReadText part, bool last, std::uint64_t seed);
/// The part of a text of that size, in which what was looked for stands there.
TextRange part_beside(TextPart part, TextRange found, std::size_t size);
/// The number that a text writes: decimal digits, with a minus before them or not; none for any other text and beyond
/// 64 bits.
std::optional<std::int64_t> read_integer(std::string_view text);
/// The text as it is read: for messages, and for what is known when a bundle is built.
std::string written(ReadText text);

}  // namespace bylaw::format
