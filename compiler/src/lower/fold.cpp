// `count`, `sum`, `min` and `max` of collections: loops with an accumulator in registers. A comprehension is its loops;
// what is told apart, is told apart by a table in scratch memory.

#include <algorithm>
#include <bit>
#include <cassert>

#include "format/scratch.h"
#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

namespace {

constexpr std::uint64_t kMostDistinct = 65536;  // the elaborator told if they may be more

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  return std::min<std::uint64_t>(a, UINT32_MAX) * std::min<std::uint64_t>(b, UINT32_MAX);
}

}  // namespace

std::uint16_t Lowering::constant_word(Value value, TypeId type) {
  return format::operand(format::kConstantBase, scope_.window.slot(value, type));
}

std::uint16_t Lowering::item_value(const Item& item) {
  return item.term ? value(item.term) : item.place;
}

/// There is no jump alone: a word that nobody reads is copied.
void Lowering::skip_to(Label label) {
  const std::uint16_t unused = block_.take_registers(1);
  block_.move_to(unused, constant_word(Value::boolean(false), terms_.bool_type()), 1, label);
}

// --- what is folded ---

std::uint16_t Lowering::fold(TermId id) {
  return terms_[id].op == ir::Op::Count ? count(id) : sum(id);
}

std::uint16_t Lowering::count(TermId id) {
  const TermId collection = terms_.operand(id, 0);
  const TypeId number = terms_.type(id);
  const std::uint16_t result = block_.take_registers(1);
  const Pin pin(block_, result);
  if (has_place(collection) && !is_rows(collection)) {
    const bool mask = scope_.types.is_mask(type(collection));
    block_.value(mask ? Op::CountMask : Op::Count, result, value(collection), 0, mask ? enum_of(collection) : 0);
    return result;
  }
  const std::uint16_t one = constant_word(Value::number(ValueKind::Int, 1), number);
  block_.value(Op::Move, result, constant_word(Value::number(ValueKind::Int, 0), number), 0, 1);
  go_through(collection, [&](const Item&) {
    block_.value(Op::Add, result, result, one, static_cast<std::uint32_t>(format::Arithmetic::Int));
  });
  return result;
}

std::uint16_t Lowering::sum(TermId id) {
  const TypeId number = terms_.type(id);
  constexpr std::uint32_t kTotalWords = 2;
  const std::uint16_t total = block_.take_registers(kTotalWords);
  const Pin pin(block_, total, kTotalWords);
  block_.value(Op::Widen, total, constant_word(zero_value(scope_.program, number), number), 0, 0);
  go_through(terms_.operand(id, 0), [&](const Item& item) { block_.value(Op::Sum, total, item_value(item), 0, 0); });
  const std::uint16_t result = block_.take_registers(1);
  block_.value(Op::Clamp, result, total, 0, static_cast<std::uint32_t>(arithmetic_kind(terms_.type_of(id).kind)));
  return result;
}

/// The least or greatest element; zero if there is none. `found`, unless it is null: where it then lies whether there
/// is one.
std::uint16_t Lowering::extreme(TermId id, std::uint16_t* found) {
  const TypeId element = scope_.program.without_optional(terms_.type(id));
  const std::uint32_t count = words(id);
  const std::uint16_t result = block_.take_registers(count);
  const Pin pin(block_, result, count);
  const std::uint16_t some = block_.take_registers(1);
  const Pin pin_some(block_, some);
  const std::uint16_t yes = constant_word(Value::boolean(true), terms_.bool_type());
  block_.value(Op::Move, result, constant_word(zero_value(scope_.program, element), element), 0, count);
  block_.value(Op::Move, some, constant_word(Value::boolean(false), terms_.bool_type()), 0, 1);
  go_through(terms_.operand(id, 0), [&](const Item& item) {
    const std::uint16_t value = item_value(item);
    const Pin pin_value(block_, value, count);
    const Label first = block_.label(), again = block_.label(), next = block_.label();
    block_.test(Op::True, some, 0, 0, again, first);
    block_.bind(first);
    block_.value(Op::Move, some, yes, 0, 1);
    block_.move_to(result, value, count, next);
    block_.bind(again);
    take_extreme(id, result, value);
    block_.bind(next);
  });
  if (count == 1) block_.remember({id.index}, result);
  if (found != nullptr) *found = some;
  return result;
}

/// The lesser or greater of the result and an element becomes the result. Versions have two words.
void Lowering::take_extreme(TermId id, std::uint16_t result, std::uint16_t element) {
  const bool least = terms_[id].op == ir::Op::Least;
  const std::uint32_t count = words(id);
  if (count == 1) return block_.value(least ? Op::Min : Op::Max, result, result, element, 0);
  const Label take = block_.label(), leave = block_.label();
  block_.test(Op::LtVersion, least ? element : result, least ? result : element, 0, take, leave);
  block_.bind(take);
  block_.value(Op::Move, result, element, 0, count);
  block_.bind(leave);
}

// --- what is gone through ---

/// What lies in memory, or is a loop by itself.
bool Lowering::has_place(TermId collection) const {
  switch (terms_[collection].op) {
    case ir::Op::Elements:
    case ir::Op::Flat:
    case ir::Op::Chain:
    case ir::Op::Distinct: return false;
    case ir::Op::If: return has_place(terms_.operand(collection, 1)) && has_place(terms_.operand(collection, 2));
    default: return true;
  }
}

void Lowering::go_through(TermId collection, const Visit& visit) {
  if (block_.failed() || !block_.reachable()) return;
  if (const Value* all = terms_.constant_of(collection); all && all->items.empty()) return;
  switch (terms_[collection].op) {
    case ir::Op::Elements:
      for (const TermId element : terms_.elements(collection)) visit({element});
      return;
    case ir::Op::Flat: return go_through_flat(collection, visit);
    case ir::Op::Distinct: return go_through_distinct(collection, visit);
    case ir::Op::Chain: {
      const auto& parts = terms_.elements(collection);
      const bool one_loop = std::all_of(parts.begin(), parts.end(), [&](TermId part) {
        return has_place(part) && !is_rows(part) && !scope_.types.is_mask(type(part));
      });
      if (one_loop) break;
      for (const TermId part : parts) go_through(part, visit);
      return;
    }
    case ir::Op::If:
      if (has_place(collection)) break;
      return go_through_if(collection, visit);
    default: break;
  }
  const auto level = static_cast<std::uint32_t>(elements_.size());
  go_through_place(collection, level, [&] {
    const Element& element = elements_[level];
    visit({{}, format::operand(element.base, element.slot)});
  });
}

/// One loop, with `body` for each element.
void Lowering::go_through_place(TermId collection, std::uint32_t level, const std::function<void()>& body) {
  const std::vector<Element> outer = elements_;
  const std::size_t loop = open(collection, level);
  body();
  block_.end(Op::Next);
  const Label done = block_.label();
  block_.close_loop(loop, done, done);
  block_.bind(done);
  elements_ = outer;
}

void Lowering::go_through_if(TermId collection, const Visit& visit) {
  const TermId then = terms_.operand(collection, 1), otherwise = terms_.operand(collection, 2);
  const auto is_nothing = [&](TermId side) {
    const Value* all = terms_.constant_of(side);
    return all && all->items.empty();
  };
  const Label yes = block_.label(), no = block_.label(), join = block_.label();
  if (is_nothing(otherwise)) {
    test(terms_.operand(collection, 0), yes, join);
    block_.bind(yes);
    go_through(then, visit);
  } else {
    test(terms_.operand(collection, 0), yes, no);
    block_.bind(yes);
    go_through(then, visit);
    skip_to(join);
    block_.bind(no);
    go_through(otherwise, visit);
  }
  block_.bind(join);
}

void Lowering::go_through_flat(TermId collection, const Visit& visit) {
  const TermId outer = terms_.operand(collection, 0), inner = terms_.operand(collection, 1);
  const std::uint32_t level = terms_[collection].c;
  const bool one_by_one = !has_place(outer) && terms_[outer].op != ir::Op::Chain;
  if (!one_by_one) return go_through_place(outer, level, [&] { go_through(inner, visit); });
  // Its values are worked out one by one, and each is the element where it lies.
  go_through(outer, [&](const Item& item) {
    const std::uint32_t element_type = scope_.types.type(terms_.type_of(outer).element);
    const std::uint16_t place = item_value(item);
    const Pin pin(block_, place, scope_.types.record(element_type).words);
    const std::vector<Element> before = elements_;
    bind_element(level, {format::base_of(place), element_type, format::slot_of(place)});
    block_.forget([&](const Known& known) { return terms_.reads_element(TermId{known.term}, level); });
    go_through(inner, visit);
    block_.forget([&](const Known& known) { return terms_.reads_element(TermId{known.term}, level); });
    elements_ = before;
  });
}

// --- each value once ---

/// The most elements that are gone through. The verifier works out the same from what it knows of the operands.
std::uint64_t Lowering::most(TermId collection) const {
  const auto operand = [&](unsigned field) { return most(terms_.operand(collection, field)); };
  switch (terms_[collection].op) {
    case ir::Op::Elements: return terms_.elements(collection).size();
    case ir::Op::Flat: return product(operand(0), operand(1));
    case ir::Op::Distinct: return operand(0);
    case ir::Op::If: return has_place(collection) ? std::max(operand(1), operand(2)) : operand(1) + operand(2);
    case ir::Op::Chain: {
      std::uint64_t sum = 0;
      for (const TermId part : terms_.elements(collection)) sum += most(part);
      return sum;
    }
    case ir::Op::Rows: return scope_.program.lists[ListId{terms_[collection].a}].rows.size();
    case ir::Op::Constant:
      if (terms_.value(collection).items.empty()) return 0;
      return most_of_type(collection);
    default: return most_of_type(collection);
  }
}

std::uint64_t Lowering::most_of_type(TermId collection) const {
  return scope_.types.record(type(collection)).max;
}

Lowering::Table Lowering::empty_table(std::uint64_t values, std::uint32_t words) {
  const auto most = static_cast<std::uint32_t>(std::min(values, kMostDistinct));
  const Table table{scratch_, format::table_size(most, words)};
  scratch_ += format::table_words(table.size);
  if (scratch_ > format::kMaxScratchWords) block_.fail(Limit::Values);
  block_.value(Op::Forget, 0, 0, table.size, table.first);
  return table;
}

void Lowering::fresh(const Table& table, std::uint16_t value, Label t, Label f) {
  block_.test(Op::Fresh, value, table.size, table.first, t, f);
}

void Lowering::go_through_distinct(TermId collection, const Visit& visit) {
  const TermId values = terms_.operand(collection, 0);
  const std::uint32_t element_type = scope_.types.type(terms_.type_of(collection).element);
  const std::uint32_t count = scope_.types.record(element_type).words;
  const Table table = empty_table(most(values), count);
  go_through(values, [&](const Item& item) {
    const std::uint16_t place = item_value(item);
    const Pin pin(block_, place, count);
    const Label first_time = block_.label(), next = block_.label();
    fresh(table, place, first_time, next);
    block_.bind(first_time);
    visit({{}, place});
    block_.bind(next);
  });
  leave_table(table);
}

/// For a comprehension whose loops are those of the rule.
Lowering::Table Lowering::table_of(const ir::RuleIr& rule, const ir::Sieve& sieve) {
  std::uint64_t values = 1;
  for (std::uint32_t i = sieve.first; i < sieve.end; ++i) values = product(values, most(rule.collections[i]));
  return empty_table(values, words(sieve.value));
}

}  // namespace bylaw::compiler::lowering
