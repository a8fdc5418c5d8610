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

/// How the runs of a property ended.
struct PropertyEnd {
  bool too_few = false;           // `assume` let too few through, so that nothing else counts
  const Report* other = nullptr;  // of a relation that does not hold: what the answer is related to
  const Report& report;           // the answer to the request that tells most of it
};

/// What a property adds to the judgement of that request.
void judge_property(const Context& context, const PlannedCase& planned, const PropertyEnd& end,
                    const RunOptions& options, CaseResult& result);

}  // namespace bylaw::runner
