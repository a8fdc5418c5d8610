#pragma once
// Lineages: an entity and all above it, nearest first, as lists that lie in the world's or the request's memory before
// anything is decided. At one distance they ascend by type and id. Only for worlds whose bundle asks for a lineage, and
// only of the types that it asks for.

#include "format/lineage.h"
#include "memory.h"
#include "request_data.h"
#include "world_data.h"

namespace bylaw {

/// The most entities of all lineages that one request adds.
inline constexpr std::uint32_t kMostInLineages = 65536;

/// Which types some block asks for, and the lineages of all entities that the world knows of them. What is wrong with
/// the data, if one is too long.
std::optional<Error> add_lineages(WorldData& world);

/// The room that a request of this world has for lineages beside everything else, in words.
std::size_t lineage_words(const WorldData& world);
/// The lineages of the entities whose parents the request gives, or that only it knows. False if they are too long.
bool add_lineages(RequestData& request);

/// The list word of an entity's lineage; no element if there is no entity.
Word lineage(const Memory& memory, Word entity);

}  // namespace bylaw
