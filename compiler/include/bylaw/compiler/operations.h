#pragma once
// What operators and built-in functions mean by the types of their operands: the rows of operator_types.def and
// builtins.def, and the classes in which they speak of types.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bylaw::compiler {

enum class Operation : std::uint8_t {
#define BYLAW_OPERATION(name, op, left, right, result, meaning) name,
#include <bylaw/compiler/operator_types.def>
#undef BYLAW_OPERATION
};

/// A function that is built in.
enum class Builtin : std::uint8_t {
#define BYLAW_BUILTIN(name, spelling, first, second, result, meaning) name,
#include <bylaw/compiler/builtins.def>
#undef BYLAW_BUILTIN
};

/// What an operand of a row of `operator_types.def`, or an argument of one of `builtins.def`, may be. Scalar: Bool Int
/// Decimal String Time Duration Ip Cidr Version Versions enum scope entity. Ordered: Int Decimal Time Duration Version
/// and ordered enums. Number: Int Decimal Duration. Collection: Set or List. Divisor: a constant Int other than 0.
/// Located: Ip Cidr Version, and its holders: what it may lie in, Cidr for Ip and Cidr, Versions for Version. Text:
/// String, also a part, also as `lower` or `fold` read it; String: not as these read it. MaybeText, MaybeString: the
/// same, or absent: then the result is. Pattern: Glob Regex. AnyCollection: of whatever, the entries of a list
/// too. Record, Map: such as can be compared: whatever lies in them is a scalar, a set, a record or a map.
enum class OperandClass : std::uint8_t {
  Nothing,
  Bool,
  Int,
  Duration,
  Time,
  Number,
  Scalar,
  Ordered,
  Entity,
  Scope,
  ScalarSet,
  ScopeSet,
  ScalarCollection,
  OrderedCollection,
  EntityCollection,
  Same,
  CollectionOfLeft,
  RangeOfLeft,
  ListOfLeft,
  CollectionOfElement,
  RangeOfElement,
  ListOfElement,
  ElementOfLeft,
  Optional,
  ValueOfLeft,
  Divisor,
  Located,
  LocatedCollection,
  HolderOfLeft,
  HoldersOfLeft,
  HolderOfElement,
  HoldersOfElement,
  Text,
  Pattern,
  PatternCollection,
  Decimal,
  String,
  MaybeText,
  MaybeString,
  List,
  AnyCollection,
  NumberCollection,
  Record,
  Map,
};
enum class ResultClass : std::uint8_t {
  Bool,
  Int,
  Time,
  Duration,
  SameAsLeft,
  SameAsRight,
  Decimal,
  MaybeDecimal,
  MaybeInt,
  MaybePart,
  Weekday,
  Lowered,
  Folded,
  ElementOfFirst,
  MaybeElement,
  Gathered,
};

struct OperationInfo {
  const char* name;
  std::uint8_t op;  // grammar::Operator
  OperandClass left;
  OperandClass right;
  ResultClass result;
  const char* meaning;
};
const OperationInfo& info(Operation operation);

struct BuiltinInfo {
  Builtin builtin;
  const char* name;      // of the row: "Min"
  const char* spelling;  // "min"
  OperandClass first;
  OperandClass second;  // Nothing: it takes one argument
  ResultClass result;
  const char* meaning;
  std::size_t arity() const { return second == OperandClass::Nothing ? 1 : 2; }
};
const BuiltinInfo& info(Builtin builtin);
/// All rows, in the order of the table.
const std::vector<BuiltinInfo>& builtins();

}  // namespace bylaw::compiler
