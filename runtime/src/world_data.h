#pragma once
// A bundle linked with entity data: everything that deciding reads and that no request can change. Built once
// (world.cpp), then shared by all threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bundle_data.h"
#include "bylaw/bylaw.hpp"
#include "format/snapshot.h"
#include "memory.h"
#include "range_index.h"
#include "request_data.h"

namespace bylaw {

using format::SnapshotView;

/// A verified snapshot, and what was noticed when it was made.
struct EntityData {
  std::unique_ptr<Word[]> memory;
  std::size_t size = 0;  // bytes
  SnapshotView view;
  std::vector<Error> warnings;
};

/// An entity that the world knows. Row 0 stands for none, then come those of the entity data, then names of literals.
struct EntityRow {
  std::string_view id;
  std::uint64_t hash = 0;
  Word word = 0;
  const Word* frame = nullptr;  // of its attributes; null if nothing described it
  bool has_below = false;       // some entity of the entity data is below it
};

/// Numbers by hash, open addressing.
struct WorldIndex {
  std::vector<std::uint32_t> slots;  // kNone: free; a power of two

  void reserve(std::size_t count);
  void add(std::uint64_t hash, std::uint32_t number);

  template <class Same>
  std::uint32_t find(std::uint64_t hash, Same same) const {
    if (slots.empty()) return format::kNone;
    for (auto at = static_cast<std::size_t>(hash);; ++at) {
      const std::uint32_t number = slots[at & (slots.size() - 1)];
      if (number == format::kNone || same(number)) return number;
    }
  }
};

/// Rows of a list by the words of their value; rows of one value are chained, ascending. Of ranges by address.
struct ListIndex {
  WorldIndex first;                 // row of the list, by value
  std::vector<std::uint32_t> next;  // by row of the list; kNone at the end
  RangeIndex ranges;                // of a list of Cidr alone
};

/// An attribute that some entity type inherits.
struct Inherited {
  Symbol name;
  format::MergeStrategy strategy;
  std::uint32_t type;
};

/// A field of a decision's request, records inside records included.
struct SlotPath {
  std::uint32_t decision;
  std::uint32_t parent;  // the slot of the record it belongs to, or kNone
  std::uint32_t field;   // in Fields
};

struct WorldData {
  std::shared_ptr<const BundleData> bundle;
  std::shared_ptr<const EntityData> entities;  // null if there is none
  std::uint64_t seed = 0;                      // of all hashes

  std::vector<std::string_view> texts;  // by symbol: the bundle's, then the entity data's
  WorldIndex text_index;

  std::vector<EntityRow> rows;
  WorldIndex row_index;
  std::vector<Word> data;  // frames and collections of the entity data, translated

  std::vector<bool> lineage_types;  // of which some block asks the lineage; empty if none does
  std::vector<Word> lineages;       // by row: a list in `data`; empty if none is asked for

  std::vector<Word> constants;  // entity words are rows
  std::vector<Word> zero_row;   // as long as the longest frame of an entity type

  std::vector<ListIndex> lists;
  std::vector<SlotPath> slots;
  std::vector<std::uint32_t> entity_types;  // all of them: 0, 1, ..
  std::vector<Inherited> inherited;         // each pair once
  std::vector<bool> inherited_below;        // by field: an entity type below the one it belongs to inherits that name

  const BundleView& view() const { return bundle->view; }
  const Limits& limits() const { return bundle->limits; }
};

/// kNone if the world does not have it.
Symbol find_text(const WorldData& world, std::string_view text, std::uint64_t hash);
/// kNone if the world does not know it.
std::uint32_t find_row(const WorldData& world, std::uint32_t type, std::string_view id, std::uint64_t hash);

/// Rows of all above a row, ascending; a member of a cycle is above itself.
inline std::span<const std::uint32_t> above(const WorldData& world, std::uint32_t row) {
  if (world.entities == nullptr || row == 0 || row > world.entities->view.rows.size()) return {};
  const SnapshotView& known = world.entities->view;
  const format::ClosureRecord& closure = known.closures[known.rows[row - 1].closure];
  return known.above.subspan(closure.first, closure.count);
}

/// Rows of its declared parents, ascending.
inline std::span<const std::uint32_t> parents(const WorldData& world, std::uint32_t row) {
  if (world.entities == nullptr || row == 0 || row > world.entities->view.rows.size()) return {};
  const SnapshotView& known = world.entities->view;
  return known.parents.subspan(known.rows[row - 1].first_parent, known.rows[row - 1].parent_count);
}

/// The types that may stand above an entity of this type.
inline std::span<const std::uint32_t> parent_types(const BundleView& view, std::uint32_t type) {
  const format::EntityTypeRecord& record = view.entity_types[type];
  return view.pool.subspan(record.first_parent, record.parent_count);
}

inline std::span<const std::uint32_t> entity_set(const BundleView& view, std::uint32_t set) {
  return view.pool.subspan(view.entity_sets[set].first, view.entity_sets[set].count);
}

inline std::span<const format::FieldRecord> fields_of(const BundleView& view, std::uint32_t shape) {
  return view.fields.subspan(view.shapes[shape].first_field, view.shapes[shape].field_count);
}

/// A world that knows no entity, not even literals: what entity data is read over.
std::shared_ptr<WorldData> bare_world(std::shared_ptr<const BundleData> bundle);
/// Lays entity data (or none) under a bare world, and gives the literals of the bundle their rows (link.cpp). What is
/// wrong with the data, if it is.
std::optional<Error> link_entities(WorldData& world, std::shared_ptr<const EntityData> entities);

/// Reads entity data by the bundle's types, and writes it as a snapshot (entities.cpp).
Result<std::vector<std::byte>> read_entity_data(std::shared_ptr<const BundleData> bundle, std::string_view json,
                                                std::vector<Error>& warnings);
/// A snapshot of entities that were read and are valid (snapshot.cpp); nothing if it would be too large.
std::optional<format::SnapshotTables> make_snapshot(const RequestData& filled);
/// Where an entity's own value is given and does not count (ignored.cpp).
std::vector<Error> find_ignored_values(const RequestData& filled);

}  // namespace bylaw
