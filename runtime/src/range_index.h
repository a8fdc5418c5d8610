#pragma once
// Ranges of addresses, asked by address. Two ranges are apart from each other or one lies in the other, so the
// innermost range at each address, and the next one around each range, say all.

#include <cstdint>
#include <span>
#include <vector>

#include "format/addresses.h"
#include "format/bundle.h"

namespace bylaw {

struct RangeIndex {
  std::vector<format::IpAddress> begins;  // of stretches, ascending; the first is the least address
  std::vector<std::uint32_t> owners;      // of each stretch the innermost range there, or kNone
  std::vector<std::uint32_t> around;      // by range: the next one that holds it, or kNone; of equal ones the earlier

  /// The innermost range that holds an address, the last of equal ones; kNone if none does.
  std::uint32_t innermost(const format::IpAddress& address) const;
};

RangeIndex index_of(std::span<const format::CidrRange> ranges);

}  // namespace bylaw
