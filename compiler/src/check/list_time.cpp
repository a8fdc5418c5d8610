// Only entries that live at `now` count, so who uses a dated list must know the time.

#include <set>

#include "check/decision.h"
#include "check/policy.h"
#include "check/visit.h"

namespace bylaw::compiler {

namespace {

bool asks_time(const Program& program, const Requirement& requirement) {
  if (requirement.kind == Requirement::Kind::Since || requirement.kind == Requirement::Kind::Until) return true;
  bool asks = false;
  visit_expressions(program, requirement.condition, [&](const Expr& expr) {
    if (expr.kind != ExprKind::LocalUse) return;
    const std::string& column = program.locals[expr.local].name;
    asks = asks || column == "since" || column == "until";
  });
  return asks;
}

bool needs_time(const Program& program, const List& list) {
  if (list.dated()) return true;
  for (const Requirement& requirement : list.requirements)
    if (asks_time(program, requirement)) return true;
  return false;
}

}  // namespace

void require_time_of_lists(Checker& checker, PolicyId id) {
  std::set<ListId> told;
  const Program& program = checker.program;
  visit_policy(program, id, [&](const Expr& expr) {
    if (expr.kind != ExprKind::ListUse || !needs_time(program, program.lists[expr.list])) return;
    if (!told.insert(expr.list).second) return;
    require_now(checker, program.policies[id].decisions, expr.span,
                "the list `" + program.lists[expr.list].name + "`, whose entries have dates,");
  });
}

}  // namespace bylaw::compiler
