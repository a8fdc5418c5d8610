#include "lower/constants.h"

#include <algorithm>

#include "format/addresses.h"
#include "format/layout.h"
#include "format/versions.h"

namespace bylaw::compiler::lowering {

using format::kNone;
using format::Word;

namespace {

constexpr Word kConstantOwner = 2;

Word collection_word(std::uint32_t offset, std::size_t count) {
  return kConstantOwner << 62 | static_cast<Word>(offset) << 32 | static_cast<Word>(count);
}

void append(Encoded& to, const Encoded& more) {
  to.words.insert(to.words.end(), more.words.begin(), more.words.end());
  to.types.insert(to.types.end(), more.types.begin(), more.types.end());
}

/// A frame or mask is one value: a type begins at its first word only.
Encoded blank(std::uint32_t words, std::uint32_t type) {
  Encoded encoded{std::vector<Word>(words), std::vector<std::uint32_t>(words, kNone)};
  if (words != 0) encoded.types.front() = type;
  return encoded;
}

}  // namespace

Encoded Constants::encode(const Value& v, TypeId type) {
  return value(v, program_.without_optional(type));
}

Encoded Constants::value(const Value& value, TypeId type) {
  const Type& t = program_.types[type];
  const std::uint32_t index = types_.type(type);
  switch (t.kind) {
    case TypeKind::Record: return record(value, t.record);
    case TypeKind::Set:
      if (types_.is_mask(index)) return mask(value, index);
      return collection(value, type);
    case TypeKind::List: return collection(value, type);
    case TypeKind::Map: return entries(value, type);
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Version:
    case TypeKind::Versions: return form(value, t.kind, index);
    default: return {{scalar(value)}, {index}};
  }
}

Word Constants::scalar(const Value& value) {
  switch (value.kind) {
    case ValueKind::Absent:
    case ValueKind::Bool:
    case ValueKind::Int:
    case ValueKind::Time:
    case ValueKind::Duration:
    case ValueKind::Decimal:
    case ValueKind::Member: return static_cast<Word>(value.integer);
    case ValueKind::String: return symbols_.of(value.text);
    case ValueKind::Entity:
      return static_cast<Word>(types_.entity_type(value.entity_type)) << 32 | symbols_.of(value.text);
    case ValueKind::Pattern: return patterns_.number(value);
    case ValueKind::Set:
    case ValueKind::List:
    case ValueKind::Map:
    case ValueKind::Form:
    case ValueKind::Record: break;
  }
  return 0;
}

/// An absent value is zero.
Encoded Constants::form(const Value& value, TypeKind kind, std::uint32_t type) const {
  Encoded encoded = blank(types_.record(type).words, type);
  if (kind == TypeKind::Versions) encoded.words = {symbols_.of(value.text)};
  if (const auto ip = format::read_ip(value.text).value; ip && kind == TypeKind::Ip)
    encoded.words = {ip->high, ip->low};
  if (const auto cidr = format::read_cidr(value.text).value; cidr && kind == TypeKind::Cidr)
    encoded.words = {cidr->first.high, cidr->first.low, cidr->length};
  if (const auto v = format::read_version(value.text).value; v && kind == TypeKind::Version)
    encoded.words = {Word{v->major} << 32 | v->minor, Word{v->patch} << 32 | symbols_.of(v->pre)};
  return encoded;
}

namespace {

/// The order of elements in a set, for kinds whose words do not say it.
bool form_before(TypeKind kind, const Value& a, const Value& b) {
  if (kind == TypeKind::Version) return comes_before(a, b);
  if (kind == TypeKind::Ip) return format::read_ip(a.text).value < format::read_ip(b.text).value;
  return format::read_cidr(a.text).value < format::read_cidr(b.text).value;
}

bool sorted_by_form(TypeKind kind) {
  return kind == TypeKind::Ip || kind == TypeKind::Cidr || kind == TypeKind::Version;
}

}  // namespace

/// Constants hold declared members alone, so the bit for other texts and their collection stay zero.
Encoded Constants::mask(const Value& value, std::uint32_t type) const {
  Encoded encoded = blank(types_.record(type).words, type);
  for (const Value& member : value.items)
    encoded.words[static_cast<std::size_t>(member.integer / 64)] |= Word{1} << (member.integer % 64);
  return encoded;
}

Encoded Constants::collection(const Value& value, TypeId type) {
  const Type& t = program_.types[type];
  const TypeKind element_kind = program_.types[t.element].kind;
  std::vector<Value> items = value.items;
  const bool by_form = t.kind == TypeKind::Set && sorted_by_form(element_kind);
  if (by_form)
    std::sort(items.begin(), items.end(),
              [&](const Value& a, const Value& b) { return form_before(element_kind, a, b); });
  std::vector<Encoded> elements;
  for (const Value& item : items) elements.push_back(encode(item, t.element));
  // The order of other sets is that of their words: texts and entities are numbered only now. Patterns keep that of
  // their texts.
  const bool patterns = !items.empty() && items.front().kind == ValueKind::Pattern;
  if (t.kind == TypeKind::Set && !by_form && !patterns)
    std::sort(elements.begin(), elements.end(), [](const Encoded& a, const Encoded& b) {
      return static_cast<std::int64_t>(a.words.front()) < static_cast<std::int64_t>(b.words.front());
    });
  Encoded all;
  for (const Encoded& element : elements) append(all, element);
  const Word word = elements.empty() ? 0 : collection_word(place(all), elements.size());
  return {{word}, {types_.type(type)}};
}

/// The entries of a map ascend by key: texts are numbered only now.
Encoded Constants::entries(const Value& value, TypeId type) {
  const TypeId key = program_.key_type(type);
  std::vector<Value> items = value.items;
  std::sort(items.begin(), items.end(), [&](const Value& a, const Value& b) {
    return encode(a.items[0], key).words.front() < encode(b.items[0], key).words.front();
  });
  Encoded all;
  for (const Value& item : items) append(all, encode(item, program_.types[type].element));
  const Word word = items.empty() ? 0 : collection_word(place(all), items.size());
  return {{word}, {types_.type(type)}};
}

Encoded Constants::record(const Value& value, RecordId id) {
  const format::ShapeRecord& shape = types_.shape_record(types_.shape(id));
  const std::uint32_t type = types_.type([&] {
    for (std::uint32_t i = 0; i < program_.types.size(); ++i)
      if (program_.types[TypeId{i}].kind == TypeKind::Record && program_.types[TypeId{i}].record == id)
        return TypeId{i};
    return TypeId{};
  }());
  Encoded frame = blank(format::frame_words(shape), type);
  fill(value, id, 0, format::presence_words(shape), frame);
  return frame;
}

void Constants::fill(const Value& value, RecordId id, std::uint32_t bits, std::uint32_t slots, Encoded& frame) {
  const auto& fields = program_.records[id].fields;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    const Value& item = value.items[i];
    const format::FieldRecord field = types_.field(types_.shape(id), i);
    if (item.kind == ValueKind::Absent) continue;
    if (field.presence != kNone) {
      const std::uint32_t bit = bits + field.presence;
      frame.words[bit / 64] |= Word{1} << (bit % 64);
    }
    const Type& type = program_.types[program_.without_optional(fields[i].type)];
    if (type.kind == TypeKind::Record) {
      fill(item, type.record, bits + field.nested_presence, slots + field.slot, frame);
      continue;
    }
    const Encoded words = encode(item, fields[i].type);
    std::copy(words.words.begin(), words.words.end(), frame.words.begin() + slots + field.slot);
  }
}

std::uint32_t Constants::place(const Encoded& encoded) {
  const auto [known, added] = known_.try_emplace(encoded, static_cast<std::uint32_t>(tables_.constants.size()));
  if (added) {
    tables_.constants.insert(tables_.constants.end(), encoded.words.begin(), encoded.words.end());
    tables_.constant_types.insert(tables_.constant_types.end(), encoded.types.begin(), encoded.types.end());
  }
  return known->second;
}

void Constants::place_closures() {
  for (std::uint32_t i = 0; i < program_.enums.size(); ++i) {
    const EnumType& type = program_.enums[EnumId{i}];
    if (!type.scope) continue;
    format::EnumRecord& record = tables_.enums[types_.enum_index(EnumId{i})];
    const std::uint32_t row = format::closure_words(record);
    Encoded rows{std::vector<Word>(std::size_t{row} * record.member_count), {}};
    rows.types.assign(rows.words.size(), kNone);
    for (std::size_t a = 0; a < type.members.size(); ++a)
      for (std::size_t b = 0; b < type.members.size(); ++b)
        if (type.closure[a][b]) rows.words[a * row + b / 64] |= Word{1} << (b % 64);
    record.closure = place(rows);
  }
}

void Constants::place_defaults() {
  for (std::uint32_t i = 0; i < tables_.fields.size(); ++i) {
    const Field& field = types_.declared(i);
    if (field.default_value)
      tables_.fields[i].default_constant = place(constant_value(program_, field.default_value), field.type);
  }
}

std::uint32_t Window::slot(const Value& value, TypeId type) {
  const Encoded encoded = constants_.encode(value, type);
  const auto [known, added] = slots_.try_emplace(encoded, size());
  if (added) append(all_, encoded);
  return known->second;
}

}  // namespace bylaw::compiler::lowering
