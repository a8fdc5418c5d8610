#pragma once
// Sets of enum and scope members as rows of bits; those of open ones hold further texts beside (bundle.h, TypeRecord).

#include <cstdint>

#include "bundle_view.h"
#include "memory.h"

namespace bylaw {

/// A mask where it lies. `others` are the symbols of texts that are no members.
struct Mask {
  const Word* bits;
  std::uint32_t members;  // how many the enum declares
  std::uint32_t words;    // of bits
  Collection others;
};

Mask mask_at(const Memory& memory, const format::EnumRecord& e, const Word* place);

bool is_empty(const Mask& mask);
std::uint32_t count(const Mask& mask);
/// A member's number, or for another text the number of members + its symbol.
bool contains(const Mask& mask, Word member);
/// `a` is not empty and each of its members is in `b`.
bool is_within(const Mask& a, const Mask& b);
bool overlaps(const Mask& a, const Mask& b);
bool is_equal(const Mask& a, const Mask& b);
/// The first declared member at or after `from`; `members` if there is none.
std::uint32_t member_from(const Mask& mask, std::uint32_t from);

/// By the order of a scope, `a` includes `b`; both are declared.
bool includes(const Memory& memory, const format::EnumRecord& scope, Word a, Word b);
/// Some member of the mask does.
bool some_includes(const Memory& memory, const format::EnumRecord& scope, const Mask& mask, Word b);

// The same questions of collections with elements of one word.
bool contains(Collection elements, Word element);
bool is_within(Collection a, Collection b);
bool overlaps(Collection a, Collection b);
/// Elements are there once each.
bool is_equal(Collection a, Collection b);

}  // namespace bylaw
