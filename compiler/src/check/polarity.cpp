#include "check/polarity.h"

#include <algorithm>
#include <set>

namespace bylaw::compiler {

namespace {

class Walk {
 public:
  Walk(const Program& program, const std::function<void(const Expr&, const Use&)>& visit)
      : program_(program), visit_(visit) {}

  void walk(ExprId id, const Use& use) {
    if (!id) return;
    const Expr& expr = program_.exprs[id];
    visit_(expr, use);
    // Every other kind is a leaf: nothing below it is a condition.
    const ExprKind kind = expr.kind;
    if (kind == ExprKind::Operation) walk_operation(expr, use);
    if (kind == ExprKind::If) walk(expr.operands[1], use), walk(expr.operands[2], use);
    if (kind == ExprKind::AnyOf || kind == ExprKind::AllOf) walk(expr.operands[1], use);
    if (kind == ExprKind::NoneOf) walk(expr.operands[1], turned(use));
    // Fewer elements make an `any` false, and `all` and `no` true.
    if (kind == ExprKind::AnyOf) walk(expr.operands[0], use);
    if (kind == ExprKind::AllOf || kind == ExprKind::NoneOf) walk(expr.operands[0], turned(use));
    if (kind == ExprKind::Comprehension) walk_comprehension(expr, use);
    if (kind == ExprKind::LocalUse) walk_let(expr.local, use);
    if (kind == ExprKind::Call) walk_function(expr.function, use);
    if (kind == ExprKind::Get) walk(expr.operands[0], use);
  }

 private:
  static Use turned(Use use) {
    use.push = opposite(use.push);
    return use;
  }

  void walk_operation(const Expr& expr, const Use& use) {
    if (expr.operation == Operation::Not) walk(expr.operands[0], turned(use));
    if (expr.operation == Operation::And || expr.operation == Operation::Or || expr.operation == Operation::Else)
      for (ExprId operand : expr.operands) walk(operand, use);
  }

  void walk_comprehension(const Expr& expr, const Use& use) {
    for (std::size_t i = 0; i < expr.binders.size(); ++i) walk(expr.operands[i], use);
    if (expr.operands.size() > expr.binders.size() + 1) walk(expr.operands.back(), use);
  }

  void walk_let(LocalId id, const Use& use) {
    const Local& local = program_.locals[id];
    if (local.kind == LocalKind::Let && first_time(id.index, use)) walk(local.value, use);
  }

  void walk_function(FunctionId id, const Use& use) {
    // Functions and lets have numbers of their own kind: the high bit tells them apart.
    if (first_time(id.index | 0x80000000u, use)) walk(program_.functions[id].body, use);
  }

  /// Chains of definitions that use each other twice would be walked 2^n times.
  bool first_time(std::uint32_t definition, const Use& use) {
    return done_.insert({definition, use.rule.index, use.push}).second;
  }

  const Program& program_;
  const std::function<void(const Expr&, const Use&)>& visit_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, Push>> done_;
};

}  // namespace

void visit_pushes(const Program& program, PolicyId id, const std::function<void(const Expr&, const Use&)>& visit) {
  Walk walk(program, visit);
  const Policy& policy = program.policies[id];
  const auto kind_is = [&](RuleKind kind) {
    return std::any_of(policy.rules.begin(), policy.rules.end(),
                       [&](RuleId rule) { return program.rules[rule].kind == kind; });
  };
  if (kind_is(RuleKind::Deny))
    walk.walk(policy.guard, {id, {}, Push::Stops});
  else if (kind_is(RuleKind::Allow))
    walk.walk(policy.guard, {id, {}, Push::Lets});
  for (RuleId rule_id : policy.rules) {
    const Rule& rule = program.rules[rule_id];
    if (rule.kind == RuleKind::Oblige) continue;
    for (const Binder& binder : rule.binders) walk.walk(binder.source, {id, rule_id, Push::Stops});
    walk.walk(rule.when, {id, rule_id, rule.kind == RuleKind::Deny ? Push::Stops : Push::Lets});
    walk.walk(rule.unless, {id, rule_id, Push::Lets});
  }
}

}  // namespace bylaw::compiler
