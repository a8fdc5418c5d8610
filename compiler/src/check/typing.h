#pragma once
// How types relate: which may stand where another is wanted, what two have in common, how they are named in messages.
// Nothing is converted. An entity of fewer types may stand where one of more is wanted, and so in collections; a `T`
// where a `T?` is wanted.

#include "check/checker.h"

namespace bylaw::compiler {

inline const Type& type_of(const Checker& checker, ExprId expr) {
  return checker.program.types[checker.program.exprs[expr].type];
}
inline bool is_error(const Checker& checker, TypeId type) {
  return checker.program.types[type].kind == TypeKind::Error;
}
inline bool is_error(const Checker& checker, ExprId expr) {
  return is_error(checker, checker.program.exprs[expr].type);
}

bool assignable(const Program& program, TypeId from, TypeId to);
/// The smallest type in which both fit; none if they have nothing in common.
TypeId join(Program& program, TypeId a, TypeId b);
/// Comparable with `==`: one type, texts however they are read, entity types that overlap, or sets of such.
bool same(const Program& program, TypeId a, TypeId b);
/// What has equality: scalars, sets, and records and maps of such. Else `reason` says what has none: "its field `ports`
/// is a List<Port>".
bool is_comparable(const Program& program, TypeId type, std::string* reason = nullptr);
/// The type with every entity in it known by name only: what a constant holds.
TypeId names_only(Program& program, TypeId type);

bool is_scalar(const Type& type);
/// `lower(s)`, `fold(s)`, a part: read by the test or message around it, and no value of its own.
inline bool is_read_text(const Type& type) {
  return type.kind == TypeKind::String && (type.part || type.text != format::TextMode::AsIs);
}
inline bool is_pattern(const Type& type) {
  return type.kind == TypeKind::Glob || type.kind == TypeKind::Regex;
}
/// What may be a set's element or a list's entry: also what was told already, so that one mistake gives one message.
inline bool may_be_element(const Type& type) {
  return type.kind == TypeKind::Error || is_scalar(type) || is_pattern(type);
}
bool is_collection(const Type& type);
/// What can be gone through and may be empty: also a Map, by its keys.
inline bool has_elements(const Type& type) {
  return is_collection(type) || type.kind == TypeKind::Map;
}
/// What a value of this type may lie in: Cidr of Ip and Cidr, Versions of Version; Error of others.
TypeKind holder_of(TypeKind located);
/// Int, Decimal, Time, Duration, Version, ordered enums.
bool is_ordered(const Program& program, const Type& type);
bool is_scope(const Program& program, const Type& type);

/// True if one of `lower` can be one of `upper` or stand anywhere below one.
bool may_be_below(const Program& program, const std::vector<EntityTypeId>& lower,
                  const std::vector<EntityTypeId>& upper);
/// True if one of `upper` is a declared parent of one of `lower`.
bool may_be_child(const Program& program, const std::vector<EntityTypeId>& lower,
                  const std::vector<EntityTypeId>& upper);
bool overlapping(const std::vector<EntityTypeId>& a, const std::vector<EntityTypeId>& b);

/// "an Int", "a Set<User>".
std::string a_type(const Program& program, TypeId type);
std::string with_article(const std::string& phrase);

}  // namespace bylaw::compiler
