#include "duplicate_keys.h"

#include <algorithm>
#include <array>
#include <bit>

#include "hash.h"
#include "json_text.h"
#include "path.h"

namespace bylaw {
namespace {

constexpr std::uint32_t kFew = 8;
constexpr std::uint32_t kSlots = 4096;
constexpr std::uint32_t kMany = kSlots / 2;
constexpr std::uint32_t kMaxDepth = 64;

/// Addresses differ from process to process, so nobody can prepare keys that collide.
std::uint64_t seed_of(const void* memory) {
  return mix(reinterpret_cast<std::uintptr_t>(memory));
}

/// A hash set of numbers, in memory of a power of two of them, at most half of which is filled.
struct Slots {
  std::span<std::uint32_t> slots;

  explicit Slots(std::span<std::uint32_t> memory) : slots(memory) { std::fill(slots.begin(), slots.end(), kNone); }

  /// False if one that is the same is there already.
  template <class Same>
  bool add(std::uint64_t hash, std::uint32_t number, Same same) {
    const std::size_t mask = slots.size() - 1;
    auto at = static_cast<std::size_t>(hash);
    for (; slots[at & mask] != kNone; ++at) {
      if (same(slots[at & mask])) return false;
    }
    slots[at & mask] = number;
    return true;
  }
};

InputId next_key(const Arena& arena, InputId key) {
  return node(arena, node(arena, key).next).next;
}

bool few_repeat(const Arena& arena, const InputNode& object) {
  for (InputId key = object.first; key != kNone; key = next_key(arena, key)) {
    for (InputId other = object.first; other != key; other = next_key(arena, other)) {
      if (node(arena, key).view() == node(arena, other).view()) return true;
    }
  }
  return false;
}

bool many_repeat(const Arena& arena, const InputNode& object) {
  std::array<std::uint32_t, kSlots> memory;
  Slots seen(std::span<std::uint32_t>(memory).first(std::bit_ceil(2 * object.size())));
  const std::uint64_t seed = seed_of(arena.words);
  for (InputId key = object.first; key != kNone; key = next_key(arena, key)) {
    const std::string_view text = node(arena, key).view();
    const auto same = [&](std::uint32_t other) { return node(arena, other).view() == text; };
    if (!seen.add(hash_text(seed, text), key, same)) return true;
  }
  return false;
}

/// Moves over well-formed JSON.
struct Cursor {
  std::string_view text;
  std::size_t at = 0;

  void skip_space() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) ++at;
  }

  /// From the opening quote; what stands between the quotes.
  std::string_view take_text() {
    const std::size_t begin = ++at;
    for (; text[at] != '"'; ++at) {
      if (text[at] == '\\') ++at;
    }
    return text.substr(begin, at++ - begin);
  }

  void skip_value() {
    for (std::uint32_t depth = 0;;) {
      const char c = text[at];
      if (c == '"') {
        take_text();
      } else {
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        ++at;
      }
      if (depth == 0 && (at == text.size() || std::string_view(",}] \n\r\t").find(text[at]) != std::string_view::npos))
        return;
    }
  }
};

/// Calls `take(key, where it begins)` for each member of the object at `at`; stops when it says false.
template <class Take>
void for_each_member(std::string_view text, std::size_t at, Take take) {
  Cursor in{text, at + 1};
  while (true) {
    in.skip_space();
    if (text[in.at] == '}') return;
    if (text[in.at] == ',') {
      ++in.at;
      in.skip_space();
    }
    const std::size_t begin = in.at;
    if (!take(in.take_text(), static_cast<std::uint32_t>(begin))) return;
    in.skip_space();
    ++in.at;  // the colon
    in.skip_space();
    in.skip_value();
  }
}

std::uint64_t hash_raw(std::uint64_t seed, std::string_view raw) {
  std::uint64_t hash = seed;
  Unescaper bytes(raw);
  for (char c = 0; bytes.next(c);) hash = mix(hash ^ static_cast<unsigned char>(c));
  return hash;
}

struct Repeated {
  bool found = false;
  std::string_view key;  // raw
};

/// The least key of the object at `at` that stands twice. In several passes if it has many members, each over those
/// whose hash falls to it.
Repeated least_repeated(std::string_view text, std::size_t at, std::span<std::uint32_t> memory) {
  std::uint32_t members = 0;
  for_each_member(text, at, [&](std::string_view, std::uint32_t) { return ++members, true; });
  Repeated least;
  if (members < 2) return least;
  const std::size_t needed = std::bit_ceil(std::size_t{4} * members);
  const std::span<std::uint32_t> used = memory.first(std::min(needed, memory.size()));
  const std::size_t passes = needed / used.size();
  const std::uint64_t seed = seed_of(text.data());
  for (std::size_t pass = 0; pass < passes; ++pass) {
    Slots seen(used);
    std::size_t room = used.size() / 2;  // so that even keys that fall to one pass on purpose end
    for_each_member(text, at, [&](std::string_view key, std::uint32_t begin) {
      const std::uint64_t hash = hash_raw(seed, key);
      if ((hash >> 32) % passes != pass || room == 0) return true;
      const auto same = [&](std::uint32_t other) { return same_text(Cursor{text, other}.take_text(), key); };
      if (seen.add(hash, begin, same)) {
        --room;
      } else if (!least.found || compare_texts(key, least.key) < 0) {
        least = {true, key};
      }
      return true;
    });
  }
  return least;
}

struct Step {
  std::string_view key;
  std::uint32_t index;
  bool keyed;
};

struct Steps {
  std::array<Step, kMaxDepth + 1> list;
  std::uint32_t count = 0;
};

int compare_steps(const Step& left, const Step& right) {
  if (left.keyed != right.keyed) return left.keyed ? 1 : -1;
  if (left.keyed) return compare_texts(left.key, right.key);
  return left.index < right.index ? -1 : static_cast<int>(left.index > right.index);
}

bool is_less(const Steps& left, const Steps& right) {
  const std::uint32_t common = std::min(left.count, right.count);
  for (std::uint32_t i = 0; i < common; ++i) {
    if (const int order = compare_steps(left.list[i], right.list[i]); order != 0) return order < 0;
  }
  return left.count < right.count;
}

/// Walks over the text with the path of where it stands, and keeps the least of all repeated keys.
class DuplicateFinder {
 public:
  DuplicateFinder(std::string_view text, std::span<std::uint32_t> memory) : in_{text}, memory_(memory) {}

  bool find() {
    for (in_.skip_space(); in_.at < in_.text.size(); in_.skip_space()) step();
    return found_;
  }

  const Steps& least() const { return least_; }

 private:
  void step() {
    switch (in_.text[in_.at]) {
      case '{': look_at_object(); return open(true);
      case '[': return open(false);
      case '}':
      case ']':
        --here_.count;
        ++in_.at;
        return;
      case ',':
        ++in_.at;
        ++here_.list[here_.count - 1].index;
        return take_key();
      case '"': in_.take_text(); return;
      default: ++in_.at; return;
    }
  }

  void open(bool keyed) {
    ++in_.at;
    here_.list[here_.count++] = {{}, 0, keyed};
    take_key();
  }

  /// The key of the next member, if this is an object that has one.
  void take_key() {
    in_.skip_space();
    Step& last = here_.list[here_.count - 1];
    if (!last.keyed || in_.text[in_.at] != '"') return;
    last.key = in_.take_text();
    in_.skip_space();
    ++in_.at;
  }

  void look_at_object() {
    const Repeated repeated = least_repeated(in_.text, in_.at, memory_);
    if (!repeated.found) return;
    Steps candidate = here_;
    candidate.list[candidate.count++] = {repeated.key, 0, true};
    if (!found_ || is_less(candidate, least_)) least_ = candidate;
    found_ = true;
  }

  Cursor in_;
  std::span<std::uint32_t> memory_;
  Steps here_;
  Steps least_;
  bool found_ = false;
};

/// Keys in messages and paths stand without escapes.
std::string_view unescape(std::string_view raw, std::span<char> out) {
  Unescaper bytes(raw);
  std::size_t size = 0;
  while (size < out.size() && bytes.next(out[size])) ++size;
  return {out.data(), size};
}

std::string_view write_steps(const Steps& steps, PathBuffer out, std::string_view& key) {
  std::array<char, 2048> texts;
  std::span<char> room(texts);
  std::array<Path, kMaxDepth + 2> path;
  for (std::uint32_t i = 0; i < steps.count; ++i) {
    const Step& step = steps.list[i];
    const std::string_view text = unescape(step.key, room);
    room = room.subspan(text.size());
    path[i + 1] = step.keyed ? path[i].in(text) : path[i].at(step.index);
  }
  const std::string_view last = path[steps.count].key;
  const std::string_view written = write_path(path[steps.count], out);
  const std::span<char> rest = out.subspan(written.size());
  key = {rest.data(), std::min(rest.size(), last.size())};
  std::copy_n(last.data(), key.size(), rest.data());
  return written;
}

}  // namespace

bool may_repeat_keys(const Arena& arena, const InputNode& object) {
  if (object.size() <= kFew) return few_repeat(arena, object);
  return object.size() > kMany || many_repeat(arena, object);
}

bool find_duplicate_key(std::string_view text, const Arena& arena, PathBuffer path, TextFault& fault) {
  // What is left of the arena, or all of it where the tree in it is of no use any more.
  std::array<std::uint32_t, kSlots> few;
  std::span<std::uint32_t> memory(few);
  const std::uint32_t begin = arena.full ? 0 : arena.used;
  const std::size_t room = std::bit_floor(2 * std::size_t{arena.capacity - begin});
  if (room > memory.size()) memory = {reinterpret_cast<std::uint32_t*>(arena.words + begin), room};
  DuplicateFinder finder(text, memory);
  if (!finder.find()) return false;
  fault = {format::Code::KeyTwice, {}};
  fault.path = write_steps(finder.least(), path, fault.key);
  return true;
}

}  // namespace bylaw
