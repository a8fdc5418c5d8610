#pragma once
// "Did you mean": the nearest of the names that would have been right.

#include <cstdint>
#include <span>
#include <string_view>

namespace bylaw {

class Suggestion {
 public:
  explicit Suggestion(std::string_view given) : given_(given) {}

  void offer(std::string_view name);
  /// "; did you mean `x`?", or nothing.
  std::string_view write(std::span<char> out) const;

 private:
  std::string_view given_;
  std::string_view nearest_;
  std::uint32_t distance_ = 0xffffffff;
};

}  // namespace bylaw
