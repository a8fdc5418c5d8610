// Fields in frames of one shape: copied, given their default, compared.

#include <algorithm>

#include "fill.h"
#include "format/layout.h"

namespace bylaw {
namespace {

using format::FieldRecord;
using format::Kind;
using format::TypeRecord;

/// A place that is only read.
Place reading(const BundleView& view, std::uint32_t shape, const Word* frame) {
  return place_of(view, shape, const_cast<Word*>(frame));
}

Collection collection_of(const RequestData& request, Word word) {
  return collection(memory_of(request), word);
}

bool same_fields(const RequestData& request, std::uint32_t shape, const Place& left, const Place& right) {
  const auto fields = fields_of(request.world->view(), shape);
  return std::all_of(fields.begin(), fields.end(),
                     [&](const FieldRecord& f) { return same_field(request, f, left, right); });
}

bool same_elements(const RequestData& request, std::uint32_t type, Word left, Word right);

bool same_value(const RequestData& request, std::uint32_t type_index, const Word* left, const Word* right) {
  const BundleView& view = request.world->view();
  const TypeRecord& type = view.types[type_index];
  const auto same_words = [&](std::uint32_t count) { return std::equal(left, left + count, right); };
  switch (type.kind) {
    case Kind::Bool:
    case Kind::Int:
    case Kind::Time:
    case Kind::Duration:
    case Kind::Decimal:
    case Kind::String:
    case Kind::Enum:
    case Kind::Entity:
    case Kind::Ip:
    case Kind::Cidr:
    case Kind::Version:
    case Kind::Versions: return same_words(type.words);
    case Kind::Glob:
    case Kind::Regex: return *left == *right;
    case Kind::Record:
      return same_fields(request, type.ref, reading(view, type.ref, left), reading(view, type.ref, right));
    case Kind::Set: {
      const TypeRecord& element = view.types[type.ref];
      if (element.kind != Kind::Enum) return same_elements(request, type.ref, *left, *right);
      const format::EnumRecord& record = view.enums[element.ref];
      const std::uint32_t bits = format::mask_bit_words(record);
      if (!same_words(bits)) return false;
      if ((record.flags & format::kEnumOpen) == 0) return true;
      const Collection a = collection_of(request, left[bits]), b = collection_of(request, right[bits]);
      return std::equal(a.data, a.data + a.count, b.data, b.data + b.count);
    }
    case Kind::Map:  // both by key
    case Kind::List: return same_elements(request, type.ref, *left, *right);
    case Kind::Any: return true;
  }
  return false;
}

bool same_elements(const RequestData& request, std::uint32_t type, Word left, Word right) {
  const BundleView& view = request.world->view();
  const Collection a = collection_of(request, left), b = collection_of(request, right);
  if (a.count != b.count) return false;
  const std::uint32_t stride = format::stride(view.types[type], view.shapes);
  for (std::uint32_t i = 0; i < a.count; ++i) {
    if (!same_value(request, type, a.data + std::size_t{stride} * i, b.data + std::size_t{stride} * i)) return false;
  }
  return true;
}

void copy_bits(const Place& from, const Place& to, std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t bit = first; bit < first + count; ++bit) {
    if (from.bit(bit)) {
      to.set_bit(bit);
    } else {
      to.clear_bit(bit);
    }
  }
}

}  // namespace

void copy_field(const BundleView& view, const FieldRecord& field, const Place& from, const Place& to) {
  const TypeRecord& type = view.types[field.type];
  std::copy_n(from.slots + field.slot, type.words, to.slots + field.slot);
  if ((field.flags & format::kFieldOptional) != 0) copy_bits(from, to, field.presence, 1);
  if (type.kind == Kind::Record) copy_bits(from, to, field.nested_presence, view.shapes[type.ref].presence_bits);
}

void copy_value(const BundleView& view, const FieldRecord& from_field, const Place& from, const FieldRecord& to_field,
                const Place& to) {
  const TypeRecord& type = view.types[to_field.type];
  std::copy_n(from.slots + from_field.slot, type.words, to.slots + to_field.slot);
  if (type.kind != Kind::Record) return;
  const Place source = from.nested(from_field), target = to.nested(to_field);
  for (std::uint32_t bit = 0; bit < view.shapes[type.ref].presence_bits; ++bit) {
    if (source.bit(bit)) {
      target.set_bit(bit);
    } else {
      target.clear_bit(bit);
    }
  }
}

void copy_default(const WorldData& world, const FieldRecord& field, const Place& to) {
  const BundleView& view = world.view();
  const TypeRecord& type = view.types[field.type];
  // A record's constant is a whole frame of its shape.
  const Word* const constant = world.constants.data() + field.default_constant;
  if (type.kind == Kind::Record) {
    const Place from = reading(view, type.ref, constant);
    const Place inside = to.nested(field);
    std::copy_n(from.slots, type.words, inside.slots);
    copy_bits(from, inside, 0, view.shapes[type.ref].presence_bits);
  } else {
    std::copy_n(constant, type.words, to.slots + field.slot);
  }
}

bool same_value_of(const RequestData& request, const FieldRecord& left, const FieldRecord& right, const Place& place) {
  const TypeRecord& type = request.world->view().types[right.type];
  if (type.kind == Kind::Record) return same_fields(request, type.ref, place.nested(left), place.nested(right));
  return same_value(request, right.type, place.slots + left.slot, place.slots + right.slot);
}

bool same_field(const RequestData& request, const FieldRecord& field, const Place& left, const Place& right) {
  const TypeRecord& type = request.world->view().types[field.type];
  if ((field.flags & format::kFieldOptional) != 0) {
    if (left.bit(field.presence) != right.bit(field.presence)) return false;
    if (!left.bit(field.presence)) return true;
  }
  if (type.kind == Kind::Record) return same_fields(request, type.ref, left.nested(field), right.nested(field));
  return same_value(request, field.type, left.slots + field.slot, right.slots + field.slot);
}

}  // namespace bylaw
