// Addresses, versions and ranges of both: texts in requests, words in frames.

#include <algorithm>
#include <array>
#include <string>

#include "fill.h"
#include "wide_value.h"

namespace bylaw {
namespace {

using format::Code;
using format::Kind;

constexpr std::size_t kLongestShown = 80;

/// "an Ip: an octet is at most 255", in a buffer: nothing is allocated while a request is filled.
class Explained {
 public:
  Explained& put(std::string_view text) {
    const std::size_t count = std::min(text.size(), room_.size() - size_);
    std::copy_n(text.begin(), count, room_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += count;
    return *this;
  }
  std::string_view view() const { return {room_.data(), size_}; }

 private:
  std::array<char, 256> room_;
  std::size_t size_ = 0;
};

std::string_view shown(std::string_view text) {
  std::size_t size = std::min(text.size(), kLongestShown);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  return text.substr(0, size);
}

/// `text` gives the text of a symbol.
template <Kind kind>
void sort_elements(Word* words, std::uint32_t& count, auto text) {
  struct Element {
    std::array<Word, words_asked(kind)> words;
    bool operator==(const Element&) const = default;
  };
  auto* const begin = reinterpret_cast<Element*>(words);
  std::sort(begin, begin + count, [&](const Element& a, const Element& b) {
    return wide_before(kind, a.words.data(), b.words.data(), text);
  });
  count = static_cast<std::uint32_t>(std::unique(begin, begin + count) - begin);
}

}  // namespace

bool Filler::is_form(InputId id, std::string_view wanted, const Path& path) {
  const InputNode& input = node(request_.input, id);
  if (input.kind() != InputKind::Text) return wrong_kind(id, wanted, path);
  return is_valid_host_text(input) || malformed_host_text(path);
}

bool Filler::malformed(std::string_view text, std::string_view wanted, std::string_view problem, const Path& path) {
  Explained explained;
  explained.put(wanted).put(": ").put(problem);
  tell(Code::MalformedText, path, {{"text", shown(text)}, {"wanted", explained.view()}});
  return false;
}

bool Filler::read_ip(InputId id, Word* out, const Path& path) {
  if (!is_form(id, "an Ip", path)) return false;
  const std::string_view text = node(request_.input, id).view();
  const auto read = format::read_ip(text);
  if (!read.value) return malformed(text, "an Ip", read.problem, path);
  out[0] = read.value->high;
  out[1] = read.value->low;
  return true;
}

bool Filler::read_cidr(InputId id, Word* out, const Path& path) {
  if (!is_form(id, "a Cidr", path)) return false;
  const std::string_view text = node(request_.input, id).view();
  const auto read = format::read_cidr(text);
  if (!read.value) return malformed(text, "a Cidr", read.problem, path);
  out[0] = read.value->first.high;
  out[1] = read.value->first.low;
  out[2] = read.value->length;
  return true;
}

bool Filler::read_version(InputId id, Word* out, const Path& path) {
  if (!is_form(id, "a Version", path)) return false;
  const std::string_view text = node(request_.input, id).view();
  const auto read = format::read_version(text);
  if (!read.value) return malformed(text, "a Version", read.problem, path);
  const Symbol pre = intern(request_, read.value->pre);
  if (pre == kNone) return false;
  out[0] = Word{read.value->major} << 32 | read.value->minor;
  out[1] = Word{read.value->patch} << 32 | pre;
  return true;
}

/// The value is the canonical text, which is written into the arena.
bool Filler::read_versions(InputId id, Word* out, const Path& path) {
  if (!is_form(id, "Versions", path)) return false;
  const std::string_view text = node(request_.input, id).view();
  const auto read = format::read_versions(text);
  if (!read.value) {
    Explained explained;
    explained.put("`").put(shown(read.place)).put("`: ").put(read.problem);
    return malformed(text, "Versions", explained.view(), path);
  }
  const std::size_t size = format::print_versions(*read.value, nullptr, 0);
  const std::uint32_t room = request_.data.allocate(words_for(size));
  if (room == kNone) return false;
  auto* const canonical = reinterpret_cast<char*>(request_.data.words + room);
  format::print_versions(*read.value, canonical, size);
  const Symbol symbol = intern(request_, {canonical, size});
  if (symbol == kNone) return false;
  *out = symbol;
  return true;
}

std::uint32_t Filler::sort_and_unite_wide(Word* words, std::uint32_t count, const format::TypeRecord& element) const {
  const auto text = [&](Symbol symbol) { return text_of(request_, symbol); };
  if (element.kind == Kind::Cidr)
    sort_elements<Kind::Cidr>(words, count, text);
  else if (element.kind == Kind::Ip)
    sort_elements<Kind::Ip>(words, count, text);
  else
    sort_elements<Kind::Version>(words, count, text);
  return count;
}

}  // namespace bylaw
