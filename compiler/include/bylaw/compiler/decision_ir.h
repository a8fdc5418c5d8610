#pragma once
// The decision IR: what a checked program decides, per decision, with everything that is only writing taken away. Defs,
// lets and consts are substituted, constants folded, narrower constructs worded with wider ones. Lowering reads it, and
// so does whatever reasons about policies; nothing analyses bytecode.
//
// Two halves: *terms* are hash-consed values, so that equal things are one thing; *conditions* are the And/Or/Not
// skeleton of a rule as it was written, whose leaves are occurrences of terms with their places in the source.

#include <bylaw/compiler/decision_value.h>
#include <bylaw/compiler/typed_tree.h>
#include <bylaw/grammar/diagnostic.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace bylaw::compiler::ir {

enum class Op : std::uint16_t {
#define BYLAW_TERM(name, text, a, b, c, meaning) name,
#include <bylaw/compiler/decision_ops.def>
#undef BYLAW_TERM
};

enum class FieldUse : std::uint8_t { Unused, Number, Term };

struct OpInfo {
  const char* name;
  FieldUse fields[3];
  const char* meaning;
};
const OpInfo& info(Op op);

struct Term {
  Op op = Op::Constant;
  TypeId type;
  std::uint32_t a = 0, b = 0, c = 0;  // as `info(op)` says
  friend bool operator==(const Term&, const Term&) = default;
};
using TermId = Id<Term>;

/// All terms of one decision. Each function gives the term with that meaning, folded as far as its operands are
/// constants; arithmetic is never reassociated.
class Terms {
 public:
  explicit Terms(const Program& program);

  const Term& operator[](TermId id) const { return terms_[id]; }
  std::uint32_t size() const { return terms_.size(); }
  TermId operand(TermId id, unsigned field) const;
  const Value& value(TermId id) const;  // of a Constant
  const Value* constant_of(TermId id) const;
  std::optional<bool> known(TermId id) const;  // of a Bool constant
  const std::vector<TermId>& elements(TermId id) const {
    return term_lists_[terms_[id].a];
  }  // of Elements, Chain, Compose
  const std::vector<EntityTypeId>& types(TermId id) const { return type_lists_[terms_[id].b]; }  // of IsType
  TypeId type(TermId id) const { return terms_[id].type; }
  TypeId bool_type() const { return bool_type_; }
  const Type& type_of(TermId id) const;
  /// The field that a Select reads.
  const Field& field(TermId id) const;
  /// Depends on no request, world or list, and on no enclosing loop at a level below `levels`.
  bool closed(TermId id, std::uint32_t levels) const;
  /// Reads Element `level`.
  bool reads_element(TermId id, std::uint32_t level) const;

  TermId constant(Value value, TypeId type);
  TermId boolean(bool value);
  TermId request(std::uint32_t field, TypeId type);
  TermId element(std::uint32_t level, TypeId type);
  /// `entities`: the types that the base can have here, which narrowing may have made fewer; none for a record.
  TermId select(TermId base, const std::vector<EntityTypeId>& entities, const std::string& field, TypeId type);
  TermId get(TermId a);
  TermId is_set(TermId a);
  TermId choose(TermId condition, TermId then, TermId otherwise);
  TermId negation(TermId a);
  TermId both(TermId a, TermId b);
  TermId either(TermId a, TermId b);
  TermId equal(TermId a, TermId b);
  TermId less(TermId a, TermId b);
  TermId contains(TermId element, TermId collection);
  TermId includes(TermId a, TermId b);
  TermId inside(TermId a, TermId b);
  TermId is_type(TermId a, std::vector<EntityTypeId> types);
  TermId is_unknown(TermId a);
  TermId is_empty(TermId a);
  TermId reach(TermId a, TermId b);
  TermId reach_any(TermId a, TermId collection);
  TermId parent(TermId a, TermId b);
  TermId lineage(TermId a, TypeId type);
  TermId listed(TermId a, ListId list, bool directly);
  TermId rows(ListId list, TypeId type);
  TermId any(TermId collection, TermId body, std::uint32_t level);
  TermId matches(TermId text, TermId pattern);
  TermId arithmetic(Op op, TermId a, TermId b, TypeId type);
  TermId negate(TermId a);
  /// A function of one or two values that reads nothing else; `b` may be none.
  TermId function(Op op, TermId a, TermId b, TypeId type, std::uint32_t c = 0);
  /// What a map that is not optional has at a key: an optional value.
  TermId lookup(TermId map, TermId key);
  /// The key of an entry of a map.
  TermId key_of(TermId entry);
  TermId element_list(std::vector<TermId> elements, TypeId type);
  /// Texts, one behind the other; each a String, a part, or what Spelling, Id and Digits give.
  TermId spelling(TermId member, TypeId type) { return add({Op::Spelling, type, member.index}); }
  TermId compose(const std::vector<TermId>& pieces, TypeId type);

  /// The term with another operand in that field (of Elements: another element), otherwise as it is: what mutation
  /// makes. Nothing is folded but a double negation.
  TermId with_operand(TermId id, unsigned field, TermId operand);

  /// What `lower` or `fold` reads, which only a test or a message may hold.
  bool is_read_text(TermId id) const;
  /// A part of a text, or texts put together, or on some path one: it lies in registers.
  bool is_part(TermId id) const { return part_words(id) != 0; }
  /// How many of them; 0 of all others.
  std::uint32_t part_words(TermId id) const { return part_words_[id.index]; }

  // --- collections that are only consumed (elaborate/fold_collections.cpp); `type` says what their elements are ---

  /// One value as a collection.
  TermId single(TermId value, TypeId type);
  TermId no_elements(TypeId type);
  TermId flat(TermId collection, TermId inner, std::uint32_t level, TypeId type);
  /// Collections with a place in memory, and such as are written out of terms.
  TermId chain(std::vector<TermId> collections, TypeId type);
  TermId distinct(TermId collection, TypeId type);
  /// Count, Sum, Least or Greatest.
  TermId fold(Op op, TermId collection, TypeId type);

  /// True of a collection that is written out of terms (on some branch of an `if`): it has no place in memory.
  bool split(TermId collection) const;

 private:
  TermId add(Term term);
  std::uint32_t words_of_part(const Term& term) const;
  std::uint32_t intern_list(std::vector<TermId> terms);
  TermId bool_term(Op op, TermId a, TermId b = {}, std::uint32_t c = 0);
  TermId select_one(TermId base, EntityTypeId entity, const std::string& field, TypeId type);
  TermId fold_any(TermId collection, TermId body, std::uint32_t level);
  TermId choose_read_text(TermId condition, TermId then, TermId otherwise);
  bool is_zero_default(TermId condition, TermId then, TermId otherwise) const;
  template <class Make>
  TermId over_branches(TermId term, Make make);

  const Program* program_;
  TypeId bool_type_;
  Store<Term> terms_;
  struct Hash {
    std::size_t operator()(const Term& term) const;
  };
  std::unordered_map<Term, TermId, Hash> known_terms_;
  std::vector<std::uint8_t> part_words_;  // by term
  std::vector<std::uint32_t> free_;       // by term: bit i: reads Element i; top bit: reads request, world or list
  std::vector<Value> values_;
  std::map<Value, std::uint32_t> known_values_;
  std::vector<std::vector<TermId>> term_lists_;
  std::map<std::vector<TermId>, std::uint32_t> known_term_lists_;
  std::vector<std::vector<EntityTypeId>> type_lists_;
  std::map<std::vector<EntityTypeId>, std::uint32_t> known_type_lists_;
};

/// One condition where it counts.
struct Occurrence {
  TermId term;
  std::string path;  // structural: child numbers in the skeleton, "1.0"; empty for the root
  Span use;          // where the condition counts: in the rule or guard
  Span definition;   // where it is written: the same, or inside a def, let or const
};
using OccurrenceId = Id<Occurrence>;

enum class NodeKind : std::uint8_t { True, False, Leaf, Not, And, Or };

/// A condition in preorder: `subtree` nodes from here are this one and all below it.
struct Node {
  NodeKind kind;
  std::uint32_t subtree = 1;
  OccurrenceId occurrence;  // of Leaf
};
using Condition = std::vector<Node>;  // empty: holds always

/// Calls `visit` with the index of each child of the node at `index`.
template <class Visit>
void each_child(const Condition& condition, std::size_t index, Visit visit) {
  const std::size_t end = index + condition[index].subtree;
  for (std::size_t child = index + 1; child < end; child += condition[child].subtree) visit(child);
}

struct MessagePart {
  std::string text;
  TermId value;         // optional
  bool secret = false;  // prints ***
};
struct Message {
  std::vector<MessagePart> parts;
};

/// Of a `for each` through `{e for B where c}`: its loops are B, and each value counts once.
struct Sieve {
  std::uint32_t first = 0;         // of B, among the rule's collections
  std::uint32_t end = 0;           // behind the last of B
  std::vector<TermId> conditions;  // c; no leaves of their own: they stand in the rule's condition too
  TermId value;                    // e
};

struct RuleIr {
  RuleId rule;
  Condition condition;
  std::vector<TermId> collections;  // of `for each`, outermost first: the element of number i is Element i
  std::vector<Sieve> sieves;        // ascending by `end`
  std::uint32_t obligation = 0;     // of Oblige: index into the decision's obligations
  TermId value;                     // of Oblige
  std::optional<Message> message;
};

struct PolicyIr {
  PolicyId policy;
  Condition guard;
  std::vector<RuleIr> rules;  // ascending by name
};

struct DecisionIr {
  DecisionIr(const Program& program, DecisionId id) : decision(id), terms(program) {}

  DecisionId decision;
  Terms terms;
  Store<Occurrence> occurrences;
  std::optional<std::uint32_t> now;  // the field `now: Time`
  std::vector<PolicyIr> policies;    // ascending by (module, name)
  std::optional<Message> default_message;
};

/// The rows of one list, in source order.
struct ListIr {
  std::vector<Value> values;
};

struct ProgramIr {
  std::vector<DecisionIr> decisions;  // ascending by qualified name
  std::vector<ListIr> lists;          // by ListId
};

/// A checked program to its IR. Reports budgets that are exceeded and list rows that break their list's `requires`; the
/// result is complete only if nothing was reported.
ProgramIr elaborate(const Program& program, grammar::Diagnostics& diagnostics);

/// The IR as text, for golden files and debugging.
std::string print_ir(const Program& program, const ProgramIr& ir);
/// A value as its literal is written.
std::string print_value(const Program& program, const Value& value, TypeId type);
std::string print_term(const Program& program, const Terms& terms, TermId term);

}  // namespace bylaw::compiler::ir
