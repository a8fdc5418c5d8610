#pragma once
// Decimal: 64 bits of ten-thousandths. Its text, its product, and the quantities of other systems ("500m") as Decimals.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bylaw::format {

inline constexpr std::int64_t kDecimalUnit = 10000;

enum class DecimalError : std::uint8_t { Malformed, TooFine, Overflow };
struct DecimalResult {
  std::optional<std::int64_t> value;  // ten-thousandths
  DecimalError error = DecimalError::Malformed;
};
/// "1.5", "-0.25", "7": plain digits, at most four after the point, no leading zero.
DecimalResult read_decimal(std::string_view text);
/// "1.5", "7.0": at least one digit after the point, and no zeros that say nothing.
std::string print_decimal(std::int64_t ten_thousandths);

/// Truncated toward zero, saturated.
std::int64_t multiply_decimals(std::int64_t a, std::int64_t b);
/// Saturated.
std::int64_t decimal_from(std::int64_t integer);

/// "500m", "1.5Gi", "2": digits, a point among them or none, and one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi
/// Ei. Nothing for another text, for one of more than 64 bytes or 38 significant digits, and for what is finer than
/// 0.0001 or beyond the largest Decimal.
std::optional<std::int64_t> read_quantity(std::string_view text);

}  // namespace bylaw::format
