// Random modules: operators and functions drawn from their tables, over the declarations of the shared world.

#include <bylaw/compiler/operations.h>
#include <bylaw/grammar/syntax_tree.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "reference/generate.h"
#include "reference/generated_world.h"

namespace bylaw::reference {

using compiler::BuiltinInfo;
using compiler::OperandClass;
using compiler::Operation;
using compiler::OperationInfo;
using compiler::ResultClass;

namespace {

constexpr int kMostLoops = 4;
const std::vector<std::string> kGlobs = {"glob\"a*\"", "glob\"**\"", "glob\"{bob,ANA}\"", "glob\"?n?\"",
                                         "(if yes then glob\"e*\" else glob\"*\")"};
const std::vector<std::string> kPatterns = {"glob\"*a\"",      "glob\"\"",     "re\"a\"",
                                            "re\"^(?i)ana$\"", "re\"n|^$\"",   "re\"[^\\x00-\\x7f]\"",
                                            "re\"\\x22\"",     "re\"^\\w+$\"", "(if yes then re\"^e\" else re\"b\")"};

struct Generator {
  Random& random;
  std::vector<Source> bound = {};  // binders and narrowed paths
  int binders = 0;
  int loops = 0;                      // around what is made
  std::set<std::string> tested = {};  // roots of paths whose presence or type is known here: not tested again
  bool plain = false;                 // no tests of presence or type at all: in a message the condition's facts hold

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class Items>
  const auto& pick(const Items& items) {
    return items[below(items.size())];
  }

  std::string expression(GType type, int depth);
  std::string read_text(int depth);
  std::string part(int depth);
  std::string plain_text(int depth);
  std::string composed(int depth);
  std::string leaf(GType type);
  std::string literal(T type);
  std::string set_literal(T type);
  std::string condition(int depth);
  std::string operation(const OperationInfo& info, GType left_type, int depth);
  std::string operation_inside(const OperationInfo& info, GType left_type, int depth);
  std::string builtin(GType type, int depth);
  std::string optional_test(int depth);
  std::string type_test(int depth);
  std::string untested_condition(int depth);
  std::string binder(int depth = 0);
  GType any_collection();
  std::string gathered(GType type, int depth, int& own);
  std::string gone_through(GType type, int depth);
  std::string key_binder();
  std::string fold(const BuiltinInfo& row, GType type, int depth);
  std::string lineage_binder();
  std::string let();
  void bind_columns(T entry, const std::string& name);
  std::string quantifier(int depth);
  std::string value(GType type, int depth);
  bool concrete(OperandClass operand, GType& type);
  std::string right_operand(OperandClass operand, GType left, int depth, bool directly);
};

const char* spelling(const OperationInfo& operation_info) {
  return grammar::info(static_cast<grammar::Operator>(operation_info.op)).spelling.data();
}

std::vector<OperationInfo> operations_with(bool bool_result) {
  std::vector<OperationInfo> rows;
#define BYLAW_OPERATION(name_, op_, left_, right_, result_, meaning_) \
  if ((ResultClass::result_ == ResultClass::Bool) == bool_result) rows.push_back(compiler::info(Operation::name_));
#include <bylaw/compiler/operator_types.def>
#undef BYLAW_OPERATION
  return rows;
}

const std::vector<T> kScalars = {T::Bool,  T::Int,     T::Duration, T::Time,    T::String, T::Colour, T::Level,
                                 T::Reach, T::Sort,    T::Person,   T::Team,    T::Who,    T::Label,  T::Ip,
                                 T::Net,   T::Version, T::Ranges,   T::Decimal, T::Weekday};
const std::vector<T> kOrdered = {T::Int, T::Duration, T::Time, T::Level, T::Version, T::Decimal, T::Weekday};
const std::vector<T> kLocated = {T::Ip, T::Net, T::Version};
const std::vector<T> kEntities = {T::Person, T::Team, T::Who};
const std::vector<T> kSetElements = {T::Int,    T::String,  T::Colour, T::Level,  T::Reach, T::Sort,
                                     T::Person, T::Team,    T::Who,    T::Label,  T::Time,  T::Ip,
                                     T::Net,    T::Version, T::Ranges, T::Decimal};

/// A concrete type for the class of a left operand; false if it is a class of right operands.
bool Generator::concrete(OperandClass operand, GType& type) {
  switch (operand) {
    case OperandClass::Bool: type = one(T::Bool); return true;
    case OperandClass::Int: type = one(T::Int); return true;
    case OperandClass::Duration: type = one(T::Duration); return true;
    case OperandClass::Time: type = one(T::Time); return true;
    case OperandClass::Number: type = one(pick(std::vector<T>{T::Int, T::Duration, T::Decimal})); return true;
    case OperandClass::Decimal: type = one(T::Decimal); return true;
    case OperandClass::String: type = one(T::String); return true;
    case OperandClass::Scalar: type = one(pick(kScalars)); return true;
    case OperandClass::Ordered: type = one(pick(kOrdered)); return true;
    case OperandClass::Entity: type = one(pick(kEntities)); return true;
    case OperandClass::Scope: type = one(T::Reach); return true;
    case OperandClass::ScalarSet: type = set_of(pick(kSetElements)); return true;
    case OperandClass::ScopeSet: type = set_of(T::Reach); return true;
    case OperandClass::MaybeText:
    case OperandClass::MaybeString:
    case OperandClass::Text: type = one(T::String); return true;
    case OperandClass::ScalarCollection:
      type = chance(25) ? pick(std::vector<GType>{list_of(T::Int), list_of(T::Reach)}) : set_of(pick(kSetElements));
      return true;
    case OperandClass::OrderedCollection:
      type = pick(
          std::vector<GType>{set_of(T::Int), set_of(T::Level), set_of(T::Time), list_of(T::Int), set_of(T::Version)});
      return true;
    case OperandClass::EntityCollection:
      type = pick(std::vector<GType>{set_of(T::Person), set_of(T::Team), set_of(T::Who), list_of(T::Person)});
      return true;
    case OperandClass::Located: type = one(pick(kLocated)); return true;
    case OperandClass::Record: type = one(pick(std::vector<T>{T::Item, T::Item, T::Inner})); return true;
    case OperandClass::Map: type = one(pick(std::vector<T>{T::Labels, T::Labels, T::Counts})); return true;
    case OperandClass::LocatedCollection: type = chance(20) ? list_of(T::Net) : set_of(pick(kLocated)); return true;
    default: return false;
  }
}

/// The results that classes name by themselves.
bool gives(ResultClass result, GType type) {
  switch (result) {
    case ResultClass::Bool: return type == one(T::Bool);
    case ResultClass::Int:
    case ResultClass::MaybeInt: return type == one(T::Int);
    case ResultClass::Time: return type == one(T::Time);
    case ResultClass::Duration: return type == one(T::Duration);
    case ResultClass::Decimal:
    case ResultClass::MaybeDecimal: return type == one(T::Decimal);
    case ResultClass::Weekday: return type == one(T::Weekday);
    case ResultClass::Lowered:
    case ResultClass::Folded:
    case ResultClass::MaybePart:
    case ResultClass::ElementOfFirst:  // of folds, which are made by themselves
    case ResultClass::MaybeElement:
    case ResultClass::Gathered:
    case ResultClass::SameAsLeft:
    case ResultClass::SameAsRight: break;
  }
  return false;
}

std::string root(const std::string& path) {
  return path.substr(0, path.find_first_of(".["));
}

bool is_entity(T type) {
  return type == T::Person || type == T::Team || type == T::Who;
}

bool is_holder(T type) {
  return type == T::Net || type == T::Ranges;
}

T holder_of(T located) {
  return located == T::Version ? T::Ranges : T::Net;
}

/// Empty if the combination has no meaning.
std::string Generator::right_operand(OperandClass operand, GType left, int depth, bool directly) {
  switch (operand) {
    case OperandClass::Same:
      return left.shape == GType::Set && chance(30) ? set_literal(left.element) : expression(left, depth);
    case OperandClass::CollectionOfLeft:
    case OperandClass::CollectionOfElement:
      if (is_entity(left.element) || left.element == T::Bool || left.element == T::Duration) return {};
      if (is_holder(left.element)) return {};
      if (left.element == T::Item) return chance(50) ? "items" : gone_through(list_of(T::Item), depth);
      if (left.element == T::Inner) return "inners";
      if (left.element == T::Int && chance(30)) return "int_list";
      if (chance(25)) return gone_through(set_of(left.element), depth);
      return chance(40) ? set_literal(left.element) : expression(set_of(left.element), depth);
    case OperandClass::EntityCollection: {
      const bool has_above = left.element == T::Team || left.element == T::Person || left.element == T::Who;
      if (has_above && chance(10)) return chance(50) && !directly ? "team.lineage" : "who.lineage";
      if (directly && chance(25)) return gone_through(set_of(left.element), depth);
      if (directly) return expression(set_of(chance(50) ? left.element : T::Who), depth);
      const std::vector<T> above = {T::Team, T::Who};
      return expression(set_of(has_above ? pick(above) : left.element), depth);
    }
    case OperandClass::Entity: return expression(one(T::Team), depth);
    case OperandClass::RangeOfLeft:
    case OperandClass::RangeOfElement:
      return "(" + expression(one(left.element), depth) + ")..(" + expression(one(left.element), depth) + ")";
    case OperandClass::ListOfLeft:
    case OperandClass::ListOfElement:
      if (left.element == T::String) return chance(50) ? "words" : "shapes";
      if (left.element == T::Ip) return chance(50) ? "office" : "hosts";
      if (left.element == T::Net) return "office";
      if (left.element == T::Version) return chance(50) ? "releases" : "broken";
      return is_entity(left.element) ? "listed" : "";
    case OperandClass::HolderOfLeft:
    case OperandClass::HolderOfElement: return expression(one(holder_of(left.element)), depth);
    case OperandClass::HoldersOfLeft:
    case OperandClass::HoldersOfElement:
      if (holder_of(left.element) == T::Net && chance(20)) return "net_list";
      if (chance(25)) return gone_through(set_of(holder_of(left.element)), depth);
      return chance(40) ? set_literal(holder_of(left.element)) : expression(set_of(holder_of(left.element)), depth);
    case OperandClass::ElementOfLeft: return expression(one(left.element), depth);
    case OperandClass::Pattern: return pick(kPatterns);
    case OperandClass::PatternCollection:
      return chance(40) ? pick(std::vector<std::string>{"globs", "regexes"})
                        : "{" + pick(kGlobs) + ", " + pick(kGlobs) + "}";
    case OperandClass::Divisor: return pick(std::vector<std::string>{"7", "-3", "1", "-1", "9223372036854775807"});
    case OperandClass::Text: return read_text(depth);
    default: {
      GType type;
      return concrete(operand, type) ? expression(type, depth) : std::string();
    }
  }
}

/// A text that a test reads: as it is, or as `lower` or `fold` gives it.
std::string Generator::read_text(int depth) {
  const auto call = [&](const char* function) { return std::string(function) + "(" + plain_text(depth) + ")"; };
  const std::string function = pick(std::vector<std::string>{"lower", "fold"});
  switch (below(8)) {
    case 0:
    case 1: return call("lower");
    case 2:
    case 3: return call("fold");
    case 4:
      return "(if " + untested_condition(depth - 1) + " then " + call(function.c_str()) + " else " +
             call(function.c_str()) + ")";
    default: return plain_text(depth);
  }
}

/// A text that no function reads in another way: one that is kept, or a part of one.
std::string Generator::plain_text(int depth) {
  if (depth <= 0 || !chance(30)) return expression(one(T::String), depth);
  if (chance(20))
    return "(if " + untested_condition(depth - 1) + " then " + plain_text(depth - 1) + " else " +
           plain_text(depth - 1) + ")";
  if (chance(30)) return composed(depth);
  const std::string whole = part(depth) + " ?? " + expression(one(T::String), depth - 1);
  return chance(15) ? "(tagged[" + whole + "] ?? \"none\")" : "(" + whole + ")";
}

/// `"a{s}n{i}"`: a text put together.
std::string Generator::composed(int depth) {
  static const std::vector<T> kPieces = {T::String, T::String, T::Int,    T::Colour,
                                         T::Level,  T::Reach,  T::Person, T::Who};
  static const std::vector<std::string> kBetween = {"", "", "a", "an", "/", "\\u{c4}"};
  std::string text = "\"" + pick(kBetween);
  for (std::size_t left = 1 + below(2); left > 0; --left) {
    const T type = pick(kPieces);
    std::string piece =
        type == T::String && chance(30) ? "(" + part(depth - 1) + " ?? " + leaf(one(T::String)) + ")" : leaf(one(type));
    const bool literal =
        piece.empty() || piece[0] == '"' || piece[0] == '-' || std::isdigit(static_cast<unsigned char>(piece[0])) != 0;
    text += "{" + (literal ? std::string("s") : piece) + "}" + pick(kBetween);
  }
  return text + "\"";
}

/// A part of a text, or of a part, which may be absent.
std::string Generator::part(int depth) {
  static const std::vector<std::string> kBeside = {"\"a\"", "\"n\"", "\"\"", "lower(\"A\")", "\"an\"", "\"\\u{c4}\""};
  const std::string function = pick(std::vector<std::string>{"before", "after", "before_last", "after_last"});
  const std::string whole = depth > 1 && chance(40) ? part(depth - 1) : plain_text(depth - 1);
  const std::string beside = chance(70) ? pick(kBeside) : plain_text(depth - 1);
  return function + "(" + whole + ", " + beside + ")";
}

/// How many loops an operation may become: over the elements on its left, and over the ranges on its right.
int loops_of(const OperationInfo& info) {
  const std::string op = spelling(info);
  if (info.left == OperandClass::Record) return op == "in" ? 1 : 0;
  if (info.left == OperandClass::Map) return 1;
  const bool holders = info.right == OperandClass::HoldersOfLeft || info.right == OperandClass::HoldersOfElement;
  return (op == "within" || op == "overlaps" ? 1 : 0) + (holders ? 1 : 0);
}

std::string Generator::operation(const OperationInfo& info, GType left_type, int depth) {
  const std::string op = spelling(info);
  const bool equal_sets = left_type.shape == GType::Set && (op == "==" || op == "!=");  // each way
  const int own = loops_of(info) + (equal_sets ? 1 : 0);
  if (loops + own > kMostLoops) return {};
  loops += own;  // what stands right is worked out inside them
  const std::string text = operation_inside(info, left_type, depth);
  loops -= own;
  return text;
}

std::string Generator::operation_inside(const OperationInfo& info, GType left_type, int depth) {
  const std::string right =
      right_operand(info.right, left_type, depth - 1, std::string(spelling(info)) == "directly in");
  if (right.empty()) return {};
  if (info.left == OperandClass::Nothing) return "(" + std::string(spelling(info)) + " (" + right + "))";
  std::string op = spelling(info);
  if (op == "and" || op == "or") return "(" + untested_condition(depth - 1) + " " + op + " " + right + ")";
  const bool reads = left_type == one(T::String) && (op == "==" || op == "!=" || op == "matches" || op == "in");
  const int own = right == "words" || right == "shapes" ? 1 : 0;  // gone through, entry by entry
  if (op == "in" && chance(25)) op = "not in";
  const bool consumed = op == "within" || op == "overlaps" || (left_type.shape == GType::Set && op != "matches");
  if (consumed && left_type.shape != GType::One && chance(25))
    return "(" + gone_through(left_type, depth - 1) + " " + op + " " + right + ")";
  const bool read = reads && loops + own <= kMostLoops;
  loops += read ? own : 0;
  const std::string left = read ? read_text(depth - 1) : expression(left_type, depth - 1);
  loops -= read ? own : 0;
  return "((" + left + ") " + op + " " + right + ")";
}

/// A call that gives `type`; empty if the row drawn from builtins.def gives another one.
std::string Generator::builtin(GType type, int depth) {
  const BuiltinInfo& row = pick(compiler::builtins());
  if (row.arity() == 1 && (row.first == OperandClass::AnyCollection || row.first == OperandClass::NumberCollection ||
                           row.first == OperandClass::OrderedCollection))
    return fold(row, type, depth);
  GType first = type;
  const bool same = row.result == ResultClass::SameAsLeft && row.first == OperandClass::Ordered &&
                    type.shape == GType::One &&
                    std::find(kOrdered.begin(), kOrdered.end(), type.element) != kOrdered.end();
  if (!same && (!gives(row.result, type) || !concrete(row.first, first))) return {};
  if (row.result == ResultClass::Lowered || row.result == ResultClass::Folded) return {};  // of tests alone
  const bool maybe = row.first == OperandClass::MaybeString && depth > 1 && chance(40);
  const std::string left = maybe                             ? part(depth - 1)
                           : row.first == OperandClass::Text ? read_text(depth - 1)
                           : row.first == OperandClass::String || row.first == OperandClass::MaybeString
                               ? plain_text(depth - 1)
                               : expression(first, depth - 1);
  const std::string call = std::string(row.spelling) + "(" + left;
  if (row.result == ResultClass::MaybeDecimal || row.result == ResultClass::MaybeInt)
    return "(" + call + ") ?? " + expression(type, depth - 1) + ")";
  if (row.arity() == 1) return call + ")";
  const std::string right = right_operand(row.second, first, depth - 1, false);
  return right.empty() ? right : call + ", " + right + ")";
}

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
