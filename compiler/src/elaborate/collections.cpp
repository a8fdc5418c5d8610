// Collections are gone through where they stand. Of a comprehension and of `xs + ys` nothing is left but loops and
// conditions:
//   any y in {e for x in xs where c}: d     any x in xs: c and d[e/y]
//   any y in xs + ys: d                     any y in chain(xs, ys): d
//   sum([e for x in xs where c])            sum(flat(xs, if c then elements(e) else nothing))
//   count({e for x in xs where c})          count(distinct(flat(..)))
// Whether a value comes once or several times matters to `count` and `sum` alone.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/limits.h>

#include <algorithm>
#include <cassert>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {

namespace codes = grammar::codes;

namespace {

constexpr std::uint64_t kMostDistinct = 65536;

}  // namespace

TermId Elaborator::kept(ExprId id, const char* use) {
  const TermId value = expression(id);
  if (failed_ || !terms_.split(value)) return value;
  failed_ = true;
  diagnostics_
      .report(codes::Gathered, program_.exprs[id].span,
              {{"what", "a collection that is written out of values of the request"}, {"use", use}})
      .help("what is gone through are values; what is kept is a collection that the request or a constant has");
  return value;
}

TermId Elaborator::some(ExprId collection, const Body& body) {
  return go_through(collection, {Gather::Any, {}}, body);
}

TermId Elaborator::is_empty(ExprId collection) {
  if (!is_gathered(collection)) return terms_.is_empty(expression(collection));
  return terms_.negation(some(collection, [&](TermId) { return terms_.boolean(true); }));
}

TermId Elaborator::fold(const Expr& call, Op op) {
  const ExprId collection = call.operands[0];
  const TypeId type = program_.exprs[collection].type;
  const bool once = op == Op::Count || op == Op::Sum;
  const TermId all = go_through(collection, {once ? Gather::Distinct : Gather::Every, type},
                                [&](TermId element) { return terms_.single(element, type); });
  return failed_ ? terms_.constant(Value::absent(), call.type) : terms_.fold(op, all, call.type);
}

TermId Elaborator::nothing(Going going) {
  return going.gather == Gather::Any ? terms_.boolean(false) : terms_.no_elements(going.type);
}

TermId Elaborator::one_after_other(TermId a, TermId b, Going going) {
  if (going.gather == Gather::Any) return terms_.either(a, b);
  if (a == nothing(going)) return b;
  return b == nothing(going) ? a : terms_.chain({a, b}, going.type);
}

TermId Elaborator::go_through(ExprId collection, Going going, const Body& body) {
  if (!is_gathered(collection)) return go_through_term(expression(collection), going, body);
  const Expr& expr = program_.exprs[collection];
  if (!enter(expr.span)) return nothing(going);
  const TermId result = go_through_gathered(expr, going, body);
  --depth_;
  return result;
}

TermId Elaborator::go_through_gathered(const Expr& expr, Going going, const Body& body) {
  switch (expr.kind) {
    case ExprKind::LocalUse: return go_through(program_.locals[expr.local].value, going, body);
    case ExprKind::If: {
      const TermId condition = expression(expr.operands[0]);
      const TermId then = go_through(expr.operands[1], going, body);
      return terms_.choose(condition, then, go_through(expr.operands[2], going, body));
    }
    case ExprKind::Comprehension: return go_through_comprehension(expr, going, restoring(expr.binders, body));
    case ExprKind::Call: return go_through_call(expr, going, body);
    default: break;
  }
  if (expr.operation == Operation::Concat) return go_through_joined(expr, going, body);
  assert(expr.operation == Operation::Else);  // `xs ?? [.. for ..]`
  const TermId left = expression(expr.operands[0]);
  const TermId given = go_through_term(terms_.get(left), going, body);
  return terms_.choose(terms_.is_set(left), given, go_through(expr.operands[1], going, body));
}

/// The body, after which these locals stand for what they stood for: it may go through the same comprehension or call
/// again, of which not all was read yet.
Elaborator::Body Elaborator::restoring(const std::vector<LocalId>& locals, const Body& body) {
  return [this, &locals, &body](TermId element) {
    std::vector<TermId> before;
    for (const LocalId local : locals) before.push_back(bound_[local.index]);
    const TermId result = body(element);
    for (std::size_t i = 0; i < locals.size(); ++i) bind(locals[i], before[i]);
    return result;
  };
}

/// Of a def: its body, with the parameters bound to the arguments.
TermId Elaborator::go_through_call(const Expr& call, Going going, const Body& body) {
  const Function& function = program_.functions[call.function];
  return with_arguments(call, [&](const std::vector<TermId>&) {
    return go_through(function.body, going, restoring(function.parameters, body));
  });
}

/// A collection that has a place in memory, or is written out of terms.
TermId Elaborator::go_through_term(TermId collection, Going going, const Body& body) {
  if (failed_) return nothing(going);
  if (terms_[collection].op == Op::Elements) {
    const std::vector<TermId> elements = terms_.elements(collection);
    const bool repeats = terms_.type_of(collection).kind == TypeKind::Set && elements.size() > 1;
    if (going.gather == Gather::Distinct && repeats)
      return go_through_term(terms_.distinct(collection, terms_.type(collection)), going, body);
    TermId result = nothing(going);
    for (const TermId element : elements) result = one_after_other(result, body(element), going);
    return result;
  }
  if (terms_.split(collection)) {
    const TermId condition = terms_.operand(collection, 0);
    const TermId then = go_through_term(terms_.operand(collection, 1), going, body);
    return terms_.choose(condition, then, go_through_term(terms_.operand(collection, 2), going, body));
  }
  const std::uint32_t level = level_++;
  const TermId result = body(bound_to(terms_.element(level, terms_.type_of(collection).element), collection));
  --level_;
  return going.gather == Gather::Any ? terms_.any(collection, result, level)
                                     : terms_.flat(collection, result, level, going.type);
}

/// Lists that stand beside each other in memory are one loop.
TermId Elaborator::go_through_joined(const Expr& expr, Going going, const Body& body) {
  TermId result = nothing(going);
  std::vector<TermId> kept;
  const auto go_through_kept = [&] {
    if (kept.empty() || failed_) return;
    const TermId all = kept.size() == 1 ? kept.front() : terms_.chain(kept, expr.type);
    kept.clear();
    result = one_after_other(result, go_through_term(all, going, body), going);
  };
  for (const ExprId list : flattened(expr)) {
    const TermId term = is_gathered(list) ? TermId{} : expression(list);
    if (term && !failed_ && !terms_.split(term)) {
      kept.push_back(term);
      continue;
    }
    go_through_kept();
    const TermId some_more = term ? go_through_term(term, going, body) : go_through(list, going, body);
    result = one_after_other(result, some_more, going);
  }
  go_through_kept();
  return result;
}

TermId Elaborator::go_through_comprehension(const Expr& expr, Going going, const Body& body) {
  const bool is_set = program_.types[expr.type].kind == TypeKind::Set;
  if (going.gather != Gather::Distinct || !is_set) return bind_next(expr, 0, going, body);
  told_apart(expr);
  const TermId values =
      bind_next(expr, 0, {Gather::Every, expr.type}, [&](TermId value) { return terms_.single(value, expr.type); });
  if (failed_) return nothing(going);
  return go_through_term(terms_.distinct(values, expr.type), going, body);
}

/// The loop of this binder, and in it those behind.
TermId Elaborator::bind_next(const Expr& expr, std::size_t binder, Going going, const Body& body) {
  const std::size_t count = expr.binders.size();
  if (binder < count)
    return go_through(expr.operands[binder], going, [&](TermId element) {
      bind(expr.binders[binder], element);
      return bind_next(expr, binder + 1, going, body);
    });
  if (expr.operands.size() == count + 1) return body(expression(expr.operands[count]));
  const TermId condition = expression(expr.operands[count + 1]);
  const TermId value = body(expression(expr.operands[count]));
  return failed_ ? nothing(going) : terms_.choose(condition, value, nothing(going));
}

/// Told if the values are more than can be told apart.
void Elaborator::told_apart(const Expr& set) {
  const std::uint64_t most = most_values(program_, set);
  if (most <= kMostDistinct) return;
  diagnostics_.report(codes::TooManyDistinct, set.span, {{"count", std::to_string(most)}})
      .help(
          "declare a limit where the collections are declared: `List<..> max 64`; or keep every value: `[.. for ..]`");
}

// --- `for each` ---

void Elaborator::loop(LocalId binder, ExprId source, RuleLoops& loops) {
  if (failed_) return;
  if (!is_gathered(source)) {
    TermId term = expression(source);
    if (failed_) return;
    if (!may_be_linked(term)) return tell_choice(program_.exprs[source], "records or collections are written out");
    // Values that are written out are one loop over them; of a set each value counts once.
    if (terms_[term].op == Op::Elements) {
      const bool repeats = terms_.type_of(term).kind == TypeKind::Set && terms_.elements(term).size() > 1;
      const auto first = static_cast<std::uint32_t>(loops.collections.size());
      loop_over(binder, terms_.chain({term}, terms_.type(term)), loops);
      if (repeats) loops.sieves.push_back({first, first + 1, {}, bound_[binder.index]});
      return;
    }
    if (terms_.split(term)) return tell_choice(program_.exprs[source], "an `if` chooses between some");
    return loop_over(binder, term, loops);
  }
  const Expr& expr = program_.exprs[source];
  if (expr.kind == ExprKind::LocalUse) return loop(binder, program_.locals[expr.local].value, loops);
  if (expr.kind == ExprKind::Comprehension) return loop_comprehension(binder, expr, loops);
  if (expr.kind == ExprKind::Call) return loop_call(binder, expr, loops);
  if (expr.kind == ExprKind::Operation && expr.operation == Operation::Concat) return loop_joined(binder, expr, loops);
  tell_choice(expr, expr.kind == ExprKind::If ? "an `if` chooses between some" : "`??` chooses between some");
}

/// Values that are written out are gone through where they lie: a record in a frame is no frame of its own.
bool Elaborator::may_be_linked(TermId collection) const {
  if (terms_[collection].op != Op::Elements) return true;
  const TypeKind kind = program_.types[terms_.type_of(collection).element].kind;
  return kind != TypeKind::Record && kind != TypeKind::Set && kind != TypeKind::List;
}

void Elaborator::loop_over(LocalId binder, TermId collection, RuleLoops& loops) {
  const auto level = static_cast<std::uint32_t>(loops.collections.size());
  loops.collections.push_back(collection);
  bind(binder, bound_to(terms_.element(level, terms_.type_of(collection).element), collection));
  level_ = level + 1;
}

void Elaborator::loop_comprehension(LocalId binder, const Expr& expr, RuleLoops& loops) {
  const std::size_t count = expr.binders.size();
  const auto first = static_cast<std::uint32_t>(loops.collections.size());
  for (std::size_t i = 0; i < count; ++i) loop(expr.binders[i], expr.operands[i], loops);
  if (failed_) return;
  const bool filtered = expr.operands.size() > count + 1;
  if (filtered) loops.wheres.push_back(condition(expr.operands[count + 1], loop_use_));
  const TermId value = expression(expr.operands[count]);
  bind(binder, value);
  if (failed_ || program_.types[expr.type].kind != TypeKind::Set) return;
  told_apart(expr);
  Sieve sieve{first, static_cast<std::uint32_t>(loops.collections.size()), {}, value};
  if (filtered) sieve.conditions.push_back(expression(expr.operands[count + 1]));
  loops.sieves.push_back(std::move(sieve));
}

void Elaborator::loop_call(LocalId binder, const Expr& call, RuleLoops& loops) {
  const Use around = loop_use_;
  loop_use_ = {around.of(call.span)};
  with_arguments(call, [&](const std::vector<TermId>&) {
    loop(binder, program_.functions[call.function].body, loops);
    return TermId{};
  });
  loop_use_ = around;
}

void Elaborator::loop_joined(LocalId binder, const Expr& expr, RuleLoops& loops) {
  std::vector<TermId> lists;
  for (const ExprId list : flattened(expr)) add_joined(list, program_.exprs[list], lists);
  if (!failed_) loop_over(binder, terms_.chain(lists, expr.type), loops);
}

/// A list that stands beside others, or those that a let or def joins. `shown`: what the rule has there.
void Elaborator::add_joined(ExprId list, const Expr& shown, std::vector<TermId>& lists) {
  if (failed_) return;
  const Expr& expr = program_.exprs[list];
  if (is_gathered(list)) {
    if (expr.kind == ExprKind::LocalUse) return add_joined(program_.locals[expr.local].value, shown, lists);
    if (expr.kind == ExprKind::Operation && expr.operation == Operation::Concat) {
      for (const ExprId part : flattened(expr)) add_joined(part, shown, lists);
      return;
    }
    if (expr.kind != ExprKind::Call) return tell_choice(shown, "a list of another kind is joined");
    with_arguments(expr, [&](const std::vector<TermId>&) {
      add_joined(program_.functions[expr.function].body, shown, lists);
      return TermId{};
    });
    return;
  }
  const TermId term = expression(list);
  if (failed_) return;
  if (!may_be_linked(term)) return tell_choice(shown, "records or collections are written out");
  if (terms_.split(term) && terms_[term].op != Op::Elements) return tell_choice(shown, "an `if` chooses between some");
  lists.push_back(term);
}

void Elaborator::tell_choice(const Expr& expr, const std::string& what) {
  if (failed_) return;
  failed_ = true;
  diagnostics_.report(codes::ForEachChoice, expr.span, {{"what", what}})
      .help("write a rule for each of them, or ask with `any`");
}

}  // namespace bylaw::compiler::ir
