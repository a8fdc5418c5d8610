#pragma once
// A bundle as typed tables over its bytes. All but the verifier itself read verified bundles only, so they index
// freely.

#include <span>
#include <string_view>

#include "format/bundle.h"

namespace bylaw::format {

/// Spans into one bundle's bytes; valid while they are.
struct BundleView {
  const Header* header = nullptr;
#define BYLAW_SECTION(name, record, member, says) std::span<const record> member;
#include "format/sections.def"
#undef BYLAW_SECTION

  std::string_view symbol_text(Symbol symbol) const {
    const StringRecord& record = strings[symbol];
    return {text.data() + record.offset, record.length};
  }
};

/// The records [first, first + count) of a table.
template <class Record>
std::span<const Record> range(std::span<const Record> table, std::uint32_t first, std::uint32_t count) {
  return table.subspan(first, count);
}

}  // namespace bylaw::format

namespace bylaw {
using format::BundleView;
}
