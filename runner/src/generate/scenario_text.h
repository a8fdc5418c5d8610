#pragma once
// A scenario with the engine's answer filled in as its expectation, in the format of scenario files.

#include <string>
#include <vector>

#include "model/player.h"

namespace bylaw::runner {

/// The expectations as lines of `key: value`: the verdict, who decided, findings, exemptions, obligations, audit. What
/// is empty is left out; with `obligations` it is said that there are none.
std::vector<std::string> expectation_lines(const Program& program, const Report& report, bool obligations);
/// A name for `name:`, quoted if it must be.
std::string title_text(const std::string& title);

}  // namespace bylaw::runner
