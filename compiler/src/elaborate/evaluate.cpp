#include <bylaw/compiler/decision_evaluate.h>

#include <algorithm>
#include <cassert>

namespace bylaw::compiler::ir {
namespace {

class EmptyWorld final : public World {
 public:
  Value attribute(const Value&, std::uint32_t) const override { return Value::absent(); }
  bool reaches(const Value& lower, const Value& upper) const override { return lower == upper; }
  bool is_parent(const Value&, const Value&) const override { return false; }
  std::vector<Value> lineage(const Value& entity) const override { return {entity}; }
};

bool has(const Value& collection, const Value& element) {
  return std::find(collection.items.begin(), collection.items.end(), element) != collection.items.end();
}

Value select(Evaluation& e, TermId id) {
  const Term& term = e.terms[id];
  const Value base = evaluate(e, e.terms.operand(id, 0));
  if (base.kind == ValueKind::Absent) return base;
  const EntityTypeId entity{term.c};
  if (!entity) return base.items[term.b];
  const Value value = base.entity_type == entity ? e.world.attribute(base, term.b) : Value::absent();
  // A required attribute of an entity of which nothing is known reads as zero, as in its zero row.
  const bool missing = value.kind == ValueKind::Absent && !e.program.is_optional(e.terms.field(id).type);
  return missing ? zero_value(e.program, e.terms.field(id).type) : value;
}

/// With other columns `since` and `until`.
Value redated(const Program& program, const OtherEntry& other, Value entry) {
  const List& list = program.lists[other.list];
  if (!list.row) return entry;
  const std::vector<Field>& fields = program.records[list.row].fields;
  for (std::size_t i = 0; i < fields.size() && i < entry.items.size(); ++i) {
    const auto& bound = fields[i].name == "since" ? other.since : other.until;
    if (fields[i].name == "since" || fields[i].name == "until")
      entry.items[i] = bound ? Value::number(ValueKind::Time, *bound) : Value::absent();
  }
  return entry;
}

Value live_rows(Evaluation& e, ListId list) {
  std::vector<Value> live;
  for (const std::uint32_t row : live_entries(e, list)) {
    const Value& entry = e.lists[list.index].values[row];
    const bool other = e.other != nullptr && e.other->list == list && e.other->row == row;
    live.push_back(other ? redated(e.program, *e.other, entry) : entry);
  }
  return Value::list(std::move(live));
}

bool entry_holds(const Evaluation& e, ListId list, const Value& value, const Value& entry) {
  const TypeKind kind = e.program.types[e.program.lists[list].element].kind;
  const bool ranges = kind == TypeKind::Cidr || kind == TypeKind::Versions;
  return ranges ? lies_in(value, entry) : value == entry;
}

bool listed(Evaluation& e, const Value& value, ListId list, bool directly) {
  bool found = false;
  for (const std::uint32_t row : live_entries(e, list)) {
    const Value& entry = e.lists[list.index].values[row];
    const bool climbs = !directly && value.kind == ValueKind::Entity;
    const bool holds = entry.kind == ValueKind::Pattern ? matches(value.text, entry)
                       : climbs                         ? e.world.reaches(value, entry)
                                                        : entry_holds(e, list, value, entry);
    if (!holds) continue;
    if (e.notes == nullptr) return true;
    e.notes->insert({list, row});
    found = true;
  }
  return found;
}

/// A loop's element, put back after it: a loop may stand in the body of another one of its level.
class Binding {
 public:
  Binding(Evaluation& e, std::uint32_t level) : e_(e), level_(level) {
    if (e.elements.size() <= level) e.elements.resize(level + 1);
    outer_ = e.elements[level];
  }
  ~Binding() { e_.elements[level_] = outer_; }
  Binding(const Binding&) = delete;
  Binding& operator=(const Binding&) = delete;

 private:
  Evaluation& e_;
  std::uint32_t level_;
  Value outer_;
};

bool any(Evaluation& e, TermId id) {
  const Term& term = e.terms[id];
  const Value collection = evaluate(e, e.terms.operand(id, 0));
  const Term& source = e.terms[e.terms.operand(id, 0)];
  const bool noting = e.notes != nullptr && source.op == Op::Rows;
  const Binding binding(e, term.c);
  bool found = false;
  for (std::size_t i = 0; i < collection.items.size() && (noting || !found); ++i) {
    e.elements[term.c] = collection.items[i];
    if (!evaluate(e, e.terms.operand(id, 1)).is_true()) continue;
    found = true;
    if (noting) e.notes->insert({ListId{source.a}, live_entries(e, ListId{source.a})[i]});
  }
  return found;
}

Value element_list(Evaluation& e, TermId id) {
  std::vector<Value> values;
  for (const TermId element : e.terms.elements(id)) values.push_back(evaluate(e, element));
  const bool is_set = e.terms.type_of(id).kind == TypeKind::Set;
  return is_set ? Value::set(std::move(values)) : Value::list(std::move(values));
}

Value flat(Evaluation& e, TermId id) {
  const Term& term = e.terms[id];
  const Value collection = evaluate(e, e.terms.operand(id, 0));
  const Binding binding(e, term.c);
  std::vector<Value> all;
  for (const Value& element : collection.items) {
    e.elements[term.c] = element;
    const Value inner = evaluate(e, e.terms.operand(id, 1));
    all.insert(all.end(), inner.items.begin(), inner.items.end());
  }
  return Value::list(std::move(all));
}

Value chain(Evaluation& e, TermId id) {
  std::vector<Value> all;
  for (const TermId part : e.terms.elements(id)) {
    const Value values = evaluate(e, part);
    all.insert(all.end(), values.items.begin(), values.items.end());
  }
  return Value::list(std::move(all));
}

bool includes(Evaluation& e, TermId id, const Value& a, const Value& b) {
  if (a.integer == kUnknownMember || b.integer == kUnknownMember) return false;
  const auto& closure = e.program.enums[e.terms.type_of(e.terms.operand(id, 0)).enum_id].closure;
  return closure[static_cast<std::size_t>(a.integer)][static_cast<std::size_t>(b.integer)];
}

}  // namespace

const World& empty_world() {
  static const EmptyWorld world;
  return world;
}

Value fold_arithmetic(Op op, TypeKind type, std::int64_t a, std::int64_t b) {
  const ValueKind kind = type == TypeKind::Int       ? ValueKind::Int
                         : type == TypeKind::Time    ? ValueKind::Time
                         : type == TypeKind::Decimal ? ValueKind::Decimal
                                                     : ValueKind::Duration;
  const std::int64_t result = op == Op::Add        ? saturated::add(kind, a, b)
                              : op == Op::Subtract ? saturated::subtract(kind, a, b)
                                                   : saturated::multiply(kind, a, b);
  return Value::number(kind, result);
}

bool is_live(std::optional<std::int64_t> since, std::optional<std::int64_t> until, std::int64_t now) {
  return (!since || now >= *since) && (!until || now < *until);
}

std::vector<std::uint32_t> live_entries(const Evaluation& evaluation, ListId list) {
  std::vector<std::uint32_t> live;
  const auto& rows = evaluation.program.lists[list].rows;
  const OtherEntry* const other =
      evaluation.other != nullptr && evaluation.other->list == list ? evaluation.other : nullptr;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const bool changed = other != nullptr && other->row == i;
    const bool is_there = changed ? other->there && is_live(other->since, other->until, evaluation.now)
                                  : is_live(rows[i].since, rows[i].until, evaluation.now);
    if (is_there) live.push_back(i);
  }
  return live;
}

Value evaluate(Evaluation& e, TermId id) {
  const Term& term = e.terms[id];
  const auto at = [&](unsigned field) { return evaluate(e, e.terms.operand(id, field)); };
  const auto holds_at = [&](unsigned field) { return at(field).is_true(); };
  switch (term.op) {
    case Op::Constant: return e.terms.value(id);
    case Op::Request: return e.request[term.a];
    case Op::Element: return e.elements[term.a];
    case Op::Select: return select(e, id);
    case Op::Get: {
      Value value = at(0);
      if (value.kind != ValueKind::Absent) return value;
      if (e.absent) e.absent->push_back(e.terms.operand(id, 0));
      return zero_value(e.program, term.type);
    }
    case Op::IsSet: return Value::boolean(at(0).kind != ValueKind::Absent);
    case Op::If: return holds_at(0) ? at(1) : at(2);
    case Op::Not: return Value::boolean(!holds_at(0));
    case Op::And: return Value::boolean(holds_at(0) && holds_at(1));
    case Op::Or: return Value::boolean(holds_at(0) || holds_at(1));
    case Op::Equal: return Value::boolean(at(0) == at(1));
    case Op::Less: return Value::boolean(comes_before(at(0), at(1)));
    case Op::Inside: return Value::boolean(lies_in(at(0), at(1)));
    case Op::Contains: return Value::boolean(has(at(1), at(0)));
    case Op::Includes: return Value::boolean(includes(e, id, at(0), at(1)));
    case Op::IsType: {
      const auto& types = e.terms.types(id);
      return Value::boolean(std::find(types.begin(), types.end(), at(0).entity_type) != types.end());
    }
    case Op::IsUnknown: return Value::boolean(at(0).integer == kUnknownMember);
    case Op::IsEmpty: return Value::boolean(at(0).items.empty());
    case Op::Reach: return Value::boolean(e.world.reaches(at(0), at(1)));
    case Op::ReachAny: {
      const Value lower = at(0);
      const Value uppers = at(1);
      return Value::boolean(std::any_of(uppers.items.begin(), uppers.items.end(),
                                        [&](const Value& upper) { return e.world.reaches(lower, upper); }));
    }
    case Op::Parent: return Value::boolean(e.world.is_parent(at(0), at(1)));
    case Op::Lineage: {
      const Value entity = at(0);
      return entity.kind == ValueKind::Absent ? Value::absent() : Value::list(e.world.lineage(entity));
    }
    case Op::Listed: return Value::boolean(listed(e, at(0), ListId{term.b}, false));
    case Op::ListedDirectly: return Value::boolean(listed(e, at(0), ListId{term.b}, true));
    case Op::Rows: return live_rows(e, ListId{term.a});
    case Op::Any: return Value::boolean(any(e, id));
    case Op::Lookup: return entry_at(at(0), at(1));
    case Op::Matches: return Value::boolean(matches(at(0).text, at(1)));
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply: return fold_arithmetic(term.op, e.terms.type_of(id).kind, at(0).integer, at(1).integer);
    case Op::Negate: {
      const Value value = at(0);
      return Value::number(value.kind, saturated::negate(value.integer));
    }
    case Op::Elements: return element_list(e, id);
    case Op::Flat: return flat(e, id);
    case Op::Chain: return chain(e, id);
    case Op::Spelling: return Value::string(spelling(e.program, e.terms.type_of(e.terms.operand(id, 0)), at(0)));
    case Op::Compose: {
      std::string text;
      for (const TermId piece : e.terms.elements(id)) text += evaluate(e, piece).text;
      return Value::string(std::move(text));
    }
    case Op::Distinct: return Value::set(at(0).items);
    case Op::Count:
    case Op::Sum:
    case Op::Least:
    case Op::Greatest:
      return fold_elements(term.op, e.program.types[e.program.without_optional(term.type)].kind, at(0));
    case Op::ToDecimal:
    case Op::Calendar:
    case Op::Weekday:
    case Op::Lower:
    case Op::Fold:
    case Op::Id:
    case Op::Digits:
    case Op::Length:
    case Op::Integer:
    case Op::Quantity: return fold_function(term, at(0), {});
    case Op::Part:
    case Op::HasPart:
    case Op::StartsWith:
    case Op::EndsWith:
    case Op::Min:
    case Op::Max:
    case Op::Divide:
    case Op::Modulo:
    case Op::AddMonths: return fold_function(term, at(0), at(1));
  }
  assert(!"every term has a value");
  return {};
}

namespace {

bool holds_from(Evaluation& e, const DecisionIr& decision, const Condition& condition, std::size_t index) {
  const Node& node = condition[index];
  switch (node.kind) {
    case NodeKind::True: return true;
    case NodeKind::False: return false;
    case NodeKind::Leaf: return evaluate(e, decision.occurrences[node.occurrence].term).is_true();
    case NodeKind::Not: return !holds_from(e, decision, condition, index + 1);
    case NodeKind::And:
    case NodeKind::Or: break;
  }
  const bool deciding = node.kind == NodeKind::Or;
  bool result = !deciding;
  each_child(condition, index, [&](std::size_t child) {
    if (result != deciding) result = holds_from(e, decision, condition, child);
  });
  return result;
}

}  // namespace

bool holds(Evaluation& evaluation, const DecisionIr& decision, const Condition& condition) {
  return condition.empty() || holds_from(evaluation, decision, condition, 0);
}

}  // namespace bylaw::compiler::ir
