#pragma once
// Arithmetic that never overflows: a result out of range is the nearest value in range, by the kind of the result.

#include <cstdint>

#include "format/opcodes.h"

namespace bylaw {

/// A sum in 128 bits, which no loop is long enough to leave.
__extension__ typedef __int128 Total;
std::int64_t clamped(Total total);

std::int64_t saturating_add(format::Arithmetic kind, std::int64_t a, std::int64_t b);
std::int64_t saturating_subtract(format::Arithmetic kind, std::int64_t a, std::int64_t b);
std::int64_t saturating_multiply(format::Arithmetic kind, std::int64_t a, std::int64_t b);
std::int64_t saturating_negate(format::Arithmetic kind, std::int64_t a);
/// Floored; by 0 both are 0.
std::int64_t floored_divide(std::int64_t a, std::int64_t b);
std::int64_t floored_modulo(std::int64_t a, std::int64_t b);

}  // namespace bylaw
