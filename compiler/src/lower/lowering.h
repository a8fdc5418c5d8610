#pragma once
// One block of code from terms and conditions, by families: test.cpp (choices and comparisons), set.cpp, entity.cpp
// (hierarchy, attributes, lists), loop.cpp, value.cpp (where values lie, arithmetic), function.cpp, condition.cpp
// (skeletons). A test is made with two labels and goes to one of them; no truth value is built where nobody asks for
// one.

#include <bylaw/compiler/decision_ir.h>

#include <functional>

#include "lower/block.h"
#include "lower/constants.h"
#include "lower/types.h"

namespace bylaw::compiler::lowering {

/// What all blocks of one policy share.
struct Scope {
  const Program& program;
  const ir::DecisionIr& ir;
  Types& types;
  Window& window;
  const std::vector<std::uint32_t>& lists;  // by ListId: the index in the bundle
  std::uint32_t first_occurrence = 0;       // of the decision, in Occurrences
};

/// Where a value lies: its first word, and of a record where the bits of its shape begin.
struct Place {
  unsigned base = 0;
  std::uint32_t slot = 0;
  std::uint32_t bits = 0;
  std::uint16_t operand() const { return format::operand(base, slot); }
};

/// As instructions say the type of a number.
format::Arithmetic arithmetic_kind(TypeKind kind);

class Lowering {
 public:
  explicit Lowering(const Scope& scope);

  /// A rule's or guard's condition: ends in `hold` or `end`.
  void condition(const ir::Condition& condition);
  /// Of a `for each` rule: ends in `find` for each element that meets it.
  void for_each(const ir::RuleIr& rule);
  /// One condition alone, for explaining.
  void leaf(ir::TermId term);
  /// A value: ends in `give`.
  void give(ir::TermId term);
  /// Says that bases from 1 on are bound to elements of these collection types from the start.
  void bound_elements(const std::vector<std::uint32_t>& collection_types);

  const Block& block() const { return block_; }

 private:
  struct Element {
    unsigned base = 0;
    std::uint32_t type = format::kNone;
    std::uint32_t slot = 0;  // of a scalar
  };
  using Label = lowering::Label;
  /// A table in scratch memory; those that a block uses at one time lie one after the other.
  struct Table {
    std::uint32_t first = 0;
    std::uint16_t size = 0;
  };

  // condition.cpp
  void node(const ir::Condition& condition, std::size_t index, Label t, Label f);
  void join(const ir::Condition& condition, std::size_t index, Label t, Label f);
  void find(const ir::Condition& condition);
  Table table_of(const ir::RuleIr& rule, const ir::Sieve& sieve);
  void sift(const ir::Sieve& sieve, const Table& table, Label next);
  std::optional<bool> known(const ir::Condition& condition, std::size_t index) const;
  void outcome(bool holds);

  // test.cpp
  void test(ir::TermId id, Label t, Label f);
  void test_if(ir::TermId id, Label t, Label f);
  void equal(ir::TermId id, Label t, Label f);
  void inside(ir::TermId a, ir::TermId b, Label t, Label f);
  void both(format::Op op, ir::TermId a, ir::TermId b, std::uint32_t imm, Label t, Label f);
  bool within(ir::TermId id, Label t, Label f);

  // set.cpp
  void contains(ir::TermId element, ir::TermId collection, Label t, Label f);
  void is_empty(ir::TermId collection, Label t, Label f);
  void equal_sets(ir::TermId a, ir::TermId b, Label t, Label f);
  bool compare_sets(format::Op masks, format::Op collections, ir::TermId a, ir::TermId b, Label t, Label f);
  std::uint32_t enum_of(ir::TermId term) const;
  bool has_wide_elements(ir::TermId collection) const;

  // text.cpp
  struct Text {
    ir::TermId term;
    format::TextMode mode;
  };
  Text text(ir::TermId id) const;
  void matches(ir::TermId id, Label t, Label f);
  void two_texts(format::Op op, ir::TermId id, Label t, Label f);
  std::uint16_t compose(ir::TermId id);
  void piece(ir::TermId piece, std::uint16_t dst);

  // entity.cpp
  void listed(ir::TermId id, Label t, Label f);
  unsigned row(ir::TermId entity, EntityTypeId type);

  // map.cpp
  Place lookup(ir::TermId id);

  // rows.cpp
  bool is_rows(ir::TermId term) const { return terms_[term].op == ir::Op::Rows; }
  std::uint16_t instant_of(ListId list) const;
  std::size_t open_rows(ir::TermId rows, std::uint32_t level);
  void no_rows(ir::TermId rows, Label t, Label f);

  // loop.cpp
  void any(ir::TermId id, Label t, Label f);
  bool any_at_once(ir::TermId collection, ir::TermId body, std::uint32_t level, Label t, Label f);
  bool is_element(ir::TermId term, std::uint32_t level) const;
  std::size_t open(ir::TermId collection, std::uint32_t level);
  std::size_t open_chain(ir::TermId chain, std::uint32_t level);
  void bind_element(std::uint32_t level, const Element& element);

  // fold.cpp
  /// One element of what is gone through: a term, or where it lies.
  struct Item {
    ir::TermId term;
    std::uint16_t place = 0;
  };
  using Visit = std::function<void(const Item&)>;
  std::uint16_t fold(ir::TermId id);
  std::uint16_t count(ir::TermId id);
  std::uint16_t sum(ir::TermId id);
  std::uint16_t extreme(ir::TermId id, std::uint16_t* found);
  void take_extreme(ir::TermId id, std::uint16_t result, std::uint16_t element);
  void go_through(ir::TermId collection, const Visit& visit);
  void go_through_if(ir::TermId collection, const Visit& visit);
  void go_through_flat(ir::TermId collection, const Visit& visit);
  void go_through_distinct(ir::TermId collection, const Visit& visit);
  void go_through_place(ir::TermId collection, std::uint32_t level, const std::function<void()>& body);
  std::uint16_t item_value(const Item& item);
  std::uint64_t most(ir::TermId collection) const;
  std::uint64_t most_of_type(ir::TermId collection) const;
  bool has_place(ir::TermId collection) const;
  Table empty_table(std::uint64_t values, std::uint32_t words);
  void leave_table(const Table& table) { scratch_ = table.first; }
  void fresh(const Table& table, std::uint16_t value, Label t, Label f);
  std::uint16_t constant_word(Value value, TypeId type);
  void skip_to(Label label);

  // value.cpp
  std::uint16_t value(ir::TermId id);
  Place place(ir::TermId id);
  Place select(ir::TermId id);
  Place constant(ir::TermId id);
  std::uint16_t present(ir::TermId id);
  std::uint16_t choose(ir::TermId id);
  std::uint16_t truth(ir::TermId id);
  std::uint16_t compute(ir::TermId id);

  // function.cpp
  std::uint16_t function(ir::TermId id);
  bool is_function(ir::TermId id) const;
  std::uint16_t argument(ir::TermId id, unsigned field);
  std::uint16_t attempt(ir::TermId id, Label t, Label f);
  std::uint16_t attempt_part(ir::TermId id, Label t, Label f);
  std::uint16_t given(ir::TermId id);
  std::uint32_t type(ir::TermId id) const { return scope_.types.type(terms_.type(id)); }
  std::uint32_t words(ir::TermId id) const {
    return terms_.is_part(id) ? terms_.part_words(id) : scope_.types.record(type(id)).words;
  }

  const Scope& scope_;
  const ir::Terms& terms_;
  Block block_;
  std::vector<Element> elements_;  // by level
  std::uint32_t scratch_ = 0;      // words of the scratch memory that are in use
};

}  // namespace bylaw::compiler::lowering
