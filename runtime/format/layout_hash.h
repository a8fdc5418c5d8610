#pragma once
// A number for what entity data looks like: the declarations of all entity types, with everything that they contain.
// Made from names and texts, so that neither numbers of symbols and types nor what only decisions and policies use
// shows: a snapshot fits each bundle with the same hash.

#include <cstdint>
#include <span>
#include <string_view>

#include "format/bundle.h"

namespace bylaw::format {

/// What is read. All indices must be in range, layouts worked out, constants of their types.
struct LayoutSource {
  std::span<const TypeRecord> types;
  std::span<const EnumRecord> enums;
  std::span<const MemberRecord> members;
  std::span<const EntitySetRecord> entity_sets;
  std::span<const EntityTypeRecord> entity_types;
  std::span<const ShapeRecord> shapes;
  std::span<const FieldRecord> fields;
  std::span<const std::uint32_t> pool;
  std::span<const StringRecord> strings;
  std::span<const Word> constants;
  std::string_view text;
};

/// Of one entity type.
std::uint64_t type_hash(const LayoutSource& source, std::uint32_t entity_type);
/// Of all of them.
std::uint64_t layout_hash(const LayoutSource& source);

}  // namespace bylaw::format
