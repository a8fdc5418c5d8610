// One-column lists. A World keeps for each the rows by value; of an entity everything above it is looked up, or each
// row is tested against it, whichever is less.

#include <algorithm>

#include "climb.h"
#include "hash.h"
#include "world_parts.h"

namespace bylaw {
namespace {

using format::ListRecord;
using format::RowRecord;

std::uint64_t hash_word(const WorldData& world, Word word) {
  return mix(world.seed ^ word);
}

Word value_of(const WorldData& world, const RowRecord& row) {
  return world.constants[row.value];
}

bool is_live(const RowRecord& row, std::int64_t now) {
  return row.since <= now && now < row.until;
}

std::span<const RowRecord> rows_of(const WorldData& world, const ListRecord& list) {
  return world.view().rows.subspan(list.first_row, list.row_count);
}

std::uint32_t first_with(const WorldData& world, std::uint32_t list, Word value) {
  const auto rows = rows_of(world, world.view().lists[list]);
  return world.lists[list].first.find(hash_word(world, value),
                                      [&](std::uint32_t row) { return value_of(world, rows[row]) == value; });
}

/// A live row of exactly this value.
bool has_live(const WorldData& world, std::uint32_t list, Word value, std::int64_t now) {
  const auto rows = rows_of(world, world.view().lists[list]);
  for (std::uint32_t row = first_with(world, list, value); row != kNone; row = world.lists[list].next[row]) {
    if (is_live(rows[row], now)) return true;
  }
  return false;
}

bool has_live_above(const WorldData& world, std::uint32_t list, std::span<const std::uint32_t> above,
                    std::int64_t now) {
  const auto rows = rows_of(world, world.view().lists[list]);
  if (above.size() <= rows.size()) {
    return std::any_of(above.begin(), above.end(),
                       [&](std::uint32_t upper) { return has_live(world, list, world.rows[upper].word, now); });
  }
  return std::any_of(rows.begin(), rows.end(), [&](const RowRecord& row) {
    return is_live(row, now) && std::binary_search(above.begin(), above.end(), entity_row(value_of(world, row)));
  });
}

bool climbs(const WorldData& world, const ListRecord& list, bool directly) {
  return !directly && world.view().types[list.type].kind == format::Kind::Entity;
}

void index_list(const WorldData& world, const ListRecord& list, ListIndex& index) {
  const auto rows = rows_of(world, list);
  index.first.reserve(rows.size());
  index.next.assign(rows.size(), kNone);
  std::vector<std::uint32_t> last(rows.size(), kNone);
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const Word value = value_of(world, rows[row]);
    const std::uint64_t hash = hash_word(world, value);
    const std::uint32_t first =
        index.first.find(hash, [&](std::uint32_t other) { return value_of(world, rows[other]) == value; });
    if (first == kNone) {
      index.first.add(hash, row);
      last[row] = row;
    } else {
      index.next[last[first]] = row;
      last[first] = row;
    }
  }
}

}  // namespace

void index_lists(WorldData& world) {
  const auto lists = world.view().lists;
  world.lists.resize(lists.size());
  for (std::size_t i = 0; i < lists.size(); ++i) index_list(world, lists[i], world.lists[i]);
}

bool listed(const Memory& memory, std::uint32_t list, Word value, std::int64_t now, bool directly) {
  const WorldData& world = *memory.world;
  if (!climbs(world, world.view().lists[list], directly)) return has_live(world, list, value, now);
  return climb(memory, value, [&](Word entity, std::span<const std::uint32_t> above) {
    return has_live(world, list, entity, now) || has_live_above(world, list, above, now);
  });
}

std::uint32_t listed_rows(const Memory& memory, std::uint32_t list, Word value, std::int64_t now, bool directly,
                          std::span<std::uint32_t> rows) {
  const WorldData& world = *memory.world;
  const ListRecord& record = world.view().lists[list];
  const bool by_value = !climbs(world, record, directly);
  const auto all = rows_of(world, record);
  std::uint32_t found = 0;
  for (std::uint32_t row = 0; row < all.size(); ++row) {
    if (!is_live(all[row], now)) continue;
    const Word entry = value_of(world, all[row]);
    if (by_value ? entry != value : !reaches(memory, value, entry)) continue;
    if (found < rows.size()) rows[found] = record.first_row + row;
    ++found;
  }
  return found;
}

}  // namespace bylaw
