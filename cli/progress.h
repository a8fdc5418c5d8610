#pragma once
// A bar on the terminal while scenarios run: for people who wait, so neither in CI nor with -q.

#include <cstddef>
#include <functional>

namespace bylaw::cli {

/// CI is set, and not to nothing, `0` or `false`.
bool running_in_ci();

class ProgressBar {
 public:
  explicit ProgressBar(bool quiet);
  /// What to call with how many are done, how many there are, and how many failed; empty if nobody watches.
  std::function<void(std::size_t, std::size_t, std::size_t)> teller();
  void clear();

 private:
  void draw(std::size_t done, std::size_t total, std::size_t failed);
  bool shown_ = false, drawn_ = false;
};

}  // namespace bylaw::cli
