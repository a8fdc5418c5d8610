#pragma once
// Periods: `in force from .. until ..`, `since .. until ..` of list entries. An end is exclusive; `through D` is the
// whole of that day, so it is kept as the start of the next one.

#include <optional>

#include "check/checker.h"

namespace bylaw::compiler {

struct End {
  std::optional<std::int64_t> at;  // microseconds; nothing if told
  Span span;                       // of the instant
  bool through = false;
};

/// The end that an Until or Through node says. A bare date after `until` is told with both mends.
End check_end(Checker& checker, ModuleId module, NodeRef node);

/// Told and false if the period ends before or as it begins; `what` ends there: "policy `x`".
bool check_order(Checker& checker, std::optional<std::int64_t> begin, const End& end, const std::string& what);

/// The first instant of the day after the day that begins at `day`.
std::int64_t day_after(std::int64_t day);

/// The start of the day after "2026-01-31", for messages; the text itself if it is no date.
std::string next_day(std::string_view date);

}  // namespace bylaw::compiler
