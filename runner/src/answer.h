#pragma once
// A verdict as the expectations that it would meet: what `expect: show` prints.

#include <bylaw/report.hpp>

#include <string>
#include <utility>
#include <vector>

#include "names.h"

namespace bylaw::runner {

/// Keys of expectations and their values, as a scenario writes them: `expect`, `by`, and the others that say something.
std::vector<std::pair<std::string, std::string>> answer(const Program& program, const Report& report);
/// The value of one key; empty if the verdict has nothing to say by it (`findings` of an invalid one).
std::string answer_for(const Program& program, const Report& report, const std::string& key);

}  // namespace bylaw::runner
