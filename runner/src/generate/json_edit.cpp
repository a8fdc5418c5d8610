#include "generate/json_edit.h"

#include <format/decimal.h>
#include <format/text_forms.h>

#include "values.h"

namespace bylaw::runner {

using compiler::EntityTypeId;
using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;
using compiler::Value;
using compiler::ValueKind;
using ir::Op;

namespace {

OrderedJson member_json(const compiler::EnumType& type, const Value& value) {
  if (value.integer == compiler::kUnknownMember) return value.text;
  return type.members[static_cast<std::size_t>(value.integer)].wire;
}

class StepWriter {
 public:
  StepWriter(const Program& program, const std::vector<ir::ListIr>& lists, const CaseModel& model, WrittenCase& into)
      : program_(program), lists_(lists), model_(model), decision_(*model.decision), into_(into) {}

  bool write(const RequestStep& step) {
    const OrderedJson json = value_json(program_, step.value, declared_type(program_, decision_, step.place));
    // One of the types of a union stands where the union does.
    const ir::TermId place = is_union_part(program_, decision_.terms, step.place) ? base_of(step.place) : step.place;
    OrderedJson* const holder = holder_of(place);
    if (holder == nullptr || !holder->is_object()) return false;
    const std::string& key = field(place).wire;
    if (step.value.kind == ValueKind::Absent)
      holder->erase(key);
    else
      (*holder)[key] = json;
    return true;
  }

 private:
  const compiler::Field& field(ir::TermId place) const {
    const ir::Term& term = decision_.terms[place];
    if (term.op == Op::Request) return program_.decisions[decision_.decision].fields[term.a];
    return decision_.terms.field(place);
  }

  ir::TermId base_of(ir::TermId place) const {
    ir::TermId base = decision_.terms.operand(place, 0);
    while (decision_.terms[base].op == Op::Get) base = decision_.terms.operand(base, 0);
    return base;
  }

  /// The object in which the place's key stands.
  OrderedJson* holder_of(ir::TermId place) {
    const ir::Term& term = decision_.terms[place];
    if (term.op == Op::Request) return &into_.request;
    const ir::TermId base = base_of(place);
    OrderedJson* const held = node(base);
    if (!EntityTypeId{term.c}) return held;
    const Value entity = value_at(program_, lists_, model_, base);
    if (entity.kind != ValueKind::Entity) return nullptr;
    // What the request says of an entity wins, so what it says, or alone can say, is changed there.
    const std::string key = entity_key(program_, entity.entity_type, entity.text);
    const bool alone = !into_.entities.contains(key);
    if (held != nullptr && held->is_object() && (alone || held->contains(field(place).wire))) return held;
    OrderedJson& described = into_.entities[key];
    if (!described.is_object()) described = OrderedJson::object();
    return &described;
  }

  /// Where a place's value stands in the request; null if nowhere.
  OrderedJson* node(ir::TermId place) {
    if (is_union_part(program_, decision_.terms, place)) return node(base_of(place));
    OrderedJson* const holder = holder_of(place);
    if (holder == nullptr || !holder->is_object()) return nullptr;
    const auto found = holder->find(field(place).wire);
    if (found != holder->end()) return &*found;
    const auto named = holder->find(field(place).name);
    return named == holder->end() ? nullptr : &*named;
  }

  const Program& program_;
  const std::vector<ir::ListIr>& lists_;
  const CaseModel& model_;
  const ir::DecisionIr& decision_;
  WrittenCase& into_;
};

}  // namespace

OrderedJson value_json(const Program& program, const Value& value, TypeId type_id) {
  const Type& type = program.types[program.without_optional(type_id)];
  switch (value.kind) {
    case ValueKind::Absent: return nullptr;
    case ValueKind::Bool: return value.is_true();
    case ValueKind::Int: return value.integer;
    case ValueKind::Time: return format::print_instant(value.integer);
    case ValueKind::Duration: return format::print_duration(value.integer);
    case ValueKind::Decimal: return OrderedJson::parse(format::print_decimal(value.integer), nullptr, false);
    case ValueKind::String:
    case ValueKind::Pattern:
    case ValueKind::Form: return value.text;
    case ValueKind::Member: return member_json(program.enums[type.enum_id], value);
    case ValueKind::Entity: return entity_key(program, value.entity_type, value.text);
    case ValueKind::Set:
    case ValueKind::List: {
      OrderedJson items = OrderedJson::array();
      for (const Value& item : value.items) items.push_back(value_json(program, item, type.element));
      return items;
    }
    case ValueKind::Map: {
      OrderedJson map = OrderedJson::object();
      for (const Value& entry : value.items) {
        const auto& fields = program.records[program.types[type.element].record].fields;
        const OrderedJson key = value_json(program, entry.items[0], fields[0].type);
        map[key.get<std::string>()] = value_json(program, entry.items[1], fields[1].type);
      }
      return map;
    }
    case ValueKind::Record: break;
  }
  OrderedJson record = OrderedJson::object();
  const auto& fields = program.records[type.record].fields;
  if (program.records[type.record].either) {
    for (std::size_t i = 0; i < value.items.size(); ++i)
      if (value.items[i].kind != ValueKind::Absent) return value_json(program, value.items[i], fields[i].type);
    return value_json(program, compiler::zero_value(program, program.without_optional(fields[0].type)), fields[0].type);
  }
  for (std::size_t i = 0; i < value.items.size() && i < fields.size(); ++i)
    if (value.items[i].kind != ValueKind::Absent)
      record[fields[i].wire] = value_json(program, value.items[i], fields[i].type);
  return record;
}

bool write_steps(const Program& program, const std::vector<ir::ListIr>& lists, const CaseModel& start,
                 const std::vector<RequestStep>& steps, WrittenCase& into) {
  CaseModel model = start;
  for (const RequestStep& step : steps) {
    if (!StepWriter(program, lists, model, into).write(step)) return false;
    auto next = with_value(program, lists, model, step.place, step.value);
    if (!next) return false;
    model = std::move(*next);
  }
  return true;
}

OrderedJson difference(const OrderedJson& base, const OrderedJson& wanted) {
  OrderedJson over = OrderedJson::object();
  for (const auto& item : wanted.items()) {
    const std::string& key = item.key();
    const OrderedJson& value = item.value();
    const auto found = base.find(key);
    if (found == base.end()) {
      over[key] = value;
    } else if (*found != value) {
      const auto same = [&](const char* part) {
        return found->value(part, OrderedJson()) == value.value(part, OrderedJson());
      };
      const bool merges = found->is_object() && value.is_object() && same("id") && same("type");
      over[key] = merges ? difference(*found, value) : value;
    }
  }
  for (const auto& [key, value] : base.items())
    if (!wanted.contains(key)) over[key] = nullptr;
  return over;
}

}  // namespace bylaw::runner
