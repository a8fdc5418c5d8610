#include "lower/types.h"

#include <bylaw/grammar/diagnostics/limits.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "format/layout.h"

namespace bylaw::compiler::lowering {
namespace {

/// The ids of a store ascending by qualified name, and by id where each stands.
template <class T>
std::vector<Id<T>> by_name(const Program& program, const Store<T>& store, std::vector<std::uint32_t>& index) {
  std::vector<Id<T>> order(store.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = {i};
  std::sort(order.begin(), order.end(),
            [&](Id<T> a, Id<T> b) { return program.qualified(store[a]) < program.qualified(store[b]); });
  index.resize(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) index[order[i].index] = i;
  return order;
}

format::Kind kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::Bool: return format::Kind::Bool;
    case TypeKind::Int: return format::Kind::Int;
    case TypeKind::Policy:  // by its full name, which no request can give
    case TypeKind::String: return format::Kind::String;
    case TypeKind::Time: return format::Kind::Time;
    case TypeKind::Duration: return format::Kind::Duration;
    case TypeKind::Glob: return format::Kind::Glob;
    case TypeKind::Regex: return format::Kind::Regex;
    case TypeKind::Decimal: return format::Kind::Decimal;
    case TypeKind::Enum: return format::Kind::Enum;
    case TypeKind::Record: return format::Kind::Record;
    case TypeKind::Entity: return format::Kind::Entity;
    case TypeKind::Set: return format::Kind::Set;
    case TypeKind::List: return format::Kind::List;
    case TypeKind::Map: return format::Kind::Map;
    case TypeKind::Any: return format::Kind::Any;
    case TypeKind::Ip: return format::Kind::Ip;
    case TypeKind::Cidr: return format::Kind::Cidr;
    case TypeKind::Version: return format::Kind::Version;
    case TypeKind::Versions: return format::Kind::Versions;
    case TypeKind::Error:
    case TypeKind::Optional: break;
  }
  return format::Kind::Bool;
}

std::uint32_t mask_words_of(const format::BundleTables& tables, std::uint32_t element) {
  const format::TypeRecord& type = tables.types[element];
  return type.kind == format::Kind::Enum ? format::mask_words(tables.enums[type.ref]) : 1;
}

}  // namespace

format::MergeStrategy merge_strategy(Strategy strategy) {
  switch (strategy) {
    case Strategy::None: return format::MergeStrategy::None;
    case Strategy::Min: return format::MergeStrategy::Min;
    case Strategy::Max: return format::MergeStrategy::Max;
    case Strategy::Any: return format::MergeStrategy::Any;
    case Strategy::All: return format::MergeStrategy::All;
    case Strategy::Union: return format::MergeStrategy::Union;
    case Strategy::Intersect: return format::MergeStrategy::Intersect;
    case Strategy::Nearest: return format::MergeStrategy::Nearest;
    case Strategy::Farthest: return format::MergeStrategy::Farthest;
    case Strategy::Collect: return format::MergeStrategy::Collect;
  }
  return format::MergeStrategy::None;
}

bool Types::declare(grammar::Diagnostics& diagnostics) {
  number_declarations();
  add_enums();
  add_entity_types();
  add_shapes();
  return lay_out(diagnostics);
}

void Types::number_declarations() {
  enum_order_ = by_name(program_, program_.enums, enums_);
  entity_order_ = by_name(program_, program_.entities, entities_);
  record_order_ = by_name(program_, program_.records, record_shapes_);
  decision_order_ = by_name(program_, program_.decisions, decision_shapes_);
  const auto records = static_cast<std::uint32_t>(record_order_.size());
  const auto entities = static_cast<std::uint32_t>(entity_order_.size());
  entity_shapes_ = entities_;
  for (std::uint32_t& shape : entity_shapes_) shape += records;
  for (std::uint32_t& shape : decision_shapes_) shape += records + entities;
}

void Types::add_enums() {
  for (const EnumId id : enum_order_) {
    const EnumType& type = program_.enums[id];
    const std::uint32_t flags = (type.open ? format::kEnumOpen : 0U) | (type.scope ? format::kEnumScope : 0U) |
                                (type.ordered ? format::kEnumOrdered : 0U);
    tables_.enums.push_back({symbols_.of(program_.qualified(type)), symbols_.of(type.name),
                             static_cast<std::uint32_t>(tables_.members.size()),
                             static_cast<std::uint32_t>(type.members.size()), flags, format::kNone});
    for (const Member& member : type.members)
      tables_.members.push_back({symbols_.of(member.name), symbols_.of(member.wire)});
  }
}

void Types::add_entity_types() {
  for (const EntityTypeId id : entity_order_) {
    const EntityType& type = program_.entities[id];
    tables_.entity_types.push_back({symbols_.of(program_.qualified(type)), symbols_.of(type.name), shape(id),
                                    indices(type.parents), static_cast<std::uint32_t>(type.parents.size()),
                                    type.one_parent ? format::kEntityOneParent : 0U});
  }
}

void Types::add_shapes() {
  const auto add_all = [&](const auto& order, const auto& store, auto flags, auto entity) {
    for (const auto id : order) {
      shape_owners_.push_back(&store[id]);
      add_shape(program_.qualified(store[id]), store[id].fields, flags(store[id]), entity(id));
    }
  };
  const auto closed = [](const auto&) { return 0U; };
  const auto none = [](const auto&) { return EntityTypeId{}; };
  add_all(
      record_order_, program_.records,
      [](const RecordType& record) {
        return (record.open ? format::kShapeOpen : 0U) | (record.either ? format::kShapeEither : 0U);
      },
      none);
  add_all(entity_order_, program_.entities, closed, [](EntityTypeId id) { return id; });
  add_all(decision_order_, program_.decisions, closed, none);
}

void Types::add_shape(const std::string& name, const std::vector<Field>& fields, std::uint32_t flags,
                      EntityTypeId entity) {
  tables_.shapes.push_back({symbols_.of(name), static_cast<std::uint32_t>(tables_.fields.size()),
                            static_cast<std::uint32_t>(fields.size()), 0, 0, flags});
  for (const Field& field : fields) {
    tables_.fields.push_back(field_record(field, entity));
    fields_.push_back(&field);
  }
}

format::FieldRecord Types::field_record(const Field& field, EntityTypeId entity) {
  std::uint32_t flags =
      (program_.is_optional(field.type) ? format::kFieldOptional : 0U) | (field.secret ? format::kFieldSecret : 0U);
  if (entity && has_own_value(entity, field.name)) flags |= format::kFieldExplicit;
  return {symbols_.of(field.name),
          symbols_.of(field.wire),
          type(field.type),
          0,
          format::kNone,
          format::kNone,
          format::kNone,
          flags,
          merge_strategy(field.inherit),
          format::kNone,
          format::kNone};
}

/// True if the attribute inherits, or one of its name below does and asks for this one's own value.
bool Types::has_own_value(EntityTypeId entity, const std::string& field) const {
  for (std::uint32_t i = 0; i < program_.entities.size(); ++i) {
    const Field* other = program_.find_field(program_.entities[EntityTypeId{i}].fields, field);
    if (other && other->inherit != Strategy::None && (entity.index == i || is_above(entity, EntityTypeId{i})))
      return true;
  }
  return false;
}

bool Types::is_above(EntityTypeId upper, EntityTypeId lower) const {
  std::set<EntityTypeId> seen;
  std::vector<EntityTypeId> open = program_.entities[lower].parents;
  while (!open.empty()) {
    const EntityTypeId id = open.back();
    open.pop_back();
    if (id == upper) return true;
    if (!seen.insert(id).second) continue;
    open.insert(open.end(), program_.entities[id].parents.begin(), program_.entities[id].parents.end());
  }
  return false;
}

/// Appends indices of EntityTypes to Pool, ascending, and tells where they begin.
std::uint32_t Types::indices(const std::vector<EntityTypeId>& types) {
  const auto first = static_cast<std::uint32_t>(tables_.pool.size());
  for (const EntityTypeId type : types) tables_.pool.push_back(entity_type(type));
  std::sort(tables_.pool.begin() + first, tables_.pool.end());
  return first;
}

std::uint32_t Types::entity_set(const std::vector<EntityTypeId>& types) {
  std::vector<std::uint32_t> key;
  for (const EntityTypeId type : types) key.push_back(entity_type(type));
  std::sort(key.begin(), key.end());
  const auto [place, added] = known_sets_.try_emplace(key, static_cast<std::uint32_t>(tables_.entity_sets.size()));
  if (added) tables_.entity_sets.push_back({indices(types), static_cast<std::uint32_t>(types.size())});
  return place->second;
}

std::uint32_t Types::type(TypeId id) {
  const Type& t = program_.types[program_.without_optional(id)];
  format::TypeRecord record{kind(t.kind), format::kNone, 0, 1};
  if (t.kind == TypeKind::Enum) record.ref = enum_index(t.enum_id);
  if (t.kind == TypeKind::Record) record.ref = shape(t.record);
  if (t.kind == TypeKind::Entity) record.ref = entity_set(t.entities);
  if (t.kind == TypeKind::Set || t.kind == TypeKind::List || t.kind == TypeKind::Map) {
    record.ref = type(t.element);
    record.max = t.max;
  }
  return add(record);
}

std::uint32_t Types::add(format::TypeRecord record) {
  const auto key = std::tuple(record.kind, record.ref, record.max);
  const auto [place, added] = known_types_.try_emplace(key, static_cast<std::uint32_t>(tables_.types.size()));
  if (!added) return place->second;
  if (laid_out_) record.words = format::scalar_words(record.kind);
  if (laid_out_ && record.kind == format::Kind::Record) record.words = shape_record(record.ref).slots;
  if (laid_out_ && record.kind == format::Kind::Set) record.words = mask_words_of(tables_, record.ref);
  tables_.types.push_back(record);
  return place->second;
}

bool Types::is_mask(std::uint32_t type) const {
  const format::TypeRecord& record = tables_.types[type];
  return record.kind == format::Kind::Set && tables_.types[record.ref].kind == format::Kind::Enum;
}

std::uint32_t Types::stride(std::uint32_t type) const {
  return format::stride(tables_.types[type], tables_.shapes);
}

bool Types::lay_out(grammar::Diagnostics& diagnostics) {
  const auto fault = format::lay_out({tables_.enums, tables_.types, tables_.shapes, tables_.fields});
  laid_out_ = true;
  if (!fault) return true;
  const Declared* owner = fault->shape == format::kNone ? nullptr : shape_owners_[fault->shape];
  const auto code =
      fault->kind == format::LayoutFault::Kind::TooLarge ? grammar::codes::FrameTooLarge : grammar::codes::TypesTooDeep;
  diagnostics.report(code, owner ? owner->name_span : Span{}, {{"name", owner ? "`" + owner->name + "`" : "a field"}});
  return false;
}

}  // namespace bylaw::compiler::lowering
