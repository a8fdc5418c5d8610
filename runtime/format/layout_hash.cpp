#include "format/layout_hash.h"

#include <string>

#include "format/checksum.h"
#include "format/layout.h"

namespace bylaw::format {
namespace {

constexpr std::size_t kMost = std::size_t{1} << 24;

/// Everything as text, each piece with its length, so that no two declarations give the same.
class HashText {
 public:
  explicit HashText(const LayoutSource& source) : source_(source) {}

  std::uint64_t of(const EntityTypeRecord& type) {
    symbol(type.name);
    numbers({type.flags, type.parent_count});
    for (const std::uint32_t parent : source_.pool.subspan(type.first_parent, type.parent_count))
      symbol(source_.entity_types[parent].name);
    shape(type.shape);
    return checksum(std::as_bytes(std::span(bytes_)));
  }

 private:
  void numbers(std::initializer_list<std::uint64_t> values) {
    for (const std::uint64_t value : values) bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void symbol(Symbol s) {
    if (s >= source_.strings.size() || source_.strings[s].offset > source_.text.size()) return;
    const StringRecord& record = source_.strings[s];
    numbers({record.length});
    bytes_.append(source_.text.substr(record.offset, record.length));
  }

  void shape(std::uint32_t index) {
    const ShapeRecord& shape = source_.shapes[index];
    symbol(shape.name);
    numbers({shape.field_count, shape.slots, shape.presence_bits, shape.flags});
    for (const FieldRecord& f : source_.fields.subspan(shape.first_field, shape.field_count)) field(f);
  }

  void field(const FieldRecord& field) {
    symbol(field.name);
    symbol(field.wire);
    numbers({field.slot, field.presence, field.nested_presence, field.flags, static_cast<std::uint64_t>(field.inherit),
             field.explicit_slot, field.explicit_presence, field.default_constant == kNone ? 0U : 1U});
    type(field.type);
    if (field.default_constant != kNone) value(field.type, field.default_constant);
  }

  void type(std::uint32_t index) {
    const TypeRecord& type = source_.types[index];
    numbers({static_cast<std::uint64_t>(type.kind), type.max, type.words});
    switch (type.kind) {
      case Kind::Bool:
      case Kind::Int:
      case Kind::Time:
      case Kind::Duration:
      case Kind::Decimal:
      case Kind::String:
      case Kind::Ip:
      case Kind::Cidr:
      case Kind::Version:
      case Kind::Versions:
      case Kind::Glob:
      case Kind::Any:
      case Kind::Regex: return;
      case Kind::Enum: return members(source_.enums[type.ref]);
      case Kind::Entity: return entities(source_.entity_sets[type.ref]);
      case Kind::Record: return shape(type.ref);
      case Kind::Set:
      case Kind::Map:
      case Kind::List: return this->type(type.ref);
    }
  }

  void members(const EnumRecord& e) {
    symbol(e.name);
    numbers({e.member_count, e.flags});
    for (const MemberRecord& member : source_.members.subspan(e.first_member, e.member_count)) {
      symbol(member.name);
      symbol(member.wire);
    }
  }

  void entities(const EntitySetRecord& set) {
    numbers({set.count});
    for (const std::uint32_t index : source_.pool.subspan(set.first, set.count))
      symbol(source_.entity_types[index].name);
  }

  // --- defaults. The writer hashes tables before anything has verified them: what lies beyond them counts as zero. ---

  Word constant(std::size_t at) const { return at < source_.constants.size() ? source_.constants[at] : 0; }
  std::span<const Word> constants(std::size_t first, std::size_t count) const {
    const bool inside = first <= source_.constants.size() && count <= source_.constants.size() - first;
    return inside ? source_.constants.subspan(first, count) : std::span<const Word>();
  }

  void value(std::uint32_t type_index, std::size_t at) {
    if (bytes_.size() > kMost) return;  // a hostile bundle may share collections without end
    const TypeRecord& type = source_.types[type_index];
    const Word word = constant(at);
    switch (type.kind) {
      case Kind::Bool:
      case Kind::Int:
      case Kind::Time:
      case Kind::Duration:
      case Kind::Glob:
      case Kind::Regex:
      case Kind::Decimal: return numbers({word});
      case Kind::String:
      case Kind::Versions: return symbol(static_cast<Symbol>(word));
      case Kind::Ip:
      case Kind::Cidr:
        for (std::uint32_t i = 0; i < type.words; ++i) numbers({constant(at + i)});
        return;
      case Kind::Version: numbers({word, constant(at + 1) >> 32}); return symbol(static_cast<Symbol>(constant(at + 1)));
      case Kind::Enum: return member(source_.enums[type.ref], word);
      case Kind::Entity:
        if (word >> 32 < source_.entity_types.size()) symbol(source_.entity_types[word >> 32].name);
        return symbol(static_cast<Symbol>(word));
      case Kind::Record: return frame(type.ref, at, 0, at + presence_words(source_.shapes[type.ref]));
      case Kind::Set:
        if (source_.types[type.ref].kind == Kind::Enum) return mask(source_.enums[source_.types[type.ref].ref], at);
        return elements(type.ref, word);
      case Kind::Map:
      case Kind::List: return elements(type.ref, word);
      case Kind::Any: return;
    }
  }

  /// The fields of a record whose bits begin at `bit` of the frame and whose slots begin at `slots`.
  void frame(std::uint32_t shape, std::size_t first, std::uint32_t bit, std::size_t slots) {
    const ShapeRecord& record = source_.shapes[shape];
    for (const FieldRecord& f : source_.fields.subspan(record.first_field, record.field_count)) {
      const std::uint32_t at = bit + f.presence;
      const bool present = f.presence == kNone || (constant(first + at / 64) >> at % 64 & 1) != 0;
      numbers({present ? 1U : 0U});
      if (!present) continue;
      const TypeRecord& of = source_.types[f.type];
      if (of.kind == Kind::Record)
        frame(of.ref, first, bit + f.nested_presence, slots + f.slot);
      else
        value(f.type, slots + f.slot);
    }
  }

  void member(const EnumRecord& e, Word word) {
    if (word < e.member_count) return numbers({word});
    symbol(static_cast<Symbol>(word - e.member_count));
  }

  void mask(const EnumRecord& e, std::size_t at) {
    words(at, mask_bit_words(e));
    if ((e.flags & kEnumOpen) == 0) return;
    const Word others = constant(at + mask_bit_words(e));
    const std::size_t first = static_cast<std::size_t>(others >> 32) & 0x3fffffff;
    numbers({static_cast<std::uint32_t>(others)});
    for (const Word other : constants(first, static_cast<std::uint32_t>(others))) symbol(static_cast<Symbol>(other));
  }

  void elements(std::uint32_t type, Word collection) {
    const std::size_t first = static_cast<std::size_t>(collection >> 32) & 0x3fffffff;
    const auto count = static_cast<std::uint32_t>(collection);
    const std::uint32_t step = stride(source_.types[type], source_.shapes);
    numbers({count});
    if (first + std::size_t{count} * step > source_.constants.size()) return;
    for (std::uint32_t i = 0; i < count; ++i) value(type, first + std::size_t{i} * step);
  }

  void words(std::size_t at, std::uint32_t count) {
    for (const Word word : constants(at, count)) numbers({word});
  }

  const LayoutSource& source_;
  std::string bytes_;
};

}  // namespace

std::uint64_t type_hash(const LayoutSource& source, std::uint32_t entity_type) {
  return HashText(source).of(source.entity_types[entity_type]);
}

std::uint64_t layout_hash(const LayoutSource& source) {
  std::string hashes;
  for (std::uint32_t i = 0; i < source.entity_types.size(); ++i) {
    const std::uint64_t hash = type_hash(source, i);
    hashes.append(reinterpret_cast<const char*>(&hash), sizeof hash);
  }
  return checksum(std::as_bytes(std::span(hashes)));
}

}  // namespace bylaw::format
