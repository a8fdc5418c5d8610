// The JSON reader: one pass over the bytes, a stack of open containers instead of recursion, nodes into the arena as
// long as there is room. Without room it goes on checking syntax, because a mistake of syntax is told before a limit;
// and so is a key that stands twice, for which duplicate_keys.cpp then reads the text again.

#include <algorithm>
#include <array>

#include "duplicate_keys.h"
#include "input_tree.h"
#include "json_text.h"
#include "path.h"

namespace bylaw {
namespace {

constexpr std::uint32_t kMaxDepth = 64;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class JsonReader {
 public:
  JsonReader(std::string_view text, const Limits& limits, Arena& arena, TextFault& fault)
      : text_(text), arena_(arena), fault_(fault), max_depth_(std::min(limits.depth, kMaxDepth)) {}

  /// False if there is a fault. `root` is nothing if the arena became full.
  bool read(InputId& root) {
    if (!read_value()) return false;
    while (depth_ > 0) {
      if (!read_rest()) return false;
    }
    skip_space();
    if (at_ != text_.size()) return wrong("more after the end of the value");
    root = root_;
    return true;
  }

  std::uint64_t elements() const { return elements_; }
  bool may_repeat_key() const { return may_repeat_ || arena_.full; }

 private:
  struct Level {
    InputId container;
    InputId last;
    std::uint32_t count;
    bool object;
  };

  bool wrong(std::string_view what) {
    fault_ = {format::Code::NotJson, what, at_};
    return false;
  }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
      ++at_;
    }
  }

  bool take(char c) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  /// Hangs a node behind the last one of its container.
  InputId add(InputKind kind, std::uint32_t size) {
    const InputId id = arena_.full ? kNone : add_node(arena_, kind, size);
    if (id == kNone) return kNone;
    if (depth_ == 0) {
      root_ = id;
    } else {
      Level& level = levels_[depth_ - 1];
      (level.last == kNone ? node(arena_, level.container).first : node(arena_, level.last).next) = id;
      level.last = id;
    }
    return id;
  }

  bool read_value() {
    skip_space();
    if (at_ == text_.size())
      return wrong(at_ == 0 ? "the text is empty" : "the end of the text where a value is wanted");
    switch (text_[at_]) {
      case '{': return open(true);
      case '[': return open(false);
      case '"': return read_text();
      case 't': return read_word("true", InputKind::True);
      case 'f': return read_word("false", InputKind::False);
      case 'n': return read_word("null", InputKind::Null);
      default: return read_number();
    }
  }

  bool read_word(std::string_view word, InputKind kind) {
    if (text_.substr(at_, word.size()) != word) return wrong("a word that is no value");
    at_ += word.size();
    add(kind, 0);
    return true;
  }

  bool take_digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ != begin;
  }

  bool at(std::string_view bytes) const {
    return at_ < text_.size() && bytes.find(text_[at_]) != std::string_view::npos;
  }

  bool read_number() {
    const std::size_t begin = at_;
    if (at("-")) ++at_;
    const bool zero = at("0");
    if (!take_digits()) return at_ == begin ? wrong("no value where one is wanted") : wrong("a number without digits");
    if (zero && at_ - begin > (text_[begin] == '-' ? 2u : 1u)) return wrong("a number that begins with 0");
    if (at(".")) {
      ++at_;
      if (!take_digits()) return wrong("a number without digits after its point");
    }
    if (at("eE")) {
      ++at_;
      if (at("+-")) ++at_;
      if (!take_digits()) return wrong("a number without digits in its exponent");
    }
    add_text(InputKind::Number, text_.substr(begin, at_ - begin));
    return true;
  }

  void add_text(InputKind kind, std::string_view text) {
    if (const InputId id = add(kind, static_cast<std::uint32_t>(text.size())); id != kNone) {
      node(arena_, id).text = text.data();
    }
  }

  bool read_text() {
    const std::size_t begin = ++at_;
    bool escaped = false;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        escaped = true;
        ++at_;
      }
      ++at_;
    }
    if (at_ >= text_.size()) {
      at_ = begin - 1;
      return wrong("a text without its closing quote");
    }
    const std::string_view raw = text_.substr(begin, at_ - begin);
    std::size_t place = 0;
    if (const std::string_view mistake = text_mistake(raw, place); !mistake.empty()) {
      at_ = begin + place;
      return wrong(mistake);
    }
    ++at_;
    add_text(InputKind::Text, escaped ? unescape(raw) : raw);
    return true;
  }

  std::string_view unescape(std::string_view raw) {
    const std::uint32_t offset = arena_.full ? kNone : arena_.allocate(words_for(raw.size()));
    if (offset == kNone) return {};
    char* const out = reinterpret_cast<char*>(arena_.words + offset);
    std::size_t size = 0;
    Unescaper bytes(raw);
    while (bytes.next(out[size])) ++size;
    return {out, size};
  }

  bool open(bool object) {
    if (depth_ == max_depth_) {
      fault_ = {format::Code::OverLimit, "values nested too deep", at_, max_depth_};
      return false;
    }
    ++at_;
    const InputId id = add(object ? InputKind::Object : InputKind::Array, 0);
    if (id != kNone) node(arena_, id).first = kNone;
    levels_[depth_++] = {id, kNone, 0, object};
    if (take(object ? '}' : ']')) {
      close();
      return true;
    }
    return object ? read_member() : read_element();
  }

  void close() {
    const Level& level = levels_[--depth_];
    if (level.container == kNone) return;
    InputNode& container = node(arena_, level.container);
    container.set(container.kind(), level.count);
    if (level.object && !arena_.full) may_repeat_ = may_repeat_ || may_repeat_keys(arena_, container);
  }

  bool read_element() {
    ++levels_[depth_ - 1].count;
    ++elements_;
    return read_value();
  }

  bool read_member() {
    skip_space();
    if (at_ == text_.size() || text_[at_] != '"') return wrong("no key in quotes where one is wanted");
    ++levels_[depth_ - 1].count;
    if (!read_text()) return false;
    if (!take(':')) return wrong("no `:` after a key");
    return read_value();
  }

  /// What follows an element or member of the innermost container.
  bool read_rest() {
    const bool object = levels_[depth_ - 1].object;
    if (take(',')) return object ? read_member() : read_element();
    if (!take(object ? '}' : ']'))
      return wrong(object ? "no `,` or `}` after a member" : "no `,` or `]` after an element");
    close();
    return true;
  }

  std::string_view text_;
  Arena& arena_;
  TextFault& fault_;
  const std::uint32_t max_depth_;
  std::size_t at_ = 0;
  std::uint64_t elements_ = 0;
  InputId root_ = kNone;
  bool may_repeat_ = false;
  std::uint32_t depth_ = 0;
  std::array<Level, kMaxDepth> levels_;
};

constexpr std::uint64_t kMostBytes = (1u << 28) - 1;  // of which a node can speak

TextFault over_limit(std::string_view what, std::uint64_t limit) {
  return {format::Code::OverLimit, what, 0, limit};
}

}  // namespace

InputId add_node(Arena& arena, InputKind kind, std::uint32_t size) {
  const InputId id = arena.allocate(sizeof(InputNode) / sizeof(Word));
  if (id == kNone) return kNone;
  InputNode& added = node(arena, id);
  added.number = 0;
  added.set(kind, size);
  added.next = kNone;
  return id;
}

InputId read_json_tree(std::string_view text, const Limits& limits, Arena& arena, PathBuffer path, TextFault& fault) {
  const std::uint64_t most = std::min<std::uint64_t>(limits.text_bytes, kMostBytes);
  if (text.size() > most) {
    fault = over_limit("a text of too many bytes", most);
    return kNone;
  }
  JsonReader reader(text, limits, arena, fault);
  InputId root = kNone;
  if (!reader.read(root)) return kNone;
  if (reader.may_repeat_key() && find_duplicate_key(text, arena, path, fault)) return kNone;
  if (reader.elements() > limits.elements) {
    fault = over_limit("too many elements in all arrays together", limits.elements);
    return kNone;
  }
  return arena.full ? kNone : root;
}

}  // namespace bylaw
