#include "saturating.h"

#include <algorithm>
#include <limits>

#include "format/decimal.h"
#include "format/text_forms.h"

namespace bylaw {
namespace {

using format::Arithmetic;

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

std::int64_t in_range(Arithmetic kind, std::int64_t value) {
  switch (kind) {
    case Arithmetic::Int:
    case Arithmetic::Duration:
    case Arithmetic::Decimal: return value;
    case Arithmetic::Time: return std::clamp(value, format::kFirstInstant, format::kLastInstant);
  }
  return value;
}

}  // namespace

std::int64_t clamped(Total total) {
  return static_cast<std::int64_t>(std::clamp<Total>(total, kLeast, kMost));
}

std::int64_t saturating_add(Arithmetic kind, std::int64_t a, std::int64_t b) {
  std::int64_t sum;
  if (__builtin_add_overflow(a, b, &sum)) sum = b < 0 ? kLeast : kMost;
  return in_range(kind, sum);
}

std::int64_t saturating_subtract(Arithmetic kind, std::int64_t a, std::int64_t b) {
  std::int64_t difference;
  if (__builtin_sub_overflow(a, b, &difference)) difference = b < 0 ? kMost : kLeast;
  return in_range(kind, difference);
}

std::int64_t saturating_multiply(Arithmetic kind, std::int64_t a, std::int64_t b) {
  if (kind == Arithmetic::Decimal) return format::multiply_decimals(a, b);
  std::int64_t product;
  if (__builtin_mul_overflow(a, b, &product)) product = (a < 0) != (b < 0) ? kLeast : kMost;
  return in_range(kind, product);
}

std::int64_t saturating_negate(Arithmetic kind, std::int64_t a) {
  return saturating_subtract(kind, 0, a);
}

std::int64_t floored_divide(std::int64_t a, std::int64_t b) {
  if (b == 0) return 0;
  if (b == -1) return saturating_negate(Arithmetic::Int, a);  // the quotient of the least Int is out of range
  const bool down = a % b != 0 && (a < 0) != (b < 0);
  return a / b - (down ? 1 : 0);
}

std::int64_t floored_modulo(std::int64_t a, std::int64_t b) {
  if (b == 0 || b == -1) return 0;
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

}  // namespace bylaw
