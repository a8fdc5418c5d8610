#pragma once
// The one place of the command that reads the clock: for what has expired, never for what is decided.

#include <cstdint>
#include <optional>
#include <string>

namespace bylaw::cli {

/// The instant of `--as-of`, a date or an instant, in microseconds; now if it is empty; nothing if it is neither.
std::optional<std::int64_t> instant_of(const std::string& as_of);

}  // namespace bylaw::cli
