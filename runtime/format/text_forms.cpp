#include "format/text_forms.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "format/calendar.h"

namespace bylaw::format {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// A cursor over bytes; every step says whether it was there.
struct Scanner {
  std::string_view rest;

  bool at_digit() const { return !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; }

  bool take(char c) {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }

  /// Exactly `count` digits.
  std::optional<int> number(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!at_digit()) return std::nullopt;
      value = value * 10 + (rest[0] - '0');
      rest.remove_prefix(1);
    }
    return value;
  }
};

std::optional<std::int64_t> take_date(Scanner& in) {
  const auto year = in.number(4);
  if (!year || *year < 1 || !in.take('-')) return std::nullopt;
  const auto month = in.number(2);
  if (!month || *month < 1 || *month > 12 || !in.take('-')) return std::nullopt;
  const auto day = in.number(2);
  if (!day || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  return days_from_civil(*year, *month, *day) * kDay;
}

/// `.` and digits, of which six count.
std::optional<std::int64_t> take_fraction(Scanner& in) {
  if (!in.take('.')) return 0;
  if (!in.at_digit()) return std::nullopt;
  std::int64_t value = 0;
  for (std::int64_t unit = kSecond / 10; in.at_digit(); unit /= 10) {
    value += unit * (in.rest[0] - '0');
    in.rest.remove_prefix(1);
  }
  return value;
}

std::optional<std::int64_t> take_time_of_day(Scanner& in) {
  const auto hour = in.number(2);
  if (!hour || *hour > 23 || !in.take(':')) return std::nullopt;
  const auto minute = in.number(2);
  if (!minute || *minute > 59 || !in.take(':')) return std::nullopt;
  const auto second = in.number(2);
  if (!second || *second > 60) return std::nullopt;
  const auto fraction = take_fraction(in);
  if (!fraction) return std::nullopt;
  return ((*hour * 60 + *minute) * 60 + *second) * kSecond + *fraction;
}

std::optional<std::int64_t> take_offset(Scanner& in) {
  if (in.take('Z')) return 0;
  const bool east = in.take('+');
  if (!east && !in.take('-')) return std::nullopt;
  const auto hour = in.number(2);
  if (!hour || *hour > 23 || !in.take(':')) return std::nullopt;
  const auto minute = in.number(2);
  if (!minute || *minute > 59) return std::nullopt;
  const std::int64_t offset = (*hour * 60 + *minute) * 60 * kSecond;
  return east ? offset : -offset;
}

void append_number(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

struct Unit {
  std::string_view name;
  std::int64_t microseconds;
};
constexpr Unit kUnits[] = {{"w", 7 * kDay}, {"d", kDay}, {"h", 3600 * kSecond}, {"m", 60 * kSecond}, {"s", kSecond},
                           {"ms", 1000},    {"us", 1}};
constexpr Unit kIsoDateUnits[] = {{"W", 7 * kDay}, {"D", kDay}};
constexpr Unit kIsoTimeUnits[] = {{"H", 3600 * kSecond}, {"M", 60 * kSecond}, {"S", kSecond}};

/// Sums up parts of a duration below zero, where there is one more number than above.
struct Sum {
  std::int64_t negative = 0;
  bool overflow = false;

  void add(std::uint64_t count, std::int64_t unit) {
    const auto size = static_cast<std::uint64_t>(unit);
    const auto sum = static_cast<std::uint64_t>(negative);
    const std::uint64_t room = sum - static_cast<std::uint64_t>(INT64_MIN);
    if (count > room / size) {
      overflow = true;
    } else {
      negative = static_cast<std::int64_t>(sum - count * size);
    }
  }

  DurationResult result(bool minus) const {
    if (overflow || (!minus && negative == INT64_MIN)) return {std::nullopt, DurationError::Overflow};
    return {minus ? negative : -negative, {}};
  }
};

/// Digits; a number that does not fit becomes the largest one, with which any sum overflows.
std::uint64_t take_count(Scanner& in) {
  std::uint64_t value = 0;
  while (in.at_digit()) {
    const auto digit = static_cast<std::uint64_t>(in.rest[0] - '0');
    value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
    in.rest.remove_prefix(1);
  }
  return value;
}

/// The unit whose name is the run of letters here; kUnits.size() if none is.
template <std::size_t N>
std::size_t take_unit(Scanner& in, const Unit (&units)[N]) {
  std::size_t length = 0;
  while (length < in.rest.size() && ((in.rest[length] | 0x20) >= 'a' && (in.rest[length] | 0x20) <= 'z')) ++length;
  for (std::size_t i = 0; i < N; ++i) {
    if (units[i].name == in.rest.substr(0, length)) {
      in.rest.remove_prefix(length);
      return i;
    }
  }
  return N;
}

DurationResult malformed() {
  return {};
}

/// Parts of one half of an ISO 8601 duration. `fractions`: the last unit may have digits after the point.
template <std::size_t N>
bool take_iso_parts(Scanner& in, const Unit (&units)[N], bool fractions, Sum& sum, bool& any) {
  for (std::size_t next = 0; in.at_digit(); any = true) {
    const std::uint64_t count = take_count(in);
    const bool point = fractions && !in.rest.empty() && in.rest[0] == '.';
    const auto fraction = point ? take_fraction(in) : 0;
    if (!fraction || in.rest.empty()) return false;
    std::size_t unit = next;
    while (unit < N && units[unit].name[0] != in.rest[0]) ++unit;
    if (unit == N || (point && unit != N - 1)) return false;
    in.rest.remove_prefix(1);
    sum.add(count, units[unit].microseconds);
    sum.add(static_cast<std::uint64_t>(*fraction), 1);
    next = unit + 1;
  }
  return true;
}

DurationResult read_iso_duration(Scanner in, bool minus) {
  Sum sum;
  bool any = false;
  if (!take_iso_parts(in, kIsoDateUnits, false, sum, any)) return malformed();
  if (in.take('T')) {
    any = false;
    if (!take_iso_parts(in, kIsoTimeUnits, true, sum, any)) return malformed();
  }
  if (!any || !in.rest.empty()) return malformed();
  return sum.result(minus);
}

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_type_name(std::string_view text) {
  bool at_start = true;
  for (const char c : text) {
    if (at_start) {
      if (!is_name_start(c)) return false;
      at_start = false;
    } else if (c == '.') {
      at_start = true;
    } else if (!is_name_start(c) && !(c >= '0' && c <= '9')) {
      return false;
    }
  }
  return !at_start;
}

/// The id between quotes: `text` begins after the first one. Nothing if the closing one is not the last byte.
std::optional<EntityParts> split_quoted(std::string_view type, std::string_view text) {
  EntityParts parts{type, {}, false};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      parts.id = text.substr(0, i);
      return i + 1 == text.size() ? std::optional(parts) : std::nullopt;
    }
    if (text[i] != '\\') continue;
    parts.escaped = true;
    ++i;
    if (i == text.size() || (text[i] != '"' && text[i] != '\\')) return std::nullopt;
  }
  return std::nullopt;
}

bool is_continuation(unsigned char c) {
  return (c & 0xc0) == 0x80;
}

/// Bytes of the character at `at`, of at least two bytes; 0 if it is none.
std::size_t character_length(const unsigned char* at, std::size_t left) {
  const unsigned char first = at[0];
  if (first < 0xc2 || first > 0xf4) return 0;  // a continuation, an overlong form, or above U+10FFFF
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (left < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(at[i])) return 0;
  }
  if (first == 0xe0 && at[1] < 0xa0) return 0;   // overlong
  if (first == 0xed && at[1] >= 0xa0) return 0;  // a surrogate
  if (first == 0xf0 && at[1] < 0x90) return 0;   // overlong
  if (first == 0xf4 && at[1] >= 0x90) return 0;  // above U+10FFFF
  return length;
}

}  // namespace

std::optional<std::int64_t> read_instant(std::string_view text) {
  Scanner in{text};
  const auto day = take_date(in);
  if (!day || !in.take('T')) return std::nullopt;
  const auto time = take_time_of_day(in);
  if (!time) return std::nullopt;
  const auto offset = take_offset(in);
  if (!offset || !in.rest.empty()) return std::nullopt;
  const std::int64_t instant = *day + *time - *offset;
  if (instant < kFirstInstant || instant > kLastInstant) return std::nullopt;
  return instant;
}

std::optional<std::int64_t> read_date(std::string_view text) {
  Scanner in{text};
  const auto day = take_date(in);
  return in.rest.empty() ? day : std::nullopt;
}

std::string print_instant(std::int64_t microseconds) {
  const std::int64_t instant = std::min(std::max(microseconds, kFirstInstant), kLastInstant);
  std::int64_t days = instant / kDay;
  std::int64_t rest = instant % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  const Civil date = civil_from_days(days);
  std::string out;
  append_number(out, date.year, 4);
  for (const auto& [mark, value] : {std::pair<char, std::int64_t>{'-', date.month},
                                    {'-', date.day},
                                    {'T', rest / (3600 * kSecond)},
                                    {':', rest / (60 * kSecond) % 60},
                                    {':', rest / kSecond % 60}}) {
    out += mark;
    append_number(out, value, 2);
  }
  if (const std::int64_t fraction = rest % kSecond; fraction != 0) {
    out += '.';
    append_number(out, fraction, 6);
    out.erase(out.find_last_not_of('0') + 1);
  }
  return out + 'Z';
}

DurationResult read_duration(std::string_view text) {
  Scanner in{text};
  const bool minus = in.take('-');
  constexpr std::size_t kCount = std::size(kUnits);
  Sum sum;
  std::size_t next = 0;
  if (in.rest.empty()) return malformed();
  while (!in.rest.empty()) {
    const bool zero = in.rest[0] == '0';
    const std::size_t before = in.rest.size();
    const std::uint64_t count = take_count(in);
    const std::size_t digits = before - in.rest.size();
    if (digits == 0 || (zero && digits > 1)) return malformed();
    const std::size_t unit = take_unit(in, kUnits);
    if (unit == kCount || unit < next) return malformed();
    next = unit + 1;
    sum.add(count, kUnits[unit].microseconds);
  }
  return sum.result(minus);
}

DurationResult read_wire_duration(std::string_view text) {
  Scanner in{text};
  const bool minus = in.take('-');
  if (in.take('P')) return read_iso_duration(in, minus);
  return read_duration(text);
}

std::string print_duration(std::int64_t microseconds) {
  if (microseconds == 0) return "0s";
  std::string out = microseconds < 0 ? "-" : "";
  auto rest = static_cast<std::uint64_t>(microseconds);
  if (microseconds < 0) rest = 0 - rest;
  for (const Unit& unit : kUnits) {
    if (unit.name == "w") continue;
    const std::uint64_t size = static_cast<std::uint64_t>(unit.microseconds);
    if (rest < size) continue;
    out += std::to_string(rest / size);
    out += unit.name;
    rest %= size;
  }
  return out;
}

std::string print_entity(std::string_view type, std::string_view id) {
  std::string out;
  out.reserve(type.size() + id.size() + 4);
  out.append(type).append("::\"");
  for (const char c : id) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::optional<EntityParts> split_entity(std::string_view text) {
  const std::size_t colons = text.find("::");
  if (colons == std::string_view::npos) return std::nullopt;
  const std::string_view type = text.substr(0, colons);
  if (!is_type_name(type)) return std::nullopt;
  const std::string_view rest = text.substr(colons + 2);
  if (!rest.empty() && rest[0] == '"') return split_quoted(type, rest.substr(1));
  return EntityParts{type, rest, false};
}

std::size_t unescape_id(const EntityParts& parts, char* out) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < parts.id.size(); ++i) {
    if (parts.escaped && parts.id[i] == '\\') ++i;
    out[length++] = parts.id[i];
  }
  return length;
}

std::optional<EntityText> read_entity(std::string_view text) {
  const auto parts = split_entity(text);
  if (!parts) return std::nullopt;
  EntityText out{std::string(parts->type), std::string(parts->id.size(), '\0')};
  out.id.resize(unescape_id(*parts, out.id.data()));
  return out;
}

bool valid_text(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t left = text.size();
  while (left > 0) {
    if (*at == 0) return false;
    const std::size_t length = *at < 0x80 ? 1 : character_length(at, left);
    if (length == 0) return false;
    at += length;
    left -= length;
  }
  return true;
}

}  // namespace bylaw::format
