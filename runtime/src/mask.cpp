#include "mask.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "format/layout.h"

namespace bylaw {
namespace {

using namespace format;

/// The bits of word `i` that are declared members, without the one that says "holds other texts".
Word declared(const Mask& mask, std::uint32_t i) {
  const std::uint32_t first = i * 64;
  if (mask.members >= first + 64) return mask.bits[i];
  const std::uint32_t count = mask.members > first ? mask.members - first : 0;
  return mask.bits[i] & ((Word{1} << count) - 1);
}

}  // namespace

Mask mask_at(const Memory& memory, const EnumRecord& e, const Word* place) {
  const std::uint32_t words = mask_bit_words(e);
  const bool open = (e.flags & kEnumOpen) != 0;
  return {place, e.member_count, words, open ? collection(memory, place[words]) : Collection{nullptr, 0}};
}

bool is_empty(const Mask& mask) {
  return std::all_of(mask.bits, mask.bits + mask.words, [](Word word) { return word == 0; });
}

std::uint32_t count(const Mask& mask) {
  std::uint32_t all = mask.others.count;
  for (std::uint32_t i = 0; i < mask.words; ++i) all += static_cast<std::uint32_t>(std::popcount(declared(mask, i)));
  return all;
}

bool contains(const Mask& mask, Word member) {
  if (member < mask.members) return (mask.bits[member / 64] >> (member % 64) & 1) != 0;
  return contains(mask.others, member - mask.members);
}

bool is_within(const Mask& a, const Mask& b) {
  for (std::uint32_t i = 0; i < a.words; ++i)
    if ((a.bits[i] & ~b.bits[i]) != 0) return false;
  return !is_empty(a) && (a.others.count == 0 || is_within(a.others, b.others));
}

bool overlaps(const Mask& a, const Mask& b) {
  for (std::uint32_t i = 0; i < a.words; ++i)
    if ((declared(a, i) & declared(b, i)) != 0) return true;
  return overlaps(a.others, b.others);
}

bool is_equal(const Mask& a, const Mask& b) {
  for (std::uint32_t i = 0; i < a.words; ++i)
    if (a.bits[i] != b.bits[i]) return false;
  return is_equal(a.others, b.others);
}

std::uint32_t member_from(const Mask& mask, std::uint32_t from) {
  while (from < mask.members) {
    const Word rest = mask.bits[from / 64] >> (from % 64);
    if (rest != 0) return std::min(mask.members, from + static_cast<std::uint32_t>(std::countr_zero(rest)));
    from = (from / 64 + 1) * 64;
  }
  return mask.members;
}

bool includes(const Memory& memory, const EnumRecord& scope, Word a, Word b) {
  if (a >= scope.member_count || b >= scope.member_count) return false;
  const Word* row = memory.arenas[static_cast<unsigned>(Owner::Constants)] + scope.closure + a * closure_words(scope);
  return (row[b / 64] >> (b % 64) & 1) != 0;
}

bool some_includes(const Memory& memory, const EnumRecord& scope, const Mask& mask, Word b) {
  for (std::uint32_t a = member_from(mask, 0); a < mask.members; a = member_from(mask, a + 1))
    if (includes(memory, scope, a, b)) return true;
  return false;
}

bool contains(Collection elements, Word element) {
  return std::find(elements.data, elements.data + elements.count, element) != elements.data + elements.count;
}

bool is_within(Collection a, Collection b) {
  for (std::uint32_t i = 0; i < a.count; ++i)
    if (!contains(b, a.data[i])) return false;
  return a.count > 0;
}

bool overlaps(Collection a, Collection b) {
  for (std::uint32_t i = 0; i < a.count; ++i)
    if (contains(b, a.data[i])) return true;
  return false;
}

bool is_equal(Collection a, Collection b) {
  if (a.count != b.count) return false;
  return a.count == 0 || std::memcmp(a.data, b.data, a.count * sizeof(Word)) == 0 || is_within(a, b);
}

}  // namespace bylaw
