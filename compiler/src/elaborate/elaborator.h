#pragma once
// From the typed tree of one decision to its terms and conditions. Public face: decision_ir.h.

#include <bylaw/compiler/decision_ir.h>

#include <functional>
#include <tuple>

namespace bylaw::compiler::ir {

inline constexpr std::uint32_t kNodeBudget = 1000000;  // terms and conditions worked out for one decision
inline constexpr std::uint32_t kMaxDepth = 1000;       // of expressions in each other, calls included

/// What a condition is told as: where it counts, if that is not where it is written.
struct Use {
  Span span;  // unknown: the condition's own place
  Span of(Span written) const { return span.known() ? span : written; }
};

class Elaborator {
 public:
  Elaborator(const Program& program, DecisionIr& ir, grammar::Diagnostics& diagnostics)
      : program_(program), ir_(ir), terms_(ir.terms), diagnostics_(diagnostics), bound_(program.locals.size()) {}

  TermId expression(ExprId id);
  /// `when and not unless`; either may be none.
  Condition condition(ExprId when, ExprId unless = {});
  Message message(const compiler::Message& message);
  void bind(LocalId local, TermId term) { bound_[local.index] = term; }
  /// The number of loops around what is elaborated: 1 in a `for each` rule.
  void set_level(std::uint32_t level) { level_ = level; }
  /// Whose conditions come next: what `this` is, also in a let that instances of one template share.
  void set_policy(PolicyId policy) {
    policy_ = policy;
    lets_.clear();
  }
  bool failed() const { return failed_; }
  /// Begins to count anew: what follows has nothing to do with what was elaborated before.
  void begin() { nodes_ = 0; }

 private:
  TermId build(const Expr& expr);
  TermId literal(const Expr& expr);
  TermId policy_name(PolicyId policy, TypeId type);
  TermId record_literal(const Expr& expr);
  TermId elements(const Expr& expr);
  TermId request_field(const Expr& expr);
  TermId local_use(const Expr& expr);
  TermId constant_use(const Expr& expr);
  TermId call(const Expr& expr);
  TermId builtin_call(const Expr& expr);
  TermId lesser_or_greater(Op op, TermId first, TermId second, TypeId type);
  TermId select(const Expr& expr);
  TermId operation(const Expr& expr);
  TermId chain(const Expr& expr, bool conjunction);
  TermId membership(TermId element, const Expr& expr, ExprId right);
  TermId meets(TermId element, TermId holder);
  TermId equals_entry(TermId text, ExprId list);
  TermId within(const Expr& expr);
  TermId overlaps(const Expr& expr);
  TermId equal_sets(TermId a, TermId b);
  TermId all_in(TermId a, TermId b);
  TermId quantifier(const Expr& expr);
  TermId over_elements(TermId collection, const std::function<TermId(TermId)>& body);
  TermId with_arguments(const Expr& call, const std::function<TermId(const std::vector<TermId>&)>& make);

  void node(ExprId id, const std::string& path, Use use, Condition& out);
  bool structure(const Expr& expr, const std::string& path, Use use, Condition& out);
  void joined(NodeKind kind, const Expr& expr, const std::string& path, Use use, Condition& out);
  void negated(ExprId operand, const std::string& path, Use use, Condition& out);
  void leaf(ExprId id, const std::string& path, Use use, Condition& out);
  bool is_leaf(const Expr& expr) const;
  std::vector<ExprId> flattened(const Expr& expr) const;

  bool enter(Span place);
  void fail(grammar::Code code, Span place);
  bool reads_secret(TermId term) const;

  const Program& program_;
  DecisionIr& ir_;
  Terms& terms_;
  grammar::Diagnostics& diagnostics_;
  std::vector<TermId> bound_;  // by LocalId: what a binder or parameter stands for here
  PolicyId policy_;
  std::uint32_t level_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t nodes_ = 0;
  bool failed_ = false;
  FunctionId outermost_call_;
  Span outermost_use_;
  std::map<std::pair<LocalId, std::uint32_t>, TermId> lets_;  // of the policy, by let and level
  std::map<std::pair<ConstantId, std::uint32_t>, TermId> constants_;
  std::map<std::tuple<FunctionId, std::vector<TermId>, std::uint32_t>, TermId> calls_;
};

}  // namespace bylaw::compiler::ir
