#pragma once
// The verifier of snapshots. What can be checked without the declarations is checked when a snapshot is opened: file,
// texts, rows, parents, closures. Frames are checked by the types of a bundle while they are linked (transcribe.h).

#include "format/snapshot.h"
#include "verify.h"

namespace bylaw {

using format::SnapshotView;

std::optional<Fault> read_snapshot_container(std::span<const std::byte> bytes, SnapshotView& snapshot);
/// Everything of it. `snapshot` views `bytes`, which are aligned for every record.
std::optional<Fault> verify_snapshot(std::span<const std::byte> bytes, SnapshotView& snapshot);

}  // namespace bylaw
