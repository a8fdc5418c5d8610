// The store of terms: equal terms have one id. What the functions fold is in fold.cpp.

#include <algorithm>
#include <cassert>
#include <set>

#include <bylaw/compiler/decision_ir.h>

namespace bylaw::compiler::ir {
namespace {

constexpr OpInfo kInfos[] = {
#define BYLAW_TERM(name, text, a, b, c, meaning) {text, {FieldUse::a, FieldUse::b, FieldUse::c}, meaning},
#include <bylaw/compiler/decision_ops.def>
#undef BYLAW_TERM
};

constexpr std::uint32_t kExternal = 0x80000000;

/// Levels beyond what the mask holds count as external: such a loop is never folded.
std::uint32_t level_bit(std::uint32_t level) {
  return level < 31 ? 1U << level : kExternal;
}

bool reads_outside(Op op) {
  switch (op) {
    case Op::Request:
    case Op::Reach:
    case Op::ReachAny:
    case Op::Parent:
    case Op::Lineage:
    case Op::Listed:
    case Op::ListedDirectly:
    case Op::Rows: return true;
    case Op::Constant:
    case Op::Element:
    case Op::Select:
    case Op::Get:
    case Op::IsSet:
    case Op::If:
    case Op::Not:
    case Op::And:
    case Op::Or:
    case Op::Equal:
    case Op::Less:
    case Op::Contains:
    case Op::Includes:
    case Op::IsType:
    case Op::IsUnknown:
    case Op::IsEmpty:
    case Op::Any:
    case Op::Matches:
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::Negate:
    case Op::Elements:
    case Op::Min:
    case Op::Max:
    case Op::Divide:
    case Op::Modulo:
    case Op::Inside:
    case Op::ToDecimal:
    case Op::AddMonths:
    case Op::Calendar:
    case Op::Weekday:
    case Op::Lookup:
    case Op::Lower:
    case Op::Fold:
    case Op::HasPart:
    case Op::StartsWith:
    case Op::EndsWith:
    case Op::Length:
    case Op::Flat:
    case Op::Chain:
    case Op::Distinct:
    case Op::Count:
    case Op::Sum:
    case Op::Least:
    case Op::Greatest:
    case Op::Spelling:
    case Op::Id:
    case Op::Digits:
    case Op::Compose:
    case Op::Part:
    case Op::Integer:
    case Op::Quantity: return false;
  }
  return true;
}

template <class T>
std::uint32_t intern(std::vector<T>& all, std::map<T, std::uint32_t>& known, T value) {
  const auto [place, added] = known.try_emplace(value, static_cast<std::uint32_t>(all.size()));
  if (added) all.push_back(std::move(value));
  return place->second;
}

}  // namespace

const OpInfo& info(Op op) {
  return kInfos[static_cast<std::size_t>(op)];
}

std::size_t Terms::Hash::operator()(const Term& term) const {
  std::uint64_t hash = static_cast<std::uint64_t>(term.op) << 32 | term.type.index;
  for (const std::uint32_t field : {term.a, term.b, term.c}) hash = (hash ^ field) * 0x9e3779b97f4a7c15 + (hash >> 29);
  return hash;
}

Terms::Terms(const Program& program) : program_(&program) {
  for (std::uint32_t i = 0; i < program.types.size(); ++i)
    if (program.types[TypeId{i}].kind == TypeKind::Bool) bool_type_ = {i};
}

TermId Terms::operand(TermId id, unsigned field) const {
  const Term& term = terms_[id];
  assert(info(term.op).fields[field] == FieldUse::Term);
  return {field == 0 ? term.a : field == 1 ? term.b : term.c};
}

const Value& Terms::value(TermId id) const {
  assert(terms_[id].op == Op::Constant);
  return values_[terms_[id].a];
}

const Value* Terms::constant_of(TermId id) const {
  return terms_[id].op == Op::Constant ? &value(id) : nullptr;
}

std::optional<bool> Terms::known(TermId id) const {
  const Value* constant = constant_of(id);
  if (!constant || constant->kind != ValueKind::Bool) return std::nullopt;
  return constant->is_true();
}

const Type& Terms::type_of(TermId id) const {
  return program_->types[terms_[id].type];
}

const Field& Terms::field(TermId id) const {
  const Term& term = terms_[id];
  assert(term.op == Op::Select);
  if (const EntityTypeId entity{term.c}) return program_->entities[entity].fields[term.b];
  const TypeId base = program_->without_optional(type(operand(id, 0)));
  return program_->records[program_->types[base].record].fields[term.b];
}

bool Terms::closed(TermId id, std::uint32_t levels) const {
  std::uint32_t mask = kExternal;
  for (std::uint32_t level = 0; level < levels; ++level) mask |= level_bit(level);
  return (free_[id.index] & mask) == 0;
}

bool Terms::reads_element(TermId id, std::uint32_t level) const {
  return (free_[id.index] & level_bit(level)) != 0;
}

std::uint32_t Terms::words_of_part(const Term& term) const {
  switch (term.op) {
    case Op::Get: return terms_[TermId{term.a}].op == Op::Part ? part_words_[term.a] : 0;
    case Op::If: return std::max(part_words_[term.b], part_words_[term.c]);
    case Op::Compose: {
      const auto pieces = static_cast<std::uint32_t>(term_lists_[term.a].size());
      return format::words_of_pieces(std::min(pieces, format::kMostPieces));  // more are told when it is lowered
    }
    case Op::Part: {
      const bool read = is_read_text(TermId{term.a});
      return std::max<std::uint32_t>(2, part_words_[read ? terms_[TermId{term.a}].a : term.a]);
    }
    default: return 0;
  }
}

TermId Terms::add(Term term) {
  if (const auto found = known_terms_.find(term); found != known_terms_.end()) return found->second;
  std::uint32_t free = reads_outside(term.op) ? kExternal : 0;
  const std::uint32_t fields[] = {term.a, term.b, term.c};
  for (unsigned i = 0; i < 3; ++i)
    if (info(term.op).fields[i] == FieldUse::Term) free |= free_[fields[i]];
  if (term.op == Op::Element) free |= level_bit(term.a);
  if (term.op == Op::Elements || term.op == Op::Chain || term.op == Op::Compose)
    for (const TermId element : term_lists_[term.a]) free |= free_[element.index];
  if (term.op == Op::Any || term.op == Op::Flat)
    free = free_[term.a] | (free_[term.b] & ~(level_bit(term.c) & ~kExternal));
  const TermId id = terms_.add(term);
  known_terms_.emplace(term, id);
  free_.push_back(free);
  part_words_.push_back(static_cast<std::uint8_t>(words_of_part(term)));
  return id;
}

TermId Terms::bool_term(Op op, TermId a, TermId b, std::uint32_t c) {
  assert(bool_type_);
  const Term term{op, bool_type_, a.index, b ? b.index : 0, c};
  return add(term);
}

std::uint32_t Terms::intern_list(std::vector<TermId> terms) {
  return intern(term_lists_, known_term_lists_, std::move(terms));
}

TermId Terms::constant(Value value, TypeId type) {
  return add({Op::Constant, type, intern(values_, known_values_, std::move(value))});
}

TermId Terms::boolean(bool value) {
  return constant(Value::boolean(value), bool_type_);
}

TermId Terms::request(std::uint32_t field, TypeId type) {
  return add({Op::Request, type, field});
}

TermId Terms::element(std::uint32_t level, TypeId type) {
  return add({Op::Element, type, level});
}

TermId Terms::with_operand(TermId id, unsigned field, TermId operand) {
  Term term = terms_[id];
  if (term.op == Op::Not) return negation(operand);
  if (term.op == Op::Elements) {
    std::vector<TermId> elements = term_lists_[term.a];
    elements[field] = operand;
    return element_list(std::move(elements), term.type);
  }
  (field == 0 ? term.a : field == 1 ? term.b : term.c) = operand.index;
  return add(term);
}

TermId Terms::element_list(std::vector<TermId> elements, TypeId type) {
  const bool is_set = program_->types[type].kind == TypeKind::Set;
  std::vector<Value> values;
  for (const TermId element : elements)
    if (const Value* value = constant_of(element)) values.push_back(*value);
  if (values.size() == elements.size())
    return constant(is_set ? Value::set(std::move(values)) : Value::list(std::move(values)), type);
  if (is_set) {
    std::set<TermId> seen;
    std::erase_if(elements, [&](TermId element) { return !seen.insert(element).second; });
  }
  return add({Op::Elements, type, intern_list(std::move(elements))});
}

}  // namespace bylaw::compiler::ir
