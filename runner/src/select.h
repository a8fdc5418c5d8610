#pragma once
// Which cases of a suite are wanted: by file or folder, by line, by a filter, by what failed before, by shard.

#include <bylaw/runner/run.h>

#include <string>
#include <vector>

#include "plan.h"

namespace bylaw::runner {

/// Whether each case is wanted.
std::vector<bool> select(const std::vector<PlannedCase>& cases, const RunOptions& options);

/// That a line which is asked for lies behind the end of its file; empty if none does.
std::string describe_missing_line(const grammar::Sources& sources, const RunOptions& options);
/// What was looked for and not found: "no name of 172 scenarios contains `fast` (-k)".
std::string describe_selection(const std::vector<PlannedCase>& cases, const RunOptions& options);

}  // namespace bylaw::runner
