// How often a rule may look at one condition: loops inside of loops multiply, and what a decision costs has a bound
// that no request may turn into minutes.

#include <bylaw/grammar/diagnostics/expressions.h>

#include <algorithm>
#include <map>
#include <utility>

#include "check/checker.h"
#include "check/constant_values.h"

namespace bylaw::compiler {

namespace {

/// All the elements of one request together are no more, so neither are the parts of parts of one collection.
constexpr std::uint64_t kMostElements = 65'536;
/// Two full collections, each element of one against each of the other.
constexpr std::uint64_t kMostTimes = 16'777'216;
constexpr std::uint64_t kMostSteps = 1'000'000;  // of looking at one rule: lets and defs may name each other twice
constexpr std::uint64_t kMany = std::uint64_t{1} << 30U;  // far beyond, and its square is no overflow

struct Loop {
  LocalId local;
  std::size_t chain;    // loops through parts of one another are one chain
  std::uint64_t times;  // of the chain up to here
  ExprId source;        // what it goes through
};

/// 16,777,216
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// A binder, its collection, and what is asked of each element.
bool is_loop(const Expr& expr) {
  return expr.local && expr.operands.size() >= 2;
}

class Repetition {
 public:
  explicit Repetition(Checker& checker) : checker_(checker), program_(checker.program) {}

  void check(const Policy& policy) {
    told_ = false;
    steps_ = 0;
    times(policy.guard);
    for (const RuleId id : policy.rules) check(program_.rules[id]);
  }

 private:
  void check(const Rule& rule) {
    told_ = false;
    steps_ = 0;
    lets_ = &rule.lets;
    times_of_lets_.clear();
    for (const Binder& binder : rule.binders) enter(binder.local, binder.source);
    for (const ExprId part : {rule.when, rule.unless, rule.value}) times(part);
    loops_.clear();
    lets_ = nullptr;
  }

  /// What `inside` says of the body of the def, where its parameters are the arguments.
  template <class Inside>
  auto with_arguments(const Expr& call, Inside inside) {
    const Function& function = program_.functions[call.function];
    const std::map<LocalId, ExprId> before = arguments_;
    for (std::size_t i = 0; i < function.parameters.size(); ++i) arguments_[function.parameters[i]] = call.operands[i];
    const auto result = inside(function.body);
    arguments_ = before;
    return result;
  }

  /// How often the innermost part of the expression may be looked at, the loops around it included.
  std::uint64_t times(ExprId id) {
    if (!id || told_) return product();
    if (is_too_long(id)) return kMany;
    const Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::LocalUse) return times_of_let(expr);
    if (expr.kind == ExprKind::Call && program_.types[expr.type].gathered) return times_of_inlined(expr);
    if (expr.kind == ExprKind::Call) return times_of_body(expr.span, program_.functions[expr.function].body, expr);
    if (is_loop(expr)) return times_of_loop(expr);
    if (expr.kind == ExprKind::Comprehension) return times_of_comprehension(expr);
    return times_of_operands(expr, 0);
  }

  /// True and told if there is no end of looking.
  bool is_too_long(ExprId id) {
    if (++steps_ > kMostSteps) tell(program_.exprs[id].span, kMany);
    return steps_ > kMostSteps;
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
    const bool own = lets_ && std::find(lets_->begin(), lets_->end(), use.local) != lets_->end();
    return own ? times_of_own_let(use.local, local.value) : times_of_body(use.span, local.value, {});
  }

  /// A let of the rule may go on from what the loops around it go through; it is worked out once for each such place.
  std::uint64_t times_of_own_let(LocalId id, ExprId value) {
    std::vector<LocalId> around{id};
    for (const Loop& loop : loops_) around.push_back(loop.local);
    const auto known = times_of_lets_.find(around);
    return known != times_of_lets_.end() ? known->second : times_of_lets_[around] = times(value);
  }

  /// Of a def whose loops stand where the call stands: of what it gives to go through, or of parts of its arguments.
  std::uint64_t times_of_inlined(const Expr& call) {
    const std::uint64_t before = times_of_operands(call, 0);
    const Span shown = std::exchange(shown_, shown_.known() ? shown_ : call.span);
    const std::uint64_t inside = with_arguments(call, [&](ExprId body) { return times(body); });
    shown_ = shown;
    return std::max(before, inside);
  }

  /// Of a let or a function: worked out once, by itself.
  std::uint64_t times_of_body(Span place, ExprId body, const Expr& call) {
    const std::uint64_t before = times_of_operands(call, 0);
    const std::uint64_t inside = alone(body);
    std::uint64_t most = std::min(product() * inside, kMany);
    if (most > kMostTimes && takes_part_of_loop(call)) most = times_of_inlined(call);
    if (most > kMostTimes && inside > 1) tell(place, most, inside);
    return std::max(before, most);
  }

  /// The function may go on from what the loops around the call go through: what lies in each other counts together.
  bool takes_part_of_loop(const Expr& call) const {
    return call.kind == ExprKind::Call && std::any_of(call.operands.begin(), call.operands.end(), [&](ExprId argument) {
             return around(inside_of(argument)) != loops_.end();
           });
  }

  std::uint64_t alone(ExprId body) {
    if (const auto known = alone_.find(body); known != alone_.end()) return known->second;
    std::vector<Loop> around = std::exchange(loops_, {});
    const std::uint64_t inside = times(body);
    loops_ = std::move(around);
    return alone_[body] = inside;
  }

  /// A `let` followed to what it stands for, where that is only gone through.
  ExprId through_lets(ExprId id) const {
    while (program_.exprs[id].kind == ExprKind::LocalUse && program_.types[program_.exprs[id].type].gathered)
      id = program_.locals[program_.exprs[id].local].value;
    return id;
  }

  /// The loops of a comprehension; what it gives may be a part of what they go through.
  void enter_comprehension(LocalId local, ExprId source, const Expr& expr) {
    for (std::size_t i = 0; i < expr.binders.size(); ++i) enter(expr.binders[i], expr.operands[i]);
    const auto within = around(inside_of(expr.operands[expr.binders.size()]));
    if (within != loops_.end()) loops_.push_back({local, within->chain, within->times, source});
  }

  std::vector<Loop>::const_iterator around(LocalId outer) const { return find(loops_, outer); }

  static std::vector<Loop>::const_iterator find(const std::vector<Loop>& loops, LocalId local) {
    return std::find_if(loops.begin(), loops.end(), [&](const Loop& loop) { return local && loop.local == local; });
  }

  void enter(LocalId local, ExprId collection) {
    const ExprId source = through_lets(collection);
    const Expr& expr = program_.exprs[source];
    if (expr.kind == ExprKind::Comprehension) return enter_comprehension(local, source, expr);
    if (expr.kind == ExprKind::Call && program_.types[expr.type].gathered) {
      const Span shown = std::exchange(shown_, shown_.known() ? shown_ : expr.span);
      with_arguments(expr, [&](ExprId body) {
        enter(local, body);
        return true;
      });
      shown_ = shown;
      return;
    }
    add(loops_, local, source);
    if (product() > kMostTimes) tell(program_.exprs[collection].span, product());
  }

  /// One more loop inside of these.
  void add(std::vector<Loop>& loops, LocalId local, ExprId collection) {
    const std::uint64_t length = length_of(collection);
    // Entries of maps are none of the elements that a request has a limit of, so a map counts in full.
    const TypeId type = program_.without_optional(program_.exprs[collection].type);
    const auto within = program_.types[type].kind == TypeKind::Map ? loops.cend() : find(loops, inside_of(collection));
    if (within == loops.cend()) {
      loops.push_back({local, loops.size(), length, collection});
      return;
    }
    // A list may be joined to itself.
    const std::uint64_t most = std::max(kMostElements * parts_of(collection), within->times);
    const std::uint64_t all = std::min({within->times * length, most, kMany});
    loops.push_back({local, within->chain, all, collection});
  }

  /// How many lists `+` joins.
  std::uint64_t parts_of(ExprId collection) {
    if (told_ || is_too_long(collection)) return 1;
    const Expr& expr = program_.exprs[through_lets(collection)];
    if (expr.kind == ExprKind::Operation && expr.operation == Operation::Concat)
      return std::min(parts_of(expr.operands[0]) + parts_of(expr.operands[1]), kMany / kMostElements);
    if (expr.kind == ExprKind::Call && program_.types[expr.type].gathered)
      return parts_of(program_.functions[expr.function].body);
    return 1;
  }

  std::uint64_t product() const { return product(loops_); }

  /// Of each chain the longest counts.
  static std::uint64_t product(const std::vector<Loop>& loops) {
    std::map<std::size_t, std::uint64_t> chains;
    for (const Loop& loop : loops) chains[loop.chain] = std::max(chains[loop.chain], loop.times);
    std::uint64_t times = 1;
    for (const auto& [chain, count] : chains) times = std::min(times * std::min(count, kMany), kMany);
    return times;
  }

  std::uint64_t length_of(ExprId collection) {
    if (told_ || is_too_long(collection)) return kMany;
    const ExprId source = through_lets(collection);
    const Expr& expr = program_.exprs[source];
    const auto at_least_one = [](std::uint64_t length) { return std::max<std::uint64_t>(length, 1); };
    if (expr.kind == ExprKind::Operation && expr.operation == Operation::Concat)
      return std::min(length_of(expr.operands[0]) + length_of(expr.operands[1]), kMany);
    if (expr.kind == ExprKind::Call && program_.types[expr.type].gathered)
      return with_arguments(expr, [&](ExprId body) { return length_of(body); });
    if (expr.kind == ExprKind::Comprehension) {
      std::vector<Loop> loops;
      for (std::size_t i = 0; i < expr.binders.size(); ++i) add(loops, expr.binders[i], expr.operands[i]);
      return product(loops);
    }
    const auto argument = expr.kind == ExprKind::LocalUse ? arguments_.find(expr.local) : arguments_.end();
    if (argument != arguments_.end()) return length_of(argument->second);
    if (expr.kind == ExprKind::ListUse) return at_least_one(program_.lists[expr.list].rows.size());
    const auto values = constant_values(program_, source, [&](LocalId binder) {
      const auto loop = around(binder);
      return loop == loops_.end() ? ExprId{} : loop->source;
    });
    if (!values) return at_least_one(program_.types[program_.without_optional(expr.type)].max);
    std::uint64_t longest = 0;
    for (const ExprId value : *values) longest = std::max(longest, elements_of(program_.exprs[value]));
    return at_least_one(longest);
  }

  static std::uint64_t elements_of(const Expr& literal) {
    return literal.kind == ExprKind::MapLiteral ? literal.operands.size() / 2 : literal.operands.size();
  }

  /// The binder whose part the collection is: the path to it goes through records alone. None for any other.
  LocalId inside_of(ExprId id) const {
    const Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::LocalUse) {
      const auto argument = arguments_.find(expr.local);
      return argument == arguments_.end() ? expr.local : inside_of(argument->second);
    }
    if (expr.kind == ExprKind::Operation && expr.operation == Operation::Concat) {
      const LocalId left = inside_of(expr.operands[0]);
      return left == inside_of(expr.operands[1]) ? left : LocalId{};
    }
    const bool step = expr.kind == ExprKind::Select || expr.kind == ExprKind::Get ||
                      (expr.kind == ExprKind::Operation && expr.operation == Operation::Else);
    if (!step) return {};
    const TypeId from = program_.without_optional(program_.exprs[expr.operands[0]].type);
    return program_.types[from].kind == TypeKind::Entity ? LocalId{} : inside_of(expr.operands[0]);
  }

  /// "`pods` 4,096 x `names` 16", of each chain the longest; `inside`: what a let or def brings beside them.
  std::string factors(Span place, std::uint64_t inside) const {
    std::map<std::size_t, const Loop*> longest;
    for (const Loop& loop : loops_) {
      const Loop*& known = longest[loop.chain];
      if (!known || loop.times > known->times) known = &loop;
    }
    std::string text;
    const auto add = [&](Span span, std::uint64_t times) {
      text += (text.empty() ? "`" : " x `") + std::string(checker_.input.sources.text(span)) + "` " +
              (times >= kMany ? "more than a billion" : grouped(times));
    };
    for (const auto& [chain, loop] : longest) add(program_.exprs[loop->source].span, loop->times);
    if (inside > 1) add(place, inside);
    return text;
  }

  void tell(Span place, std::uint64_t times, std::uint64_t inside = 1) {
    if (told_) return;
    told_ = true;
    checker_.diagnostics
        .report(codes::TooOften, shown_.known() ? shown_ : place,
                {{"times", times >= kMany ? "more than a billion" : grouped(times)}, {"most", grouped(kMostTimes)}})
        .label(factors(place, inside))
        .help(
            "say how long the collections can get, where they are declared: `List<T> max 64`; without `max` they "
            "count as 4,096, and what lies in each other in one request as 65,536 together");
  }

  Checker& checker_;
  const Program& program_;
  std::vector<Loop> loops_;  // innermost last
  std::map<ExprId, std::uint64_t> alone_;
  const std::vector<LocalId>* lets_ = nullptr;                   // of the rule
  std::map<std::vector<LocalId>, std::uint64_t> times_of_lets_;  // by the let and the loops around it
  std::map<LocalId, ExprId> arguments_;                          // of the defs that are gone through
  Span shown_;  // the call that is gone through: what is told stands in the rule
  std::uint64_t steps_ = 0;
  bool told_ = false;
};

}  // namespace

void check_repetition(Checker& checker) {
  Repetition repetition(checker);
  for (std::uint32_t i = 0; i < checker.program.policies.size(); ++i) repetition.check(checker.program.policies[{i}]);
}

}  // namespace bylaw::compiler
