#pragma once
// A text as a test reads it: as it is, in lower case or folded. `lower` changes ASCII letters alone; `fold` is Unicode
// simple case folding, one code point for one, so neither changes how many code points a text has. No text is made:
// what consumes one reads it code point by code point.

#include <array>
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

/// The most that one text is put together of, and the words that so many pieces take in registers.
inline constexpr std::uint32_t kMostPieces = 8;
constexpr std::uint32_t words_of_pieces(std::uint32_t count) {
  return 2 + 2 * count;
}

/// Texts, one behind the other, read as one.
class Pieces {
 public:
  Pieces() = default;
  explicit Pieces(std::string_view text) { add(text); }
  void add(std::string_view text) {
    if (!text.empty()) all_[end_++] = text;
  }
  bool empty() const { return begin_ == end_; }
  std::size_t size() const {
    std::size_t bytes = 0;
    for (std::uint32_t i = begin_; i < end_; ++i) bytes += all_[i].size();
    return bytes;
  }
  /// What is left without so many bytes at the begin, and of that so many.
  Pieces cut(std::size_t begin, std::size_t length) const;
  std::uint32_t count() const { return end_ - begin_; }
  std::string_view operator[](std::uint32_t i) const { return all_[begin_ + i]; }

 private:
  friend char32_t take_front(Pieces& text);
  friend char32_t take_back(Pieces& text);
  std::array<std::string_view, kMostPieces> all_ = {};
  std::uint32_t begin_ = 0, end_ = 0;  // none of those between is empty
};
char32_t take_front(Pieces& text);
char32_t take_back(Pieces& text);

/// A text of a request or bundle and how it is read.
struct ReadText {
  std::string_view text;
  TextMode mode = TextMode::AsIs;
};
/// The same of what is put together.
struct ReadPieces {
  Pieces text;
  TextMode mode = TextMode::AsIs;
};

std::uint64_t count_code_points(std::string_view text);
std::uint64_t count_code_points(const Pieces& text);
bool equal(ReadText a, ReadText b);
bool equal(const ReadPieces& a, const ReadPieces& b);
bool has_prefix(ReadText text, ReadText prefix);
bool has_prefix(const ReadPieces& text, const ReadPieces& prefix);
bool has_suffix(ReadText text, ReadText suffix);
bool has_suffix(const ReadPieces& text, const ReadPieces& suffix);
/// Takes time in proportion to both lengths, whatever they hold, for who does not know `seed`.
bool has_part(ReadText text, ReadText part, std::uint64_t seed);
/// Less than, equal to or greater than zero, as `text` comes before, is or comes behind the other one by its bytes.
int compare(std::string_view text, const Pieces& other);
/// Bytes of a text.
struct TextRange {
  std::size_t begin, length;
};
/// Where `part` stands in the text first, or last; takes the time that `has_part` does.
std::optional<TextRange> find_part(ReadText text, ReadText part, bool last, std::uint64_t seed);
std::optional<TextRange> find_part(const ReadPieces& text, const ReadPieces& part, bool last, std::uint64_t seed);
/// The part of a text of that size, in which what was looked for stands there.
TextRange part_beside(TextPart part, TextRange found, std::size_t size);
/// Longer texts write no number.
inline constexpr std::size_t kLongestNumber = 64;
/// The number that a text writes: decimal digits, with a minus before them or not; none for any other text, beyond 64
/// bits and of more than `kLongestNumber` bytes.
std::optional<std::int64_t> read_integer(std::string_view text);
/// The text as it is read: for messages, and for what is known when a bundle is built.
std::string written(ReadText text);
std::string written(const ReadPieces& text);

}  // namespace bylaw::format
