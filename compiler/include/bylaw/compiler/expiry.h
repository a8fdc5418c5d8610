#pragma once
// What ends: list entries and policies `in force until`. Told by `check`, which alone may know the date; never by
// `build`, for a bundle does not depend on the day on which it is made.

#include <bylaw/compiler/typed_tree.h>
#include <bylaw/grammar/diagnostic.h>

#include <cstdint>

namespace bylaw::compiler {

/// Warns of each list entry and each policy that is over at `as_of` (microseconds since 1970, UTC), or will be within
/// `soon` of it (microseconds; `expiring` of bylaw.yaml).
void warn_expired(const Program& program, std::int64_t as_of, std::int64_t soon, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::compiler
