#pragma once
// Walking through terms by the table of operations, so that whatever the language learns is covered.

#include <bylaw/compiler/decision_ir.h>

#include <vector>

namespace bylaw::runner {

namespace ir = compiler::ir;

/// The terms that a term is made of directly.
inline std::vector<ir::TermId> operands(const ir::Terms& terms, ir::TermId id) {
  std::vector<ir::TermId> result;
  const ir::Term& term = terms[id];
  for (unsigned field = 0; field < 3; ++field)
    if (ir::info(term.op).fields[field] == ir::FieldUse::Term && terms.operand(id, field))
      result.push_back(terms.operand(id, field));
  if (term.op == ir::Op::Elements) result.insert(result.end(), terms.elements(id).begin(), terms.elements(id).end());
  return result;
}

/// Calls `visit` for the term and for each below it, once each.
template <class Visit>
void for_each_term(const ir::Terms& terms, ir::TermId root, Visit visit) {
  std::vector<ir::TermId> open{root};
  std::vector<bool> seen(terms.size());
  while (!open.empty()) {
    const ir::TermId id = open.back();
    open.pop_back();
    if (seen[id.index]) continue;
    seen[id.index] = true;
    visit(id);
    for (const ir::TermId operand : operands(terms, id)) open.push_back(operand);
  }
}

}  // namespace bylaw::runner
