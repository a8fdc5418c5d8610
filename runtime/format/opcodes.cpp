#include "format/opcodes.h"

namespace bylaw::format {

std::optional<Op> op_named(std::string_view name) {
  for (std::size_t i = 0; i < kOpCount; ++i)
    if (kOps[i].name == name) return static_cast<Op>(i);
  return std::nullopt;
}

}  // namespace bylaw::format
