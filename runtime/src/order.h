#pragma once
// The order of values of one type: by it the elements of sets stand, and `min`, `max` and `collect` choose. Numbers and
// members as they are, texts by their bytes, entities by type and id; sets element by element, a shorter one first.

#include <vector>

#include "memory.h"

namespace bylaw {

/// Negative, zero or positive.
int compare(const Memory& memory, std::uint32_t type, const Word* a, const Word* b);

/// The words of a set's elements, one after the other, ascending; of a mask its members, undeclared ones last.
std::vector<Word> elements_of_set(const Memory& memory, std::uint32_t type, const Word* set);

}  // namespace bylaw
