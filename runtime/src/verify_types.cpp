// Texts, types, entity types and shapes: what requests and values look like.

#include <algorithm>
#include <cstring>
#include <vector>

#include "format/layout.h"
#include "format/text_forms.h"
#include "verify.h"

namespace bylaw {
namespace {

using namespace format;

/// Texts stand one after the other, so that no two share bytes and each byte is read once.
bool check_strings(TableCheck& check) {
  const BundleView& b = check.bundle();
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < b.strings.size(); ++i) {
    check.at(Section::Strings, i);
    if (!check.next_range(end, b.strings[i].offset, b.strings[i].length, b.text, "its text")) return false;
    const std::string_view text = b.symbol_text(static_cast<Symbol>(i));
    if (!check.need(valid_text(text), "its text is not UTF-8")) return false;
    if (i > 0 && !check.need(b.symbol_text(static_cast<Symbol>(i - 1)) < text, "texts do not ascend")) return false;
  }
  check.at(Section::Strings, b.strings.size());
  return check.need(end == b.text.size(), "there is text behind the last one") &&
         check.need(!b.strings.empty(), "there is none");
}

bool is_element_of_set(Kind kind) {
  return kind != Kind::Record && kind != Kind::Set && kind != Kind::List && kind != Kind::Map && kind != Kind::Any;
}

bool check_reference(TableCheck& check, const TypeRecord& type) {
  const BundleView& b = check.bundle();
  switch (type.kind) {
    case Kind::Bool:
    case Kind::Int:
    case Kind::Time:
    case Kind::Duration:
    case Kind::Decimal:
    case Kind::String:
    case Kind::Ip:
    case Kind::Cidr:
    case Kind::Glob:
    case Kind::Regex:
    case Kind::Any:
    case Kind::Versions: return true;
    case Kind::Version:
      return check.need(b.strings[0].length == 0, "there is no empty text, which says that a version is a release");
    case Kind::Enum: return check.in(type.ref, b.enums, "its enum");
    case Kind::Entity: return check.in(type.ref, b.entity_sets, "its entity set");
    case Kind::Record: return check.in(type.ref, b.shapes, "its shape");
    case Kind::List:
      return check.in(type.ref, b.types, "its element type") &&
             check.need(b.types[type.ref].kind != Kind::Any, "its elements are nothing");
    case Kind::Map:
      return check.in(type.ref, b.types, "its element type") &&
             check.need(b.types[type.ref].kind == Kind::Record, "its entries are no records");
    case Kind::Set:
      return check.in(type.ref, b.types, "its element type") &&
             check.need(is_element_of_set(b.types[type.ref].kind), "its elements cannot be in a set");
  }
  return check.fail("its kind is not known");
}

/// A key, and a value that is said to be there by a bit, so that a frame of zeros has none.
bool is_entry(const BundleView& b, const ShapeRecord& shape) {
  if (shape.field_count != 2 || shape.flags != 0) return false;
  const FieldRecord& key = b.fields[shape.first_field];
  const FieldRecord& value = b.fields[shape.first_field + 1];
  const Kind key_kind = b.types[key.type].kind;
  return (key_kind == Kind::String || key_kind == Kind::Enum) && key.flags == 0 &&
         (value.flags & ~kFieldSecret) == kFieldOptional && key.default_constant == kNone &&
         value.default_constant == kNone;
}

/// When shapes and their fields were looked at.
bool check_maps(TableCheck& check) {
  const BundleView& b = check.bundle();
  for (std::size_t i = 0; i < b.types.size(); ++i) {
    check.at(Section::Types, i);
    if (b.types[i].kind == Kind::Map &&
        !check.need(is_entry(b, b.shapes[b.types[b.types[i].ref].ref]), "its entries have no key and value"))
      return false;
  }
  return true;
}

/// Of a union of values each field is one of its types, and a value shows which: nothing else says it.
bool is_union(const BundleView& b, const ShapeRecord& shape) {
  const auto fields = range(b.fields, shape.first_field, shape.field_count);
  ValueShape last = ValueShape::None;
  for (const FieldRecord& field : fields) {
    const TypeRecord& type = b.types[field.type];
    const ValueShape own = shape_of(type.kind);
    if (type.kind == Kind::Record && (b.shapes[type.ref].flags & kShapeEither) != 0) return false;
    if (own <= last || field.flags != kFieldOptional || field.default_constant != kNone) return false;
    last = own;
  }
  return fields.size() > 1 && shape.flags == kShapeEither;
}

/// When shapes and their fields were looked at. Decisions and entity types have fields of their own.
bool check_unions(TableCheck& check) {
  const BundleView& b = check.bundle();
  for (std::size_t i = 0; i < b.shapes.size(); ++i) {
    check.at(Section::Shapes, i);
    if ((b.shapes[i].flags & kShapeEither) != 0 &&
        !check.need(is_union(b, b.shapes[i]), "its fields are not told from each other"))
      return false;
  }
  for (std::size_t i = 0; i < b.entity_types.size(); ++i) {
    check.at(Section::EntityTypes, i);
    if (!check.need((b.shapes[b.entity_types[i].shape].flags & kShapeEither) == 0, "its shape is a union"))
      return false;
  }
  return true;
}

bool check_types(TableCheck& check) {
  const BundleView& b = check.bundle();
  for (std::size_t i = 0; i < b.types.size(); ++i) {
    check.at(Section::Types, i);
    if (!check_reference(check, b.types[i])) return false;
  }
  return true;
}

bool check_enums(TableCheck& check) {
  const BundleView& b = check.bundle();
  for (std::size_t i = 0; i < b.enums.size(); ++i) {
    const EnumRecord& e = b.enums[i];
    check.at(Section::Enums, i);
    if (!check.symbol(e.name, "its name") || !check.symbol(e.short_name, "its short name") ||
        !check.range(e.first_member, e.member_count, b.members, "its members") ||
        !check.need((e.flags & ~(kEnumOpen | kEnumScope | kEnumOrdered)) == 0, "its flags are not known"))
      return false;
  }
  for (std::size_t i = 0; i < b.members.size(); ++i) {
    check.at(Section::Members, i);
    if (!check.symbol(b.members[i].name, "its name") || !check.symbol(b.members[i].wire, "its text")) return false;
  }
  return true;
}

/// Indices of entity types in Pool, ascending.
bool check_type_indices(TableCheck& check, std::uint32_t first, std::uint32_t count) {
  const BundleView& b = check.bundle();
  if (!check.range(first, count, b.pool, "its entity types")) return false;
  const auto indices = range(b.pool, first, count);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    if (!check.in(indices[i], b.entity_types, "one of its entity types")) return false;
    if (i > 0 && !check.need(indices[i - 1] < indices[i], "its entity types do not ascend")) return false;
  }
  return true;
}

bool check_entity_sets(TableCheck& check) {
  const BundleView& b = check.bundle();
  std::uint64_t all = 0;
  const std::uint64_t limit = shared_indices(b);
  for (std::size_t i = 0; i < b.entity_sets.size(); ++i) {
    const EntitySetRecord& set = b.entity_sets[i];
    check.at(Section::EntitySets, i);
    if (!check.need((all += set.count) <= limit, "too many entity types in all") ||
        !check.need(set.count > 0, "it is empty") || !check_type_indices(check, set.first, set.count))
      return false;
  }
  for (std::size_t i = 0; i < b.entity_types.size(); ++i) {
    const EntityTypeRecord& type = b.entity_types[i];
    check.at(Section::EntityTypes, i);
    if (!check.need((all += type.parent_count) <= limit, "too many entity types in all") ||
        !check.symbol(type.name, "its name") || !check.symbol(type.short_name, "its short name") ||
        !check.in(type.shape, b.shapes, "its shape") ||
        !check_type_indices(check, type.first_parent, type.parent_count) ||
        !check.need((type.flags & ~kEntityOneParent) == 0, "its flags are not known"))
      return false;
    if (i > 0 && !check.need(b.entity_types[i - 1].name < type.name, "entity types do not ascend")) return false;
  }
  return true;
}

bool is_ordered(const BundleView& b, const TypeRecord& type) {
  return type.kind == Kind::Int || type.kind == Kind::Time || type.kind == Kind::Duration ||
         type.kind == Kind::Decimal || type.kind == Kind::Version ||
         (type.kind == Kind::Enum && (b.enums[type.ref].flags & kEnumOrdered) != 0);
}

bool inherits_by(const BundleView& b, MergeStrategy strategy, const TypeRecord& type) {
  return strategy == MergeStrategy::None || strategy == MergeStrategy::Nearest || strategy == MergeStrategy::Farthest ||
         (strategy != MergeStrategy::Collect && merges(b, strategy, type));
}

bool check_field(TableCheck& check, const FieldRecord& field) {
  const BundleView& b = check.bundle();
  return check.symbol(field.name, "its name") && check.symbol(field.wire, "its text") &&
         check.in(field.type, b.types, "its type") &&
         check.need((field.flags & ~(kFieldOptional | kFieldSecret | kFieldExplicit)) == 0,
                    "its flags are not known") &&
         check.need(field.inherit == MergeStrategy::None || (field.flags & kFieldExplicit) != 0,
                    "it inherits and has no place for its own value") &&
         check.need(inherits_by(b, field.inherit, b.types[field.type]), "its type does not fit its strategy");
}

bool check_shapes(TableCheck& check) {
  const BundleView& b = check.bundle();
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < b.shapes.size(); ++i) {
    const ShapeRecord& shape = b.shapes[i];
    check.at(Section::Shapes, i);
    if (!check.symbol(shape.name, "its name") ||
        !check.next_range(end, shape.first_field, shape.field_count, b.fields, "its fields") ||
        !check.need((shape.flags & ~(kShapeOpen | kShapeEither)) == 0, "its flags are not known"))
      return false;
  }
  if (!check.need(end == b.fields.size(), "there are fields of no shape")) return false;
  for (std::size_t i = 0; i < b.fields.size(); ++i) {
    check.at(Section::Fields, i);
    if (!check_field(check, b.fields[i])) return false;
  }
  return true;
}

std::string_view words_for(LayoutFault::Kind kind) {
  switch (kind) {
    case LayoutFault::Kind::BadIndex: return "a type is beyond its table";
    case LayoutFault::Kind::Cycle: return "a type contains itself";
    case LayoutFault::Kind::TooDeep: return "types are nested too deeply";
    case LayoutFault::Kind::TooLarge: return "a frame has too many words";
  }
  return "";
}

Fault bad_layout(std::string_view what) {
  return {Code::BadLayout, text(Code::BadLayout, {{"what", what}})};
}

template <class Record>
bool same(std::span<const Record> a, const std::vector<Record>& b) {
  return a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

/// The layout is worked out again and must be the one in the file.
bool check_layout(TableCheck& check) {
  const BundleView& b = check.bundle();
  std::vector<TypeRecord> types(b.types.begin(), b.types.end());
  std::vector<ShapeRecord> shapes(b.shapes.begin(), b.shapes.end());
  std::vector<FieldRecord> fields(b.fields.begin(), b.fields.end());
  if (const auto fault = lay_out({b.enums, types, shapes, fields}))
    return check.fail(bad_layout(words_for(fault->kind)));
  if (!same(b.types, types) || !same(b.shapes, shapes) || !same(b.fields, fields))
    return check.fail(bad_layout("its layout is not that of its types"));
  return true;
}

/// The field whose words contain this slot, or null. Fields ascend by slot.
const FieldRecord* field_at(const BundleView& b, const ShapeRecord& shape, std::uint32_t slot) {
  const auto fields = range(b.fields, shape.first_field, shape.field_count);
  const auto after = std::upper_bound(fields.begin(), fields.end(), slot,
                                      [](std::uint32_t s, const FieldRecord& f) { return s < f.slot; });
  if (after == fields.begin()) return nullptr;
  const FieldRecord& field = *(after - 1);
  return slot - field.slot < b.types[field.type].words ? &field : nullptr;
}

}  // namespace

bool merges(const BundleView& b, MergeStrategy strategy, const TypeRecord& type) {
  switch (strategy) {
    case MergeStrategy::Min:
    case MergeStrategy::Max: return is_ordered(b, type);
    case MergeStrategy::Any:
    case MergeStrategy::All: return type.kind == Kind::Bool;
    case MergeStrategy::Union:
    case MergeStrategy::Intersect: return type.kind == Kind::Set;
    case MergeStrategy::Collect: return type.kind == Kind::Set || is_element_of_set(type.kind);
    case MergeStrategy::None:
    case MergeStrategy::Nearest:
    case MergeStrategy::Farthest: return false;
  }
  return false;
}

std::uint32_t type_at(const BundleView& b, std::uint32_t shape, std::uint32_t word) {
  const std::uint32_t presence = presence_words(b.shapes[shape]);
  if (word < presence) return kNone;
  std::uint32_t slot = word - presence;
  while (const FieldRecord* field = field_at(b, b.shapes[shape], slot)) {
    slot -= field->slot;
    if (b.types[field->type].kind != Kind::Record) return slot == 0 ? field->type : kNone;
    shape = b.types[field->type].ref;
  }
  return kNone;
}

std::uint32_t words_of(const BundleView& b, std::uint32_t type) {
  return stride(b.types[type], b.shapes);
}

bool verify_layout_hash(TableCheck& check) {
  return layout_hash(layout_source(check.bundle())) == check.bundle().header->layout_hash ||
         check.fail(bad_layout("its layout hash is not that of its types"));
}

LayoutSource layout_source(const BundleView& b) {
  return {b.types,
          b.enums,
          b.members,
          b.entity_sets,
          b.entity_types,
          b.shapes,
          b.fields,
          b.pool,
          b.strings,
          b.constants,
          {b.text.data(), b.text.size()}};
}

bool verify_types(TableCheck& check) {
  return check_strings(check) && check_types(check) && check_enums(check) && check_entity_sets(check) &&
         check_shapes(check) && check_maps(check) && check_unions(check) && check_layout(check);
}

}  // namespace bylaw
