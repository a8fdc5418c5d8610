#pragma once
// The value of a term, worked out directly: what folding uses, and what tests compare the virtual machine with.

#include <bylaw/compiler/decision_ir.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace bylaw::compiler::ir {

/// What is known of entities. The world of a constant knows nothing: each entity is below itself alone.
class World {
 public:
  virtual ~World() = default;
  /// The value of the attribute with this index among the fields of the entity's type; Absent if nothing is known.
  virtual Value attribute(const Value& entity, std::uint32_t field) const = 0;
  /// `lower` is `upper` or anywhere below it.
  virtual bool reaches(const Value& lower, const Value& upper) const = 0;
  virtual bool is_parent(const Value& child, const Value& parent) const = 0;
  /// The entity and all above it, nearest first.
  virtual std::vector<Value> lineage(const Value& entity) const = 0;
};
const World& empty_world();

/// Which entries of lists made a test hold, by list and row.
using EntryNotes = std::set<std::pair<ListId, std::uint32_t>>;

/// A list entry as it is not: what if it were not there, or lived at other times?
struct OtherEntry {
  ListId list;
  std::uint32_t row = 0;
  bool there = false;                        // else it is passed over
  std::optional<std::int64_t> since, until;  // of one that is there
};

struct Evaluation {
  const Program& program;
  const Terms& terms;
  const std::vector<ListIr>& lists;   // by ListId
  const std::vector<Value>& request;  // one a field of the decision, Absent where unset
  std::int64_t now = 0;               // microseconds; decides which entries are live
  const World& world;
  std::vector<Value> elements = {};       // of the enclosing loops, outermost first
  EntryNotes* notes = nullptr;            // if set, tests of lists go on to the last entry, and note those that hold
  const OtherEntry* other = nullptr;      // if set, that entry is as this says
  std::vector<TermId>* absent = nullptr;  // if set, what a Get found absent is noted there
};

Value evaluate(Evaluation& evaluation, TermId term);
/// An entry with these bounds is live.
bool is_live(std::optional<std::int64_t> since, std::optional<std::int64_t> until, std::int64_t now);
/// The rows of the list that are live at `now`, ascending: the elements of Rows.
std::vector<std::uint32_t> live_entries(const Evaluation& evaluation, ListId list);
/// What `requires` of the list asks of an entry (elaborate/lists.cpp); `entry`: its value.
bool meets_requirements(const Program& program, ListId list, const Row& row, const Value& entry);
/// Add, Subtract or Multiply; the result is of kind `type`.
Value fold_arithmetic(Op op, TypeKind type, std::int64_t a, std::int64_t b);
/// Count, Sum, Least or Greatest of a collection; numbers are of kind `type`.
Value fold_elements(Op op, TypeKind type, const Value& collection);
/// The text of a member (elaborate/text.cpp).
std::string spelling(const Program& program, const Type& type, const Value& member);
/// What a term of Terms::function gives; `b` of one with two operands alone.
/// The entry of a map with this key, or one of the key alone (elaborate/map.cpp).
Value entry_at(const Value& map, const Value& key);
Value fold_function(const Term& term, const Value& a, const Value& b);
/// The condition of a rule or guard; of a `for each` rule for the element in `elements[0]`.
bool holds(Evaluation& evaluation, const DecisionIr& decision, const Condition& condition);

}  // namespace bylaw::compiler::ir
