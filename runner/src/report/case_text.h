#pragma once
// One case as people read it: what was expected, what came, the nearest rule, the command that reruns it.

#include <bylaw/runner/render.h>

#include <string>

namespace bylaw::runner {

std::string case_text(const RunResult& result, const grammar::Sources& sources, const CaseResult& one,
                      const TextOptions& options);

}  // namespace bylaw::runner
