#include "generate/candidates.h"

#include <format/addresses.h>

#include <algorithm>

#include "model/terms.h"

namespace bylaw::runner {

using compiler::Program;
using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;
using compiler::Value;
using compiler::ValueKind;
using ir::Op;
using ir::TermId;

namespace {

constexpr std::size_t kMostPooled = 24, kMostSteps = 400, kMostElements = 24;

bool is_number(ValueKind kind) {
  return kind == ValueKind::Int || kind == ValueKind::Time || kind == ValueKind::Duration || kind == ValueKind::Decimal;
}

ValueKind number_kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::Time: return ValueKind::Time;
    case TypeKind::Duration: return ValueKind::Duration;
    case TypeKind::Decimal: return ValueKind::Decimal;
    default: return ValueKind::Int;
  }
}

/// A text that a glob or a simple regex matches, most likely.
std::string sample(const std::string& pattern) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '*' || c == '?') {
      text += text.ends_with('x') ? "" : "x";
    } else if (c == '\\' && i + 1 < pattern.size()) {
      text += pattern[++i];
    } else if (c == '{') {
      const std::size_t end = pattern.find_first_of(",}", i);
      if (end == std::string::npos) return text;
      text += pattern.substr(i + 1, end - i - 1);
      i = std::min(pattern.find('}', i), pattern.size());
    } else if (c != '^' && c != '$') {
      text += c;
    }
  }
  return text;
}

void add_unique(std::vector<Value>& values, Value value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(std::move(value));
}

format::IpAddress moved(const format::IpAddress& address, bool up) {
  format::IpAddress result = address;
  result.low += up ? 1 : static_cast<std::uint64_t>(-1);
  if (up && result.low == 0) ++result.high;
  if (!up && address.low == 0) --result.high;
  return result;
}

}  // namespace

std::int64_t step_of(ValueKind kind) {
  return kind == ValueKind::Time || kind == ValueKind::Duration ? 1000000 : 1;
}

struct Candidates::Seen {
  std::vector<Value> constants;  // and their elements, entries of lists, the model's `now`
  std::set<Value> entities;      // that the model knows
  std::int64_t now = 0;
};

Candidates::Seen Candidates::look(const CaseModel& model, TermId term) const {
  Seen seen;
  for (const Value& entity : model.entities.all()) seen.entities.insert(entity);
  for_each_term(decision_.terms, term, [&](TermId id) {
    if (const Value* constant = decision_.terms.constant_of(id)) {
      add_unique(seen.constants, *constant);
      for (std::size_t i = 0; i < constant->items.size() && i < kMostElements; ++i)
        add_unique(seen.constants, constant->items[i]);
    }
    add_lists(id, seen);
  });
  seen.now = model.now;
  add_unique(seen.constants, Value::number(ValueKind::Time, model.now));
  return seen;
}

/// Entries of the lists that are asked, and the ends of their times.
void Candidates::add_lists(TermId id, Seen& seen) const {
  const ir::Term& term = decision_.terms[id];
  const bool listed = term.op == Op::Listed || term.op == Op::ListedDirectly;
  if (!listed && term.op != Op::Rows) return;
  const compiler::ListId list{listed ? term.b : term.a};
  const auto& values = player_.ir().lists[list.index].values;
  for (std::size_t i = 0; i < values.size() && i < kMostElements; ++i) {
    add_unique(seen.constants, values[i]);
    for (const Value& column : values[i].items) add_unique(seen.constants, column);
    const compiler::Row& row = program_.lists[list].rows[i];
    for (const auto& end : {row.since, row.until})
      if (end) add_unique(seen.constants, Value::number(ValueKind::Time, *end));
  }
}

std::vector<RequestStep> Candidates::steps(const CaseModel& model, TermId term,
                                           const std::vector<TermId>& collections) const {
  const Seen seen = look(model, term);
  std::vector<PlaceTerm> places = places_in(decision_.terms, term);
  for (const TermId collection : collections)
    for (const PlaceTerm place : places_in(decision_.terms, collection))
      if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  // What decides which entries are live is read without a term.
  std::vector<RequestStep> result = edges(model, term);
  if (decision_.now)
    for (TermId id{0}; id.index < decision_.terms.size(); ++id.index)
      if (decision_.terms[id].op == Op::Request && decision_.terms[id].a == *decision_.now &&
          std::find(places.begin(), places.end(), id) == places.end())
        places.push_back(id);
  for (const PlaceTerm place : places) {
    const Value current = value_at(program_, player_.ir().lists, model, place);
    std::vector<Value> values = options(declared_type(program_, decision_, place), current, seen);
    if (const auto pooled = pool_.find(place); pooled != pool_.end()) {
      std::size_t count = 0;
      for (const Value& value : pooled->second)
        if (count++ < kMostPooled) add_unique(values, value);
    }
    for (Value& value : values)
      if (value != current && result.size() < kMostSteps) result.push_back({place, std::move(value)});
  }
  return result;
}

std::vector<RequestStep> Candidates::edges(const CaseModel& model, TermId root) const {
  std::vector<RequestStep> result;
  ir::Evaluation evaluation = model.evaluation(program_, player_.ir().lists);
  for_each_term(decision_.terms, root, [&](TermId id) {
    const ir::Term& term = decision_.terms[id];
    if (term.op != Op::Less && term.op != Op::Equal) return;
    for (std::uint32_t level = 0; level < 31; ++level)
      if (decision_.terms.reads_element(id, level)) return;
    const Value a = ir::evaluate(evaluation, decision_.terms.operand(id, 0));
    const Value b = ir::evaluate(evaluation, decision_.terms.operand(id, 1));
    if (!is_number(a.kind) || !is_number(b.kind)) return;
    const std::int64_t difference = compiler::saturated::subtract(ValueKind::Int, b.integer, a.integer);
    for (const PlaceTerm place : places_in(decision_.terms, id)) {
      const Value current = value_at(program_, player_.ir().lists, model, place);
      if (!is_number(current.kind)) continue;
      for (const std::int64_t turn : {difference, -difference})
        for (const std::int64_t beside : {std::int64_t{0}, step_of(current.kind), -step_of(current.kind)}) {
          const std::int64_t to = compiler::saturated::add(current.kind, current.integer,
                                                           compiler::saturated::add(ValueKind::Int, turn, beside));
          if (to != current.integer) result.push_back({place, Value::number(current.kind, to)});
        }
    }
  });
  return result;
}

Candidates::Values Candidates::options(TypeId type_id, const Value& current, const Seen& seen) const {
  const Type& type = program_.types[program_.without_optional(type_id)];
  Values values;
  switch (type.kind) {
    case TypeKind::Bool: values = {Value::boolean(true), Value::boolean(false)}; break;
    case TypeKind::Enum: values = member_options(type); break;
    case TypeKind::Int:
    case TypeKind::Time:
    case TypeKind::Duration:
    case TypeKind::Decimal: values = number_options(type, current, seen); break;
    case TypeKind::String: values = text_options(seen); break;
    case TypeKind::Entity: values = entity_options(type, seen); break;
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions: values = form_options(type, seen); break;
    case TypeKind::Set:
    case TypeKind::List: values = collection_options(type, current, seen); break;
    default: break;
  }
  if (program_.is_optional(type_id)) values.push_back(Value::absent());
  return values;
}

Candidates::Values Candidates::member_options(const Type& type) const {
  const compiler::EnumType& declared = program_.enums[type.enum_id];
  Values values;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(std::min(declared.members.size(), kMostElements)); ++i)
    values.push_back(Value::member(i));
  if (declared.open)
    values.push_back({.kind = ValueKind::Member, .integer = compiler::kUnknownMember, .text = "something-new"});
  return values;
}

Candidates::Values Candidates::number_options(const Type& type, const Value& current, const Seen& seen) const {
  Values values;
  const ValueKind kind = number_kind(type.kind);
  for (const Value& constant : seen.constants) {
    if (constant.kind != kind) continue;
    for (const std::int64_t beside : {std::int64_t{0}, step_of(kind), -step_of(kind)})
      add_unique(values, Value::number(kind, compiler::saturated::add(kind, constant.integer, beside)));
  }
  if (current.kind == ValueKind::Absent && values.empty())
    values.push_back(Value::number(kind, kind == ValueKind::Time ? seen.now : 0));
  return values;
}

Candidates::Values Candidates::text_options(const Seen& seen) const {
  Values values;
  for (const Value& constant : seen.constants) {
    if (constant.kind == ValueKind::String) {
      add_unique(values, constant);
      add_unique(values, Value::string(constant.text + "-other"));
    }
    if (constant.kind == ValueKind::Pattern) add_unique(values, Value::string(sample(constant.text)));
  }
  add_unique(values, Value::string("other"));
  return values;
}

Candidates::Values Candidates::entity_options(const Type& type, const Seen& seen) const {
  Values values;
  const auto fits = [&](const Value& value) {
    return value.kind == ValueKind::Entity &&
           std::find(type.entities.begin(), type.entities.end(), value.entity_type) != type.entities.end();
  };
  for (const Value& constant : seen.constants)
    if (fits(constant)) add_unique(values, constant);
  for (const Value& entity : seen.entities)
    if (fits(entity) && values.size() < kMostElements) add_unique(values, entity);
  return values;
}

Candidates::Values Candidates::form_options(const Type& type, const Seen& seen) const {
  Values values;
  for (const Value& constant : seen.constants) {
    if (constant.kind != ValueKind::Form) continue;
    const auto range = format::read_cidr(constant.text).value;
    const auto address = format::read_ip(constant.text).value;
    if (type.kind == TypeKind::Ip && range) {
      values.push_back(Value::form(format::print_ip(range->first)));
      values.push_back(Value::form(format::print_ip(moved(range->first, false))));
    } else if (range.has_value() == (type.kind == TypeKind::Cidr) &&
               address.has_value() == (type.kind == TypeKind::Ip)) {
      values.push_back(constant);
    }
  }
  return values;
}

Candidates::Values Candidates::collection_options(const Type& type, const Value& current, const Seen& seen) const {
  const bool set = type.kind == TypeKind::Set;
  const auto made = [&](std::vector<Value> items) {
    return set ? Value::set(std::move(items)) : Value::list(std::move(items));
  };
  Values values{made({})};
  for (const Value& constant : seen.constants)
    if (constant.kind == current.kind && constant.kind != ValueKind::Absent) add_unique(values, constant);
  const Type& element = program_.types[program_.without_optional(type.element)];
  const Values elements = element.kind == TypeKind::Record ? Values{plain(type.element, seen)}
                                                           : options(type.element, Value::absent(), seen);
  for (const Value& item : elements) {
    add_unique(values, made({item}));
    std::vector<Value> items = current.items;
    items.push_back(item);
    add_unique(values, made(std::move(items)));
  }
  for (Value& changed : changed_elements(element, current, set, seen)) add_unique(values, std::move(changed));
  return values;
}

Value Candidates::plain(TypeId type_id, const Seen& seen, int depth) const {
  constexpr int kDeepest = 8;
  const Type& type = program_.types[type_id];
  if (type.kind == TypeKind::Entity) {
    const Values known = entity_options(type, seen);
    if (!known.empty()) return known.front();
  }
  if (type.kind != TypeKind::Record || depth > kDeepest) return compiler::zero_value(program_, type_id);
  Value record{.kind = ValueKind::Record};
  for (const compiler::Field& field : program_.records[type.record].fields)
    record.items.push_back(plain(field.type, seen, depth + 1));
  return record;
}

/// One element less, or one field of a record otherwise.
Candidates::Values Candidates::changed_elements(const Type& element, const Value& current, bool set,
                                                const Seen& seen) const {
  const auto made = [&](std::vector<Value> items) {
    return set ? Value::set(std::move(items)) : Value::list(std::move(items));
  };
  Values values;
  for (std::size_t i = 0; i < current.items.size() && i < kMostElements; ++i) {
    std::vector<Value> items = current.items;
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    values.push_back(made(std::move(items)));
    if (element.kind != TypeKind::Record) continue;
    const auto& fields = program_.records[element.record].fields;
    for (std::size_t f = 0; f < fields.size() && f < current.items[i].items.size(); ++f)
      for (Value& option : options(fields[f].type, current.items[i].items[f], seen)) {
        items = current.items;
        items[i].items[f] = std::move(option);
        values.push_back(made(std::move(items)));
      }
  }
  return values;
}

}  // namespace bylaw::runner
