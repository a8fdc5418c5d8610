// Random operators and functions, drawn from their tables.

#include "reference/generator.h"

#include <bylaw/grammar/syntax_tree.h>
#include <algorithm>
#include <cctype>

namespace bylaw::reference {

namespace {

const std::vector<std::string> kGlobs = {"glob\"a*\"", "glob\"**\"", "glob\"{bob,ANA}\"", "glob\"?n?\"",
                                         "(if yes then glob\"e*\" else glob\"*\")"};
const std::vector<std::string> kPatterns = {"glob\"*a\"",      "glob\"\"",     "re\"a\"",
                                            "re\"^(?i)ana$\"", "re\"n|^$\"",   "re\"[^\\x00-\\x7f]\"",
                                            "re\"\\x22\"",     "re\"^\\w+$\"", "(if yes then re\"^e\" else re\"b\")"};
const std::vector<T> kScalars = {T::Bool,  T::Int,     T::Duration, T::Time,    T::String, T::Colour, T::Level,
                                 T::Reach, T::Sort,    T::Person,   T::Team,    T::Who,    T::Label,  T::Ip,
                                 T::Net,   T::Version, T::Ranges,   T::Decimal, T::Weekday};
const std::vector<T> kLocated = {T::Ip, T::Net, T::Version};
const std::vector<T> kEntities = {T::Person, T::Team, T::Who};
const std::vector<T> kSetElements = {T::Int,    T::String,  T::Colour, T::Level,  T::Reach, T::Sort,
                                     T::Person, T::Team,    T::Who,    T::Label,  T::Time,  T::Ip,
                                     T::Net,    T::Version, T::Ranges, T::Decimal};

bool is_holder(T type) {
  return type == T::Net || type == T::Ranges;
}

T holder_of(T located) {
  return located == T::Version ? T::Ranges : T::Net;
}

/// How many loops an operation may become: over the elements on its left, and over the ranges on its right.
int loops_of(const OperationInfo& info) {
  const std::string op = spelling(info);
  if (info.left == OperandClass::Record) return op == "in" ? 1 : 0;
  if (info.left == OperandClass::Map) return 1;
  const bool holders = info.right == OperandClass::HoldersOfLeft || info.right == OperandClass::HoldersOfElement;
  return (op == "within" || op == "overlaps" ? 1 : 0) + (holders ? 1 : 0);
}

}  // namespace

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

}  // namespace bylaw::reference
