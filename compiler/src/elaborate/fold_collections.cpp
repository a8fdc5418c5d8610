// Collections that are only consumed, and what their elements come to. They are never folded to a constant themselves:
// what consumes them is, once all of it is known.

#include <algorithm>
#include <cassert>

#include <bylaw/compiler/decision_evaluate.h>

namespace bylaw::compiler::ir {

namespace {

__extension__ using Wide = __int128;

Value sum_of(TypeKind type, const Value& collection) {
  Wide sum = 0;
  for (const Value& item : collection.items) sum += item.integer;
  const ValueKind kind = type == TypeKind::Int       ? ValueKind::Int
                         : type == TypeKind::Decimal ? ValueKind::Decimal
                                                     : ValueKind::Duration;
  constexpr Wide kLeast = std::numeric_limits<std::int64_t>::min(), kMost = std::numeric_limits<std::int64_t>::max();
  return Value::number(kind, static_cast<std::int64_t>(std::clamp(sum, kLeast, kMost)));
}

}  // namespace

Value fold_elements(Op op, TypeKind type, const Value& collection) {
  const auto& items = collection.items;
  if (op == Op::Count) return Value::number(ValueKind::Int, static_cast<std::int64_t>(items.size()));
  if (op == Op::Sum) return sum_of(type, collection);
  if (items.empty()) return Value::absent();
  const auto least = std::min_element(items.begin(), items.end(), comes_before);
  const auto greatest = std::max_element(items.begin(), items.end(), comes_before);
  return op == Op::Least ? *least : *greatest;
}

TermId Terms::single(TermId value, TypeId type) {
  return add({Op::Elements, type, intern_list({value})});
}

TermId Terms::no_elements(TypeId type) {
  return constant(program_->types[type].kind == TypeKind::Set ? Value::set({}) : Value::list({}), type);
}

TermId Terms::flat(TermId collection, TermId inner, std::uint32_t level, TypeId type) {
  if (const Value* value = constant_of(inner); value && value->items.empty()) return no_elements(type);
  if (const Value* value = constant_of(collection); value && value->items.empty()) return no_elements(type);
  // `[x for x in xs]` is xs.
  if (terms_[inner].op == Op::Elements && elements(inner).size() == 1) {
    const Term& only = terms_[elements(inner).front()];
    if (only.op == Op::Element && only.a == level) return collection;
  }
  return add({Op::Flat, type, collection.index, inner.index, level});
}

TermId Terms::chain(std::vector<TermId> collections, TypeId type) {
  std::erase_if(collections, [&](TermId part) {
    const Value* value = constant_of(part);
    return value && value->items.empty();
  });
  if (collections.empty()) return no_elements(type);
  return add({Op::Chain, type, intern_list(std::move(collections))});
}

TermId Terms::distinct(TermId collection, TypeId type) {
  if (const Value* value = constant_of(collection); value && value->items.empty()) return collection;
  return add({Op::Distinct, type, collection.index});
}

TermId Terms::fold(Op op, TermId collection, TypeId type) {
  const Term term{op, type, collection.index};
  if (free_[collection.index] != 0) return add(term);
  const std::vector<ListIr> no_lists;
  const std::vector<Value> no_request;
  Evaluation evaluation{*program_, *this, no_lists, no_request, 0, empty_world(), {}};
  const TypeKind kind = program_->types[program_->without_optional(type)].kind;
  return constant(fold_elements(op, kind, evaluate(evaluation, collection)), type);
}

}  // namespace bylaw::compiler::ir
