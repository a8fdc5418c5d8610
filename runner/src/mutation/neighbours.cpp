#include <format/addresses.h>
#include <format/text_forms.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "mutation/pattern_neighbours.h"
#include "mutation/term_edits.h"

namespace bylaw::runner {
namespace {

using compiler::PatternCode;
using compiler::Program;
using compiler::Type;
using compiler::TypeId;
using compiler::TypeKind;
using compiler::Value;
using compiler::ValueKind;

constexpr std::int64_t kMillisecond = 1000, kSecond = 1000 * kMillisecond, kMinute = 60 * kSecond, kHour = 60 * kMinute;
constexpr std::size_t kMostElements = 16;

/// The unit in which a person would have written it.
std::int64_t unit_of(const Value& value) {
  static constexpr std::int64_t kDurations[] = {format::kDay, kHour, kMinute, kSecond, kMillisecond, 1};
  static constexpr std::int64_t kTimes[] = {format::kDay, kMinute, kSecond, 1};
  static constexpr std::int64_t kDecimals[] = {10000, 1000, 100, 10, 1};
  const auto divides = [&](std::int64_t unit) { return value.integer % unit == 0; };
  if (value.kind == ValueKind::Duration) {
    if (value.integer == 0) return kSecond;
    return *std::find_if(std::begin(kDurations), std::end(kDurations), divides);
  }
  if (value.kind == ValueKind::Time) return *std::find_if(std::begin(kTimes), std::end(kTimes), divides);
  if (value.kind == ValueKind::Decimal) return *std::find_if(std::begin(kDecimals), std::end(kDecimals), divides);
  return 1;
}

std::vector<Value> numbers(const Value& value) {
  std::vector<Value> result;
  const std::int64_t unit = unit_of(value);
  for (const std::int64_t step : {unit, -unit}) {
    const Value moved = Value::number(value.kind, compiler::saturated::add(value.kind, value.integer, step));
    if (moved != value) result.push_back(moved);
  }
  return result;
}

std::vector<Value> members(const Program& program, const Value& value, const Type& type) {
  const compiler::EnumType& declared = program.enums[type.enum_id];
  std::vector<Value> result;
  if (!declared.ordered || value.integer == compiler::kUnknownMember) return result;
  if (value.integer + 1 < static_cast<std::int64_t>(declared.members.size()))
    result.push_back(Value::member(value.integer + 1));
  if (value.integer > 0) result.push_back(Value::member(value.integer - 1));
  return result;
}

std::vector<Value> ranges(const Value& value) {
  std::vector<Value> result;
  const auto range = format::read_cidr(value.text).value;
  if (!range) return result;
  const std::uint64_t shortest = format::is_ipv4(range->first) ? 96 : 0;
  if (range->length > shortest) {
    const std::uint64_t length = range->length - 1;
    result.push_back(Value::form(format::print_cidr({format::prefix_of(range->first, length), length})));
  }
  if (range->length < 128) result.push_back(Value::form(format::print_cidr({range->first, range->length + 1})));
  return result;
}

/// A glob that matches more (`*` as `**`, or anything behind it), and one that matches less.
std::vector<Value> globs(const Value& value) {
  const std::string& text = value.text;
  const auto glob = [](std::string changed) { return Value::pattern(compiler::PatternKind::Glob, std::move(changed)); };
  const std::size_t star = text.rfind('*');
  const bool escaped = star != std::string::npos && star > 0 && text[star - 1] == '\\';
  if (star == std::string::npos || escaped) return {glob(text + "*")};
  const bool twice = star > 0 && text[star - 1] == '*';
  if (twice) return {glob(text.substr(0, star) + text.substr(star + 1))};
  return {glob(text.substr(0, star) + "**" + text.substr(star + 1)),
          glob(text.substr(0, star) + "?" + text.substr(star + 1))};
}

std::vector<Value> patterns(const Value& value) {
  std::vector<Value> result;
  if (compiler::pattern_code(value) == PatternCode::Glob) result = globs(value);
  for (Value& changed : pattern_neighbours(value)) result.push_back(std::move(changed));
  return result;
}

/// A number more: the one behind the greatest.
std::optional<Value> one_more(const Value& value, const Type& element) {
  const bool number = element.kind == TypeKind::Int || element.kind == TypeKind::Decimal ||
                      element.kind == TypeKind::Time || element.kind == TypeKind::Duration;
  if (!number || value.kind != ValueKind::Set || value.items.empty()) return std::nullopt;
  const Value& greatest = value.items.back();
  const Value next =
      Value::number(greatest.kind, compiler::saturated::add(greatest.kind, greatest.integer, unit_of(greatest)));
  return next == greatest ? std::nullopt : std::optional(next);
}

std::vector<Value> collections(const Program& program, const Value& value, const Type& type) {
  std::vector<Value> result;
  const auto made = [&](std::vector<Value> items) {
    result.push_back(type.kind == TypeKind::Set ? Value::set(std::move(items)) : Value::list(std::move(items)));
  };
  for (std::size_t i = 0; i < value.items.size() && i < kMostElements; ++i) {
    std::vector<Value> items = value.items;
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    made(std::move(items));
    for (const Value& changed : neighbours(program, value.items[i], type.element)) {
      if (changed.kind != ValueKind::Form && changed.kind != ValueKind::Pattern) break;
      items = value.items;
      items[i] = changed;
      made(std::move(items));
    }
  }
  const Type& element = program.types[program.without_optional(type.element)];
  if (const auto more = one_more(value, element)) {
    std::vector<Value> items = value.items;
    items.push_back(*more);
    made(std::move(items));
  }
  if (element.kind != TypeKind::Enum) return result;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(program.enums[element.enum_id].members.size()); ++i) {
    if (std::find(value.items.begin(), value.items.end(), Value::member(i)) != value.items.end()) continue;
    std::vector<Value> items = value.items;
    items.push_back(Value::member(i));
    made(std::move(items));
    break;  // one that is too many is enough
  }
  return result;
}

}  // namespace

std::vector<Value> neighbours(const Program& program, const Value& value, TypeId type_id) {
  const Type& type = program.types[program.without_optional(type_id)];
  switch (value.kind) {
    case ValueKind::Int:
    case ValueKind::Time:
    case ValueKind::Duration:
    case ValueKind::Decimal: return numbers(value);
    case ValueKind::Member: return members(program, value, type);
    case ValueKind::Form: return type.kind == TypeKind::Cidr ? ranges(value) : std::vector<Value>();
    case ValueKind::Pattern: return patterns(value);
    case ValueKind::Set:
    case ValueKind::List: return collections(program, value, type);
    default: return {};
  }
}

}  // namespace bylaw::runner
