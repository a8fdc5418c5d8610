#pragma once
// What deciding can take at most, from what each block can take. Sums and products saturate: a bound is never too low.

#include <cstdint>
#include <vector>

#include "bundle_data.h"

namespace bylaw {

constexpr std::uint64_t bound_sum(std::uint64_t a, std::uint64_t b) {
  return a + b < a ? UINT64_MAX : a + b;
}
constexpr std::uint64_t bound_product(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

/// What one run of a block takes at most.
struct BlockBounds {
  std::uint64_t instructions = 0;
  std::uint32_t scratch = 0;  // words
};

/// `blocks` by number.
DecisionBounds bounds_of(const BundleView& bundle, std::uint32_t decision, const std::vector<BlockBounds>& blocks);

}  // namespace bylaw
