#pragma once
// What a running block reads: the request's frame and arena, the world's entities, the bundle's constants. The VM sees
// entities and lists only through these functions; world.cpp, overlay.cpp, reach.cpp and list.cpp implement them.
// No function here allocates, locks or throws.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "format/bundle.h"

namespace bylaw {

using format::Symbol;
using format::Word;

struct WorldData;    // world_data.h: an immutable bundle linked with entity data
struct RequestData;  // request_data.h: one filled request

/// Elements of a set or list: `count` elements of `stride` words.
struct Collection {
  const Word* data;
  std::uint32_t count;
};

enum class Owner : unsigned { Request = 0, World = 1, Constants = 2 };

constexpr Word collection_word(Owner owner, std::uint32_t offset, std::uint32_t count) {
  return static_cast<Word>(owner) << 62 | static_cast<Word>(offset) << 32 | count;
}

constexpr Word entity_word(std::uint32_t type, std::uint32_t row) {
  return static_cast<Word>(type) << 32 | row;
}
constexpr std::uint32_t entity_type(Word entity) {
  return static_cast<std::uint32_t>(entity >> 32);
}
constexpr std::uint32_t entity_row(Word entity) {
  return static_cast<std::uint32_t>(entity);
}

/// Cheap to copy; valid while world and request are.
struct Memory {
  const WorldData* world;
  const RequestData* request;
  const Word* frame;      // of the request: presence words, then slots
  const Word* arenas[3];  // by Owner; Constants with entity words already pointing at rows of the world
};

inline Collection collection(const Memory& memory, Word word) {
  const auto owner = static_cast<unsigned>(word >> 62);
  const auto offset = static_cast<std::uint32_t>(word >> 32) & 0x3fffffff;
  return {memory.arenas[owner] + offset, static_cast<std::uint32_t>(word)};
}

/// The attribute frame (presence words, then slots of the type's shape); the zero row if nothing is known of it.
const Word* entity_frame(const Memory& memory, Word entity);
/// `lower` is `upper` or anywhere below it: O(path labels).
bool reaches(const Memory& memory, Word lower, Word upper);
/// `lower` is, or is anywhere below, one of `uppers`.
bool reaches_any(const Memory& memory, Word lower, Collection uppers);
/// `parent` is a declared parent of `child`.
bool has_parent(const Memory& memory, Word child, Word parent);
/// What is asked of a list: the words of a value. An address that is asked of ranges stands as the range that holds it
/// alone.
struct ListValue {
  std::array<Word, 3> words{};
};
/// Some row of the list that is live at `now` is `value` or, for entities and unless `directly`, above it; of ranges:
/// holds it.
bool listed(const Memory& memory, std::uint32_t list, const ListValue& value, std::int64_t now, bool directly);
/// Whether a row of the list is so, whenever it is live; `row` counts from the list's first.
bool row_holds(const Memory& memory, std::uint32_t list, std::uint32_t row, const ListValue& value, bool directly);
/// The live rows that make `listed` true, ascending, at most rows.size(); the number found in all.
std::uint32_t listed_rows(const Memory& memory, std::uint32_t list, const ListValue& value, std::int64_t now,
                          bool directly, std::span<std::uint32_t> rows);

std::string_view symbol_text(const Memory& memory, Symbol symbol);
/// The id of an entity (its text, without the type).
std::string_view entity_id(const Memory& memory, Word entity);

}  // namespace bylaw
