// Expressions, by structural recursion. No short cut that the language does not have: `and` and `or` look at the right
// side only if the left does not decide, since there alone a narrowed value may be absent.
#include <algorithm>

#include "reference/model.h"

namespace bylaw::reference {

using compiler::EntityType;
using compiler::Expr;
using compiler::ExprKind;
using compiler::Field;
using compiler::List;
using compiler::Operation;
using compiler::Row;
using compiler::Strategy;
using compiler::Type;
using compiler::TypeKind;

namespace {

__extension__ using Wide = __int128;
constexpr std::int64_t kFirstInstant = -62135596800000000;
constexpr std::int64_t kLastInstant = 253402300799999999;

Value boolean(bool b) {
  Value value;
  value.kind = Kind::Bool;
  value.number = b ? 1 : 0;
  return value;
}

Value saturated(Wide exact, std::int64_t least, std::int64_t greatest) {
  Value value;
  value.kind = Kind::Number;
  value.number = exact < least ? least : exact > greatest ? greatest : static_cast<std::int64_t>(exact);
  return value;
}
Value saturated(Wide exact) {
  return saturated(exact, INT64_MIN, INT64_MAX);
}

struct Evaluator {
  const Situation& situation;
  const Program& program;
  const Locals& locals;

  const Expr& at(ExprId id) const { return program.exprs[id]; }
  Value operand(const Expr& expr, std::size_t n) const { return evaluate(situation, expr.operands.at(n), locals); }
  bool truth(ExprId id) const { return holds(situation, id, locals); }

  Value literal(const Expr& expr) const;
  Value collection_literal(const Expr& expr) const;
  Value record_literal(const Expr& expr) const;
  Value local(const Expr& expr) const;
  Value select(const Expr& expr) const;
  Value attribute(const EntityKey& entity, const std::string& name) const;
  Value inherited(const EntityKey& entity, const Field& field) const;
  Value by_distance(const EntityKey& entity, const Field& field) const;
  Value quantified(const Expr& expr) const;
  Value policy(PolicyId id) const;
  Value rows(const List& list) const;
  Value call(const Expr& expr) const;
  Value operation(const Expr& expr) const;
  Value lineage(const EntityKey& entity) const;
  bool is_type(const Expr& expr) const;

  bool in(const Value& left, ExprId right, bool directly) const;
  bool in_list(const Value& left, const List& list, bool directly) const;
  bool below(const EntityKey& lower, const EntityKey& upper) const;
  bool parent(const EntityKey& child, const EntityKey& above) const;
  bool in_holder(const Value& left, ExprId right, bool touching) const;
  bool all_or_some_in_holder(const Expr& expr, bool all) const;
  bool within(const Expr& expr) const;
  bool overlaps(const Expr& expr) const;
  bool includes(TypeId scope, const Value& a, const Value& b) const;
};

Value Evaluator::literal(const Expr& expr) const {
  Value value;
  value.number = expr.integer;
  value.text = expr.text;
  switch (expr.kind) {
    case ExprKind::BoolLiteral: value.kind = Kind::Bool; return value;
    case ExprKind::IntLiteral:
    case ExprKind::TimeLiteral:
    case ExprKind::DurationLiteral:
    case ExprKind::DecimalLiteral: value.kind = Kind::Number; return value;
    case ExprKind::StringLiteral: value.kind = Kind::Text; return value;
    case ExprKind::FormLiteral: return read_form(program.types[expr.type].kind, expr.text);
    case ExprKind::PatternLiteral:
      value.kind = Kind::Pattern;
      value.number = program.types[expr.type].kind == TypeKind::Glob ? 0 : 1;
      return value;
    case ExprKind::MemberLiteral:
      value.kind = Kind::Member;
      value.text =
          program.enums[program.types[expr.type].enum_id].members.at(static_cast<std::size_t>(expr.integer)).wire;
      return value;
    case ExprKind::EntityLiteral:
      value.kind = Kind::Entity;
      value.text.clear();
      value.entity = {program.entities[program.types[expr.type].entities.at(0)].name, expr.text};
      return value;
    default: impossible("a literal that is none");
  }
}

Value Evaluator::policy(PolicyId id) const {
  Value value;
  value.kind = Kind::Text;
  value.text = program.qualified(program.policies[id]);
  return value;
}

Value Evaluator::rows(const List& list) const {
  Value value;
  value.kind = Kind::List;
  for (const Row& row : list.rows)
    if (is_live(situation, row)) value.items.push_back(evaluate(situation, row.value, {}));
  return value;
}

Value Evaluator::collection_literal(const Expr& expr) const {
  std::vector<Value> items;
  for (ExprId item : expr.operands) items.push_back(evaluate(situation, item, locals));
  if (expr.kind == ExprKind::SetLiteral) return make_set(std::move(items));
  Value value;
  value.kind = Kind::List;
  value.items = std::move(items);
  return value;
}

Value Evaluator::record_literal(const Expr& expr) const {
  const auto& fields = program.records[program.types[expr.type].record].fields;
  Value value;
  value.kind = Kind::Record;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (expr.operands.at(i))
      value.fields[fields[i].name] = evaluate(situation, expr.operands[i], locals);
    else if (fields[i].default_value)
      value.fields[fields[i].name] = evaluate(situation, fields[i].default_value, {});
    else
      value.fields[fields[i].name] = {};
  }
  return value;
}

Value Evaluator::local(const Expr& expr) const {
  if (const auto bound = locals.find(expr.local); bound != locals.end()) return bound->second;
  const compiler::Local& local = program.locals[expr.local];
  if (!local.value) impossible("a binder or parameter without value");
  return evaluate(situation, local.value, locals);
}

/// Along the one chain of parents: own values from the entity upwards.
Value Evaluator::by_distance(const EntityKey& entity, const Field& field) const {
  Value chosen;
  std::set<EntityKey> seen;
  for (EntityKey here = entity; seen.insert(here).second;) {
    const auto facts = situation.entities.find(here);
    if (facts == situation.entities.end()) break;
    const auto given = facts->second.attributes.find(field.name);
    const bool has = given != facts->second.attributes.end() && given->second.present();
    if (has && (!chosen.present() || field.inherit == Strategy::Farthest)) chosen = given->second;
    if (facts->second.parents.empty()) break;
    here = facts->second.parents.front();
  }
  if (chosen.present()) return chosen;
  return field.default_value ? evaluate(situation, field.default_value, {}) : Value{};
}

Value Evaluator::inherited(const EntityKey& entity, const Field& field) const {
  if (field.inherit == Strategy::Nearest || field.inherit == Strategy::Farthest) return by_distance(entity, field);
  std::vector<Value> values;
  for (const EntityKey& above : upwards(situation, entity)) {
    const auto facts = situation.entities.find(above);
    if (facts == situation.entities.end()) continue;
    const auto given = facts->second.attributes.find(field.name);
    if (given != facts->second.attributes.end() && given->second.present()) values.push_back(given->second);
  }
  if (values.empty()) return field.default_value ? evaluate(situation, field.default_value, {}) : Value{};
  Value merged = values[0];
  for (const Value& value : values) switch (field.inherit) {
      case Strategy::Min: merged = before(value, merged) ? value : merged; break;
      case Strategy::Max: merged = before(merged, value) ? value : merged; break;
      case Strategy::Any: merged = boolean(merged.number == 1 || value.number == 1); break;
      case Strategy::All: merged = boolean(merged.number == 1 && value.number == 1); break;
      case Strategy::Union:
      case Strategy::Intersect: merged = merge_sets(field.inherit, merged, value); break;
      case Strategy::Nearest:
      case Strategy::Farthest:
      case Strategy::Collect:
      case Strategy::None: impossible("a field that does not inherit is merged");
    }
  return merged;
}

Value Evaluator::attribute(const EntityKey& entity, const std::string& name) const {
  for (const EntityType& type : program.entities) {
    if (type.name != entity.type) continue;
    const Field* field = program.find_field(type.fields, name);
    if (field == nullptr) impossible("an attribute that the entity's type does not have");
    if (field->inherit != Strategy::None) return inherited(entity, *field);
    const auto facts = situation.entities.find(entity);
    if (facts == situation.entities.end()) impossible("an attribute of an entity that nobody describes");
    const auto given = facts->second.attributes.find(name);
    if (given != facts->second.attributes.end()) return given->second;
    return field->default_value ? evaluate(situation, field->default_value, {}) : Value{};
  }
  impossible("an entity of no declared type");
}

Value Evaluator::select(const Expr& expr) const {
  const Value base = operand(expr, 0);
  switch (base.kind) {
    case Kind::Absent: return {};
    case Kind::Record: return base.fields.at(expr.text);
    case Kind::Entity: return expr.text == "lineage" ? lineage(base.entity) : attribute(base.entity, expr.text);
    default: impossible("a field of what has none");
  }
}

Value Evaluator::quantified(const Expr& expr) const {
  std::size_t held = 0;
  const std::vector<Value> items = gone_through(operand(expr, 0));
  for (const Value& item : items) {
    Locals inner = locals;
    inner[expr.local] = item;
    held += holds(situation, expr.operands.at(1), inner) ? 1 : 0;
  }
  if (expr.kind == ExprKind::AnyOf) return boolean(held > 0);
  if (expr.kind == ExprKind::AllOf) return boolean(held == items.size());
  return boolean(held == 0);
}

Value Evaluator::call(const Expr& expr) const {
  const compiler::Function& function = program.functions[expr.function];
  Locals arguments;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) arguments[function.parameters[i]] = operand(expr, i);
  return evaluate(situation, function.body, arguments);
}

bool Evaluator::below(const EntityKey& lower, const EntityKey& upper) const {
  return upwards(situation, lower).contains(upper);
}

bool Evaluator::parent(const EntityKey& child, const EntityKey& above) const {
  const auto facts = situation.entities.find(child);
  if (facts == situation.entities.end()) return false;
  return std::find(facts->second.parents.begin(), facts->second.parents.end(), above) != facts->second.parents.end();
}

bool Evaluator::in_list(const Value& left, const List& list, bool directly) const {
  for (const Row& row : list.rows) {
    if (!is_live(situation, row)) continue;
    const Value entry = evaluate(situation, row.value, {});
    const TypeKind type = program.types[list.element].kind;
    if (entry.kind == Kind::Pattern) {
      if (matches_pattern(left, entry)) return true;
      continue;
    }
    if (type == TypeKind::Cidr || type == TypeKind::Versions) {
      if (inside(left, entry)) return true;
      continue;
    }
    if (left.kind == Kind::Entity && !directly ? below(left.entity, entry.entity) : equal(left, entry)) return true;
  }
  return false;
}

bool Evaluator::in(const Value& left, ExprId right_id, bool directly) const {
  const Expr& right = at(right_id);
  if (right.kind == ExprKind::ListUse) return in_list(left, program.lists[right.list], directly);
  if (right.kind == ExprKind::Range) {
    const Value low = operand(right, 0);
    const Value high = operand(right, 1);
    return !before(left, low) && !before(high, left);
  }
  const Value value = evaluate(situation, right_id, locals);
  if (value.kind == Kind::Entity)
    return directly ? parent(left.entity, value.entity) : below(left.entity, value.entity);
  for (const Value& item : value.items) {
    if (item.kind == Kind::Entity && !directly ? below(left.entity, item.entity) : equal(left, item)) return true;
  }
  return false;
}

/// Right is a range, or a set or list of them. `touching`: two ranges of addresses need no more than one in common.
bool Evaluator::in_holder(const Value& left, ExprId right, bool touching) const {
  const Value value = evaluate(situation, right, locals);
  const bool many = value.kind == Kind::Set || value.kind == Kind::List;
  const std::vector<Value> holders = many ? value.items : std::vector<Value>{value};
  return std::any_of(holders.begin(), holders.end(),
                     [&](const Value& holder) { return inside(left, holder) || (touching && inside(holder, left)); });
}

bool Evaluator::all_or_some_in_holder(const Expr& expr, bool all) const {
  const Value left = operand(expr, 0);
  if (left.items.empty()) return false;
  const bool touching = !all && left.items[0].kind == Kind::Bits;
  const auto test = [&](const Value& item) { return in_holder(item, expr.operands.at(1), touching); };
  return all ? std::all_of(left.items.begin(), left.items.end(), test)
             : std::any_of(left.items.begin(), left.items.end(), test);
}

bool Evaluator::within(const Expr& expr) const {
  const Value left = operand(expr, 0);
  if (left.items.empty()) return false;
  return std::all_of(left.items.begin(), left.items.end(),
                     [&](const Value& item) { return in(item, expr.operands.at(1), false); });
}

bool Evaluator::overlaps(const Expr& expr) const {
  const Value left = operand(expr, 0);
  return std::any_of(left.items.begin(), left.items.end(),
                     [&](const Value& item) { return in(item, expr.operands.at(1), false); });
}

bool Evaluator::includes(TypeId scope, const Value& a, const Value& b) const {
  if (a.number < 0 || b.number < 0) return false;
  const Type& type = program.types[scope];
  const TypeId member = type.kind == TypeKind::Set ? type.element : scope;
  const auto& members = program.enums[program.types[member].enum_id].members;
  // Follow the declared inclusions from a; a scope's order may have several ways to b.
  std::set<std::int64_t> seen{a.number};
  std::vector<std::int64_t> open{a.number};
  while (!open.empty()) {
    const std::int64_t m = open.back();
    open.pop_back();
    if (m == b.number) return true;
    for (std::uint32_t next : members.at(static_cast<std::size_t>(m)).includes)
      if (seen.insert(next).second) open.push_back(next);
  }
  return false;
}

Value Evaluator::operation(const Expr& expr) const {
  switch (expr.operation) {
    case Operation::Or: return boolean(truth(expr.operands.at(0)) || truth(expr.operands.at(1)));
    case Operation::And: return boolean(truth(expr.operands.at(0)) && truth(expr.operands.at(1)));
    case Operation::Not: return boolean(!truth(expr.operands.at(0)));
    case Operation::InElements:
    case Operation::InRecords:
    case Operation::InEntities:
    case Operation::InEntity:
    case Operation::InRange:
    case Operation::InList: return boolean(in(operand(expr, 0), expr.operands.at(1), false));
    case Operation::InHolder:
    case Operation::InHolders: return boolean(in_holder(operand(expr, 0), expr.operands.at(1), false));
    case Operation::WithinHolder:
    case Operation::WithinHolders: return boolean(all_or_some_in_holder(expr, true));
    case Operation::OverlapsHolder:
    case Operation::OverlapsHolders: return boolean(all_or_some_in_holder(expr, false));
    case Operation::DirectlyInEntity:
    case Operation::DirectlyInElements:
    case Operation::DirectlyInList: return boolean(in(operand(expr, 0), expr.operands.at(1), true));
    case Operation::WithinElements:
    case Operation::WithinEntities:
    case Operation::WithinEntity:
    case Operation::WithinRange:
    case Operation::WithinList: return boolean(within(expr));
    case Operation::OverlapsElements:
    case Operation::OverlapsEntities:
    case Operation::OverlapsEntity:
    case Operation::OverlapsRange:
    case Operation::OverlapsList: return boolean(overlaps(expr));
    default: break;
  }
  const Value a = operand(expr, 0);
  if (expr.operation == Operation::Negate) return saturated(-static_cast<Wide>(a.number));
  if (expr.operation == Operation::Else) return a.present() ? a : operand(expr, 1);
  const Value b = operand(expr, 1);
  if (expr.operation == Operation::Concat) return join_lists(a, b);
  const Wide x = a.number, y = b.number;
  switch (expr.operation) {
    case Operation::Add: return saturated(x + y);
    case Operation::AddToTime: return saturated(x + y, kFirstInstant, kLastInstant);
    case Operation::Subtract: return saturated(x - y);
    case Operation::SubtractFromTime: return saturated(x - y, kFirstInstant, kLastInstant);
    case Operation::Between: return saturated(x - y);
    case Operation::Multiply:
    case Operation::Scale: return saturated(x * y);
    case Operation::MultiplyDecimals: return saturated(x * y / 10000);  // C++ truncates toward zero too
    case Operation::WithinMap: return boolean(!a.items.empty() && has_entries(a, b));
    case Operation::Equal:
    case Operation::EqualRecords:
    case Operation::EqualMaps:
    case Operation::EqualSets: return boolean(equal(a, b));
    case Operation::NotEqual:
    case Operation::NotEqualRecords:
    case Operation::NotEqualMaps:
    case Operation::NotEqualSets: return boolean(!equal(a, b));
    case Operation::Less: return boolean(before(a, b));
    case Operation::LessEqual: return boolean(!before(b, a));
    case Operation::Greater: return boolean(before(b, a));
    case Operation::GreaterEqual: return boolean(!before(a, b));
    case Operation::Matches:
    case Operation::MatchesAny: return boolean(matches_pattern(a, b));
    case Operation::MemberIncludes: return boolean(includes(at(expr.operands.at(0)).type, a, b));
    case Operation::SetIncludes:
      return boolean(std::any_of(a.items.begin(), a.items.end(),
                                 [&](const Value& item) { return includes(at(expr.operands.at(0)).type, item, b); }));
    default: impossible("an operation without meaning");
  }
}

/// No attribute is called so.
Value Evaluator::lineage(const EntityKey& entity) const {
  Value list;
  list.kind = Kind::List;
  for (const EntityKey& key : reference::lineage(situation, entity)) {
    Value above;
    above.kind = Kind::Entity;
    above.entity = key;
    list.items.push_back(std::move(above));
  }
  return list;
}

bool Evaluator::is_type(const Expr& expr) const {
  const Value value = operand(expr, 0);
  return std::any_of(expr.entities.begin(), expr.entities.end(),
                     [&](compiler::EntityTypeId id) { return program.entities[id].name == value.entity.type; });
}

}  // namespace

std::set<EntityKey> upwards(const Situation& situation, const EntityKey& entity) {
  std::set<EntityKey> seen{entity};
  std::vector<EntityKey> open{entity};
  while (!open.empty()) {
    const EntityKey key = open.back();
    open.pop_back();
    const auto facts = situation.entities.find(key);
    if (facts == situation.entities.end()) continue;
    for (const EntityKey& parent : facts->second.parents)
      if (seen.insert(parent).second) open.push_back(parent);
  }
  return seen;
}

namespace {

std::string full_name(const Program& program, const std::string& type) {
  for (std::uint32_t i = 0; i < program.entities.size(); ++i)
    if (program.entities[compiler::EntityTypeId{i}].name == type)
      return program.qualified(program.entities[compiler::EntityTypeId{i}]);
  impossible("an entity of no type");
}

}  // namespace

/// Each entity takes a number that is one more than the least of those below it; then they are sorted.
std::vector<EntityKey> lineage(const Situation& situation, const EntityKey& entity) {
  std::map<EntityKey, std::size_t> distance{{entity, 0}};
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [key, away] : std::map<EntityKey, std::size_t>(distance)) {
      const auto facts = situation.entities.find(key);
      if (facts == situation.entities.end()) continue;
      for (const EntityKey& parent : facts->second.parents) {
        const auto [known, added] = distance.try_emplace(parent, away + 1);
        changed = changed || added || known->second > away + 1;
        known->second = std::min(known->second, away + 1);
      }
    }
  }
  std::vector<EntityKey> all;
  for (const auto& [key, away] : distance) all.push_back(key);
  std::sort(all.begin(), all.end(), [&](const EntityKey& a, const EntityKey& b) {
    if (distance.at(a) != distance.at(b)) return distance.at(a) < distance.at(b);
    const std::string left = full_name(*situation.program, a.type), right = full_name(*situation.program, b.type);
    return left != right ? left < right : a.id < b.id;
  });
  return all;
}

bool is_live(const Situation& situation, const Row& row) {
  if (!row.since && !row.until) return true;
  const std::int64_t now = situation.fields.at("now").number;
  return (!row.since || now >= *row.since) && (!row.until || now < *row.until);
}

Value evaluate(const Situation& situation, ExprId id, const Locals& locals) {
  const Program& program = *situation.program;
  const Expr& expr = program.exprs[id];
  const Evaluator e{situation, program, locals};
  switch (expr.kind) {
    case ExprKind::BoolLiteral:
    case ExprKind::IntLiteral:
    case ExprKind::TimeLiteral:
    case ExprKind::DurationLiteral:
    case ExprKind::DecimalLiteral:
    case ExprKind::StringLiteral:
    case ExprKind::PatternLiteral:
    case ExprKind::MemberLiteral:
    case ExprKind::FormLiteral:
    case ExprKind::EntityLiteral: return e.literal(expr);
    case ExprKind::PolicyLiteral: return e.policy(expr.policy);
    case ExprKind::This: return e.policy(situation.policy);
    case ExprKind::ListUse: return e.rows(program.lists[expr.list]);
    case ExprKind::SetLiteral:
    case ExprKind::ListLiteral: return e.collection_literal(expr);
    case ExprKind::RecordLiteral: return e.record_literal(expr);
    case ExprKind::MapLiteral: {
      std::vector<std::pair<Value, Value>> entries;
      for (std::size_t i = 0; i < expr.operands.size(); i += 2)
        entries.emplace_back(e.operand(expr, i), e.operand(expr, i + 1));
      return make_map(std::move(entries));
    }
    case ExprKind::Lookup: {
      const Value map = e.operand(expr, 0);
      return map.present() ? at_key(map, e.operand(expr, 1)) : Value{};
    }
    case ExprKind::RequestField: return situation.fields.at(expr.text);
    case ExprKind::LocalUse: return e.local(expr);
    case ExprKind::ConstantUse: return evaluate(situation, program.constants[expr.constant].value, {});
    case ExprKind::Select: return e.select(expr);
    case ExprKind::Get: {
      const Value value = e.operand(expr, 0);
      if (!value.present()) impossible("a value that the checker said is set is absent");
      return value;
    }
    case ExprKind::Operation: return e.operation(expr);
    case ExprKind::IsType: return boolean(e.is_type(expr));
    case ExprKind::IsSet: return boolean(e.operand(expr, 0).present());
    case ExprKind::IsUnset: return boolean(!e.operand(expr, 0).present());
    case ExprKind::IsEmpty: return boolean(e.operand(expr, 0).items.empty());
    case ExprKind::IsUnknown: return boolean(e.operand(expr, 0).number < 0);
    case ExprKind::If: return e.operand(expr, e.truth(expr.operands.at(0)) ? 1 : 2);
    case ExprKind::AnyOf:
    case ExprKind::AllOf:
    case ExprKind::NoneOf: return e.quantified(expr);
    case ExprKind::Comprehension: return comprehend(situation, expr, locals);
    case ExprKind::Call: return e.call(expr);
    case ExprKind::Composed: {
      Value whole;
      whole.kind = Kind::Text;
      for (const ExprId operand : expr.operands)
        whole.text += print(program, program.exprs[operand].type, evaluate(situation, operand, locals));
      return whole;
    }
    case ExprKind::BuiltinCall: {
      std::vector<Value> arguments;
      for (std::size_t i = 0; i < expr.operands.size(); ++i) arguments.push_back(e.operand(expr, i));
      return call_builtin(program, expr.builtin, arguments);
    }
    case ExprKind::Error:
    case ExprKind::Range: break;
  }
  impossible("an expression that has no value of its own");
}

bool holds(const Situation& situation, ExprId expr, const Locals& locals) {
  const Value value = evaluate(situation, expr, locals);
  if (value.kind != Kind::Bool) impossible("a condition that is no Bool");
  return value.number == 1;
}

}  // namespace bylaw::reference
