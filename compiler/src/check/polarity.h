#pragma once
// Which way a condition pushes: whether its being true lets more through or less. Warnings about what opens a door are
// decided by that, not by the kind of rule alone: `deny .. when not a` and `allow .. when a` trust `a` alike.

#include <functional>

#include <bylaw/compiler/typed_tree.h>

namespace bylaw::compiler {

enum class Push : std::int8_t {
  Lets = -1,   // where the expression is true, more is let through
  Stops = +1,  // where it is true, less is
};
inline Push opposite(Push push) {
  return push == Push::Lets ? Push::Stops : Push::Lets;
}

/// Where an expression counts.
struct Use {
  PolicyId policy;
  RuleId rule;  // none: the guard
  Push push;
};

/// Calls `visit` for each Bool expression of the policy on which its outcome depends the one way or the other: through
/// `and or not if`, quantifiers, lets and functions. Conditions that push both ways are left out.
void visit_pushes(const Program& program, PolicyId policy, const std::function<void(const Expr&, const Use&)>& visit);

}  // namespace bylaw::compiler
