#pragma once
// Maps: entries one after the other, ascending by key, each a frame of two fields (bundle.h, Kind::Map).

#include <cstdint>
#include <string_view>

#include "bundle_view.h"
#include "format/layout.h"
#include "format/text_reading.h"
#include "memory.h"

namespace bylaw {

/// Where keys and values lie in the entries of a map.
struct EntryLayout {
  const format::TypeRecord& key;
  const format::FieldRecord& value;  // relative to the entry's slots, as in every shape
  std::uint32_t shape;
  std::uint32_t stride;
  std::uint32_t key_at;    // word of the entry's frame
  std::uint32_t value_at;  // the same, of the value's first word
};

inline EntryLayout entry_layout(const BundleView& view, std::uint32_t map_type) {
  const std::uint32_t shape = view.types[view.types[map_type].ref].ref;
  const format::ShapeRecord& record = view.shapes[shape];
  const format::FieldRecord& key = view.fields[record.first_field];
  const format::FieldRecord& value = view.fields[record.first_field + 1];
  const std::uint32_t presence = format::presence_words(record);
  return {view.types[key.type], value, shape, format::frame_words(record), presence + key.slot, presence + value.slot};
}

/// Whether key `a` comes before `b`: members as declared, then texts that are no members; texts by their bytes. `text`
/// gives the text of a symbol.
template <class Text>
bool key_before(const BundleView& view, const format::TypeRecord& key, Word a, Word b, Text text) {
  if (a == b) return false;
  if (key.kind == format::Kind::Enum) {
    const std::uint32_t members = view.enums[key.ref].member_count;
    if (a < members || b < members) return a < b;
    a -= members;
    b -= members;
  }
  const std::string_view first = text(static_cast<Symbol>(a)), second = text(static_cast<Symbol>(b));
  return first < second;
}

/// The entry with this key; a frame of zeros if there is none.
const Word* entry_of(const Memory& memory, const BundleView& view, std::uint32_t map_type, Word map, Word key);
/// The same of a map with text keys, for a text that need not be known.
const Word* entry_of(const Memory& memory, const BundleView& view, std::uint32_t map_type, Word map,
                     const format::Pieces& key);

}  // namespace bylaw
