#pragma once
// The calendar that instants are counted in: proleptic Gregorian, UTC, a day of 86,400 seconds. Shared by the readers
// and printers of instants, by the machine and by the folding of constants, so that all say the same.

#include <cstdint>

namespace bylaw::format {

struct Civil {
  int year, month, day;
};
std::int64_t days_from_civil(int year, int month, int day);
Civil civil_from_days(std::int64_t days);
int days_in_month(int year, int month);

/// Parts of an instant, in UTC; months and days count from 1.
enum class CalendarPart : std::uint32_t { Year, Month, Day, Hour, Minute };
inline constexpr std::uint32_t kCalendarParts = 5;
std::int64_t calendar_part(CalendarPart part, std::int64_t instant);

/// 0 is Monday.
inline constexpr std::uint32_t kWeekdays = 7;
std::int64_t weekday(std::int64_t instant);

/// The same day and time of day so many months later; the last day of the month if it has no such day; the end of time
/// if that is beyond it.
std::int64_t add_months(std::int64_t instant, std::int64_t months);

}  // namespace bylaw::format
