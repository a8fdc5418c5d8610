#include "format/text_reading.h"

#include <algorithm>
#include <iterator>

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

unsigned length_of(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

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

}  // namespace bylaw::format
