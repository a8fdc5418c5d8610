#include "check/typing.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace bylaw::compiler {

namespace {

bool have_attributes(const Program& program, const std::vector<EntityTypeId>& entities) {
  return std::any_of(entities.begin(), entities.end(),
                     [&](EntityTypeId id) { return !program.entities[id].fields.empty(); });
}

/// A name does not stand where attributes might be read of it.
bool entity_fits(const Program& program, const Type& from, const Type& to) {
  const bool fewer = std::includes(to.entities.begin(), to.entities.end(), from.entities.begin(), from.entities.end());
  return fewer && (!from.names_only || to.names_only || !have_attributes(program, from.entities));
}

TypeId join_entities(Program& program, const Type& a, const Type& b) {
  Type joined{.kind = TypeKind::Entity, .names_only = a.names_only || b.names_only};
  std::set_union(a.entities.begin(), a.entities.end(), b.entities.begin(), b.entities.end(),
                 std::back_inserter(joined.entities));
  return program.intern(joined);
}

template <class Enough>
bool reaches(const Program& program, const std::vector<EntityTypeId>& start, Enough enough) {
  std::vector<EntityTypeId> open = start;
  std::vector<bool> seen(program.entities.size());
  while (!open.empty()) {
    const EntityTypeId id = open.back();
    open.pop_back();
    if (seen[id.index]) continue;
    seen[id.index] = true;
    if (enough(id)) return true;
    open.insert(open.end(), program.entities[id].parents.begin(), program.entities[id].parents.end());
  }
  return false;
}

bool contains(const std::vector<EntityTypeId>& entities, EntityTypeId id) {
  return std::find(entities.begin(), entities.end(), id) != entities.end();
}

}  // namespace

bool assignable(const Program& program, TypeId from_id, TypeId to_id) {
  if (from_id == to_id) return true;
  const Type& from = program.types[from_id];
  const Type& to = program.types[to_id];
  if (from.kind == TypeKind::Error || to.kind == TypeKind::Error) return true;
  if (to.kind == TypeKind::Optional) return assignable(program, program.without_optional(from_id), to.element);
  if (from.kind != to.kind) return false;
  if (from.kind == TypeKind::Entity) return entity_fits(program, from, to);
  if (from.kind == TypeKind::String) return to.part && from.text == to.text;
  if (from.kind == TypeKind::Map)
    return from.max <= to.max && program.key_type(from_id) == program.key_type(to_id) &&
           assignable(program, program.value_type(from_id), program.value_type(to_id));
  if (to.gathered)
    return assignable(program, from.element, to.element);  // what it comes to is counted where it matters
  return is_collection(from) && !from.gathered && from.max <= to.max && assignable(program, from.element, to.element);
}

TypeId join(Program& program, TypeId a_id, TypeId b_id) {
  if (a_id == b_id) return a_id;
  const Type a = program.types[a_id];
  const Type b = program.types[b_id];
  if (a.kind == TypeKind::Error) return b_id;
  if (b.kind == TypeKind::Error) return a_id;
  if (a.kind != b.kind) return {};
  if (a.kind == TypeKind::Entity) return join_entities(program, a, b);
  if (a.kind == TypeKind::String && a.text == b.text) return a.part ? a_id : b_id;
  if (a.kind == TypeKind::Map) {
    const TypeId key = program.key_type(a_id);
    const TypeId value = join(program, program.value_type(a_id), program.value_type(b_id));
    return value && key == program.key_type(b_id) ? program.map_type(key, value, std::max(a.max, b.max)) : TypeId{};
  }
  if (!is_collection(a) && a.kind != TypeKind::Optional) return {};
  const TypeId element = join(program, a.element, b.element);
  if (!element) return {};
  return program.intern(
      {.kind = a.kind, .element = element, .max = std::max(a.max, b.max), .gathered = a.gathered || b.gathered});
}

bool same(const Program& program, TypeId a_id, TypeId b_id) {
  const Type& a = program.types[a_id];
  const Type& b = program.types[b_id];
  if (a_id == b_id || a.kind == TypeKind::Error || b.kind == TypeKind::Error) return true;
  if (a.kind != b.kind) return false;
  if (a.kind == TypeKind::Entity) return overlapping(a.entities, b.entities);
  if (a.kind == TypeKind::String) return true;
  if (a.kind == TypeKind::Map)
    return program.key_type(a_id) == program.key_type(b_id) &&
           same(program, program.value_type(a_id), program.value_type(b_id));
  return is_collection(a) && same(program, a.element, b.element);
}

namespace {

/// What inside of the type has no equality, as a path of it: ".spec.ports"; nothing if all has.
std::optional<std::pair<std::string, TypeId>> incomparable(const Program& program, TypeId id,
                                                           std::set<RecordId>& seen) {
  const TypeId inner = program.without_optional(id);
  const Type& type = program.types[inner];
  if (type.kind == TypeKind::Error || is_scalar(type)) return std::nullopt;
  if (type.kind == TypeKind::Set && is_scalar(program.types[type.element])) return std::nullopt;
  if (type.kind == TypeKind::Map) {
    auto found = incomparable(program, program.value_type(inner), seen);
    if (found) found->first.insert(0, "[..]");
    return found;
  }
  if (type.kind != TypeKind::Record) return std::pair(std::string(), inner);
  if (!seen.insert(type.record).second) return std::nullopt;
  for (const Field& field : program.records[type.record].fields)
    if (auto found = incomparable(program, field.type, seen)) {
      found->first.insert(0, "." + field.name);
      return found;
    }
  return std::nullopt;
}

}  // namespace

bool is_comparable(const Program& program, TypeId type, std::string* reason) {
  std::set<RecordId> seen;
  const auto found = incomparable(program, type, seen);
  if (found && reason) *reason = "its `" + found->first + "` is " + a_type(program, found->second);
  return !found;
}

TypeId names_only(Program& program, TypeId id) {
  Type type = program.types[id];
  if (type.kind == TypeKind::Entity) type.names_only = true;
  if (type.kind == TypeKind::Map)
    return program.map_type(program.key_type(id), names_only(program, program.value_type(id)), type.max);
  if (is_collection(type)) type.element = names_only(program, type.element);
  return program.intern(type);
}

bool is_scalar(const Type& type) {
  switch (type.kind) {
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::String:
    case TypeKind::Time:
    case TypeKind::Duration:
    case TypeKind::Decimal:
    case TypeKind::Enum:
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions:
    case TypeKind::Policy:
    case TypeKind::Entity: return true;
    case TypeKind::Error:
    case TypeKind::Record:
    case TypeKind::Set:
    case TypeKind::List:
    case TypeKind::Optional:
    case TypeKind::Glob:
    case TypeKind::Map:
    case TypeKind::Any:
    case TypeKind::Regex: return false;
  }
  return false;
}

bool is_collection(const Type& type) {
  return type.kind == TypeKind::Set || type.kind == TypeKind::List;
}

bool is_ordered(const Program& program, const Type& type) {
  if (type.kind == TypeKind::Enum) return program.enums[type.enum_id].ordered;
  return type.kind == TypeKind::Int || type.kind == TypeKind::Time || type.kind == TypeKind::Duration ||
         type.kind == TypeKind::Version || type.kind == TypeKind::Decimal;
}

TypeKind holder_of(TypeKind located) {
  if (located == TypeKind::Ip || located == TypeKind::Cidr) return TypeKind::Cidr;
  return located == TypeKind::Version ? TypeKind::Versions : TypeKind::Error;
}

bool is_scope(const Program& program, const Type& type) {
  return type.kind == TypeKind::Enum && program.enums[type.enum_id].scope;
}

bool may_be_below(const Program& program, const std::vector<EntityTypeId>& lower,
                  const std::vector<EntityTypeId>& upper) {
  return reaches(program, lower, [&](EntityTypeId id) { return contains(upper, id); });
}

bool may_be_child(const Program& program, const std::vector<EntityTypeId>& lower,
                  const std::vector<EntityTypeId>& upper) {
  return std::any_of(lower.begin(), lower.end(),
                     [&](EntityTypeId id) { return overlapping(program.entities[id].parents, upper); });
}

bool overlapping(const std::vector<EntityTypeId>& a, const std::vector<EntityTypeId>& b) {
  return std::any_of(a.begin(), a.end(), [&](EntityTypeId id) { return contains(b, id); });
}

std::string with_article(const std::string& phrase) {
  const bool vowel = std::string_view("AEIOaeio").find(phrase.empty() ? 'x' : phrase[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + phrase;
}

std::string a_type(const Program& program, TypeId type) {
  if (program.types[program.without_optional(type)].kind == TypeKind::Versions) return program.type_name(type);
  return with_article(program.type_name(type));
}

}  // namespace bylaw::compiler
