// Numbers of all kinds: around the constants of the conditions, the nearest to where one begins first, and some that
// are anywhere.

#include <format/decimal.h>
#include <format/text_forms.h>

#include <algorithm>

#include "property/drawer.h"

namespace bylaw::runner {

using compiler::TypeId;
using compiler::TypeKind;
using compiler::Value;
using compiler::ValueKind;

namespace {

constexpr std::size_t kEnumerated = 1000;  // a shorter range of whole numbers is gone through
constexpr std::size_t kMostBits = 31;      // of the distance of a number that is anywhere, in steps

std::optional<std::int64_t> number_of(ValueKind kind, const OrderedJson* json) {
  if (json == nullptr) return std::nullopt;
  if (kind == ValueKind::Int)
    return json->is_number_integer() ? std::optional(json->get<std::int64_t>()) : std::nullopt;
  if (kind == ValueKind::Decimal) return json->is_number() ? format::read_decimal(json->dump()).value : std::nullopt;
  if (!json->is_string()) return std::nullopt;
  const auto text = json->get<std::string>();
  return kind == ValueKind::Time ? format::read_instant(text) : format::read_wire_duration(text).value;
}

std::uint64_t distance(std::int64_t a, std::int64_t b) {
  return a < b ? static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a)
               : static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b);
}

}  // namespace

const std::vector<std::int64_t>& Drawer::numbers(TypeId type, std::int64_t origin, const std::string& field,
                                                 Ends ends) {
  std::vector<std::int64_t>& all = numbers_[{type.index, origin, field, ends.low, ends.high}];
  if (!all.empty()) return all;
  const ValueKind kind = number_kind(program_.types[type].kind);
  const bool is_time = kind == ValueKind::Time;
  const std::int64_t step = step_of(kind);
  all.push_back(origin);
  const auto add = [&](std::int64_t number) {
    for (const std::int64_t beside : {std::int64_t{0}, step, -step})
      all.push_back(compiler::saturated::add(kind, number, beside));
  };
  const SeenValues& seen =
      is_time ? constants_.of(field, {ValueKind::Time, ValueKind::Duration}) : constants_.of(field, {kind});
  for (const Value& constant : seen.constants) {
    if (constant.kind == kind) add(constant.integer);
    if (!is_time || constant.kind != ValueKind::Duration) continue;
    add(compiler::saturated::add(kind, now_, constant.integer));
    add(compiler::saturated::subtract(kind, now_, constant.integer));
  }
  add(is_time ? now_ : 0);
  if (ends.low != Ends().low) all.insert(all.end(), {ends.low, ends.high});
  std::erase_if(all, [&](std::int64_t number) { return number < ends.low || number > ends.high; });
  std::sort(all.begin(), all.end(), [&](std::int64_t a, std::int64_t b) {
    return std::pair(distance(a, origin), a) < std::pair(distance(b, origin), b);
  });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

OrderedJson Drawer::number(TypeId type, const OrderedJson* base, const std::string& field, Choices& choices,
                           Ends ends) {
  choices.endless();
  const ValueKind kind = number_kind(program_.types[type].kind);
  const std::int64_t usual = kind == ValueKind::Time ? now_ : 0;
  const std::int64_t origin = std::clamp(number_of(kind, base).value_or(usual), ends.low, ends.high);
  const std::vector<std::int64_t>& near = numbers(type, origin, field, ends);
  const std::size_t choice = choices.choose(near.size() + near.size() / 3 + 1);
  if (choice < near.size()) return value_json(program_, Value::number(kind, near[choice]), type);
  const std::size_t bits = choices.choose(kMostBits);
  const auto steps = static_cast<std::int64_t>(choices.choose(std::size_t{1} << bits));
  const std::int64_t far = compiler::saturated::multiply(ValueKind::Int, steps, step_of(kind));
  const std::int64_t anywhere = choices.choose(2) == 0 ? compiler::saturated::add(kind, origin, far)
                                                       : compiler::saturated::subtract(kind, origin, far);
  return value_json(program_, Value::number(kind, std::clamp(anywhere, ends.low, ends.high)), type);
}

OrderedJson Drawer::within(TypeId declared, std::int64_t low, std::int64_t high, const OrderedJson* base,
                           const std::string& field, Choices& choices) {
  const TypeId type = program_.without_optional(declared);
  const ValueKind kind = number_kind(program_.types[type].kind);
  if (kind == ValueKind::Int && distance(low, high) < kEnumerated) {
    const auto offset = static_cast<std::int64_t>(choices.choose(distance(low, high) + 1));
    return value_json(program_, Value::number(kind, low + offset), type);
  }
  return number(type, base, field, choices, {low, high});
}

}  // namespace bylaw::runner
