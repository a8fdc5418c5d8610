// Random conditions, and modules of rules with them, over the declarations of the shared world.

#include "reference/generator.h"

#include <algorithm>

namespace bylaw::reference {

std::string Generator::optional_test(int depth) {
  const Source& path = pick(kOptionals);
  if (plain || tested.contains(root(path.text))) return leaf(one(T::Bool));
  tested.insert(root(path.text));
  const std::string test = path.text + (chance(70) ? " is set" : " is unset");
  const bool set = test.ends_with("is set");
  bound.push_back(path);
  const std::string inner = condition(depth - 1);
  bound.pop_back();
  tested.erase(root(path.text));
  return set ? "(" + test + " and " + inner + ")" : "(" + test + " or " + inner + ")";
}

/// A condition that tells nothing about presence or type, so that what stands beside it may test the same paths.
std::string Generator::untested_condition(int depth) {
  const bool before = plain;
  plain = true;
  const std::string text = condition(depth);
  plain = before;
  return text;
}

std::string Generator::type_test(int depth) {
  if (plain || !tested.insert("who").second) return leaf(one(T::Bool));
  const std::string years = expression(one(T::Int), depth - 1);
  tested.erase("who");
  return chance(50) ? "(who is Person and older(who, " + years + "))"
                    : "(not (who is Person) and who.size > " + years + ")";
}

std::string Generator::condition(int depth) {
  if (depth <= 0) return leaf(one(T::Bool));
  switch (below(12)) {
    case 0: return optional_test(depth);
    case 1: return binders < 12 && depth > 1 && loops < kMostLoops ? quantifier(depth) : leaf(one(T::Bool));
    case 2: return "(" + pick(std::vector<std::string>{"reach", "sort"}) + " is unknown)";
    case 3:
      if (chance(30)) return "(" + gone_through(any_collection(), depth - 1) + " is empty)";
      return "(" +
             leaf(pick(std::vector<GType>{set_of(T::Int), set_of(T::Reach), set_of(T::Person), list_of(T::Item)})) +
             " is empty)";
    case 4: return type_test(depth);
    case 5:
      return "(if " + untested_condition(depth - 1) + " then " + condition(depth - 1) + " else " +
             condition(depth - 1) + ")";
    default: break;
  }
  static const std::vector<OperationInfo> kRows = operations_with(true);
  for (int tries = 0; tries < 20; ++tries) {
    const OperationInfo& info = pick(kRows);
    GType left;
    if (info.left == OperandClass::Nothing) return "(not " + condition(depth - 1) + ")";
    if (!concrete(info.left, left)) continue;
    if (const std::string text = operation(info, left, depth); !text.empty()) return text;
  }
  return leaf(one(T::Bool));
}

namespace {

std::string printable(Generator& generator) {
  static const std::vector<GType> kTypes = {
      one(T::Bool),   one(T::Int),        one(T::Duration), one(T::Time),    one(T::Colour),  one(T::Reach),
      one(T::Person), one(T::Who),        set_of(T::Reach), set_of(T::Int),  list_of(T::Int), set_of(T::Team),
      one(T::Labels), one(T::Ip),         one(T::Net),      one(T::Version), one(T::Ranges),  set_of(T::Ip),
      set_of(T::Net), set_of(T::Version), one(T::Decimal),  one(T::Weekday)};
  generator.plain = true;
  std::string text = generator.expression(generator.pick(kTypes), 2);
  // An interpolation stands within a text: quotes in it would need no escapes, but read badly; leave those out.
  return text.find('"') == std::string::npos ? text : "i";
}

}  // namespace

std::string random_obligations(Random& random) {
  const std::vector<std::pair<const char*, GType>> fields = {
      {"all_texts", set_of(T::String)}, {"some_scopes", set_of(T::Reach)}, {"seen", one(T::Int)},
      {"whom", set_of(T::Team)},        {"lists", set_of(T::Sort)},        {"top", one(T::Level)},
      {"names", one(T::String)}};
  std::string text;
  for (int rule = 0; rule < 8; ++rule) {
    Generator generator{random};
    generator.plain = true;
    const auto& [field, type] = generator.pick(fields);
    text += "  oblige o" + std::to_string(rule) + (generator.chance(50) ? " on deny " : " ") +
            (generator.chance(30) ? generator.let() + " " : "") + field + " = " + generator.expression(type, 2) +
            " when " + generator.condition(2) + "\n";
  }
  return text;
}

std::string random_module(Random& random, int rules) {
  std::string text = kPrelude;
  text += "\npolicy quiet for ask mode off { deny never when yes because \"never\" }\npolicy p for ask {\n";
  for (int rule = 0; rule < rules; ++rule) {
    Generator generator{random};
    std::string for_each, lets;
    while (generator.loops < kMostLoops && generator.chance(for_each.empty() ? 40 : 30))
      for_each += (for_each.empty() ? " for each " : ", ") + generator.binder(1);
    while (generator.chance(30)) lets += generator.let();
    const std::string condition = generator.condition(for_each.empty() ? 4 : 3);
    text += "  deny r" + std::to_string(rule) + for_each + lets + " when " + condition + "  because \"r {" +
            printable(generator) + "}\"\n";
  }
  return text + random_obligations(random) + "}\n";
}

}  // namespace bylaw::reference
