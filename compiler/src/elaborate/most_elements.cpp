// How many elements there can be of what is only gone through.

#include <algorithm>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {

namespace {

constexpr std::uint64_t kMostInRequest = 65536;  // elements that all arrays of a request have together
constexpr std::uint64_t kMost = UINT32_MAX;      // so that products stay in range

std::uint64_t most_values(const Program& program, const Expr& comprehension, const Expr* call);

/// `call`: of the def in which the expression stands.
std::uint64_t most_elements(const Program& program, ExprId id, const Expr* call) {
  const Expr& expr = program.exprs[id];
  if (expr.kind == ExprKind::ListUse) return program.lists[expr.list].rows.size();
  if (!program.types[expr.type].gathered) return program.types[expr.type].max;
  const auto operand = [&](std::size_t i) { return most_elements(program, expr.operands[i], call); };
  switch (expr.kind) {
    case ExprKind::LocalUse: return most_elements(program, program.locals[expr.local].value, call);
    case ExprKind::Comprehension: return most_values(program, expr, call);
    case ExprKind::Call: return most_elements(program, program.functions[expr.function].body, &expr);
    case ExprKind::If: return std::max(operand(1), operand(2));
    default: break;
  }
  if (expr.operation == Operation::Concat) return std::min(kMost, operand(0) + operand(1));
  const std::uint64_t left = program.types[program.without_optional(program.exprs[expr.operands[0]].type)].max;
  return std::max(left, operand(1));  // `xs ?? ..`
}

/// The name that a path of fields begins with, if it goes through records alone; an entity stands elsewhere.
const Expr* root_in_records(const Program& program, ExprId id) {
  const Expr* expr = &program.exprs[id];
  while (expr->kind == ExprKind::Get || expr->kind == ExprKind::Select) {
    const Expr& base = program.exprs[expr->operands[0]];
    const bool record = program.types[program.without_optional(base.type)].kind == TypeKind::Record;
    if (expr->kind == ExprKind::Select && !record) return nullptr;
    expr = &base;
  }
  return expr;
}

/// Of a parameter: where the argument comes from.
const Expr* root_of_argument(const Program& program, const Expr* root, const Expr* call) {
  if (!root || !call || root->kind != ExprKind::LocalUse) return root;
  const auto& parameters = program.functions[call->function].parameters;
  const auto found = std::find(parameters.begin(), parameters.end(), root->local);
  if (found == parameters.end()) return root;
  return root_in_records(program, call->operands[static_cast<std::size_t>(found - parameters.begin())]);
}

std::uint64_t most_values(const Program& program, const Expr& comprehension, const Expr* call) {
  struct Group {
    std::uint64_t most;
    bool in_request;
  };
  std::vector<Group> groups;
  std::vector<std::size_t> group_of;  // by binder
  for (std::size_t i = 0; i < comprehension.binders.size(); ++i) {
    const Expr* root = root_in_records(program, comprehension.operands[i]);
    std::size_t group = groups.size();
    for (std::size_t j = 0; j < i; ++j)
      if (root && root->kind == ExprKind::LocalUse && root->local == comprehension.binders[j]) group = group_of[j];
    if (group == groups.size()) {
      const Expr* source = root_of_argument(program, root, call);
      groups.push_back({1, source && source->kind == ExprKind::RequestField});
    }
    groups[group].most = std::min(kMost, groups[group].most * most_elements(program, comprehension.operands[i], call));
    if (groups[group].in_request) groups[group].most = std::min(groups[group].most, kMostInRequest);
    group_of.push_back(group);
  }
  std::uint64_t most = 1;
  for (const Group& group : groups) most = std::min(kMost, most * group.most);
  return most;
}

}  // namespace

std::uint64_t most_values(const Program& program, const Expr& comprehension) {
  return most_values(program, comprehension, nullptr);
}

}  // namespace bylaw::compiler::ir
