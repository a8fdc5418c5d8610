#include "format/layout.h"

#include <vector>

#include "format/addresses.h"
#include "format/checksum.h"
#include "format/versions.h"

namespace bylaw::format {
namespace {

enum class Visit : std::uint8_t { Fresh, Open, Done };

class LayoutRun {
 public:
  explicit LayoutRun(const LayoutTables& tables)
      : tables_(tables),
        types_(tables.types.size(), Visit::Fresh),
        shapes_(tables.shapes.size(), Visit::Fresh),
        all_fields_(tables.shapes.size()) {}

  std::optional<LayoutFault> run() {
    for (std::uint32_t i = 0; i < tables_.types.size() && !fault_; ++i) type(i, 0);
    for (std::uint32_t i = 0; i < tables_.shapes.size() && !fault_; ++i) shape(i, 0);
    return fault_;
  }

 private:
  bool fail(LayoutFault::Kind kind, std::uint32_t shape_index = kNone) {
    if (!fault_) fault_ = LayoutFault{kind, shape_index};
    return false;
  }

  /// True if the thing is laid out already or may be now.
  bool enter(Visit& visit, std::uint32_t depth) {
    if (visit == Visit::Open) return fail(LayoutFault::Kind::Cycle);
    if (depth > kMaxNesting) return fail(LayoutFault::Kind::TooDeep);
    return true;
  }

  bool type(std::uint32_t index, std::uint32_t depth) {
    if (index >= types_.size()) return fail(LayoutFault::Kind::BadIndex);
    if (types_[index] == Visit::Done) return true;
    if (!enter(types_[index], depth)) return false;
    types_[index] = Visit::Open;
    if (!set_words(tables_.types[index], depth)) return false;
    types_[index] = Visit::Done;
    return true;
  }

  bool set_words(TypeRecord& record, std::uint32_t depth) {
    record.words = scalar_words(record.kind);
    switch (record.kind) {
      case Kind::Record:
        if (!shape(record.ref, depth + 1)) return false;
        record.words = tables_.shapes[record.ref].slots;
        return true;
      case Kind::Map:
      case Kind::List: return type(record.ref, depth + 1);
      case Kind::Set: return type(record.ref, depth + 1) && set_mask_words(record);
      case Kind::Bool:
      case Kind::Int:
      case Kind::Time:
      case Kind::Duration:
      case Kind::Decimal:
      case Kind::String:
      case Kind::Glob:
      case Kind::Regex:
      case Kind::Enum:
      case Kind::Entity:
      case Kind::Ip:
      case Kind::Cidr:
      case Kind::Version:
      case Kind::Any:
      case Kind::Versions: return true;
    }
    return fail(LayoutFault::Kind::BadIndex);
  }

  bool set_mask_words(TypeRecord& record) {
    const TypeRecord& element = tables_.types[record.ref];
    if (element.kind != Kind::Enum) return true;
    if (element.ref >= tables_.enums.size()) return fail(LayoutFault::Kind::BadIndex);
    record.words = mask_words(tables_.enums[element.ref]);
    return record.words <= kMaxSlots || fail(LayoutFault::Kind::TooLarge);
  }

  bool shape(std::uint32_t index, std::uint32_t depth) {
    if (index >= shapes_.size()) return fail(LayoutFault::Kind::BadIndex);
    if (shapes_[index] == Visit::Done) return true;
    if (!enter(shapes_[index], depth)) return false;
    shapes_[index] = Visit::Open;
    if (!place_fields(index, depth)) return false;
    shapes_[index] = Visit::Done;
    return true;
  }

  bool place_fields(std::uint32_t index, std::uint32_t depth) {
    ShapeRecord& record = tables_.shapes[index];
    const std::size_t all = tables_.fields.size();
    if (record.first_field > all || record.field_count > all - record.first_field)
      return fail(LayoutFault::Kind::BadIndex, index);
    record.slots = record.presence_bits = 0;
    const auto fields = tables_.fields.subspan(record.first_field, record.field_count);
    for (FieldRecord& field : fields)
      if (!place(index, field, depth) || !fits(record, index)) return false;
    for (FieldRecord& field : fields) {
      place_explicit(record, field);
      if (!fits(record, index)) return false;
    }
    return true;
  }

  bool place(std::uint32_t index, FieldRecord& field, std::uint32_t depth) {
    ShapeRecord& record = tables_.shapes[index];
    if (!type(field.type, depth + 1)) return false;
    const TypeRecord& field_type = tables_.types[field.type];
    field.presence = (field.flags & kFieldOptional) != 0 ? record.presence_bits++ : kNone;
    field.slot = record.slots;
    record.slots += field_type.words;
    ++all_fields_[index];
    field.nested_presence = kNone;
    if (field_type.kind == Kind::Record) {
      field.nested_presence = record.presence_bits;
      record.presence_bits += tables_.shapes[field_type.ref].presence_bits;
      all_fields_[index] += all_fields_[field_type.ref];
    }
    return true;
  }

  void place_explicit(ShapeRecord& record, FieldRecord& field) {
    field.explicit_slot = field.explicit_presence = kNone;
    if ((field.flags & kFieldExplicit) == 0) return;
    const TypeRecord& field_type = tables_.types[field.type];
    field.explicit_presence = record.presence_bits++;
    if (field_type.kind == Kind::Record) record.presence_bits += tables_.shapes[field_type.ref].presence_bits;
    field.explicit_slot = record.slots;
    record.slots += field_type.words;
  }

  bool fits(const ShapeRecord& record, std::uint32_t index) {
    return (frame_words(record) <= kMaxSlots && record.presence_bits <= kMaxSlots && all_fields_[index] <= kMaxSlots) ||
           fail(LayoutFault::Kind::TooLarge, index);
  }

  LayoutTables tables_;
  std::vector<Visit> types_;
  std::vector<Visit> shapes_;
  std::vector<std::uint32_t> all_fields_;  // of a shape, those of nested records included
  std::optional<LayoutFault> fault_;
};

}  // namespace

std::uint32_t scalar_words(Kind kind) {
  if (kind == Kind::Ip) return kIpWords;
  if (kind == Kind::Cidr) return kCidrWords;
  if (kind == Kind::Any) return 0;
  return kind == Kind::Version ? kVersionWords : 1;
}

ValueShape shape_of(Kind kind) {
  switch (kind) {
    case Kind::Bool: return ValueShape::Bool;
    case Kind::Int:
    case Kind::Decimal: return ValueShape::Number;
    case Kind::String:
    case Kind::Time:
    case Kind::Duration:
    case Kind::Enum:
    case Kind::Ip:
    case Kind::Cidr:
    case Kind::Version:
    case Kind::Versions: return ValueShape::Text;
    case Kind::Set:
    case Kind::List: return ValueShape::Array;
    case Kind::Record:
    case Kind::Map: return ValueShape::Object;
    case Kind::Entity:  // a text or an object
    case Kind::Glob:
    case Kind::Regex:
    case Kind::Any: return ValueShape::None;
  }
  return ValueShape::None;
}

std::optional<LayoutFault> lay_out(const LayoutTables& tables) {
  return LayoutRun(tables).run();
}

std::uint32_t stride(const TypeRecord& element, std::span<const ShapeRecord> shapes) {
  return element.kind == Kind::Record ? frame_words(shapes[element.ref]) : element.words;
}

}  // namespace bylaw::format
