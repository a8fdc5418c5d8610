#pragma once
// What `check` looks at, for `check` and `ci`.

#include <cstdint>

#include "loading.h"

namespace bylaw::cli {

/// Policies, lists and scenario files of a loaded project; what ends is told as of that instant. Everything goes to its
/// diagnostics.
void check_project(Loaded& loaded, std::int64_t as_of);

}  // namespace bylaw::cli
