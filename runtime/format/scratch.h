#pragma once
// Scratch memory: what a running block notes to tell values apart. It belongs to the caller, and its size is known
// before anything runs. A table in it is a row of bits, one a slot, which say what is taken, then the slots, each as
// wide as a value.

#include <algorithm>
#include <bit>
#include <cstdint>

namespace bylaw::format {

inline constexpr std::uint32_t kMostTableValues = 65536;
inline constexpr std::uint32_t kMaxSlotBits = 17;  // twice as many slots as values
inline constexpr std::uint32_t kMaxTableValueWords = 3;
inline constexpr std::uint32_t kMaxScratchWords = 1 << 20;

/// The size of a table as instructions say it: words of a value, and the binary logarithm of the number of slots.
constexpr std::uint16_t table_size(std::uint32_t values, std::uint32_t words) {
  const std::uint32_t slots = std::bit_ceil(std::max(2 * std::min(values, kMostTableValues), 2U));
  return static_cast<std::uint16_t>(words << 8 | static_cast<std::uint32_t>(std::countr_zero(slots)));
}

constexpr std::uint32_t table_slots(std::uint16_t size) {
  return 1U << (size & 0xff);
}
constexpr std::uint32_t table_value_words(std::uint16_t size) {
  return size >> 8;
}
constexpr std::uint32_t table_bit_words(std::uint16_t size) {
  return (table_slots(size) + 63) / 64;
}
constexpr std::uint32_t table_words(std::uint16_t size) {
  return table_bit_words(size) + table_slots(size) * table_value_words(size);
}
constexpr bool known_table_size(std::uint16_t size) {
  return (size & 0xff) <= kMaxSlotBits && table_value_words(size) >= 1 &&
         table_value_words(size) <= kMaxTableValueWords;
}

}  // namespace bylaw::format
