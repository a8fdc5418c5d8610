#pragma once
// Diagnostics as JSON: the same array in `bylaw.check/1` and `bylaw.test/1`.

#include <bylaw/grammar/diagnostic.h>

#include <string>
#include <vector>

namespace bylaw::runner {

/// `[{"code": "E0201", "severity": "error", "file": .., "line": .., .., "notes": [..], "help": [..], "fixes": [..]},
/// ..]`: every key always there, places 1-based, columns in code points, ends exclusive.
std::string diagnostics_to_json(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources);

}  // namespace bylaw::runner
