#include "format/snapshot.h"

#include "format/container.h"

namespace bylaw::format {

std::vector<std::byte> write_snapshot(const SnapshotTables& tables, std::uint64_t layout_hash) {
  const std::span<const std::byte> bytes[] = {
#define BYLAW_SNAPSHOT_SECTION(name, record, member, says) std::as_bytes(std::span(tables.member)),
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION
  };
  return write_container(kSnapshotMagic, layout_hash, kSnapshotSections, bytes);
}

}  // namespace bylaw::format
