#pragma once
// Times of a scenario: an instant, a date, or another Time of the case by its path, then any `+ 30d`, `- 1s`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

struct TimeText {
  std::optional<std::int64_t> instant;  // else `path` is counted from
  std::string path;
  std::vector<std::int64_t> terms;  // microseconds, in order
};

/// Nothing if it is no such text.
std::optional<TimeText> read_time_text(std::string_view text);
/// The instant and its terms; saturates at the ends of time after each.
std::int64_t add_terms(std::int64_t instant, const std::vector<std::int64_t>& terms);

}  // namespace bylaw::runner
