#pragma once
// A key that stands twice in one JSON object. Objects are looked at as they close; only when one may hold such a key is
// the text read again, to find the one that is told: the first of all, whatever the order of keys.

#include "input_tree.h"

namespace bylaw {

/// True if two keys of the object are the same, or if there are too many to tell here.
bool may_repeat_keys(const Arena& arena, const InputNode& object);

/// Of well-formed JSON: the key that stands twice and whose path is the least (keys by bytes, elements by number). Uses
/// the free memory of the arena.
bool find_duplicate_key(std::string_view text, const Arena& arena, PathBuffer path, TextFault& fault);

}  // namespace bylaw
