#pragma once

#include <bylaw/runner/mutation.h>

#include <functional>

#include "mutation/judge.h"

namespace bylaw::runner {

/// Makes all mutants and tells which of them no case notices. `inheritance`: the player noted what was given of
/// entities. `scenario`: what would notice one, if it is found.
MutationResult mutate(Player& player, const grammar::Sources& sources, const std::vector<Evidence>& cases,
                      const Since* since, bool inheritance,
                      const std::function<std::string(const Mutant&)>& scenario = {});

}  // namespace bylaw::runner
