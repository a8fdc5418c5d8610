#include <bylaw/compiler/decision_value.h>

#include <algorithm>
#include <limits>

#include "format/addresses.h"
#include "format/decimal.h"
#include "format/text_forms.h"
#include "format/versions.h"

namespace bylaw::compiler {

std::strong_ordering operator<=>(const Value& a, const Value& b) {
  if (const auto order = a.kind <=> b.kind; order != 0) return order;
  if (const auto order = a.integer <=> b.integer; order != 0) return order;
  if (const auto order = a.entity_type <=> b.entity_type; order != 0) return order;
  if (const int order = a.text.compare(b.text); order != 0) return order <=> 0;
  const std::size_t common = std::min(a.items.size(), b.items.size());
  for (std::size_t i = 0; i < common; ++i)
    if (const auto order = a.items[i] <=> b.items[i]; order != 0) return order;
  return a.items.size() <=> b.items.size();
}

Value Value::set(std::vector<Value> elements) {
  std::sort(elements.begin(), elements.end(), [](const Value& a, const Value& b) { return (a <=> b) < 0; });
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  return {.kind = ValueKind::Set, .items = std::move(elements)};
}

Value Value::map(std::vector<Value> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const Value& a, const Value& b) { return (a.items[0] <=> b.items[0]) < 0; });
  return {.kind = ValueKind::Map, .items = std::move(entries)};
}

Value Value::pattern(PatternKind kind, std::string text) {
  const PatternCode code = kind == PatternKind::Glob ? PatternCode::Glob : PatternCode::Regex;
  return {.kind = ValueKind::Pattern, .integer = static_cast<std::int64_t>(code), .text = std::move(text)};
}

bool matches(const std::string& text, const Value& pattern) {
  if (pattern.kind != ValueKind::Pattern || pattern_code(pattern) == PatternCode::Merged)
    return std::any_of(pattern.items.begin(), pattern.items.end(),
                       [&](const Value& item) { return matches(text, item); });
  if (pattern_code(pattern) == PatternCode::None) return false;
  const auto automaton = compiled(pattern_of(pattern));
  return automaton->automaton && automaton->automaton->accepts({text});
}

Value zero_value(const Program& program, TypeId type) {
  const Type& t = program.types[type];
  switch (t.kind) {
    case TypeKind::Error:
    case TypeKind::Optional: return Value::absent();
    case TypeKind::Bool: return Value::boolean(false);
    case TypeKind::Int: return Value::number(ValueKind::Int, 0);
    case TypeKind::Time: return Value::number(ValueKind::Time, 0);
    case TypeKind::Duration: return Value::number(ValueKind::Duration, 0);
    case TypeKind::Policy: return Value::string({});
    case TypeKind::Decimal: return Value::number(ValueKind::Decimal, 0);
    case TypeKind::String: return Value::string("");
    case TypeKind::Enum: return Value::member(0);
    case TypeKind::Ip: return Value::form("::");
    case TypeKind::Cidr: return Value::form("::/0");
    case TypeKind::Version: return Value::form("0.0.0");
    case TypeKind::Versions: return Value::form("");
    case TypeKind::Entity: return Value::entity(t.entities.front(), "");
    case TypeKind::Set: return Value::set({});
    case TypeKind::Glob:
    case TypeKind::Regex: return {.kind = ValueKind::Pattern};
    case TypeKind::List: return Value::list({});
    case TypeKind::Map: return Value::map({});
    case TypeKind::Any: return Value::absent();
    case TypeKind::Record: break;
  }
  Value record{.kind = ValueKind::Record};
  for (const Field& field : program.records[t.record].fields) record.items.push_back(zero_value(program, field.type));
  return record;
}

bool comes_before(const Value& a, const Value& b) {
  if (a.kind != ValueKind::Form) return a.integer < b.integer;
  const auto left = format::read_version(a.text), right = format::read_version(b.text);
  return left.value && right.value && format::compare(*left.value, *right.value) < 0;
}

bool lies_in(const Value& value, const Value& holder) {
  if (const auto range = format::read_cidr(holder.text).value) {
    if (const auto address = format::read_ip(value.text).value) return format::is_inside(*address, *range);
    const auto inner = format::read_cidr(value.text).value;
    return inner && format::is_inside(*inner, *range);
  }
  const auto version = format::read_version(value.text).value;
  return version && format::versions_contain(holder.text, *version);
}

namespace saturated {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();

std::int64_t bounded(ValueKind kind, std::int64_t value) {
  return kind == ValueKind::Time ? std::clamp(value, format::kFirstInstant, format::kLastInstant) : value;
}

}  // namespace

std::int64_t add(ValueKind kind, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) result = b < 0 ? kLeast : kGreatest;
  return bounded(kind, result);
}

std::int64_t subtract(ValueKind kind, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(a, b, &result)) result = b < 0 ? kGreatest : kLeast;
  return bounded(kind, result);
}

std::int64_t multiply(ValueKind kind, std::int64_t a, std::int64_t b) {
  if (kind == ValueKind::Decimal) return format::multiply_decimals(a, b);
  std::int64_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) return (a < 0) == (b < 0) ? kGreatest : kLeast;
  return result;
}

std::int64_t negate(std::int64_t a) {
  return a == kLeast ? kGreatest : -a;
}

std::int64_t divide(std::int64_t a, std::int64_t b) {
  if (b == 0) return 0;
  if (b == -1) return negate(a);
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

std::int64_t modulo(std::int64_t a, std::int64_t b) {
  if (b == 0 || b == -1) return 0;
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

}  // namespace saturated
}  // namespace bylaw::compiler
