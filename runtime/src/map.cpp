#include "map.h"

namespace bylaw {
namespace {

constexpr Word kNoEntry[format::kMaxSlots] = {};

}  // namespace

const Word* entry_of(const Memory& memory, const BundleView& view, std::uint32_t map_type, Word map, Word key) {
  const EntryLayout layout = entry_layout(view, map_type);
  const Collection entries = collection(memory, map);
  const auto text = [&](Symbol symbol) { return symbol_text(memory, symbol); };
  std::uint32_t first = 0, last = entries.count;
  while (first < last) {
    const std::uint32_t middle = first + (last - first) / 2;
    const Word* const entry = entries.data + std::size_t{layout.stride} * middle;
    const Word here = entry[layout.key_at];
    if (here == key) return entry;
    if (key_before(view, layout.key, here, key, text)) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return kNoEntry;
}

}  // namespace bylaw
