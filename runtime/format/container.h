#pragma once
// The file around the sections, of bundles and of snapshots alike: header, section table, sections, padding.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "format/bundle.h"

namespace bylaw::format {

/// A file of these sections, in this order; the checksum is right, the SHA-256 is zero.
std::vector<std::byte> write_container(const char (&magic)[8], std::uint64_t layout_hash,
                                       std::span<const SectionInfo> sections,
                                       std::span<const std::span<const std::byte>> bytes);

}  // namespace bylaw::format
