#pragma once
// Walking upwards through the entities of a request and of the world. What the request says of an entity's parents
// replaces what the world says, for walks that pass through it. No entity of the world has such an entity above it
// (R0206), so what lies above an entity of the world is always what the world worked out.

#include <span>

#include "memory.h"
#include "request_data.h"
#include "world_data.h"

namespace bylaw {

/// The request's record of an entity, if the request gives its parents.
inline const LocalEntity* with_parents(const Memory& memory, Word entity) {
  const bool known = entity_row(entity) < memory.world->rows.size();
  if (known && memory.request->overlaid == 0) return nullptr;
  const LocalEntity* local = find_local(*memory.request, entity);
  return local != nullptr && local->has_parents ? local : nullptr;
}

/// What the world has above an entity whose parents the request does not give.
inline std::span<const std::uint32_t> above_in_world(const Memory& memory, Word entity) {
  const std::uint32_t row = entity_row(entity);
  return row < memory.world->rows.size() ? above(*memory.world, row) : std::span<const std::uint32_t>();
}

/// The same of its declared parents.
inline std::span<const std::uint32_t> parents_in_world(const Memory& memory, Word entity) {
  const std::uint32_t row = entity_row(entity);
  return row < memory.world->rows.size() ? parents(*memory.world, row) : std::span<const std::uint32_t>();
}

std::uint32_t begin_walk(const RequestData& request);

/// Calls `visit(entity, rows above it in the world)` for `from` and for each entity above it to which the request
/// leads, until it says true. An entity may come twice. True if some visit did.
template <class Visit>
bool climb(const Memory& memory, Word from, Visit visit) {
  const LocalEntity* here = with_parents(memory, from);
  if (here == nullptr) return visit(from, above_in_world(memory, from));

  const RequestData& request = *memory.request;
  const std::uint32_t mark = begin_walk(request);
  here->mark = mark;
  here->next = kNone;
  // The records to be looked at form a chain through `next`, so that a walk needs no memory.
  for (const LocalEntity* waiting = here; waiting != nullptr;) {
    here = waiting;
    waiting = here->next == kNone ? nullptr : &request.entities.at(request.data, here->next);
    if (visit(here->word, std::span<const std::uint32_t>())) return true;
    for (std::uint32_t i = 0; i < here->parent_count; ++i) {
      const Word parent = request.data.words[here->parents + i];
      const LocalEntity* const local = with_parents(memory, parent);
      if (local == nullptr) {
        if (visit(parent, above_in_world(memory, parent))) return true;
      } else if (local->mark != mark) {
        local->mark = mark;
        local->next = waiting == nullptr ? kNone : waiting->number;
        waiting = local;
      }
    }
  }
  return false;
}

}  // namespace bylaw
