#pragma once
// The entities of a request, grouped by cycles: Tarjan's strongly connected components, with an explicit stack. A
// component comes after all components above it, so what is inherited can be worked out in one go, however long the
// chains and wide the cycles that a request brings.

#include <cstdint>
#include <span>

#include "request_data.h"

namespace bylaw {

/// In the scratch arena; numbers are those of RequestData::entities.
struct Components {
  std::span<const std::uint32_t> of;     // by entity: its component
  std::span<const std::uint32_t> order;  // all entities, those of one component together, components ascending
  bool complete = false;                 // false: the arena is full
};

Components find_components(const RequestData& request, Arena& scratch);

}  // namespace bylaw
