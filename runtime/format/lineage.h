#pragma once
// What compiler and runtime know of lineages alike.

#include <cstdint>

namespace bylaw::format {

/// The entities of one lineage: an entity and all above it. As of every list whose limit is unsaid.
inline constexpr std::uint32_t kMostInLineage = 4096;

}  // namespace bylaw::format
