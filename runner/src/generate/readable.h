#pragma once
// Scenarios that were made are read as any others before they are printed: what does not load is not offered.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/mutation.h>

#include <string>

#include "context.h"

namespace bylaw::runner {

/// The file with a comment in place of each scenario that does not load; empty, and why in `problem`, if it does not
/// load even so.
std::string readable_file(const compiler::Project& project, const Program& program, std::string file,
                          std::string& problem);
/// Takes the scenarios away that do not load.
void drop_unreadable(const compiler::Project& project, const Program& program, MutationResult& mutation);

}  // namespace bylaw::runner
