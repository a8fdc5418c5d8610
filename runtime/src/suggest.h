#pragma once
// "Did you mean": the nearest of the names that would have been right, or all of them if none is near and they are few.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace bylaw {

class Suggestion {
 public:
  explicit Suggestion(std::string_view given) : given_(given) {}

  void offer(std::string_view name);
  /// "; did you mean `x`?", or "; it can be `a`, `b` or `c`", or nothing.
  std::string_view write(std::span<char> out) const;
  /// The first of these only.
  std::string_view write_nearest(std::span<char> out) const;

 private:
  static constexpr std::uint32_t kFew = 6;

  std::string_view given_;
  std::string_view nearest_;
  std::uint32_t distance_ = 0xffffffff;
  std::array<std::string_view, kFew> offered_;
  std::uint32_t count_ = 0;
};

}  // namespace bylaw
