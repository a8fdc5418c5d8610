#pragma once
// Terms as an author would write them, for what mutants say: `now >= membership.starts`.

#include <bylaw/compiler/decision_ir.h>

#include <string>

namespace bylaw::runner {

std::string term_text(const compiler::Program& program, const compiler::ir::DecisionIr& decision,
                      compiler::ir::TermId term);

}  // namespace bylaw::runner
