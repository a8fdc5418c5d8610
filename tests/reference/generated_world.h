#pragma once
// The world that all random programs share: a module's declarations, and by type what of them an expression can name.
// Programs (generate_program.cpp) are written over it, and entity data and requests (generate_data.cpp) fill it.

#include <string>
#include <vector>

namespace bylaw::reference {

/// A type of each kind, each in a field that is there, and in one that may be absent.
extern const char* const kPrelude;

enum class T {
  Bool,
  Int,
  Duration,
  Time,
  String,
  Colour,
  Level,
  Reach,
  Sort,
  Person,
  Team,
  Who,
  Label,
  Item,
  Inner,
  Ip,
  Net,
  Version,
  Ranges,
  Waiver,
  Undated,
  Decimal,
  Weekday,
  Labels,  // Map<String, String>
  Counts,  // Map<String, Int>
};
/// A type of the generated programs: `list` and `set` say that it is a collection of `element`.
struct GType {
  T element = T::Bool;
  enum Shape { One, Set, List } shape = One;
  friend bool operator==(const GType&, const GType&) = default;
};
constexpr GType one(T t) {
  return {t, GType::One};
}
constexpr GType set_of(T t) {
  return {t, GType::Set};
}
constexpr GType list_of(T t) {
  return {t, GType::List};
}

/// Something that can be written where its type is wanted.
struct Source {
  std::string text;
  GType type;
};

/// Fields, and what of them is always there.
extern const std::vector<Source> kFields;
/// Paths whose value may be absent.
extern const std::vector<Source> kOptionals;

}  // namespace bylaw::reference
