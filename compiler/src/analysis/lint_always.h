#pragma once
// Conditions that can only have one truth where they stand: `n > 5 and n < 3`, `role == role`.

#include <bylaw/compiler/compile.h>
#include <bylaw/compiler/decision_ir.h>

namespace bylaw::compiler::ir {

/// Warns of them, each place once. Rules of templates are left out: what is always so in one instance is not in
/// another.
void lint_always(const Program& program, const ProgramIr& ir, const grammar::Sources& sources,
                 grammar::Diagnostics& diagnostics);

}  // namespace bylaw::compiler::ir
