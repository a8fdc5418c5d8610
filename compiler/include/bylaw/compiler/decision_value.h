#pragma once
// Values as they are, without frames, symbols or rows: what constants are, and what the IR evaluator works with.

#include <bylaw/compiler/pattern.h>
#include <bylaw/compiler/typed_tree.h>

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace bylaw::compiler {

/// Form: an Ip, Cidr, Version or Versions, by its printed form.
enum class ValueKind : std::uint8_t {
  Absent,
  Bool,
  Int,
  Time,
  Duration,
  String,
  Member,
  Entity,
  Set,
  List,
  Record,
  Form,
  Pattern,
  Decimal,
  Map,
};

/// `integer` of a Member that is no declared one: its text tells it from others.
inline constexpr std::int64_t kUnknownMember = std::numeric_limits<std::int64_t>::max();

struct Value {
  ValueKind kind = ValueKind::Absent;
  /// Bool: 0 or 1; Int; Time, Duration: microseconds; Decimal: ten-thousandths; Member: its index; Pattern: as
  /// `pattern_code` says.
  std::int64_t integer = 0;
  std::string text;          // String; Form; Pattern; the id of an Entity; an unknown Member
  EntityTypeId entity_type;  // of Entity
  /// Set: ascending, each once; List: in order; Record: one a field, Absent where unset; Map: entries, Records of key
  /// and value, ascending by key.
  std::vector<Value> items;

  bool is_true() const { return integer != 0; }

  static Value absent() { return {}; }
  static Value boolean(bool value) { return {.kind = ValueKind::Bool, .integer = value ? 1 : 0}; }
  static Value number(ValueKind kind, std::int64_t value) { return {.kind = kind, .integer = value}; }
  static Value string(std::string text) { return {.kind = ValueKind::String, .text = std::move(text)}; }
  static Value form(std::string text) { return {.kind = ValueKind::Form, .text = std::move(text)}; }
  static Value member(std::int64_t index) { return {.kind = ValueKind::Member, .integer = index}; }
  static Value pattern(PatternKind kind, std::string text);
  static Value entity(EntityTypeId type, std::string id) {
    return {.kind = ValueKind::Entity, .text = std::move(id), .entity_type = type};
  }
  /// Sorts the elements and keeps each once.
  static Value set(std::vector<Value> elements);
  /// Of entries with different keys.
  static Value map(std::vector<Value> entries);
  static Value list(std::vector<Value> elements) { return {.kind = ValueKind::List, .items = std::move(elements)}; }
};

/// `integer` of a Pattern. None matches nothing: what is read where no pattern is. Merged: what one of `items` matches.
enum class PatternCode : std::int64_t { None, Glob, Regex, Merged };
inline PatternCode pattern_code(const Value& pattern) {
  return static_cast<PatternCode>(pattern.integer);
}
/// Of a Glob or Regex.
inline Pattern pattern_of(const Value& value) {
  return {pattern_code(value) == PatternCode::Glob ? PatternKind::Glob : PatternKind::Regex, value.text};
}
/// Whether the pattern, or one of a collection of patterns, matches the text.
bool matches(const std::string& text, const Value& pattern);

std::strong_ordering operator<=>(const Value& a, const Value& b);
inline bool operator==(const Value& a, const Value& b) {
  return (a <=> b) == 0;
}

/// Of two values of an ordered type.
bool comes_before(const Value& a, const Value& b);
/// Of forms: an address or a range of addresses lies in a range, a version is in one of the ranges.
bool lies_in(const Value& value, const Value& holder);

/// The value of a constant expression: a const, a default, a list row, the argument of an annotation.
Value constant_value(const Program& program, ExprId expr);

/// What is read where nothing is: 0, false, "", the first member, an entity of which nothing is known, the empty set.
Value zero_value(const Program& program, TypeId type);

/// Arithmetic as the language has it: saturated at the ends of int64, of Time at the ends of the years 1 and 9999.
namespace saturated {
std::int64_t add(ValueKind kind, std::int64_t a, std::int64_t b);
std::int64_t subtract(ValueKind kind, std::int64_t a, std::int64_t b);
std::int64_t multiply(ValueKind kind, std::int64_t a, std::int64_t b);
std::int64_t negate(std::int64_t a);
/// Floored; by 0 it is 0.
std::int64_t divide(std::int64_t a, std::int64_t b);
std::int64_t modulo(std::int64_t a, std::int64_t b);
}  // namespace saturated

}  // namespace bylaw::compiler
