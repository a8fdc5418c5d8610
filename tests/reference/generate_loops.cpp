// Random binders, quantifiers, comprehensions and lets.

#include "reference/generator.h"

#include <algorithm>
#include <cctype>

namespace bylaw::reference {

/// What may be read of an entry of a list.
void Generator::bind_columns(T entry, const std::string& name) {
  if (entry == T::Waiver) {
    bound.push_back({"(" + name + ".lifts == " + (chance(50) ? "this" : "quiet") + ")", one(T::Bool)});
    bound.push_back({name + ".who", one(T::Who)});
    bound.push_back({name + ".level", one(T::Level)});
    bound.push_back({name + ".tags", set_of(T::String)});
    bound.push_back({name + ".since", one(T::Time)});
    bound.push_back({name + ".owner", one(T::String)});
    bound.push_back({"(" + name + ".n ?? 3)", one(T::Int)});
    bound.push_back({"(" + name + ".until ?? now)", one(T::Time)});
    bound.push_back({"(" + name + ".when_at is unset)", one(T::Bool)});
  }
  if (entry == T::Undated) {
    bound.push_back({name + ".colour", one(T::Colour)});
    bound.push_back({name + ".n", one(T::Int)});
  }
}

GType Generator::any_collection() {
  return pick(std::vector<GType>{set_of(T::Int), set_of(T::String), set_of(T::Reach), set_of(T::Sort),
                                 set_of(T::Person), set_of(T::Team), set_of(T::Who), list_of(T::Int), list_of(T::Item),
                                 list_of(T::Person), set_of(T::Level), set_of(T::Ip), set_of(T::Net),
                                 set_of(T::Version), list_of(T::Net), set_of(T::Ranges), list_of(T::Waiver),
                                 list_of(T::Undated), list_of(T::String)});
}

/// What is only gone through: a comprehension, lists joined, values written out. `own`: the loops that it becomes,
/// which are around what is made next. Empty if there is no room for them.
std::string Generator::gathered(GType type, int depth, int& own) {
  static const std::vector<T> kJoined = {T::Int, T::Item, T::Person, T::Reach, T::Net};
  if (chance(15) && loops + 2 <= kMostLoops) {
    std::string call;
    if (type == list_of(T::Item)) call = "those(items, " + leaf(one(T::Level)) + ")";
    if (type == list_of(T::Int)) call = "twice(int_list, " + leaf(one(T::Int)) + ")";
    if (type == set_of(T::String)) call = "tags_of(items)";
    own = 2;
    if (!call.empty()) {
      loops += own;
      return call;
    }
  }
  const int before = loops;
  own = 1;
  const bool rows = type.element == T::Waiver || type.element == T::Undated;
  if (rows || loops >= kMostLoops) return {};
  const bool joined =
      type.shape == GType::List && std::find(kJoined.begin(), kJoined.end(), type.element) != kJoined.end();
  if (joined && chance(40)) {
    std::string text = leaf(type) + " + " + leaf(type);
    if (type.element != T::Item && chance(30)) text += " + [" + expression(one(type.element), depth - 1) + "]";
    loops = before + own;
    return "(" + text + ")";
  }
  const bool set = type.shape == GType::Set;
  if (type.element != T::Item && chance(20)) {  // `for each` goes through no records that are written out
    const std::string first = expression(one(type.element), depth - 1), second = leaf(one(type.element));
    loops = before + own;
    return (set ? "{" : "[") + first + ", " + second + (set ? "}" : "]");
  }
  const std::size_t outer = bound.size();
  std::string names = binder(depth);
  if (loops < kMostLoops && chance(25)) names += ", " + binder();
  const std::string where = chance(50) ? " where " + untested_condition(depth - 1) : "";
  const std::string value = expression(one(type.element), depth - 1);
  own = loops - before;
  bound.resize(outer);
  return (set ? "{" : "[") + value + " for " + names + where + (set ? "}" : "]");
}

/// A collection that is consumed where it stands.
std::string Generator::gone_through(GType type, int depth) {
  const int before = loops;
  int own = 0;
  const std::string text = binders < 12 ? gathered(type, depth, own) : std::string();
  loops = before;
  return text.empty() ? leaf(type) : text;
}

/// `count`, `sum`, `min` or `max` of a collection.
std::string Generator::fold(const BuiltinInfo& row, GType type, int depth) {
  const std::string name = row.spelling;
  const bool number = type == one(T::Int) || type == one(T::Duration) || type == one(T::Decimal);
  const bool ordered =
      type.shape == GType::One && std::find(kOrdered.begin(), kOrdered.end(), type.element) != kOrdered.end();
  if (row.result == ResultClass::Int) {
    if (type != one(T::Int)) return {};
    const GType counted = any_collection();
    return name + "(" + (chance(30) ? leaf(counted) : gone_through(counted, depth - 1)) + ")";
  }
  if (!(row.result == ResultClass::ElementOfFirst ? number : ordered)) return {};
  const std::string collection = gone_through(chance(50) ? list_of(type.element) : set_of(type.element), depth - 1);
  if (collection == "{}" || collection == "words") return {};
  if (row.result == ResultClass::ElementOfFirst) return name + "(" + collection + ")";
  return "(" + name + "(" + collection + ") ?? " + expression(type, depth - 1) + ")";
}

/// "b1 in team.lineage": that may be long, so nothing else is gone through inside it.
std::string Generator::lineage_binder() {
  const std::string from = pick(std::vector<std::string>{"team", "person", "who"});
  const std::string name = "b" + std::to_string(++binders);
  bound.push_back({name, one(from == "team" ? T::Team : T::Who)});
  if (from == "team") bound.push_back({name + ".size", one(T::Int)});
  loops = kMostLoops;
  return name + " in " + from + ".lineage";
}

/// "b1 in tagged": a binder over the keys of a map.
std::string Generator::key_binder() {
  const std::string collection = pick(std::vector<std::string>{"tagged", "prices", "team.notes"});
  const std::string name = "b" + std::to_string(++binders);
  ++loops;
  bound.push_back({name, one(T::String)});
  if (collection == "tagged") bound.push_back({"(tagged[" + name + "] ?? \"none\")", one(T::String)});
  return name + " in " + collection;
}

/// "b1 in ints": one more binder, which what follows may use.
std::string Generator::binder(int depth) {
  if (chance(12)) return key_binder();
  if (loops == 0 && binders < 12 && chance(10)) return lineage_binder();
  const GType over = any_collection();
  int own = 1;
  std::string collection = depth > 0 && binders < 12 && chance(30) ? gathered(over, depth - 1, own) : std::string();
  if (collection.empty()) {
    collection = leaf(over);
    ++loops;
  }
  const std::string name = "b" + std::to_string(++binders);
  bound.push_back({name, one(over.element)});
  if (over.element == T::Item) {
    bound.push_back({name + ".name", one(T::String)});
    bound.push_back({name + ".level", one(T::Level)});
    bound.push_back({name + ".tags", set_of(T::String)});
  }
  if (over.element == T::Person) bound.push_back({name + ".teams", set_of(T::Team)});
  bind_columns(over.element, name);
  if (over.element == T::Team) bound.push_back({name + ".size", one(T::Int)});
  return name + " in " + collection;
}

/// " let b1 = e": one more name, which what follows may use.
std::string Generator::let() {
  static const std::vector<T> kTypes = {T::Bool, T::Int, T::String, T::Level, T::Decimal, T::Time};
  const std::string name = "b" + std::to_string(++binders);
  const GType type = one(pick(kTypes));
  const bool before = plain;
  const int around = loops;
  plain = true;
  loops = kMostLoops;  // it may be used in any loop: it has none of its own
  const std::string value = expression(type, 2);
  plain = before;
  loops = around;
  bound.push_back({name, type});
  return " let " + name + " = " + value;
}

std::string Generator::quantifier(int depth) {
  const std::string word = pick(std::vector<std::string>{"any", "all", "no"});
  const std::size_t before = bound.size();
  const int outer = loops;
  std::string list = binder(depth);
  if (loops < kMostLoops && chance(20)) list += ", " + binder();
  const std::string body = condition(depth - 1);
  bound.resize(before);
  loops = outer;
  return "(" + word + " " + list + ": " + body + ")";
}

}  // namespace bylaw::reference
