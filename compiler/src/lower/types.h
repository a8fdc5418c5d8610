#pragma once
// The type tables of a bundle: enums, entity types, shapes with their fields, and the types that values have. All that
// is declared stands there, whatever the policies use, so that no policy changes what a valid request is.

#include <bylaw/compiler/typed_tree.h>
#include <bylaw/grammar/diagnostic.h>

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "format/bundle_tables.h"
#include "lower/symbols.h"

namespace bylaw::compiler::lowering {

format::MergeStrategy merge_strategy(Strategy strategy);

class Types {
 public:
  Types(const Program& program, format::BundleTables& tables, Symbols& symbols)
      : program_(program), tables_(tables), symbols_(symbols) {}

  /// Fills the tables and lays out all frames; false if one is too large (told).
  bool declare(grammar::Diagnostics& diagnostics);

  /// The index in Types, Optional or not; added if it is new.
  std::uint32_t type(TypeId id);
  std::uint32_t enum_index(EnumId id) const { return enums_[id.index]; }
  std::uint32_t entity_type(EntityTypeId id) const { return entities_[id.index]; }
  std::uint32_t entity_set(const std::vector<EntityTypeId>& types);
  std::uint32_t shape(RecordId id) const { return record_shapes_[id.index]; }
  std::uint32_t shape(EntityTypeId id) const { return entity_shapes_[id.index]; }
  std::uint32_t shape(DecisionId id) const { return decision_shapes_[id.index]; }

  const format::TypeRecord& record(std::uint32_t type) const { return tables_.types[type]; }
  const format::ShapeRecord& shape_record(std::uint32_t shape) const { return tables_.shapes[shape]; }
  const format::FieldRecord& field(std::uint32_t shape, std::uint32_t index) const {
    return tables_.fields[tables_.shapes[shape].first_field + index];
  }
  bool is_mask(std::uint32_t type) const;
  /// The words of a value that stands alone: of a record its whole frame.
  std::uint32_t stride(std::uint32_t type) const;
  /// The field of the program that a record of Fields came from.
  const Field& declared(std::uint32_t field) const { return *fields_[field]; }

 private:
  void number_declarations();
  void add_enums();
  void add_entity_types();
  void add_shapes();
  void add_shape(const std::string& name, const std::vector<Field>& fields, std::uint32_t flags, EntityTypeId entity);
  format::FieldRecord field_record(const Field& field, EntityTypeId entity);
  bool has_own_value(EntityTypeId entity, const std::string& field) const;
  bool is_above(EntityTypeId upper, EntityTypeId lower) const;
  std::uint32_t add(format::TypeRecord record);
  std::uint32_t indices(const std::vector<EntityTypeId>& types);
  bool lay_out(grammar::Diagnostics& diagnostics);

  const Program& program_;
  format::BundleTables& tables_;
  Symbols& symbols_;
  // By the program's ids: the index in the bundle, where declarations stand ascending by qualified name.
  std::vector<std::uint32_t> enums_, entities_, record_shapes_, entity_shapes_, decision_shapes_;
  std::vector<EnumId> enum_order_;
  std::vector<EntityTypeId> entity_order_;
  std::vector<RecordId> record_order_;
  std::vector<DecisionId> decision_order_;
  std::vector<const Declared*> shape_owners_;
  std::vector<const Field*> fields_;
  std::map<std::tuple<format::Kind, std::uint32_t, std::uint32_t>, std::uint32_t> known_types_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> known_sets_;
  bool laid_out_ = false;
};

}  // namespace bylaw::compiler::lowering
