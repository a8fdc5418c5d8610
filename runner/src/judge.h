#pragma once
// What becomes of a case: passed, failed and why, known to fail, or not played at all.

#include <bylaw/runner/run.h>

#include "plan.h"

namespace bylaw::runner {

/// Not played now. `now` in microseconds; none: no skip is over.
bool is_skipped(const PlannedCase& planned, std::optional<std::int64_t> now);

/// Sets status, reason and failures of a case that was played.
void judge(const Context& context, const PlannedCase& planned, const Report& report, const RunOptions& options,
           CaseResult& result);

/// What a property adds to that, of the request that tells most of it. `too_few`: its `assume` let too few through, so
/// that nothing else counts.
void judge_property(const Context& context, const PlannedCase& planned, bool too_few, const RunOptions& options,
                    CaseResult& result);

}  // namespace bylaw::runner
