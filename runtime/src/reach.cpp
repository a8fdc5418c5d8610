#include <algorithm>

#include "climb.h"

namespace bylaw {
namespace {

bool holds(std::span<const Word> ascending, Word word) {
  return std::binary_search(ascending.begin(), ascending.end(), word);
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
  return climb(memory, lower,
               [&](Word entity, std::span<const Word> above) { return entity == upper || holds(above, upper); });
}

bool reaches_any(const Memory& memory, Word lower, Collection uppers) {
  const Word* const end = uppers.data + uppers.count;
  return climb(memory, lower, [&](Word entity, std::span<const Word> above) {
    return std::any_of(uppers.data, end, [&](Word upper) { return upper == entity || holds(above, upper); });
  });
}

bool has_parent(const Memory& memory, Word child, Word parent) {
  if (const LocalEntity* local = with_parents(memory, child)) {
    return holds({memory.request->data.words + local->parents, local->parent_count}, parent);
  }
  const std::uint32_t row = entity_row(child);
  if (row >= memory.world->rows.size()) return false;
  const EntityRow& known = memory.world->rows[row];
  return holds({memory.world->parents.data() + known.first_parent, known.parent_count}, parent);
}

}  // namespace bylaw
