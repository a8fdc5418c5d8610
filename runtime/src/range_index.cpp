#include "range_index.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace bylaw {
namespace {

using format::CidrRange;
using format::IpAddress;
using format::kNone;

IpAddress last_of(const CidrRange& range) {
  const IpAddress mask = format::prefix_of({~std::uint64_t{0}, ~std::uint64_t{0}}, range.length);
  return {range.first.high | ~mask.high, range.first.low | ~mask.low};
}

/// The address behind this one; nothing behind the last there is.
std::optional<IpAddress> next(const IpAddress& address) {
  if (address.low != ~std::uint64_t{0}) return IpAddress{address.high, address.low + 1};
  if (address.high != ~std::uint64_t{0}) return IpAddress{address.high + 1, 0};
  return std::nullopt;
}

/// Goes through the ranges by where they begin, wider ones first, with those that are open on a stack.
class Sweep {
 public:
  explicit Sweep(std::span<const CidrRange> ranges) : ranges_(ranges) {
    index_.around.assign(ranges.size(), kNone);
    begin_stretch({}, kNone);
  }

  RangeIndex run() {
    std::vector<std::uint32_t> order(ranges_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return ranges_[a] < ranges_[b]; });
    for (const std::uint32_t range : order) open(range);
    while (!open_.empty()) close();
    return std::move(index_);
  }

 private:
  void open(std::uint32_t range) {
    while (!open_.empty() && !format::is_inside(ranges_[range], ranges_[open_.back()])) close();
    if (!open_.empty()) index_.around[range] = open_.back();
    begin_stretch(ranges_[range].first, range);
    open_.push_back(range);
  }

  void close() {
    const auto behind = next(last_of(ranges_[open_.back()]));
    open_.pop_back();
    if (behind) begin_stretch(*behind, open_.empty() ? kNone : open_.back());
  }

  /// What begins where another began takes its place.
  void begin_stretch(const IpAddress& address, std::uint32_t owner) {
    if (index_.begins.empty() || index_.begins.back() != address) {
      index_.begins.push_back(address);
      index_.owners.push_back(owner);
    } else {
      index_.owners.back() = owner;
    }
  }

  std::span<const CidrRange> ranges_;
  std::vector<std::uint32_t> open_;
  RangeIndex index_;
};

}  // namespace

std::uint32_t RangeIndex::innermost(const IpAddress& address) const {
  const auto after = std::upper_bound(begins.begin(), begins.end(), address);
  return after == begins.begin() ? kNone : owners[static_cast<std::size_t>(after - begins.begin()) - 1];
}

RangeIndex index_of(std::span<const CidrRange> ranges) {
  return Sweep(ranges).run();
}

}  // namespace bylaw
