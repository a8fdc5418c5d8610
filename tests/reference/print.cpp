// The one printed form of each type, as messages and results show it.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "reference/model.h"

namespace bylaw::reference {

using compiler::Type;
using compiler::TypeKind;
using nlohmann::json;

std::string print_time(std::int64_t microseconds) {
  std::int64_t seconds = microseconds / 1000000, micro = microseconds % 1000000;
  if (micro < 0) {
    micro += 1000000;
    --seconds;
  }
  std::int64_t days = seconds / 86400, rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  // One year and one month at a time.
  const auto leap = [](std::int64_t y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  std::int64_t year = 1970;
  while (days < 0) days += leap(--year) ? 366 : 365;
  while (days >= (leap(year) ? 366 : 365)) days -= leap(year++) ? 366 : 365;
  int lengths[] = {31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int month = 0;
  while (days >= lengths[month]) days -= lengths[month++];
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", static_cast<int>(year), month + 1,
                static_cast<int>(days) + 1, static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60),
                static_cast<int>(rest % 60));
  std::string printed = text;
  if (micro != 0) {
    std::snprintf(text, sizeof text, ".%06d", static_cast<int>(micro));
    printed += text;
    while (printed.back() == '0') printed.pop_back();
  }
  return printed + "Z";
}

std::string print_duration(std::int64_t microseconds) {
  if (microseconds == 0) return "0s";
  const bool negative = microseconds < 0;
  std::uint64_t rest =
      negative ? ~static_cast<std::uint64_t>(microseconds) + 1 : static_cast<std::uint64_t>(microseconds);
  static const std::pair<const char*, std::uint64_t> kUnits[] = {{"d", 86400000000}, {"h", 3600000000}, {"m", 60000000},
                                                                 {"s", 1000000},     {"ms", 1000},      {"us", 1}};
  std::string text = negative ? "-" : "";
  for (const auto& [unit, length] : kUnits) {
    if (rest / length != 0) text += std::to_string(rest / length) + unit;
    rest %= length;
  }
  return text;
}

std::string print_decimal(std::int64_t ten_thousandths) {
  const bool negative = ten_thousandths < 0;
  std::string digits = std::to_string(ten_thousandths).substr(negative ? 1 : 0);
  while (digits.size() < 5) digits = "0" + digits;
  digits.insert(digits.size() - 4, ".");
  while (digits.back() == '0' && digits[digits.size() - 2] != '.') digits.pop_back();
  return (negative ? "-" : "") + digits;
}

std::string print_entity(const EntityKey& entity) {
  return entity.type + "::" + json(entity.id).dump();
}

std::string print(const Program& program, TypeId type_id, const Value& value) {
  const Type& type = program.types[type_id];
  switch (type.kind) {
    case TypeKind::Bool: return value.number == 1 ? "true" : "false";
    case TypeKind::Int: return std::to_string(value.number);
    case TypeKind::Time: return print_time(value.number);
    case TypeKind::Duration: return print_duration(value.number);
    case TypeKind::Decimal: return print_decimal(value.number);
    case TypeKind::String:
    case TypeKind::Policy:
    case TypeKind::Glob:
    case TypeKind::Regex:
    case TypeKind::Enum: return value.text;
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions: return print_form(type.kind, value);
    case TypeKind::Entity: return value.entity.id;
    case TypeKind::Optional: return print(program, type.element, value);
    case TypeKind::Set:
    case TypeKind::List: {
      std::string text;
      for (const Value& item : value.items) text += (text.empty() ? "" : ", ") + print(program, type.element, item);
      return type.kind == TypeKind::Set ? "{" + text + "}" : "[" + text + "]";
    }
    case TypeKind::Map: {
      std::string text;
      for (const Value& entry : value.items)
        text += (text.empty() ? "" : ", ") + print(program, program.key_type(type_id), entry.fields.at("key")) + ": " +
                print(program, program.value_type(type_id), entry.fields.at("value"));
      return "{" + text + "}";
    }
    case TypeKind::Any:
    case TypeKind::Record:
    case TypeKind::Error: break;
  }
  impossible("a value without printed form is printed");
}

json to_json(const Program& program, TypeId type_id, const Value& value) {
  const Type& type = program.types[type_id];
  switch (type.kind) {
    case TypeKind::Bool: return value.number == 1;
    case TypeKind::Int: return value.number;
    case TypeKind::Time: return print_time(value.number);
    case TypeKind::Duration: return print_duration(value.number);
    case TypeKind::Decimal: return json::parse(print_decimal(value.number));
    case TypeKind::String:
    case TypeKind::Policy:
    case TypeKind::Glob:
    case TypeKind::Regex:
    case TypeKind::Enum: return value.text;
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions: return print_form(type.kind, value);
    case TypeKind::Entity: return print_entity(value.entity);
    case TypeKind::Optional: return value.present() ? to_json(program, type.element, value) : json();
    case TypeKind::Set:
    case TypeKind::List: {
      json items = json::array();
      for (const Value& item : value.items) items.push_back(to_json(program, type.element, item));
      return items;
    }
    case TypeKind::Map: {
      json object = json::object();
      for (const Value& entry : value.items)
        object[print(program, program.key_type(type_id), entry.fields.at("key"))] =
            to_json(program, program.value_type(type_id), entry.fields.at("value"));
      return object;
    }
    case TypeKind::Any:
    case TypeKind::Record: return json();
    case TypeKind::Error: break;
  }
  impossible("a value of type Error");
}

namespace {
std::string cut(std::string text) {
  constexpr std::size_t kLongest = 256;
  if (text.size() <= kLongest) return text;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}
}  // namespace

std::string render(const Situation& situation, const compiler::Message& message, const Locals& locals) {
  std::string text;
  for (const compiler::MessagePart& part : message.parts) {
    text += part.text;
    if (!part.value) continue;
    text += cut(
        print(*situation.program, situation.program->exprs[part.value].type, evaluate(situation, part.value, locals)));
  }
  return text;
}

}  // namespace bylaw::reference
