#pragma once
// The tables of scratch memory (format/scratch.h) while a block runs. Whatever lies in the memory before, nothing is
// read outside of a table, and looking for a value ends.

#include <cstring>

#include "format/scratch.h"
#include "memory.h"
#include "wide_value.h"

namespace bylaw {

inline void forget(Word* table, std::uint16_t size) {
  std::memset(table, 0, std::size_t{format::table_bit_words(size)} * sizeof(Word));
}

/// Where a search for the value begins. Mixed with where the table lies, so that who writes requests cannot know which
/// values begin at one slot; no answer depends on it.
inline std::uint32_t first_slot(const Word* table, const Word* value, std::uint32_t words, std::uint32_t slots) {
  Word hash = reinterpret_cast<std::uintptr_t>(table) * 0x9e3779b97f4a7c15;
  for (std::uint32_t i = 0; i < words; ++i) {
    hash = (hash ^ value[i]) * 0xbf58476d1ce4e5b9;
    hash ^= hash >> 29;
  }
  hash *= 0x94d049bb133111eb;
  return static_cast<std::uint32_t>(hash >> 32) & (slots - 1);
}

/// Notes the value; false if it is noted already. A full table notes nothing more.
inline bool is_fresh(Word* table, std::uint16_t size, const Word* value) {
  const std::uint32_t slots = format::table_slots(size), words = format::table_value_words(size);
  Word* const values = table + format::table_bit_words(size);
  std::uint32_t slot = first_slot(table, value, words, slots);
  for (std::uint32_t tried = 0; tried < slots; ++tried, slot = (slot + 1) & (slots - 1)) {
    Word* const place = values + std::size_t{slot} * words;
    const Word bit = Word{1} << (slot % 64);
    if ((table[slot / 64] & bit) == 0) {
      table[slot / 64] |= bit;
      std::memcpy(place, value, words * sizeof(Word));
      return true;
    }
    if (same_words(place, value, words)) return false;
  }
  return true;
}

}  // namespace bylaw
