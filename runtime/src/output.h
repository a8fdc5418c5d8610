#pragma once
// Text written into memory of a fixed size, cut where that ends.

#include <algorithm>
#include <span>
#include <string_view>

namespace bylaw {

struct Output {
  std::span<char> out;
  std::size_t used = 0;

  void put(std::string_view text) {
    const std::size_t take = std::min(text.size(), out.size() - used);
    std::copy_n(text.data(), take, out.data() + used);
    used += take;
  }

  std::string_view written() const { return {out.data(), used}; }
};

}  // namespace bylaw
