#include "map.h"

namespace bylaw {
namespace {

constexpr Word kNoEntry[format::kMaxSlots] = {};

/// The entry whose key `is_key`; of others `comes_before` says whether they stand before it.
template <class IsKey, class ComesBefore>
const Word* search(const EntryLayout& layout, Collection entries, IsKey is_key, ComesBefore comes_before) {
  std::uint32_t first = 0, last = entries.count;
  while (first < last) {
    const std::uint32_t middle = first + (last - first) / 2;
    const Word* const entry = entries.data + std::size_t{layout.stride} * middle;
    const Word here = entry[layout.key_at];
    if (is_key(here)) return entry;
    if (comes_before(here)) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return kNoEntry;
}

}  // namespace

const Word* entry_of(const Memory& memory, const BundleView& view, std::uint32_t map_type, Word map, Word key) {
  const EntryLayout layout = entry_layout(view, map_type);
  const auto text = [&](Symbol symbol) { return symbol_text(memory, symbol); };
  return search(
      layout, collection(memory, map), [&](Word here) { return here == key; },
      [&](Word here) { return key_before(view, layout.key, here, key, text); });
}

const Word* entry_of(const Memory& memory, const BundleView& view, std::uint32_t map_type, Word map,
                     const format::Pieces& key) {
  const auto order = [&](Word here) { return compare(symbol_text(memory, static_cast<Symbol>(here)), key); };
  return search(
      entry_layout(view, map_type), collection(memory, map), [&](Word here) { return order(here) == 0; },
      [&](Word here) { return order(here) < 0; });
}

}  // namespace bylaw
