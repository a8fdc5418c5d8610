// Ranges asked by address, compared with asking each of them.
#include "range_index.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace bylaw;
using namespace bylaw::format;

namespace {

std::set<std::uint32_t> around(const RangeIndex& index, const IpAddress& address) {
  std::set<std::uint32_t> found;
  for (std::uint32_t range = index.innermost(address); range != kNone; range = index.around[range]) {
    CHECK(found.insert(range).second);
  }
  return found;
}

void compare(const std::vector<CidrRange>& ranges, const std::vector<IpAddress>& addresses) {
  const RangeIndex index = index_of(ranges);
  CHECK(std::is_sorted(index.begins.begin(), index.begins.end()));
  for (const IpAddress& address : addresses) {
    std::set<std::uint32_t> wanted;
    for (std::uint32_t i = 0; i < ranges.size(); ++i)
      if (is_inside(address, ranges[i])) wanted.insert(i);
    CHECK(around(index, address) == wanted);
  }
}

}  // namespace

TEST_CASE("no range, one for everything, and equal ones") {
  const IpAddress last{~std::uint64_t{0}, ~std::uint64_t{0}};
  compare({}, {{}, last});
  compare({{{}, 0}}, {{}, last, {1, 2}});
  compare({{{}, 0}, {last, 128}, {{}, 128}}, {{}, {0, 1}, last, {last.high, last.low - 1}});
  compare({{{0, 8}, 125}, {{0, 8}, 125}, {{0, 8}, 126}}, {{0, 7}, {0, 8}, {0, 11}, {0, 12}, {0, 15}, {0, 16}});
  CHECK(index_of(std::vector<CidrRange>{{{0, 8}, 125}, {{0, 8}, 125}}).innermost({0, 9}) == 1);
}

TEST_CASE("random ranges hold what each by itself holds") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 300; ++round) {
    // Few bits differ, so that ranges nest; at both sides of the border between the words.
    std::vector<CidrRange> ranges;
    std::vector<IpAddress> addresses;
    const auto address = [&] { return IpAddress{random() & 7, (random() & 7) << 61 | (random() & 1)}; };
    for (std::size_t n = random() % 12; n > 0; --n) {
      const std::uint64_t length = 60 + random() % 69;
      ranges.push_back({prefix_of(address(), length), length});
    }
    for (int n = 0; n < 40; ++n) addresses.push_back(address());
    for (const CidrRange& range : ranges) addresses.push_back(range.first);
    compare(ranges, addresses);
  }
}
