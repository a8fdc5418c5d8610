#pragma once
// Walking typed expressions.

#include <functional>

#include <bylaw/compiler/typed_tree.h>

namespace bylaw::compiler {

/// Calls `visit` for `root` and every expression below it, outermost first. Nothing for no expression.
void visit_expressions(const Program& program, ExprId root, const std::function<void(const Expr&)>& visit);

/// The same, and for the bodies of the functions that they call, directly or not, each once.
void visit_with_functions(const Program& program, ExprId root, const std::function<void(const Expr&)>& visit);

/// Calls `visit` for every expression that the policy's guard, lets, rules and messages consist of, and for those of
/// the functions that they call, directly or not.
void visit_policy(const Program& program, PolicyId policy, const std::function<void(const Expr&)>& visit);

}  // namespace bylaw::compiler
