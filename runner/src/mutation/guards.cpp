#include "mutation/guards.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

using ir::Op;
using ir::TermId;

/// Reads what `asked` may lack. What asks for itself, as `x ?? 0` does, relies on nobody.
bool relies_on(const ir::Terms& terms, TermId term, TermId asked, bool of_type) {
  bool reads = false, asks = false;
  for_each_term(terms, term, [&](TermId id) {
    const ir::Term& one = terms[id];
    if (one.op != Op::Get && one.op != Op::Select && one.op != Op::IsSet && one.op != Op::IsType) return;
    if (terms.operand(id, 0) != asked) return;
    asks = asks || one.op == (of_type ? Op::IsType : Op::IsSet);
    reads = reads || one.op == (of_type ? Op::Select : Op::Get);
  });
  return reads && !asks;
}

}  // namespace

bool guards(const ir::DecisionIr& decision, TermId condition, const std::vector<TermId>& others) {
  const ir::Terms& terms = decision.terms;
  if (terms[condition].op == Op::Not) condition = terms.operand(condition, 0);
  const Op op = terms[condition].op;
  if (op != Op::IsSet && op != Op::IsType) return false;
  const TermId asked = terms.operand(condition, 0);
  return std::any_of(others.begin(), others.end(),
                     [&](TermId other) { return relies_on(terms, other, asked, op == Op::IsType); });
}

bool any_guards(const ir::DecisionIr& decision, const std::vector<TermId>& conditions,
                const std::vector<TermId>& others) {
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](TermId condition) { return guards(decision, condition, others); });
}

SplitConditions split(const ir::DecisionIr& decision, const ir::Condition& condition, std::size_t node) {
  SplitConditions result;
  for (std::size_t i = 0; i < condition.size(); ++i) {
    if (condition[i].kind != ir::NodeKind::Leaf) continue;
    const bool inside = i >= node && i < node + condition[node].subtree;
    (inside ? result.inside : result.outside).push_back(decision.occurrences[condition[i].occurrence].term);
  }
  return result;
}

}  // namespace bylaw::runner
