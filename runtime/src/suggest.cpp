#include "suggest.h"

#include <algorithm>
#include <array>

#include "output.h"

namespace bylaw {
namespace {

constexpr std::size_t kLongest = 64;

char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Edits (insert, drop, change, swap two neighbours) between two names of at most kLongest bytes; case costs nothing.
std::uint32_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::uint32_t, kLongest + 1>;
  Row before_last{}, last{}, here{};
  for (std::size_t k = 0; k <= b.size(); ++k) last[k] = static_cast<std::uint32_t>(k);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    here[0] = static_cast<std::uint32_t>(i);
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const bool same = folded(a[i - 1]) == folded(b[k - 1]);
      here[k] = std::min({last[k] + 1, here[k - 1] + 1, last[k - 1] + (same ? 0u : 1u)});
      const bool swapped =
          i > 1 && k > 1 && folded(a[i - 1]) == folded(b[k - 2]) && folded(a[i - 2]) == folded(b[k - 1]);
      if (swapped) here[k] = std::min(here[k], before_last[k - 2] + 1);
    }
    before_last = last;
    last = here;
  }
  return last[b.size()];
}

}  // namespace

void Suggestion::offer(std::string_view name) {
  if (count_ < kFew) offered_[count_] = name;
  ++count_;
  if (name.empty() || name.size() > kLongest || given_.empty() || given_.size() > kLongest) return;
  const std::uint32_t distance = edit_distance(given_, name);
  const auto most = static_cast<std::uint32_t>(std::min(given_.size(), name.size()) < 4 ? 1 : 2);
  if (distance > most || distance >= distance_) return;
  distance_ = distance;
  nearest_ = name;
}

std::string_view Suggestion::write_nearest(std::span<char> out) const {
  Output output{out};
  if (nearest_.empty()) return {};
  output.put("; did you mean `");
  output.put(nearest_);
  output.put("`?");
  return output.written();
}

std::string_view Suggestion::write(std::span<char> out) const {
  if (!nearest_.empty()) return write_nearest(out);
  if (count_ > kFew) return {};
  Output output{out};
  for (std::uint32_t i = 0; i < count_; ++i) {
    output.put(i == 0 ? "; it can be `" : i + 1 == count_ ? "` or `" : "`, `");
    output.put(offered_[i]);
  }
  if (count_ != 0) output.put("`");
  return output.written();
}

}  // namespace bylaw
