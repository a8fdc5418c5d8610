// Random literals and paths, and any value of a type.

#include "reference/generator.h"

#include <algorithm>

namespace bylaw::reference {

std::string Generator::literal(T type) {
  switch (type) {
    case T::Bool: return plain ? "yes" : chance(50) ? "true" : "false";  // a literal would make a place impossible
    case T::Int:
      return pick(std::vector<std::string>{"0", "1", "-1", "7", "9223372036854775807", "-9223372036854775807",
                                           "4611686018427387904"});
    case T::Decimal:
      return pick(std::vector<std::string>{"0.0", "1.0", "-1.0", "0.0001", "-0.3333", "2.5", "922337203685477.5807",
                                           "-922337203685477.5808", "30000000.5"});
    case T::Weekday: return pick(std::vector<std::string>{"Weekday.monday", "Weekday.friday", "Weekday.sunday"});
    case T::Duration: return pick(std::vector<std::string>{"0s", "30d", "-1us", "1d12h", "100000000d", "-100000000d"});
    case T::Time:
      return pick(
          std::vector<std::string>{"2026-01-01", "2026-03-31T23:59:59.999999Z", "9999-12-31T23:59:59Z", "0001-01-01"});
    case T::String:
      return pick(std::vector<std::string>{"\"\"", "\"ana\"", "\"bob\"", "\"Ünï\"", "\"a \\\"q\\\" b\"", "\"AN\"",
                                           "\"\\u{17f}\\u{212a}\"", "\"sk\""});
    case T::Colour: return pick(std::vector<std::string>{"Colour.red", "Colour.green", "Colour.blue"});
    case T::Level: return pick(std::vector<std::string>{"Level.low", "Level.mid", "Level.high"});
    case T::Reach: return pick(std::vector<std::string>{"Reach.a", "Reach.b", "Reach.c", "Reach.d", "Reach.e"});
    case T::Sort: return pick(std::vector<std::string>{"Sort.x", "Sort.y", "Sort.z"});
    case T::Label: return pick(std::vector<std::string>{"Label::\"l1\"", "Label::\"l 2\""});
    case T::Ip:
      return pick(std::vector<std::string>{"ip\"10.1.2.3\"", "ip\"0.0.0.0\"", "ip\"255.255.255.255\"", "ip\"::\"",
                                           "ip\"2001:db8::1\"", "ip\"::ffff:10.1.2.3\""});
    case T::Net:
      return pick(std::vector<std::string>{"cidr\"0.0.0.0/0\"", "cidr\"::/0\"", "cidr\"10.0.0.0/8\"",
                                           "cidr\"10.1.2.3/32\"", "cidr\"2001:db8::/32\"", "cidr\"128.0.0.0/1\""});
    case T::Version:
      return pick(std::vector<std::string>{"v\"0.0.0\"", "v\"1.2.3\"", "v\"1.2.3-rc.1\"", "v\"1.2.3-rc.10\"", "v\"2\"",
                                           "v\"2.0.0-rc.1+b\"", "v\"4294967295.0.1\""});
    case T::Ranges:
      return pick(std::vector<std::string>{"versions\"<1.0 || >=2.0.0-rc.1 <2.0.0\"", "versions\"=1.2.3\"",
                                           "versions\">=0.0.0-0\"", "versions\">1.2.3-rc.1 <=2\""});
    case T::Person:
    case T::Team:
    case T::Who:
    case T::Item:
    case T::Inner:
    case T::Waiver:
    case T::Labels:
    case T::Counts:
    case T::Undated: break;
  }
  return {};
}

std::string Generator::set_literal(T type) {
  if (is_entity(type)) {
    const std::vector<std::string> names =
        type == T::Person ? std::vector<std::string>{"Person::\"p1\"", "Person::\"p2\""}
        : type == T::Team ? std::vector<std::string>{"Team::\"t1\"", "Team::\"t3\"", "Team::\"nobody\""}
                          : std::vector<std::string>{"Person::\"p3\"", "Team::\"t2\""};
    std::string text;
    for (const std::string& name : names)
      if (chance(60)) text += (text.empty() ? "" : ", ") + name;
    return "{" + text + "}";
  }
  std::string text;
  for (std::size_t n = below(4); n > 0; --n) text += (text.empty() ? "" : ", ") + literal(type);
  return "{" + text + "}";
}

std::string Generator::leaf(GType type) {
  std::vector<std::string> fitting;
  for (const Source& source : bound)
    if (source.type == type) fitting.insert(fitting.end(), 3, source.text);
  for (const Source& source : kFields)
    if (source.type == type) fitting.push_back(source.text);
  if (type.shape == GType::One && (fitting.empty() || chance(30)))
    if (const std::string text = literal(type.element); !text.empty()) return text;
  if (fitting.empty()) return set_literal(type.element);  // a Set: of each type of lists there is a field
  return pick(fitting);
}

std::string Generator::value(GType type, int depth) {
  std::vector<std::string> paths;
  for (const Source& source : kOptionals)
    if (source.type == type && !plain && !tested.contains(root(source.text))) paths.push_back(source.text);
  const std::size_t form = below(4);
  if (form == 0 && !paths.empty()) return "(" + pick(paths) + " ?? " + expression(type, depth - 1) + ")";
  if (form == 1)
    return "(if " + untested_condition(depth - 1) + " then " + expression(type, depth - 1) + " else " +
           expression(type, depth - 1) + ")";
  if (form == 2 && type == one(T::Duration))
    return "longest(" + pick(std::vector<std::string>{"maybe_dur", "person.cap"}) + ", " + expression(type, depth - 1) +
           ")";
  if (chance(30))
    if (const std::string text = builtin(type, depth); !text.empty()) return text;
  static const std::vector<OperationInfo> kRows = operations_with(false);
  const OperationInfo& info = pick(kRows);
  GType left = type;
  const bool named = info.result != ResultClass::SameAsLeft && info.result != ResultClass::SameAsRight;
  const bool fits =
      named ? gives(info.result, type) : type == one(T::Int) || type == one(T::Duration) || type == one(T::Decimal);
  if (!fits || info.left == OperandClass::Optional) return leaf(type);
  if (info.left == OperandClass::Nothing) return "(-(" + expression(type, depth - 1) + "))";
  if (info.left != OperandClass::Number && !concrete(info.left, left)) return leaf(type);
  const std::string text = operation(info, left, depth);
  return text.empty() ? leaf(type) : text;
}

std::string Generator::expression(GType type, int depth) {
  if (depth <= 0) return leaf(type);
  if (type == one(T::Bool)) return condition(depth);
  if (type.shape != GType::One || chance(40)) return leaf(type);
  return value(type, depth);
}

}  // namespace bylaw::reference
