#pragma once
// A snapshot of entity data (*.bylaws): one contiguous little-endian file with the header of a bundle, a magic of its
// own and other sections. Symbols and rows are the snapshot's own: linking translates them to those of a World. Frames
// have the layout of their entity type (layout.h); the layout hash says by which declarations they were made.

#include <span>
#include <string_view>
#include <vector>

#include "format/bundle.h"

namespace bylaw::format {

inline constexpr char kSnapshotMagic[8] = {'B', 'Y', 'L', 'A', 'S', '\r', '\n', '\x1a'};

struct SnapshotTypeRecord {
  std::uint64_t hash;  // of its declaration, everything it contains included (layout_hash.h)
  Symbol name;         // qualified
  std::uint32_t reserved;
};

enum SnapshotRowFlags : std::uint32_t { kRowDescribed = 1 };
struct SnapshotRowRecord {
  std::uint64_t frame;  // in Words, if it is described; else 0
  std::uint32_t type;
  Symbol id;
  std::uint32_t first_parent, parent_count;
  std::uint32_t closure;  // what is above it
  std::uint32_t flags;
};

struct ClosureRecord {
  std::uint64_t first;  // in Above
  std::uint32_t count;
  std::uint32_t reserved;
};

enum class SnapshotSection : std::uint32_t {
#define BYLAW_SNAPSHOT_SECTION(name, ...) name,
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION
};

inline constexpr SectionInfo kSnapshotSections[] = {
#define BYLAW_SNAPSHOT_SECTION(name, record, member, says) {#name, sizeof(record), says},
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION
};
inline constexpr std::uint32_t kSnapshotSectionCount = static_cast<std::uint32_t>(std::size(kSnapshotSections));

#define BYLAW_SNAPSHOT_SECTION(name, record, member, says) \
  static_assert(std::is_trivially_copyable_v<record> && std::has_unique_object_representations_v<record>);
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION

/// A snapshot while it is made: one vector a section.
struct SnapshotTables {
#define BYLAW_SNAPSHOT_SECTION(name, record, member, says) std::vector<record> member;
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION
};

/// A snapshot as typed tables over its bytes.
struct SnapshotView {
  const Header* header = nullptr;
#define BYLAW_SNAPSHOT_SECTION(name, record, member, says) std::span<const record> member;
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION

  std::string_view symbol_text(Symbol symbol) const {
    const StringRecord& record = strings[symbol];
    return {text.data() + record.offset, record.length};
  }
};

/// The whole file; the checksum is right, the SHA-256 is zero.
std::vector<std::byte> write_snapshot(const SnapshotTables& tables, std::uint64_t layout_hash);

}  // namespace bylaw::format
