#include "format/text_reading.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <system_error>

namespace bylaw::format {
namespace {

struct FoldRow {
  char32_t first, last;
  std::int32_t stride, delta;
};
constexpr FoldRow kFolds[] = {
#define BYLAW_FOLD(first, last, stride, delta) {first, last, stride, delta},
#include "format/case_folding.def"
#undef BYLAW_FOLD
};

constexpr bool is_ascending() {
  for (std::size_t i = 1; i < std::size(kFolds); ++i)
    if (kFolds[i - 1].last >= kFolds[i].first) return false;
  return true;
}
static_assert(is_ascending());

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

unsigned length_of(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/// A number for the code points of a window, which moves on by one code point in constant time.
class RollingHash {
 public:
  explicit RollingHash(std::uint64_t seed) : base_(0x100000001 + seed % (kPrime - 0x100000002)) {}

  void add(char32_t c) { value_ = (multiply(value_, base_) + c + 1) % kPrime; }
  /// The first of the window's code points leaves it.
  void drop(char32_t c, std::uint64_t power) { value_ = (value_ + kPrime - multiply(c + 1, power)) % kPrime; }
  std::uint64_t value() const { return value_; }
  /// What the first of `count` code points is multiplied with.
  std::uint64_t power(std::uint64_t count) const {
    std::uint64_t result = 1;
    for (std::uint64_t i = 1; i < count; ++i) result = multiply(result, base_);
    return result;
  }

 private:
  static constexpr std::uint64_t kPrime = (std::uint64_t{1} << 61) - 1;
  static std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
    __extension__ typedef unsigned __int128 Wide;
    return static_cast<std::uint64_t>(static_cast<Wide>(a) * b % kPrime);
  }

  std::uint64_t base_;
  std::uint64_t value_ = 0;
};

}  // namespace

char32_t fold(char32_t c) {
  const auto* row = std::upper_bound(std::begin(kFolds), std::end(kFolds), c,
                                     [](char32_t value, const FoldRow& r) { return value < r.first; });
  if (row == std::begin(kFolds)) return c;
  --row;
  if (c > row->last || static_cast<std::int32_t>(c - row->first) % row->stride != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + row->delta);
}

char32_t take_front(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const auto length = std::min<std::size_t>(length_of(first), text.size());
  char32_t c = length == 1 ? first : first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
  text.remove_prefix(length);
  return c;
}

char32_t take_back(std::string_view& text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && continues(text[at])) --at;
  std::string_view last = text.substr(at);
  text.remove_suffix(text.size() - at);
  return take_front(last);
}

char32_t take_front(Pieces& text) {
  std::string_view& first = text.all_[text.begin_];
  const char32_t c = take_front(first);
  if (first.empty()) ++text.begin_;
  return c;
}

char32_t take_back(Pieces& text) {
  std::string_view& last = text.all_[text.end_ - 1];
  const char32_t c = take_back(last);
  if (last.empty()) --text.end_;
  return c;
}

Pieces Pieces::cut(std::size_t begin, std::size_t length) const {
  Pieces result;
  for (std::uint32_t i = begin_; i < end_; ++i) {
    const std::size_t skipped = std::min(begin, all_[i].size());
    const std::string_view piece = all_[i].substr(skipped, length);
    begin -= skipped;
    length -= piece.size();
    result.add(piece);
  }
  return result;
}

unsigned encode(char32_t c, unsigned char* out) {
  const auto byte = [](char32_t value) { return static_cast<unsigned char>(value); };
  const auto tail = [&](unsigned shift) { return byte(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    out[0] = byte(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = byte(0xc0 | c >> 6), out[1] = tail(0);
    return 2;
  }
  if (c < 0x10000) {
    out[0] = byte(0xe0 | c >> 12), out[1] = tail(6), out[2] = tail(0);
    return 3;
  }
  out[0] = byte(0xf0 | c >> 18), out[1] = tail(12), out[2] = tail(6), out[3] = tail(0);
  return 4;
}

std::uint64_t count_code_points(std::string_view text) {
  return static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::uint64_t count_code_points(const Pieces& text) {
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; i < text.count(); ++i) count += count_code_points(text[i]);
  return count;
}

namespace {

/// From the begin of a text to its end.
struct Forward {
  template <class Text>
  static char32_t take(Text& text) {
    return take_front(text);
  }
  template <class Text>
  static std::size_t begin(const Text&, const Text& tail, const Text& whole) {
    return whole.size() - tail.size();
  }
};
/// From its end to its begin.
struct Backward {
  template <class Text>
  static char32_t take(Text& text) {
    return take_back(text);
  }
  template <class Text>
  static std::size_t begin(const Text& head, const Text&, const Text&) {
    return head.size();
  }
};

/// `part` stands where the way begins.
template <class Way, class Read>
bool stands(Read text, Read part) {
  while (!part.text.empty()) {
    if (text.text.empty()) return false;
    if (as_read(Way::take(text.text), text.mode) != as_read(Way::take(part.text), part.mode)) return false;
  }
  return true;
}

/// The first place on the way. `tail` is what was not passed yet; `head` the same, without the window.
template <class Way, class Read>
std::optional<TextRange> find_on(const Read& text, const Read& part, std::uint64_t seed) {
  const std::uint64_t count = count_code_points(part.text);
  if (count > count_code_points(text.text)) return std::nullopt;
  RollingHash wanted(seed), window(seed);
  auto rest = part.text, head = text.text, tail = text.text;
  while (!rest.empty()) {
    wanted.add(as_read(Way::take(rest), part.mode));
    window.add(as_read(Way::take(head), text.mode));
  }
  const std::uint64_t power = wanted.power(count);
  for (;;) {
    if (count == 0 || (window.value() == wanted.value() && stands<Way>(Read{tail, text.mode}, part)))
      return TextRange{Way::begin(head, tail, text.text), tail.size() - head.size()};
    if (head.empty()) return std::nullopt;
    window.drop(as_read(Way::take(tail), text.mode), power);
    window.add(as_read(Way::take(head), text.mode));
  }
}

template <class Read>
bool same(const Read& a, const Read& b) {
  return stands<Forward>(a, b) && count_code_points(a.text) == count_code_points(b.text);
}

}  // namespace

bool equal(ReadText a, ReadText b) {
  if (a.mode == b.mode && a.text == b.text) return true;
  if (a.mode == TextMode::AsIs && b.mode == TextMode::AsIs) return false;
  return same(a, b);
}

bool equal(const ReadPieces& a, const ReadPieces& b) {
  return same(a, b);
}

bool has_prefix(ReadText text, ReadText prefix) {
  if (text.mode == TextMode::AsIs && prefix.mode == TextMode::AsIs) return text.text.starts_with(prefix.text);
  return stands<Forward>(text, prefix);
}

bool has_prefix(const ReadPieces& text, const ReadPieces& prefix) {
  return stands<Forward>(text, prefix);
}

bool has_suffix(ReadText text, ReadText suffix) {
  if (text.mode == TextMode::AsIs && suffix.mode == TextMode::AsIs) return text.text.ends_with(suffix.text);
  return stands<Backward>(text, suffix);
}

bool has_suffix(const ReadPieces& text, const ReadPieces& suffix) {
  return stands<Backward>(text, suffix);
}

int compare(std::string_view text, const Pieces& other) {
  for (std::uint32_t i = 0; i < other.count(); ++i) {
    const std::string_view piece = other[i];
    if (const int order = text.substr(0, piece.size()).compare(piece); order != 0) return order;
    text.remove_prefix(piece.size());
  }
  return text.empty() ? 0 : 1;
}

std::optional<TextRange> find_part(ReadText text, ReadText part, bool last, std::uint64_t seed) {
  return last ? find_on<Backward>(text, part, seed) : find_on<Forward>(text, part, seed);
}

std::optional<TextRange> find_part(const ReadPieces& text, const ReadPieces& part, bool last, std::uint64_t seed) {
  return last ? find_on<Backward>(text, part, seed) : find_on<Forward>(text, part, seed);
}

bool has_part(ReadText text, ReadText part, std::uint64_t seed) {
  return find_part(text, part, false, seed).has_value();
}

TextRange part_beside(TextPart part, TextRange found, std::size_t size) {
  if (part == TextPart::Before || part == TextPart::BeforeLast) return {0, found.begin};
  const std::size_t begin = found.begin + found.length;
  return {begin, size - begin};
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  if (text.size() > kLongestNumber) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

namespace {

template <class Read>
std::string written_as(Read text) {
  std::string result;
  unsigned char bytes[4];
  while (!text.text.empty()) {
    const unsigned count = encode(as_read(take_front(text.text), text.mode), bytes);
    result.append(reinterpret_cast<const char*>(bytes), count);
  }
  return result;
}

}  // namespace

std::string written(ReadText text) {
  return written_as(text);
}

std::string written(const ReadPieces& text) {
  return written_as(text);
}

}  // namespace bylaw::format
