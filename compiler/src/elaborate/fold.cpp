// What the terms' functions fold. Each rule here must hold for every value there can be: arithmetic saturates, so it is
// not associative and is folded on constants alone.

#include <algorithm>
#include <cassert>

#include <bylaw/compiler/decision_evaluate.h>

namespace bylaw::compiler::ir {

/// `make` of both branches of an If.
template <class Make>
TermId Terms::over_branches(TermId term, Make make) {
  const TermId condition = operand(term, 0), then = operand(term, 1), otherwise = operand(term, 2);
  const TermId made = make(then);
  return choose(condition, made, make(otherwise));
}

/// True of a collection that has no place in memory on some branch: its consumer is moved into the branches.
bool Terms::split(TermId collection) const {
  if (terms_[collection].op == Op::Elements) return true;
  return terms_[collection].op == Op::If && (split(operand(collection, 1)) || split(operand(collection, 2)));
}

TermId Terms::select(TermId base, const std::vector<EntityTypeId>& entities, const std::string& field, TypeId type) {
  if (terms_[base].op == Op::If)
    return over_branches(base, [&](TermId branch) { return select(branch, entities, field, type); });
  if (entities.empty()) return select_one(base, {}, field, type);
  TermId result = select_one(base, entities.back(), field, type);
  for (std::size_t i = entities.size() - 1; i-- > 0;)
    result = choose(is_type(get(base), {entities[i]}), select_one(base, entities[i], field, type), result);
  return result;
}

TermId Terms::select_one(TermId base, EntityTypeId entity, const std::string& field, TypeId type) {
  const Type& t = program_->types[program_->without_optional(terms_[base].type)];
  const auto& fields = entity ? program_->entities[entity].fields : program_->records[t.record].fields;
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == field; });
  assert(found != fields.end());
  const auto index = static_cast<std::uint32_t>(found - fields.begin());
  if (const Value* value = constant_of(base); value && !entity)
    return constant(value->kind == ValueKind::Absent ? Value::absent() : value->items[index], type);
  return add({Op::Select, type, base.index, index, entity.index});
}

TermId Terms::get(TermId a) {
  if (!program_->is_optional(terms_[a].type)) return a;
  const TypeId type = program_->types[terms_[a].type].element;
  if (const Value* value = constant_of(a))
    return constant(value->kind == ValueKind::Absent ? zero_value(*program_, type) : *value, type);
  if (terms_[a].op == Op::If) {
    // `made if its argument is set, else absent`: asked for where it is known to be set.
    const Value* otherwise = constant_of(operand(a, 2));
    if (otherwise && otherwise->kind == ValueKind::Absent) return get(operand(a, 1));
    return over_branches(a, [&](TermId branch) { return get(branch); });
  }
  if (terms_[a].op == Op::Part && is_read_text(operand(a, 0))) {
    const Op reading = terms_[operand(a, 0)].op;
    return function(reading, add({Op::Get, type, a.index}), {}, type);
  }
  if (terms_[a].op == Op::Select && !program_->is_optional(field(a).type)) {
    const TermId base = get(operand(a, 0));
    return add({Op::Select, type, base.index, terms_[a].b, terms_[a].c});
  }
  if (terms_[a].op == Op::Lineage) return lineage(get(operand(a, 0)), type);
  return add({Op::Get, type, a.index});
}

TermId Terms::is_set(TermId a) {
  if (!program_->is_optional(terms_[a].type)) return boolean(true);
  if (const Value* value = constant_of(a)) return boolean(value->kind != ValueKind::Absent);
  if (terms_[a].op == Op::If) return over_branches(a, [&](TermId branch) { return is_set(branch); });
  if (terms_[a].op == Op::Select && !program_->is_optional(field(a).type)) return is_set(operand(a, 0));
  if (terms_[a].op == Op::Lineage) return is_set(operand(a, 0));
  return bool_term(Op::IsSet, a);
}

/// `p ?? zero`: what `get` reads anyway.
bool Terms::is_zero_default(TermId condition, TermId then, TermId otherwise) const {
  const Value* value = constant_of(otherwise);
  return value && terms_[condition].op == Op::IsSet && terms_[then].op == Op::Get &&
         operand(condition, 0) == operand(then, 0) && value->kind != ValueKind::Entity &&
         *value == zero_value(*program_, terms_[then].type);
}

TermId Terms::choose(TermId condition, TermId then, TermId otherwise) {
  if (then == otherwise) return then;
  if (const auto value = known(condition)) return *value ? then : otherwise;
  if (is_zero_default(condition, then, otherwise)) return then;
  if (terms_[condition].op == Op::Not) return choose(operand(condition, 0), otherwise, then);
  if (const auto value = known(then))
    return *value ? either(condition, otherwise) : both(negation(condition), otherwise);
  if (const auto value = known(otherwise)) return *value ? either(negation(condition), then) : both(condition, then);
  if (const TermId read = choose_read_text(condition, then, otherwise)) return read;
  return add({Op::If, terms_[then].type, condition.index, then.index, otherwise.index});
}

TermId Terms::negation(TermId a) {
  if (const auto value = known(a)) return boolean(!*value);
  if (terms_[a].op == Op::Not) return operand(a, 0);
  return bool_term(Op::Not, a);
}

TermId Terms::both(TermId a, TermId b) {
  if (const auto value = known(a)) return *value ? b : a;
  if (const auto value = known(b)) return *value ? a : b;
  return a == b ? a : bool_term(Op::And, a, b);
}

TermId Terms::either(TermId a, TermId b) {
  if (const auto value = known(a)) return *value ? a : b;
  if (const auto value = known(b)) return *value ? b : a;
  return a == b ? a : bool_term(Op::Or, a, b);
}

TermId Terms::equal(TermId a, TermId b) {
  if (a == b) return boolean(true);
  const Value* left = constant_of(a);
  const Value* right = constant_of(b);
  if (left && right) return boolean(*left == *right);
  if (const auto value = known(a)) return *value ? b : negation(b);
  if (const auto value = known(b)) return *value ? a : negation(a);
  return bool_term(Op::Equal, a, b);
}

TermId Terms::less(TermId a, TermId b) {
  if (a == b) return boolean(false);
  const Value* left = constant_of(a);
  const Value* right = constant_of(b);
  if (left && right) return boolean(comes_before(*left, *right));
  return bool_term(Op::Less, a, b);
}

TermId Terms::contains(TermId element, TermId collection) {
  if (terms_[collection].op == Op::Elements) {
    TermId result = boolean(false);
    for (const TermId e : std::vector<TermId>(elements(collection))) result = either(result, equal(element, e));
    return result;
  }
  if (split(collection)) return over_branches(collection, [&](TermId branch) { return contains(element, branch); });
  if (const Value* all = constant_of(collection)) {
    if (all->items.empty()) return boolean(false);
    if (const Value* value = constant_of(element))
      return boolean(std::find(all->items.begin(), all->items.end(), *value) != all->items.end());
  }
  return bool_term(Op::Contains, element, collection);
}

TermId Terms::inside(TermId a, TermId b) {
  const Value* left = constant_of(a);
  const Value* right = constant_of(b);
  if (left && right) return boolean(lies_in(*left, *right));
  if (a == b) return boolean(true);
  return bool_term(Op::Inside, a, b);
}

TermId Terms::includes(TermId a, TermId b) {
  const Value* left = constant_of(a);
  const Value* right = constant_of(b);
  if (!left || !right) return bool_term(Op::Includes, a, b);
  const auto& closure = program_->enums[type_of(a).enum_id].closure;
  const bool declared = left->integer != kUnknownMember && right->integer != kUnknownMember;
  return boolean(declared &&
                 closure[static_cast<std::size_t>(left->integer)][static_cast<std::size_t>(right->integer)]);
}

TermId Terms::is_type(TermId a, std::vector<EntityTypeId> types) {
  const auto asked = [&](EntityTypeId type) { return std::find(types.begin(), types.end(), type) != types.end(); };
  if (const Value* value = constant_of(a)) return boolean(asked(value->entity_type));
  if (terms_[a].op == Op::If) return over_branches(a, [&](TermId branch) { return is_type(branch, types); });
  const auto& possible = type_of(a).entities;
  // Not folded to true where all are asked for: what was absent has no type, and the machine says so too.
  if (std::none_of(possible.begin(), possible.end(), asked)) return boolean(false);
  std::sort(types.begin(), types.end());
  const std::uint32_t list =
      known_type_lists_.try_emplace(types, static_cast<std::uint32_t>(type_lists_.size())).first->second;
  if (list == type_lists_.size()) type_lists_.push_back(std::move(types));
  return add({Op::IsType, bool_type_, a.index, list});
}

TermId Terms::is_unknown(TermId a) {
  if (!program_->enums[type_of(a).enum_id].open) return boolean(false);
  if (const Value* value = constant_of(a)) return boolean(value->integer == kUnknownMember);
  return bool_term(Op::IsUnknown, a);
}

TermId Terms::is_empty(TermId a) {
  if (terms_[a].op == Op::Chain) {
    TermId all = boolean(true);
    for (const TermId part : std::vector<TermId>(elements(a))) all = both(all, is_empty(part));
    return all;
  }
  if (terms_[a].op == Op::Elements || terms_[a].op == Op::Lineage) return boolean(false);
  if (terms_[a].op == Op::Rows && program_->lists[ListId{terms_[a].a}].rows.empty()) return boolean(true);
  if (const Value* value = constant_of(a)) return boolean(value->items.empty());
  if (split(a)) return over_branches(a, [&](TermId branch) { return is_empty(branch); });
  return bool_term(Op::IsEmpty, a);
}

TermId Terms::reach(TermId a, TermId b) {
  return a == b ? boolean(true) : bool_term(Op::Reach, a, b);
}

TermId Terms::reach_any(TermId a, TermId collection) {
  if (terms_[collection].op == Op::Elements) {
    TermId result = boolean(false);
    for (const TermId e : std::vector<TermId>(elements(collection))) result = either(result, reach(a, e));
    return result;
  }
  if (split(collection)) return over_branches(collection, [&](TermId branch) { return reach_any(a, branch); });
  if (const Value* all = constant_of(collection); all && all->items.empty()) return boolean(false);
  return bool_term(Op::ReachAny, a, collection);
}

TermId Terms::parent(TermId a, TermId b) {
  return bool_term(Op::Parent, a, b);
}

TermId Terms::lineage(TermId a, TypeId type) {
  return add({Op::Lineage, type, a.index});
}

TermId Terms::listed(TermId a, ListId list, bool directly) {
  if (program_->lists[list].rows.empty()) return boolean(false);
  return add({directly ? Op::ListedDirectly : Op::Listed, bool_type_, a.index, list.index});
}

TermId Terms::rows(ListId list, TypeId type) {
  return add({Op::Rows, type, list.index});
}

TermId Terms::any(TermId collection, TermId body, std::uint32_t level) {
  assert(!split(collection));
  if (const auto value = known(body)) return *value ? negation(is_empty(collection)) : body;
  const TermId empty = is_empty(collection);
  if (known(empty).value_or(false)) return boolean(false);
  const TermId folded = fold_any(collection, body, level);
  return folded ? folded : bool_term(Op::Any, collection, body, level);
}

/// Of a constant collection and a body that reads nothing but the element: its value.
TermId Terms::fold_any(TermId collection, TermId body, std::uint32_t level) {
  const Value* all = constant_of(collection);
  if (!all || !closed(body, level)) return {};
  const std::vector<ListIr> no_lists;
  const std::vector<Value> no_request;
  Evaluation evaluation{*program_, *this, no_lists, no_request, 0, empty_world(), std::vector<Value>(level + 1)};
  bool result = false;
  for (const Value& item : all->items) {
    evaluation.elements[level] = item;
    result = result || evaluate(evaluation, body).is_true();
  }
  return boolean(result);
}

TermId Terms::arithmetic(Op op, TermId a, TermId b, TypeId type) {
  const Value* left = constant_of(a);
  const Value* right = constant_of(b);
  if (!left || !right) return add({op, type, a.index, b.index});
  return constant(fold_arithmetic(op, program_->types[type].kind, left->integer, right->integer), type);
}

TermId Terms::negate(TermId a) {
  const Value* value = constant_of(a);
  if (!value) return add({Op::Negate, terms_[a].type, a.index});
  return constant(Value::number(value->kind, saturated::negate(value->integer)), terms_[a].type);
}

}  // namespace bylaw::compiler::ir
