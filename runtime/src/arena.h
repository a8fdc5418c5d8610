#pragma once
// Memory inside the caller's: an arena that only grows, and tables and hash indices that live in one. When an arena is
// full it says so, once and for all, and gives nothing more; whoever reads a request goes on and tells it at the end.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "format/bundle.h"

namespace bylaw {

using format::kNone;
using format::Word;

struct Arena {
  Word* words;
  std::uint32_t capacity;
  std::uint32_t used;
  bool full;

  /// The offset of `count` words, whatever they hold; kNone if they are not there.
  std::uint32_t allocate(std::size_t count) {
    if (count > capacity - used) {
      full = true;
      return kNone;
    }
    const std::uint32_t offset = used;
    used += static_cast<std::uint32_t>(count);
    return offset;
  }

  std::uint32_t allocate_zeroed(std::size_t count) {
    const std::uint32_t offset = allocate(count);
    if (offset != kNone) std::fill_n(words + offset, count, Word{0});
    return offset;
  }

  void clear() {
    used = 0;
    full = false;
  }
};

/// Gives back what was allocated since, when a scope is left.
struct Scratch {
  Arena& arena;
  std::uint32_t used;

  explicit Scratch(Arena& of) : arena(of), used(of.used) {}
  ~Scratch() { arena.used = used; }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};

constexpr std::size_t words_for(std::size_t bytes) {
  return (bytes + sizeof(Word) - 1) / sizeof(Word);
}

/// An array that grows by chunks, each twice as long as the one before, so that nothing moves.
template <class T>
struct Table {
  static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(Word) && sizeof(T) % sizeof(Word) == 0);
  static constexpr std::uint32_t kFirst = 16;

  std::uint32_t count;
  std::uint32_t chunks[27];

  T& at(const Arena& arena, std::uint32_t i) const {
    const auto chunk = static_cast<std::uint32_t>(std::bit_width(i / kFirst + 1)) - 1;
    const std::uint32_t first = kFirst * ((1u << chunk) - 1);
    return reinterpret_cast<T*>(arena.words + chunks[chunk])[i - first];
  }

  /// The number of the new one; kNone if the arena is full.
  std::uint32_t add(Arena& arena, const T& value) {
    const auto chunk = static_cast<std::uint32_t>(std::bit_width(count / kFirst + 1)) - 1;
    if (count == kFirst * ((1u << chunk) - 1)) {
      chunks[chunk] = arena.allocate((sizeof(T) / sizeof(Word)) * (std::size_t{kFirst} << chunk));
      if (chunks[chunk] == kNone) return kNone;
    }
    new (&at(arena, count)) T(value);
    return count++;
  }
};

/// Numbers by hash, open addressing. The owner compares what the numbers stand for.
struct Index {
  std::uint32_t offset;
  std::uint32_t size;  // a power of two, or 0: nothing yet
  std::uint32_t count;

  /// The number for which `same` holds, or kNone.
  template <class Same>
  std::uint32_t find(const Arena& arena, std::uint64_t hash, Same same) const {
    if (size == 0) return kNone;
    const auto* slots = reinterpret_cast<const std::uint32_t*>(arena.words + offset);
    for (auto at = static_cast<std::uint32_t>(hash);; ++at) {
      const std::uint32_t number = slots[at & (size - 1)];
      if (number == kNone || same(number)) return number;
    }
  }

  /// Adds a number that is not there. `hash_of` gives the hash of those that are. False if the arena is full.
  template <class HashOf>
  bool add(Arena& arena, std::uint64_t hash, std::uint32_t number, HashOf hash_of) {
    if (count * 4 >= size * 3 && !grow(arena, hash_of)) return false;
    put(arena, hash, number);
    ++count;
    return true;
  }

 private:
  void put(const Arena& arena, std::uint64_t hash, std::uint32_t number) const {
    auto* slots = reinterpret_cast<std::uint32_t*>(arena.words + offset);
    auto at = static_cast<std::uint32_t>(hash);
    while (slots[at & (size - 1)] != kNone) ++at;
    slots[at & (size - 1)] = number;
  }

  template <class HashOf>
  bool grow(Arena& arena, HashOf hash_of) {
    const Index old = *this;
    const std::uint32_t larger = old.size == 0 ? 32 : old.size * 2;
    const std::uint32_t place = arena.allocate(larger / 2);
    if (place == kNone) return false;
    std::fill_n(arena.words + place, larger / 2, ~Word{0});
    offset = place;
    size = larger;
    const auto* slots = reinterpret_cast<const std::uint32_t*>(arena.words + old.offset);
    for (std::uint32_t i = 0; i < old.size; ++i) {
      if (slots[i] != kNone) put(arena, hash_of(slots[i]), slots[i]);
    }
    return true;
  }
};

}  // namespace bylaw
