#pragma once
// JSON Schemas of scenario files, from the types that the policies declare: for editors, which complete and check while
// one writes. `bylaw check` is the judge; a schema says a little less.

#include <bylaw/compiler/typed_tree.h>

#include <string>

namespace bylaw::runner {

/// The schema of scenario files that ask this decision first.
std::string scenario_schema(const compiler::Program& program, compiler::DecisionId decision);

}  // namespace bylaw::runner
