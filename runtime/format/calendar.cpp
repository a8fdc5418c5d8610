#include "format/calendar.h"

#include <algorithm>

#include "format/text_forms.h"

namespace bylaw::format {
namespace {

constexpr std::int64_t kHour = kDay / 24;
constexpr std::int64_t kMinute = kHour / 60;

bool is_leap_year(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

struct Instant {
  std::int64_t days;         // since 1970-01-01
  std::int64_t time_of_day;  // microseconds
};

Instant split(std::int64_t instant) {
  std::int64_t days = instant / kDay, rest = instant % kDay;
  if (rest < 0) rest += kDay, --days;
  return {days, rest};
}

}  // namespace

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kDays[month - 1];
}

// Years are counted from March, so that the leap day is the last of its year (Howard Hinnant, "chrono-compatible
// low-level date algorithms").
std::int64_t days_from_civil(int year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

Civil civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<int>(year), month, static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

std::int64_t calendar_part(CalendarPart part, std::int64_t instant) {
  const Instant at = split(instant);
  switch (part) {
    case CalendarPart::Year: return civil_from_days(at.days).year;
    case CalendarPart::Month: return civil_from_days(at.days).month;
    case CalendarPart::Day: return civil_from_days(at.days).day;
    case CalendarPart::Hour: return at.time_of_day / kHour;
    case CalendarPart::Minute: return at.time_of_day / kMinute % 60;
  }
  return 0;
}

std::int64_t weekday(std::int64_t instant) {
  const std::int64_t since_monday = (split(instant).days + 3) % 7;  // 1970-01-01 was a Thursday
  return since_monday < 0 ? since_monday + 7 : since_monday;
}

std::int64_t add_months(std::int64_t instant, std::int64_t months) {
  constexpr std::int64_t kMost = 12 * 10000;  // leads beyond time from anywhere
  const Instant at = split(instant);
  const Civil from = civil_from_days(at.days);
  const std::int64_t count = from.year * 12 + from.month - 1 + std::clamp(months, -kMost, kMost);
  if (count < 12) return kFirstInstant;
  const int year = static_cast<int>(count / 12), month = static_cast<int>(count % 12) + 1;
  if (year > 9999) return kLastInstant;
  const int day = std::min(from.day, days_in_month(year, month));
  return days_from_civil(year, month, day) * kDay + at.time_of_day;
}

}  // namespace bylaw::format
