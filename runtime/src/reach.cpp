#include <algorithm>

#include "climb.h"

namespace bylaw {
namespace {

/// No entity of the request stands above one of the world, and rows of the request are greater than all of the world.
bool holds(std::span<const std::uint32_t> ascending, Word entity) {
  return std::binary_search(ascending.begin(), ascending.end(), entity_row(entity));
}

}  // namespace

std::uint32_t begin_walk(const RequestData& request) {
  if (++request.epoch == 0) {
    for (std::uint32_t i = 0; i < request.entities.count; ++i) request.entities.at(request.data, i).mark = 0;
    request.epoch = 1;
  }
  return request.epoch;
}

bool reaches(const Memory& memory, Word lower, Word upper) {
  if (lower == upper) return true;
  return climb(memory, lower, [&](Word entity, std::span<const std::uint32_t> above) {
    return entity == upper || holds(above, upper);
  });
}

bool reaches_any(const Memory& memory, Word lower, Collection uppers) {
  const Word* const end = uppers.data + uppers.count;
  return climb(memory, lower, [&](Word entity, std::span<const std::uint32_t> above) {
    return std::any_of(uppers.data, end, [&](Word upper) { return upper == entity || holds(above, upper); });
  });
}

bool has_parent(const Memory& memory, Word child, Word parent) {
  if (const LocalEntity* local = with_parents(memory, child)) {
    const Word* const parents = memory.request->data.words + local->parents;
    return std::binary_search(parents, parents + local->parent_count, parent);
  }
  return holds(parents_in_world(memory, child), parent);
}

}  // namespace bylaw
