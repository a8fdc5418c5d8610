#pragma once
// What a Bundle holds: bytes that were verified, and what the verifier worked out while it read them. Only open.cpp
// makes one.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bundle_view.h"
#include "bylaw/bylaw.hpp"

namespace bylaw {

/// By decision.
struct DecisionBounds {
  std::uint64_t instructions = 0;  // at most this many are run by one decide, recording excluded
  std::uint32_t exempts = 0;       // exempt rules
  std::uint32_t lifted = 0;        // at most this many lifted rules are told for all of them
  std::uint32_t obliged = 0;       // words of what is obliged and is merged when it is read
  std::uint32_t scratch = 0;       // words that a block may use while it runs (format/scratch.h)
};

struct BundleData {
  std::unique_ptr<format::Word[]> memory;  // a private copy; sections are aligned in it
  BundleView view;
  std::vector<DecisionBounds> bounds;
  Limits limits;
};

}  // namespace bylaw
