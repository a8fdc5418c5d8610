#pragma once
// What is known of a case before it is played.

#include <bylaw/runner/result.h>

#include "expand.h"
#include "variables.h"

namespace bylaw::runner {

/// Everything but the request and the entities.
CaseResult describe_case(Context& context, const Case& source, const Variables& variables,
                         const Expectations& expectations);

}  // namespace bylaw::runner
