#include "model/case_model.h"

#include <algorithm>

namespace bylaw::runner {

using compiler::EntityTypeId;
using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;
using compiler::Value;
using compiler::ValueKind;

namespace {

EntityTypeId find_type(const Program& program, std::string_view qualified) {
  for (std::uint32_t i = 0; i < program.entities.size(); ++i)
    if (program.qualified(program.entities[EntityTypeId{i}]) == qualified) return {i};
  return {};
}

ValueKind number_kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::Bool: return ValueKind::Bool;
    case TypeKind::Time: return ValueKind::Time;
    case TypeKind::Duration: return ValueKind::Duration;
    case TypeKind::Decimal: return ValueKind::Decimal;
    default: return ValueKind::Int;
  }
}

class Reader {
 public:
  explicit Reader(const Program& program) : program_(program) {}

  Value value(const Inspected& held, TypeId type_id) const {
    const Type& type = program_.types[program_.without_optional(type_id)];
    switch (held.kind) {
      case Inspected::Kind::Absent: return Value::absent();
      case Inspected::Kind::Number: return Value::number(number_kind(type.kind), held.number);
      case Inspected::Kind::Text:
        return type.kind == TypeKind::String ? Value::string(held.text) : Value::form(held.text);
      case Inspected::Kind::Member:
        if (held.number >= 0) return Value::member(held.number);
        return {.kind = ValueKind::Member, .integer = compiler::kUnknownMember, .text = held.text};
      case Inspected::Kind::Entity: return Value::entity(find_type(program_, held.type), held.text);
      case Inspected::Kind::Set: return Value::set(elements(held, type.element));
      case Inspected::Kind::List: return Value::list(elements(held, type.element));
      case Inspected::Kind::Map: return Value::map(elements(held, type.element));
      case Inspected::Kind::Record: break;
    }
    return {.kind = ValueKind::Record, .items = fields(held.items, program_.records[type.record].fields)};
  }

  std::vector<Value> fields(const std::vector<Inspected>& held, const std::vector<compiler::Field>& fields) const {
    std::vector<Value> values;
    for (std::size_t i = 0; i < held.size(); ++i) values.push_back(value(held[i], fields[i].type));
    return values;
  }

  Value entity(const EntityName& name) const { return Value::entity(find_type(program_, name.type), name.id); }

  std::set<Value> entities(const std::vector<EntityName>& names) const {
    std::set<Value> values;
    for (const EntityName& name : names) values.insert(entity(name));
    return values;
  }

 private:
  std::vector<Value> elements(const Inspected& held, TypeId type) const {
    std::vector<Value> values;
    for (const Inspected& item : held.items) values.push_back(value(item, type));
    return values;
  }

  const Program& program_;
};

void collect_entities(const Value& value, std::set<Value>& into) {
  if (value.kind == ValueKind::Entity) into.insert(value);
  for (const Value& item : value.items) collect_entities(item, into);
}

}  // namespace

void EntityFacts::add(const Value& entity, std::vector<Value> attributes, std::set<Value> above,
                      std::set<Value> parents) {
  (*known_)[entity] = {std::move(attributes), std::move(above), std::move(parents)};
}

bool EntityFacts::set(const Value& entity, std::uint32_t field, const Value& value) {
  if (known_.use_count() > 1) known_ = std::make_shared<Map>(*known_);
  const auto found = known_->find(entity);
  if (found == known_->end() || field >= found->second.attributes.size()) return false;
  found->second.attributes[field] = value;
  return true;
}

std::vector<Value> EntityFacts::all() const {
  std::vector<Value> entities;
  for (const auto& [entity, known] : *known_) entities.push_back(entity);
  return entities;
}

Value EntityFacts::attribute(const Value& entity, std::uint32_t field) const {
  const auto found = known_->find(entity);
  if (found == known_->end() || field >= found->second.attributes.size()) return Value::absent();
  return found->second.attributes[field];
}

bool EntityFacts::reaches(const Value& lower, const Value& upper) const {
  if (lower == upper) return true;
  const auto found = known_->find(lower);
  return found != known_->end() && found->second.above.contains(upper);
}

bool EntityFacts::is_parent(const Value& child, const Value& parent) const {
  const auto found = known_->find(child);
  return found != known_->end() && found->second.parents.contains(parent);
}

std::vector<Value> EntityFacts::lineage(const Value& entity) const {
  std::vector<Value> all{entity};
  std::set<Value> met{entity};
  for (std::size_t begin = 0; begin < all.size();) {
    std::set<Value> further;
    for (const std::size_t end = all.size(); begin < end; ++begin)
      if (const auto found = known_->find(all[begin]); found != known_->end())
        for (const Value& parent : found->second.parents)
          if (met.insert(parent).second) further.insert(parent);
    all.insert(all.end(), further.begin(), further.end());
  }
  return all;
}

const ir::DecisionIr& decision_ir(const ir::ProgramIr& program, compiler::DecisionId decision) {
  return *std::find_if(program.decisions.begin(), program.decisions.end(),
                       [&](const ir::DecisionIr& ir) { return ir.decision == decision; });
}

std::vector<EntityName> named_entities(const Program& program, const ir::ProgramIr& ir,
                                       const ir::DecisionIr& decision) {
  std::set<Value> entities;
  for (std::uint32_t i = 0; i < decision.terms.size(); ++i)
    if (const Value* constant = decision.terms.constant_of({i})) collect_entities(*constant, entities);
  for (const ir::ListIr& list : ir.lists)
    for (const Value& row : list.values) collect_entities(row, entities);
  std::vector<EntityName> names;
  for (const Value& entity : entities)
    names.push_back({program.qualified(program.entities[entity.entity_type]), entity.text});
  return names;
}

Value inspected_value(const Program& program, const Inspected& held, TypeId type) {
  return Reader(program).value(held, type);
}

EntityFacts entity_facts(const Program& program, const Inspection& inspection) {
  const Reader reader(program);
  EntityFacts facts;
  for (const InspectedEntity& entity : inspection.entities) {
    const Value value = reader.entity(entity.name);
    facts.add(value, reader.fields(entity.attributes, program.entities[value.entity_type].fields),
              reader.entities(entity.above), reader.entities(entity.parents));
  }
  return facts;
}

CaseModel make_model(const Program& program, const ir::DecisionIr& decision, const Inspection& inspection) {
  const Reader reader(program);
  CaseModel model{.decision = &decision};
  model.request = reader.fields(inspection.fields, program.decisions[decision.decision].fields);
  if (decision.now) model.now = model.request[*decision.now].integer;
  model.entities = entity_facts(program, inspection);
  return model;
}

}  // namespace bylaw::runner
