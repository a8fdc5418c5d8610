#pragma once
// Small changes to one term: bounds moved by one, parts dropped, lists, patterns and ranges made wider and narrower.

#include <bylaw/compiler/decision_ir.h>

#include <string>
#include <vector>

namespace bylaw::runner {

namespace ir = compiler::ir;

struct TermEdit {
  ir::TermId term;   // the whole term, changed
  std::string text;  // "365d becomes 366d"
};

inline constexpr std::size_t kMostEdits = 400;  // of one term

/// All changes, the same ones in the same order for the same term.
std::vector<TermEdit> edits_of(const compiler::Program& program, ir::DecisionIr& decision, ir::TermId term);

/// Constants that lie around a constant: one less and one more, a wider and a narrower one.
std::vector<compiler::Value> neighbours(const compiler::Program& program, const compiler::Value& value,
                                        compiler::TypeId type);

}  // namespace bylaw::runner
