#pragma once
// What a Bundle holds: bytes that were verified, and what the verifier worked out while it read them. Only verify.h
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
};

struct BundleData {
  std::unique_ptr<std::byte[]> memory;  // a private copy, aligned for every record; empty if the host lent the bytes
  BundleView view;
  std::vector<DecisionBounds> bounds;
  Limits limits;
};

}  // namespace bylaw
