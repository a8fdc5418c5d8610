// One-column lists. A World keeps for each the rows by value; of an entity everything above it is looked up, or each
// row is tested against it, whichever is less.

#include <algorithm>

#include "climb.h"
#include "hash.h"
#include "pattern.h"
#include "wide_value.h"
#include "world_parts.h"

namespace bylaw {
namespace {

using format::CidrRange;
using format::Kind;
using format::ListRecord;
using format::RowRecord;

const Word* value_of(const WorldData& world, const RowRecord& row) {
  return world.constants.data() + row.value;
}

format::ReadText text_of(const Memory& memory, const ListValue& value) {
  return {symbol_text(memory, static_cast<Symbol>(value.words[0]))};
}

bool is_live(const RowRecord& row, std::int64_t now) {
  return row.since <= now && now < row.until;
}

std::span<const RowRecord> rows_of(const WorldData& world, const ListRecord& list) {
  return world.view().rows.subspan(list.first_row, list.row_count);
}

Kind kind_of(const WorldData& world, const ListRecord& list) {
  return world.view().types[list.type].kind;
}

std::uint64_t hash_words(const WorldData& world, const Word* words, std::uint32_t count) {
  std::uint64_t hash = world.seed;
  for (std::uint32_t i = 0; i < count; ++i) hash = mix(hash ^ words[i]);
  return hash;
}

std::uint32_t first_with(const WorldData& world, std::uint32_t list, const Word* value) {
  const ListRecord& record = world.view().lists[list];
  const auto rows = rows_of(world, record);
  const std::uint32_t words = words_asked(kind_of(world, record));
  return world.lists[list].first.find(hash_words(world, value, words), [&](std::uint32_t row) {
    return same_words(value_of(world, rows[row]), value, words);
  });
}

/// A live row of exactly this value.
bool has_live(const WorldData& world, std::uint32_t list, const Word* value, std::int64_t now) {
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
                       [&](std::uint32_t upper) { return has_live(world, list, &world.rows[upper].word, now); });
  }
  return std::any_of(rows.begin(), rows.end(), [&](const RowRecord& row) {
    return is_live(row, now) && std::binary_search(above.begin(), above.end(), entity_row(*value_of(world, row)));
  });
}

bool climbs(const WorldData& world, const ListRecord& list, bool directly) {
  return !directly && kind_of(world, list) == Kind::Entity;
}

/// A row of ranges that is live and holds the range: the innermost one that holds its first address, or one around it.
bool has_live_around(const WorldData& world, std::uint32_t list, const CidrRange& range, std::int64_t now) {
  const auto rows = rows_of(world, world.view().lists[list]);
  const RangeIndex& index = world.lists[list].ranges;
  for (std::uint32_t row = index.innermost(range.first); row != kNone; row = index.around[row]) {
    if (is_live(rows[row], now) && is_inside(range, cidr_at(value_of(world, rows[row])))) return true;
  }
  return false;
}

bool versions_hold(const Memory& memory, const RowRecord& row, const ListValue& value) {
  const auto text = [&](Symbol symbol) { return symbol_text(memory, symbol); };
  return versions_contain(text(static_cast<Symbol>(*value_of(*memory.world, row))),
                          version_at(value.words.data(), text));
}

/// Version ranges and patterns have no order that a search could use.
bool is_asked_row_by_row(const WorldData& world, const ListRecord& list) {
  const Kind kind = kind_of(world, list);
  return kind == Kind::Versions || kind == Kind::Glob || kind == Kind::Regex;
}

bool some_row_holds(const Memory& memory, std::uint32_t list, const ListValue& value, std::int64_t now) {
  const auto rows = rows_of(*memory.world, memory.world->view().lists[list]);
  for (std::uint32_t row = 0; row < rows.size(); ++row)
    if (is_live(rows[row], now) && row_holds(memory, list, row, value, false)) return true;
  return false;
}

void index_ranges(const WorldData& world, const ListRecord& list, RangeIndex& index) {
  std::vector<CidrRange> ranges;
  for (const RowRecord& row : rows_of(world, list)) ranges.push_back(cidr_at(value_of(world, row)));
  index = index_of(ranges);
}

void index_list(const WorldData& world, const ListRecord& list, ListIndex& index) {
  const Kind kind = kind_of(world, list);
  if (kind == Kind::Cidr) return index_ranges(world, list, index.ranges);
  if (is_asked_row_by_row(world, list)) return;
  const auto rows = rows_of(world, list);
  const std::uint32_t words = words_asked(kind);
  index.first.reserve(rows.size());
  index.next.assign(rows.size(), kNone);
  std::vector<std::uint32_t> last(rows.size(), kNone);
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const Word* value = value_of(world, rows[row]);
    const std::uint64_t hash = hash_words(world, value, words);
    const std::uint32_t first = index.first.find(
        hash, [&](std::uint32_t other) { return same_words(value_of(world, rows[other]), value, words); });
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
  for (std::size_t i = 0; i < lists.size(); ++i)
    if (world.view().types[lists[i].type].kind != format::Kind::Record) index_list(world, lists[i], world.lists[i]);
}

bool listed(const Memory& memory, std::uint32_t list, const ListValue& value, std::int64_t now, bool directly) {
  const WorldData& world = *memory.world;
  const ListRecord& record = world.view().lists[list];
  if (kind_of(world, record) == Kind::Cidr) return has_live_around(world, list, cidr_at(value.words.data()), now);
  if (is_asked_row_by_row(world, record)) return some_row_holds(memory, list, value, now);
  if (!climbs(world, record, directly)) return has_live(world, list, value.words.data(), now);
  return climb(memory, value.words[0], [&](Word entity, std::span<const std::uint32_t> above) {
    return has_live(world, list, &entity, now) || has_live_above(world, list, above, now);
  });
}

bool row_holds(const Memory& memory, std::uint32_t list, std::uint32_t row, const ListValue& value, bool directly) {
  const WorldData& world = *memory.world;
  const ListRecord& record = world.view().lists[list];
  const RowRecord& entry = rows_of(world, record)[row];
  const Kind kind = kind_of(world, record);
  if (kind == Kind::Cidr) return is_inside(cidr_at(value.words.data()), cidr_at(value_of(world, entry)));
  if (kind == Kind::Versions) return versions_hold(memory, entry, value);
  if (kind == Kind::Glob || kind == Kind::Regex)
    return matches(world.view(), *value_of(world, entry), text_of(memory, value));
  if (climbs(world, record, directly)) return reaches(memory, value.words[0], *value_of(world, entry));
  return same_words(value_of(world, entry), value.words.data(), words_asked(kind));
}

std::uint32_t listed_rows(const Memory& memory, std::uint32_t list, const ListValue& value, std::int64_t now,
                          bool directly, std::span<std::uint32_t> rows) {
  const ListRecord& record = memory.world->view().lists[list];
  const auto all = rows_of(*memory.world, record);
  std::uint32_t found = 0;
  for (std::uint32_t row = 0; row < all.size(); ++row) {
    if (!is_live(all[row], now) || !row_holds(memory, list, row, value, directly)) continue;
    if (found < rows.size()) rows[found] = record.first_row + row;
    ++found;
  }
  return found;
}

}  // namespace bylaw
