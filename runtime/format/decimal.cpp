#include "format/decimal.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace bylaw::format {
namespace {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

std::int64_t saturated(Wide value) {
  return value < kLeast ? kLeast : value > kMost ? kMost : static_cast<std::int64_t>(value);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

/// Adds the digits to `value`; false if it becomes larger than any Decimal.
bool append(UnsignedWide& value, std::string_view digits) {
  for (const char c : digits) {
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > UnsignedWide{1} << 70) return false;
  }
  return true;
}

struct Suffix {
  std::string_view name;
  int power_of_ten;
  int power_of_two;
};
constexpr Suffix kSuffixes[] = {{"", 0, 0},    {"n", -9, 0},  {"u", -6, 0},  {"m", -3, 0}, {"k", 3, 0},   {"M", 6, 0},
                                {"G", 9, 0},   {"T", 12, 0},  {"P", 15, 0},  {"E", 18, 0}, {"Ki", 0, 10}, {"Mi", 0, 20},
                                {"Gi", 0, 30}, {"Ti", 0, 40}, {"Pi", 0, 50}, {"Ei", 0, 60}};

constexpr std::size_t kLongestQuantity = 64;
constexpr std::size_t kMostSignificant = 38;  // fit 128 bits

/// `digits * 10^power`, digits without zeros at its ends.
struct Scientific {
  UnsignedWide digits = 0;
  int power = 0;
};

/// Of the digits before and after the point; nothing if there are too many that count.
std::optional<Scientific> scientific(std::string_view whole, std::string_view fraction) {
  const auto digit = [&](std::size_t i) { return i < whole.size() ? whole[i] : fraction[i - whole.size()]; };
  std::size_t begin = 0, end = whole.size() + fraction.size();
  while (begin < end && digit(begin) == '0') ++begin;
  while (begin < end && digit(end - 1) == '0') --end;
  if (end - begin > kMostSignificant) return std::nullopt;
  Scientific result;
  for (std::size_t i = begin; i < end; ++i) result.digits = result.digits * 10 + static_cast<unsigned>(digit(i) - '0');
  result.power = static_cast<int>(whole.size()) - static_cast<int>(end);
  return result;
}

/// Multiplies by `factor` so many times, and stops where no Decimal is as large.
UnsignedWide multiplied(UnsignedWide value, unsigned factor, int times) {
  const UnsignedWide enough = static_cast<UnsignedWide>(kMost);
  for (int i = 0; i < times && value != 0 && value <= enough; ++i) value *= factor;
  return value;
}

/// Divides by `factor` so many times, if nothing is left over.
std::optional<UnsignedWide> divided(UnsignedWide value, unsigned factor, int times) {
  for (int i = 0; i < times; ++i) {
    if (value % factor != 0) return std::nullopt;
    value /= factor;
  }
  return value;
}

}  // namespace

DecimalResult read_decimal(std::string_view text) {
  const bool minus = !text.empty() && text[0] == '-';
  if (minus) text.remove_prefix(1);
  const std::string_view whole = take_digits(text);
  if (whole.empty() || (whole.size() > 1 && whole[0] == '0')) return {};
  std::string_view fraction;
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (fraction.empty()) return {};
  }
  if (!text.empty()) return {};
  if (fraction.size() > 4) return {std::nullopt, DecimalError::TooFine};
  UnsignedWide value = 0;
  const std::string_view zeros = std::string_view("0000").substr(fraction.size());
  if (!append(value, whole) || !append(value, fraction) || !append(value, zeros))
    return {std::nullopt, DecimalError::Overflow};
  const Wide exact = minus ? -static_cast<Wide>(value) : static_cast<Wide>(value);
  if (exact < kLeast || exact > kMost) return {std::nullopt, DecimalError::Overflow};
  return {static_cast<std::int64_t>(exact), {}};
}

std::string print_decimal(std::int64_t value) {
  const bool minus = value < 0;
  const auto magnitude = minus ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const auto unit = static_cast<std::uint64_t>(kDecimalUnit);
  std::string fraction = std::to_string(magnitude % unit);
  fraction.insert(0, 4 - fraction.size(), '0');
  while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
  return (minus ? "-" : "") + std::to_string(magnitude / unit) + "." + fraction;
}

std::int64_t multiply_decimals(std::int64_t a, std::int64_t b) {
  return saturated(static_cast<Wide>(a) * b / kDecimalUnit);
}

std::int64_t decimal_from(std::int64_t integer) {
  return saturated(static_cast<Wide>(integer) * kDecimalUnit);
}

std::optional<std::int64_t> read_quantity(std::string_view text) {
  if (text.size() > kLongestQuantity) return std::nullopt;
  const std::string_view whole = take_digits(text);
  std::string_view fraction;
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    fraction = take_digits(text);
  }
  const auto suffix =
      std::find_if(std::begin(kSuffixes), std::end(kSuffixes), [&](const Suffix& s) { return s.name == text; });
  const auto number = scientific(whole, fraction);
  if (whole.size() + fraction.size() == 0 || suffix == std::end(kSuffixes) || !number) return std::nullopt;
  if (number->digits == 0) return 0;
  // Ten-thousandths: digits * 10^power * 2^twos. What 10^power has too many of is taken out of the digits first, so
  // that no product goes beyond 128 bits before it is larger than any Decimal.
  const int power = number->power + suffix->power_of_ten + 4;
  const int twos = power + suffix->power_of_two;
  auto value = divided(number->digits, 5, std::max(0, -power));
  if (value) value = divided(*value, 2, std::max(0, -twos));
  if (!value) return std::nullopt;
  const UnsignedWide result = multiplied(multiplied(*value, 5, std::max(0, power)), 2, std::max(0, twos));
  if (result > static_cast<UnsignedWide>(kMost)) return std::nullopt;
  return static_cast<std::int64_t>(result);
}

}  // namespace bylaw::format
