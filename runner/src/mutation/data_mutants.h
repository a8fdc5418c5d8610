#pragma once
// Small changes to what rules are asked of: list entries, the times at which they and policies count, and how
// attributes are inherited.

#include "mutation/mutants.h"

namespace bylaw::runner {

/// `inheritance`: also other strategies of attributes.
void add_data_mutants(const Program& program, const grammar::Sources& sources, const ir::ProgramIr& ir,
                      const Since* since, bool inheritance, Mutants& into);

}  // namespace bylaw::runner
