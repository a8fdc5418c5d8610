// How often a rule may look at one condition: loops inside of loops multiply, and what a decision costs has a bound
// that no request may turn into minutes.

#include <bylaw/grammar/diagnostics/expressions.h>

#include <algorithm>
#include <map>
#include <utility>

#include "check/checker.h"

namespace bylaw::compiler {

namespace {

/// All the elements of one request together are no more, so neither are the parts of parts of one collection.
constexpr std::uint64_t kMostElements = 65'536;
/// Two full collections, each element of one against each of the other.
constexpr std::uint64_t kMostTimes = 16'777'216;
constexpr std::uint64_t kMany = std::uint64_t{1} << 30U;  // far beyond, and its square is no overflow

struct Loop {
  LocalId local;
  std::size_t chain;    // loops through parts of one another are one chain
  std::uint64_t times;  // of the chain up to here
};

/// A binder, its collection, and what is asked of each element.
bool is_loop(const Expr& expr) {
  return expr.local && expr.operands.size() >= 2;
}

class Repetition {
 public:
  explicit Repetition(Checker& checker) : checker_(checker), program_(checker.program) {}

  void check(const Policy& policy) {
    told_ = false;
    times(policy.guard);
    for (const RuleId id : policy.rules) check(program_.rules[id]);
  }

 private:
  void check(const Rule& rule) {
    told_ = false;
    for (const Binder& binder : rule.binders) enter(binder.local, binder.source);
    for (const ExprId part : {rule.when, rule.unless, rule.value}) times(part);
    loops_.clear();
  }

  /// How often the innermost part of the expression may be looked at, the loops around it included.
  std::uint64_t times(ExprId id) {
    if (!id || told_) return product();
    const Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::LocalUse) return times_of_let(expr);
    if (expr.kind == ExprKind::Call) return times_of_body(expr.span, program_.functions[expr.function].body, expr);
    if (is_loop(expr)) return times_of_loop(expr);
    if (expr.kind == ExprKind::Comprehension) return times_of_comprehension(expr);
    return times_of_operands(expr, 0);
  }

  std::uint64_t times_of_operands(const Expr& expr, std::size_t from) {
    std::uint64_t most = product();
    for (std::size_t i = from; i < expr.operands.size(); ++i) most = std::max(most, times(expr.operands[i]));
    return most;
  }

  std::uint64_t times_of_loop(const Expr& expr) {
    const std::uint64_t before = times(expr.operands[0]);
    const std::size_t outer = loops_.size();
    enter(expr.local, expr.operands[0]);
    const std::uint64_t most = std::max(before, times_of_operands(expr, 1));
    leave(outer);
    return most;
  }

  std::uint64_t times_of_comprehension(const Expr& expr) {
    const std::size_t outer = loops_.size();
    std::uint64_t most = product();
    for (std::size_t i = 0; i < expr.binders.size(); ++i) {
      most = std::max(most, times(expr.operands[i]));
      enter(expr.binders[i], expr.operands[i]);
    }
    most = std::max(most, times_of_operands(expr, expr.binders.size()));
    leave(outer);
    return most;
  }

  void leave(std::size_t outer) { loops_.erase(loops_.begin() + static_cast<std::ptrdiff_t>(outer), loops_.end()); }

  std::uint64_t times_of_let(const Expr& use) {
    const Local& local = program_.locals[use.local];
    if (local.kind != LocalKind::Let || !local.value) return product();
    return times_of_body(use.span, local.value, {});
  }

  /// Of a let or a function: worked out once, by itself.
  std::uint64_t times_of_body(Span place, ExprId body, const Expr& call) {
    const std::uint64_t before = times_of_operands(call, 0);
    const std::uint64_t inside = alone(body);
    const std::uint64_t most = std::min(product() * inside, kMany);
    if (most > kMostTimes && inside > 1) tell(place, most);
    return std::max(before, most);
  }

  std::uint64_t alone(ExprId body) {
    if (const auto known = alone_.find(body); known != alone_.end()) return known->second;
    std::vector<Loop> around = std::exchange(loops_, {});
    const std::uint64_t inside = times(body);
    loops_ = std::move(around);
    return alone_[body] = inside;
  }

  /// A `let` followed to what it stands for, where that is only gone through.
  const Expr& gathered(ExprId id) const {
    const Expr* expr = &program_.exprs[id];
    while (expr->kind == ExprKind::LocalUse && program_.types[expr->type].gathered)
      expr = &program_.exprs[program_.locals[expr->local].value];
    return *expr;
  }

  /// The loops of a comprehension; what it gives may be a part of what they go through.
  void enter_comprehension(LocalId local, const Expr& expr) {
    for (std::size_t i = 0; i < expr.binders.size(); ++i) enter(expr.binders[i], expr.operands[i]);
    const auto within = around(inside_of(expr.operands[expr.binders.size()]));
    if (within != loops_.end()) loops_.push_back({local, within->chain, within->times});
  }

  std::vector<Loop>::const_iterator around(LocalId outer) const {
    return std::find_if(loops_.begin(), loops_.end(), [&](const Loop& loop) { return outer && loop.local == outer; });
  }

  void enter(LocalId local, ExprId collection) {
    const Expr& source = gathered(collection);
    if (source.kind == ExprKind::Comprehension) return enter_comprehension(local, source);
    const std::uint64_t length = length_of(collection);
    // Entries of maps are none of the elements that a request has a limit of, so a map counts in full.
    const TypeId type = program_.without_optional(program_.exprs[collection].type);
    const auto within = program_.types[type].kind == TypeKind::Map ? loops_.end() : around(inside_of(collection));
    if (within == loops_.end())
      loops_.push_back({local, loops_.size(), length});
    else
      loops_.push_back(
          {local, within->chain, std::min(within->times * length, std::max(kMostElements, within->times))});
    if (product() > kMostTimes) tell(program_.exprs[collection].span, product());
  }

  /// Of each chain the longest counts.
  std::uint64_t product() const {
    std::map<std::size_t, std::uint64_t> chains;
    for (const Loop& loop : loops_) chains[loop.chain] = std::max(chains[loop.chain], loop.times);
    std::uint64_t times = 1;
    for (const auto& [chain, count] : chains) times = std::min(times * std::min(count, kMany), kMany);
    return times;
  }

  std::uint64_t length_of(ExprId collection) const {
    const Expr& expr = gathered(collection);
    const auto operand = [&](std::size_t i) { return length_of(expr.operands[i]); };
    if (expr.kind == ExprKind::Operation && expr.operation == Operation::Concat) return operand(0) + operand(1);
    if (expr.kind == ExprKind::Comprehension) {
      std::uint64_t length = 1;
      for (std::size_t i = 0; i < expr.binders.size(); ++i) length = std::min(length * operand(i), kMany);
      return length;
    }
    const auto at_least_one = [](std::uint64_t length) { return std::max<std::uint64_t>(length, 1); };
    if (expr.kind == ExprKind::ListUse) return at_least_one(program_.lists[expr.list].rows.size());
    if (expr.kind == ExprKind::SetLiteral || expr.kind == ExprKind::ListLiteral)
      return at_least_one(expr.operands.size());
    if (expr.kind == ExprKind::MapLiteral) return at_least_one(expr.operands.size() / 2);
    if (expr.kind == ExprKind::ConstantUse && program_.constants[expr.constant].value)
      return length_of(program_.constants[expr.constant].value);
    return at_least_one(program_.types[program_.without_optional(expr.type)].max);
  }

  /// The binder whose part the collection is: the path to it goes through records alone. None for any other.
  LocalId inside_of(ExprId id) const {
    const Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::LocalUse) return expr.local;
    const bool step = expr.kind == ExprKind::Select || expr.kind == ExprKind::Get ||
                      (expr.kind == ExprKind::Operation && expr.operation == Operation::Else);
    if (!step) return {};
    const TypeId from = program_.without_optional(program_.exprs[expr.operands[0]].type);
    return program_.types[from].kind == TypeKind::Entity ? LocalId{} : inside_of(expr.operands[0]);
  }

  void tell(Span place, std::uint64_t times) {
    if (told_) return;
    told_ = true;
    checker_.diagnostics
        .report(codes::TooOften, place,
                {{"times", times >= kMany ? "more than a billion" : std::to_string(times)},
                 {"most", std::to_string(kMostTimes)}})
        .help(
            "say how long the collections can get, where they are declared: `List<T> max 64`; without it they hold "
            "4,096");
  }

  Checker& checker_;
  const Program& program_;
  std::vector<Loop> loops_;  // innermost last
  std::map<ExprId, std::uint64_t> alone_;
  bool told_ = false;
};

}  // namespace

void check_repetition(Checker& checker) {
  Repetition repetition(checker);
  for (std::uint32_t i = 0; i < checker.program.policies.size(); ++i) repetition.check(checker.program.policies[{i}]);
}

}  // namespace bylaw::compiler
