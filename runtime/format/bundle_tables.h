#pragma once
// A bundle while it is made: one vector a section. Who writes bundles fills the tables and calls `write_bundle`.

#include <cstddef>
#include <string_view>
#include <vector>

#include "format/bundle.h"

namespace bylaw::format {

struct BundleTables {
#define BYLAW_SECTION(name, record, member, says) std::vector<record> member;
#include "format/sections.def"
#undef BYLAW_SECTION
};

/// Lays out types, shapes and fields in place (layout.h). They must be without cycles and not too large.
void lay_out_or_stop(BundleTables& tables);

/// Of tables whose indices are in range (layout.h).
std::uint64_t layout_hash(const BundleTables& tables);

/// The whole file: header, section table, sections, padding; layout hash and checksum are right, the SHA-256 is
/// zero (neither covers the other, so it may be filled in afterwards).
std::vector<std::byte> write_bundle(const BundleTables& tables);
/// The same with a layout hash that is given: for tables that are broken on purpose.
std::vector<std::byte> write_bundle(const BundleTables& tables, std::uint64_t layout_hash);

}  // namespace bylaw::format
