// Functions that are built in, from the words of the language chapters.
#include <algorithm>
#include <cctype>
#include <limits>
#include <map>
#include <string>

#include "reference/model.h"
#include "reference/pattern.h"

namespace bylaw::reference {

using compiler::Builtin;

namespace {

__extension__ using Wide = __int128;

Value number(Wide exact) {
  Value value;
  value.kind = Kind::Number;
  value.number = exact < INT64_MIN ? INT64_MIN : exact > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(exact);
  return value;
}

Value truth(bool value) {
  Value result;
  result.kind = Kind::Bool;
  result.number = value ? 1 : 0;
  return result;
}

Value text(std::string value) {
  Value result;
  result.kind = Kind::Text;
  result.text = std::move(value);
  return result;
}

/// At one place after the other.
bool stands_in(const std::string& part, const std::string& whole) {
  for (std::size_t at = 0; at + part.size() <= whole.size(); ++at)
    if (whole.substr(at, part.size()) == part) return true;
  return false;
}

/// Every place where `part` stands, one after the other.
std::vector<std::size_t> places(const std::string& whole, const std::string& part) {
  std::vector<std::size_t> all;
  for (std::size_t at = 0; at + part.size() <= whole.size(); ++at)
    if (whole.substr(at, part.size()) == part) all.push_back(at);
  return all;
}

/// Absent where `part` stands nowhere.
Value beside(const std::string& whole, const std::string& part, bool before, bool last) {
  const std::vector<std::size_t> all = places(whole, part);
  if (all.empty()) return {};
  const std::size_t at = last ? all.back() : all.front();
  return text(before ? whole.substr(0, at) : whole.substr(at + part.size()));
}

/// Digits, with a minus before them or not.
Value integer(const std::string& written) {
  const bool minus = !written.empty() && written[0] == '-';
  const std::string digits = written.substr(minus ? 1 : 0);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return {};
  Wide value = 0;
  for (const char digit : digits) value = std::min<Wide>(value * 10 + (digit - '0'), Wide{1} << 80);
  if (minus) value = -value;
  return value < INT64_MIN || value > INT64_MAX ? Value{} : number(value);
}

/// The greatest whole number that is not above a / b.
Wide floored_quotient(Wide a, Wide b) {
  Wide quotient = a / b;
  while (b > 0 ? quotient * b > a : quotient * b < a) --quotient;
  return quotient;
}

// --- the calendar, off the printed form of instants: slow and obvious ---

std::int64_t digits(const std::string& text, std::size_t from, std::size_t count) {
  return std::stoll(text.substr(from, count));
}

constexpr std::int64_t kFirstInstant = -62135596800000000;
constexpr std::int64_t kLastInstant = 253402300799999999;
constexpr std::int64_t kDay = 86400000000;

bool leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

std::int64_t length_of(std::int64_t year, std::int64_t month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return lengths[month - 1] + (month == 2 && leap(year) ? 1 : 0);
}

/// Counts one year and one month at a time.
std::int64_t days_before(std::int64_t year, std::int64_t month) {
  std::int64_t days = 0;
  for (std::int64_t y = 1970; y < year; ++y) days += leap(y) ? 366 : 365;
  for (std::int64_t y = year; y < 1970; ++y) days -= leap(y) ? 366 : 365;
  for (std::int64_t m = 1; m < month; ++m) days += length_of(year, m);
  return days;
}

std::int64_t add_months(std::int64_t instant, Wide months) {
  const std::string text = print_time(instant);
  const Wide count = Wide{digits(text, 0, 4)} * 12 + digits(text, 5, 2) - 1 + months;  // since the year 0
  if (count < 12) return kFirstInstant;
  if (count >= 120000) return kLastInstant;
  const auto year = static_cast<std::int64_t>(count / 12), month = static_cast<std::int64_t>(count % 12) + 1;
  const std::int64_t day = std::min(digits(text, 8, 2), length_of(year, month));
  const auto midnight = static_cast<std::int64_t>(floored_quotient(instant, kDay)) * kDay;
  return (days_before(year, month) + day - 1) * kDay + (instant - midnight);
}

Value weekday(const Program& program, std::int64_t instant) {
  Value value;
  value.kind = Kind::Member;
  const Wide days = floored_quotient(instant, kDay) + 3;  // 1970-01-01 was a Thursday: three days after a Monday
  value.number = static_cast<std::int64_t>(days - floored_quotient(days, 7) * 7);
  value.text = program.enums[program.weekday].members.at(static_cast<std::size_t>(value.number)).wire;
  return value;
}

// --- quantities, on digits as text ---

/// Twice the number, whose digits and point stand in `text`.
std::string doubled(const std::string& text) {
  std::string result = text;
  int carry = 0;
  for (std::size_t i = result.size(); i-- > 0;) {
    if (result[i] == '.') continue;
    const int twice = (result[i] - '0') * 2 + carry;
    result[i] = static_cast<char>('0' + twice % 10);
    carry = twice / 10;
  }
  return carry == 0 ? result : std::to_string(carry) + result;
}

/// The point moved to the right (or left) by so many places.
std::string shifted(std::string text, int places) {
  text = std::string(70, '0') + text + std::string(70, '0');
  const std::size_t point = text.find('.');
  text.erase(point, 1);
  text.insert(static_cast<std::size_t>(static_cast<int>(point) + places), ".");
  return text;
}

std::size_t significant(std::string text) {
  std::erase(text, '.');
  const std::size_t first = text.find_first_not_of('0');
  return first == std::string::npos ? 0 : text.find_last_not_of('0') - first + 1;
}

Value quantity(const std::string& text) {
  static const std::map<std::string, std::pair<int, int>> suffixes = {
      {"", {0, 0}},    {"n", {-9, 0}},  {"u", {-6, 0}},  {"m", {-3, 0}}, {"k", {3, 0}},   {"M", {6, 0}},
      {"G", {9, 0}},   {"T", {12, 0}},  {"P", {15, 0}},  {"E", {18, 0}}, {"Ki", {0, 10}}, {"Mi", {0, 20}},
      {"Gi", {0, 30}}, {"Ti", {0, 40}}, {"Pi", {0, 50}}, {"Ei", {0, 60}}};
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  std::string number_text = text.substr(0, end);
  const auto suffix = suffixes.find(text.substr(end));
  if (text.size() > 64 || suffix == suffixes.end() || std::count(number_text.begin(), number_text.end(), '.') > 1)
    return {};
  if (std::none_of(number_text.begin(), number_text.end(), [](char c) { return c != '.'; })) return {};
  if (number_text.find('.') == std::string::npos) number_text += '.';
  if (significant(number_text) > 38) return {};
  std::string exact = shifted(number_text, suffix->second.first + 4);  // ten-thousandths
  for (int i = 0; i < suffix->second.second; ++i) exact = doubled(exact);
  const std::size_t point = exact.find('.');
  if (exact.find_first_not_of('0', point + 1) != std::string::npos) return {};  // finer than 0.0001
  const std::string whole = exact.substr(0, point);
  const std::size_t first = std::min(whole.find_first_not_of('0'), whole.size());
  Wide result = 0;
  for (const char c : whole.substr(first)) result = std::min<Wide>(result * 10 + (c - '0'), Wide{1} << 80);
  if (result > Wide{std::numeric_limits<std::int64_t>::max()}) return {};
  return number(result);
}

Value sum(const std::vector<Value>& items) {
  Wide exact = 0;
  for (const Value& item : items) exact += item.number;
  return number(exact);
}

/// Absent of nothing.
Value extreme(const std::vector<Value>& items, bool least) {
  if (items.empty()) return {};
  Value found = items[0];
  for (const Value& item : items)
    if (least ? before(item, found) : before(found, item)) found = item;
  return found;
}

}  // namespace

Value call_builtin(const Program& program, Builtin builtin, const std::vector<Value>& arguments) {
  const Value& first = arguments.at(0);
  const Value& second = arguments.back();
  const auto part = [&](std::size_t from, std::size_t count) {
    return number(digits(print_time(first.number), from, count));
  };
  const auto absent = [&] { return first.kind == Kind::Absent; };
  switch (builtin) {
    case Builtin::Min: return before(second, first) ? second : first;
    case Builtin::Max: return before(first, second) ? second : first;
    case Builtin::Least: return extreme(first.items, true);
    case Builtin::Greatest: return extreme(first.items, false);
    case Builtin::Count: return number(static_cast<Wide>(first.items.size()));
    case Builtin::Sum: return sum(first.items);
    case Builtin::Divide: return number(floored_quotient(first.number, second.number));
    case Builtin::Modulo: return number(first.number - floored_quotient(first.number, second.number) * second.number);
    case Builtin::Decimal: return number(Wide{first.number} * 10000);
    case Builtin::Quantity: return absent() ? Value{} : quantity(first.text);
    case Builtin::Integer: return absent() ? Value{} : integer(first.text);
    case Builtin::Before: return absent() ? Value{} : beside(first.text, second.text, true, false);
    case Builtin::After: return absent() ? Value{} : beside(first.text, second.text, false, false);
    case Builtin::BeforeLast: return absent() ? Value{} : beside(first.text, second.text, true, true);
    case Builtin::AfterLast: return absent() ? Value{} : beside(first.text, second.text, false, true);
    case Builtin::Contains: return truth(stands_in(second.text, first.text));
    case Builtin::StartsWith: return truth(first.text.substr(0, second.text.size()) == second.text);
    case Builtin::EndsWith:
      return truth(second.text.size() <= first.text.size() &&
                   first.text.substr(first.text.size() - second.text.size()) == second.text);
    case Builtin::Lower: return text(lower_text(first.text));
    case Builtin::Fold: return text(fold_text(first.text));
    case Builtin::Length: return number(static_cast<Wide>(code_points(first.text).size()));
    case Builtin::AddMonths: return number(add_months(first.number, second.number));
    case Builtin::AddYears: return number(add_months(first.number, Wide{second.number} * 12));
    case Builtin::Year: return part(0, 4);
    case Builtin::Month: return part(5, 2);
    case Builtin::Day: return part(8, 2);
    case Builtin::Hour: return part(11, 2);
    case Builtin::Minute: return part(14, 2);
    case Builtin::WeekdayOf: return weekday(program, first.number);
  }
  impossible("a function without meaning");
}

}  // namespace bylaw::reference
