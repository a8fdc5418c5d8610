#include "clock.h"

#include <ctime>

#include "format/text_forms.h"

namespace bylaw::cli {

std::optional<std::int64_t> instant_of(const std::string& as_of) {
  constexpr std::int64_t kMicroseconds = 1000000;
  if (as_of.empty()) return static_cast<std::int64_t>(std::time(nullptr)) * kMicroseconds;
  if (const auto day = format::read_date(as_of)) return day;
  return format::read_instant(as_of);
}

}  // namespace bylaw::cli
