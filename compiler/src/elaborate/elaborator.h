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

/// What becomes of the elements of a collection that is gone through.
enum class Gather : std::uint8_t {
  Any,       // a condition: one of them holds
  Every,     // a collection of what is said of each
  Distinct,  // the same, where each value of a set comes once
};

/// A `for each` rule while its loops are worked out.
struct RuleLoops {
  std::vector<TermId> collections;
  std::vector<Sieve> sieves;
  std::vector<Condition> wheres;  // of comprehensions: they stand before the rule's own condition
};

/// How many values a comprehension may give. Collections that lie in each other in the request count as the elements
/// that all arrays of a request may have together; others by the product of their limits.
std::uint64_t most_values(const Program& program, const Expr& comprehension);

class Elaborator {
 public:
  Elaborator(const Program& program, DecisionIr& ir, grammar::Diagnostics& diagnostics)
      : program_(program), ir_(ir), terms_(ir.terms), diagnostics_(diagnostics), bound_(program.locals.size()) {}

  TermId expression(ExprId id);
  /// The same for a value that is kept: told if it is a collection without a place in memory, which cannot `use`.
  TermId kept(ExprId id, const char* use);
  /// `when and not unless`; either may be none. `wheres`, conditions made by themselves, come first.
  Condition condition(ExprId when, ExprId unless = {}, std::vector<Condition> wheres = {});
  Condition condition(ExprId asked, Use use);
  /// One more binder of a `for each`: its loops, or those of the comprehension that it goes through.
  void loop(LocalId binder, ExprId source, RuleLoops& loops);
  Message message(const compiler::Message& message);
  void bind(LocalId local, TermId term) { bound_[local.index] = term; }
  /// The number of loops around what is elaborated: 1 in a `for each` rule.
  void set_level(std::uint32_t level) { level_ = level; }
  /// Whose conditions come next: what `this` is, also in a let that instances of one template share.
  void set_policy(PolicyId policy) {
    policy_ = policy;
    lets_.clear();
  }
  TermId bound_to(TermId element, TermId collection);
  bool failed() const { return failed_; }
  /// Begins to count anew: what follows has nothing to do with what was elaborated before.
  void begin() { nodes_ = 0; }

 private:
  TermId build(const Expr& expr);
  TermId literal(const Expr& expr);
  TermId policy_name(PolicyId policy, TypeId type);
  TermId record_literal(const Expr& expr);
  TermId elements(const Expr& expr);
  TermId map_literal(const Expr& expr);
  TermId lookup(const Expr& expr);
  TermId request_field(const Expr& expr);
  TermId local_use(const Expr& expr);
  TermId constant_use(const Expr& expr);
  TermId call(const Expr& expr);
  TermId builtin_call(const Expr& expr);
  TermId composed(const Expr& expr);
  TermId of_maybe(const Expr& expr, const std::function<TermId(TermId)>& make);
  TermId lesser_or_greater(Op op, TermId first, TermId second, TypeId type);
  TermId select(const Expr& expr);
  TermId operation(const Expr& expr);
  TermId chain(const Expr& expr, bool conjunction);
  TermId membership(TermId element, const Expr& expr, ExprId right);
  TermId meets(TermId element, TermId holder);
  TermId equals_entry(TermId text, ExprId list);
  TermId within(const Expr& expr);
  TermId overlaps(const Expr& expr);
  TermId equal_sets(ExprId a, ExprId b);
  TermId all_in(ExprId a, ExprId b);
  TermId equal_values(TermId a, TermId b, Span place);  // compare.cpp
  TermId equal_records(TermId a, TermId b, Span place);
  TermId entries_in(TermId a, TermId b, Span place, bool keys_alone);
  TermId equals_some(TermId element, ExprId collection);
  TermId below_some(TermId element, ExprId collection);
  TermId quantifier(const Expr& expr);

  // collections.cpp
  using Body = std::function<TermId(TermId)>;
  /// What elements become: `gather`, and for all but Any the type of what is gathered.
  struct Going {
    Gather gather;
    TypeId type;
  };
  TermId some(ExprId collection, const Body& body);
  TermId is_empty(ExprId collection);
  TermId fold(const Expr& call, Op op);
  TermId go_through(ExprId collection, Going going, const Body& body);
  TermId go_through_term(TermId collection, Going going, const Body& body);
  TermId go_through_gathered(const Expr& expr, Going going, const Body& body);
  TermId go_through_joined(const Expr& expr, Going going, const Body& body);
  TermId go_through_comprehension(const Expr& expr, Going going, const Body& body);
  TermId bind_next(const Expr& comprehension, std::size_t binder, Going going, const Body& body);
  TermId nothing(Going going);
  TermId one_after_other(TermId a, TermId b, Going going);
  bool is_gathered(ExprId expr) const { return program_.types[program_.exprs[expr].type].gathered; }
  void told_apart(const Expr& set);
  bool may_be_linked(TermId collection) const;
  void loop_over(LocalId binder, TermId collection, RuleLoops& loops);
  void loop_comprehension(LocalId binder, const Expr& expr, RuleLoops& loops);
  void loop_call(LocalId binder, const Expr& call, RuleLoops& loops);
  void add_joined(ExprId list, const Expr& shown, std::vector<TermId>& lists);
  void loop_joined(LocalId binder, const Expr& expr, RuleLoops& loops);
  void tell_choice(const Expr& expr, const std::string& what);
  Body restoring(const std::vector<LocalId>& locals, const Body& body);
  TermId go_through_call(const Expr& call, Going going, const Body& body);
  TermId with_arguments(const Expr& call, const std::function<TermId(const std::vector<TermId>&)>& make);

  void node(ExprId id, const std::string& path, Use use, Condition& out);
  bool structure(const Expr& expr, const std::string& path, Use use, Condition& out);
  void joined(NodeKind kind, const Expr& expr, const std::string& path, Use use, Condition& out);
  void negated(ExprId operand, const std::string& path, Use use, Condition& out);
  void leaf(ExprId id, const std::string& path, Use use, Condition& out);
  bool is_leaf(const Expr& expr) const;
  std::vector<ExprId> flattened(const Expr& expr) const;
  void append(const Condition& part, const std::string& path, Condition& out);

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
  Use loop_use_;  // where the call stands that a `for each` goes through
  FunctionId outermost_call_;
  Span outermost_use_;
  std::map<std::pair<LocalId, std::uint32_t>, TermId> lets_;  // of the policy, by let and level
  std::map<std::pair<ConstantId, std::uint32_t>, TermId> constants_;
  std::map<std::tuple<FunctionId, std::vector<TermId>, std::uint32_t>, TermId> calls_;
};

}  // namespace bylaw::compiler::ir
