#include "generate/type_values.h"

#include <format/addresses.h>

#include <algorithm>

#include "model/terms.h"

namespace bylaw::runner {

using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;
using compiler::Value;
using compiler::ValueKind;
using ir::Op;
using ir::TermId;

namespace {

constexpr std::size_t kMostElements = 24;

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

format::IpAddress moved(const format::IpAddress& address, bool up) {
  format::IpAddress result = address;
  result.low += up ? 1 : static_cast<std::uint64_t>(-1);
  if (up && result.low == 0) ++result.high;
  if (!up && address.low == 0) --result.high;
  return result;
}

/// Entries of a list that is asked, and the ends of their times.
void add_rows(const Program& program, const std::vector<ir::ListIr>& lists, compiler::ListId list, SeenValues& seen) {
  const auto& values = lists[list.index].values;
  for (std::size_t i = 0; i < values.size() && i < kMostElements; ++i) {
    add_unique(seen.constants, values[i]);
    for (const Value& column : values[i].items) add_unique(seen.constants, column);
    const compiler::Row& row = program.lists[list].rows[i];
    for (const auto& end : {row.since, row.until})
      if (end) add_unique(seen.constants, Value::number(ValueKind::Time, *end));
  }
}

}  // namespace

void add_unique(std::vector<Value>& values, Value value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(std::move(value));
}

ValueKind number_kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::Time: return ValueKind::Time;
    case TypeKind::Duration: return ValueKind::Duration;
    case TypeKind::Decimal: return ValueKind::Decimal;
    default: return ValueKind::Int;
  }
}

std::int64_t step_of(ValueKind kind) {
  return kind == ValueKind::Time || kind == ValueKind::Duration ? 1000000 : 1;
}

void add_seen(const Program& program, const std::vector<ir::ListIr>& lists, const ir::Terms& terms, TermId root,
              SeenValues& seen) {
  for_each_term(terms, root, [&](TermId id) {
    if (const Value* constant = terms.constant_of(id)) {
      add_unique(seen.constants, *constant);
      for (std::size_t i = 0; i < constant->items.size() && i < kMostElements; ++i)
        add_unique(seen.constants, constant->items[i]);
    }
    const ir::Term& term = terms[id];
    const bool listed = term.op == Op::Listed || term.op == Op::ListedDirectly;
    if (listed || term.op == Op::Rows) add_rows(program, lists, compiler::ListId{listed ? term.b : term.a}, seen);
  });
}

TypeValues::Values TypeValues::options(TypeId type_id, const Value& current, const SeenValues& seen) const {
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
    case TypeKind::Record: values = part_options(type, current, seen); break;
    default: break;
  }
  if (program_.is_optional(type_id)) values.push_back(Value::absent());
  return values;
}

/// Of a union of values what each of its types can be; of other records nothing: their fields are places of their own.
TypeValues::Values TypeValues::part_options(const Type& type, const Value& current, const SeenValues& seen) const {
  Values values;
  const compiler::RecordType& record = program_.records[type.record];
  if (!record.either) return values;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const Value now = i < current.items.size() ? current.items[i] : Value::absent();
    for (Value& option : options(program_.without_optional(record.fields[i].type), now, seen)) {
      Value whole{.kind = ValueKind::Record};
      whole.items.assign(record.fields.size(), Value::absent());
      whole.items[i] = std::move(option);
      values.push_back(std::move(whole));
    }
  }
  return values;
}

TypeValues::Values TypeValues::member_options(const Type& type) const {
  const compiler::EnumType& declared = program_.enums[type.enum_id];
  Values values;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(std::min(declared.members.size(), kMostElements)); ++i)
    values.push_back(Value::member(i));
  if (declared.open)
    values.push_back({.kind = ValueKind::Member, .integer = compiler::kUnknownMember, .text = "something-new"});
  return values;
}

TypeValues::Values TypeValues::number_options(const Type& type, const Value& current, const SeenValues& seen) const {
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

TypeValues::Values TypeValues::text_options(const SeenValues& seen) const {
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

TypeValues::Values TypeValues::entity_options(const Type& type, const SeenValues& seen) const {
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

TypeValues::Values TypeValues::form_options(const Type& type, const SeenValues& seen) const {
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

/// Constants do not say their types: whether each of these can be a value of that one.
bool TypeValues::fits(const Values& constants, TypeId type) const {
  return std::all_of(constants.begin(), constants.end(), [&](const Value& value) { return fits(value, type); });
}

bool TypeValues::fits(const Value& value, TypeId type_id) const {
  const Type& type = program_.types[program_.without_optional(type_id)];
  if (value.kind == ValueKind::Absent) return program_.is_optional(type_id);
  switch (type.kind) {
    case TypeKind::Set:
    case TypeKind::List:
      return value.kind == (type.kind == TypeKind::Set ? ValueKind::Set : ValueKind::List) &&
             fits(value.items, type.element);
    case TypeKind::Map: return false;  // an entry's kind says nothing of its key's
    case TypeKind::Record: {
      const auto& fields = program_.records[type.record].fields;
      if (value.kind != ValueKind::Record || value.items.size() != fields.size()) return false;
      for (std::size_t i = 0; i < fields.size(); ++i)
        if (!fits(value.items[i], fields[i].type)) return false;
      return true;
    }
    case TypeKind::Enum: {
      const compiler::EnumType& declared = program_.enums[type.enum_id];
      const auto members = static_cast<std::int64_t>(declared.members.size());
      return value.kind == ValueKind::Member && (value.integer < members || (declared.open && !value.text.empty()));
    }
    case TypeKind::Entity:
      return value.kind == ValueKind::Entity &&
             std::find(type.entities.begin(), type.entities.end(), value.entity_type) != type.entities.end();
    default: return value.kind == compiler::zero_value(program_, program_.without_optional(type_id)).kind;
  }
}

TypeValues::Values TypeValues::collection_options(const Type& type, const Value& current,
                                                  const SeenValues& seen) const {
  const bool set = type.kind == TypeKind::Set;
  const auto made = [&](std::vector<Value> items) {
    return set ? Value::set(std::move(items)) : Value::list(std::move(items));
  };
  Values values{made({})};
  for (const Value& constant : seen.constants)
    if (constant.kind == made({}).kind && fits(constant.items, type.element)) add_unique(values, constant);
  const Type& element = program_.types[program_.without_optional(type.element)];
  const bool record = element.kind == TypeKind::Record && !program_.records[element.record].either;
  const Values elements = record ? Values{plain(type.element, seen)} : options(type.element, Value::absent(), seen);
  for (const Value& item : elements) {
    add_unique(values, made({item}));
    std::vector<Value> items = current.items;
    items.push_back(item);
    add_unique(values, made(std::move(items)));
  }
  for (Value& changed : changed_elements(element, current, set, seen)) add_unique(values, std::move(changed));
  return values;
}

Value TypeValues::plain(TypeId type_id, const SeenValues& seen, int depth) const {
  constexpr int kDeepest = 8;
  const Type& type = program_.types[type_id];
  if (type.kind == TypeKind::Entity) {
    const Values known = entity_options(type, seen);
    if (!known.empty()) return known.front();
  }
  if (type.kind != TypeKind::Record || depth > kDeepest) return compiler::zero_value(program_, type_id);
  Value record{.kind = ValueKind::Record};
  const bool either = program_.records[type.record].either;
  for (const compiler::Field& field : program_.records[type.record].fields)
    record.items.push_back(either && record.items.empty()
                               ? plain(program_.without_optional(field.type), seen, depth + 1)
                               : plain(field.type, seen, depth + 1));
  return record;
}

/// One element less, or one field of a record otherwise.
TypeValues::Values TypeValues::changed_elements(const Type& element, const Value& current, bool set,
                                                const SeenValues& seen) const {
  const auto made = [&](std::vector<Value> items) {
    return set ? Value::set(std::move(items)) : Value::list(std::move(items));
  };
  Values values;
  for (std::size_t i = 0; i < current.items.size() && i < kMostElements; ++i) {
    std::vector<Value> items = current.items;
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    values.push_back(made(std::move(items)));
    if (element.kind != TypeKind::Record) continue;
    if (program_.records[element.record].either) {
      for (Value& option : part_options(element, current.items[i], seen)) {
        items = current.items;
        items[i] = std::move(option);
        values.push_back(made(std::move(items)));
      }
      continue;
    }
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
