#pragma once
// The one function that says where a value lies in a frame. Compiler, request reader, entity data and verifier call it,
// so they cannot disagree.
//
// A frame of a shape is its presence words, then its slots. Fields take theirs in declared order: an optional field one
// presence bit; a nested Record its own slots and bits inline (they begin at `slot` and `nested_presence`); any other
// field the words of its type. Then each field flagged kFieldExplicit, in declared order, takes one more presence bit
// (a Record's own bits after it) and the words of its type again, for the entity's own value. An instruction's operand
// counts from the frame's begin: presence_words(shape) + slot. A presence operand is the bit number.

#include <cstdint>
#include <optional>
#include <span>

#include "format/bundle.h"

namespace bylaw::format {

inline constexpr std::uint32_t kMaxNesting = 64;  // of types in types

/// The words of a mask of this enum: one bit a member, and for an open one a further bit and one collection word.
constexpr std::uint32_t mask_bit_words(const EnumRecord& e) {
  const std::uint32_t bits = e.member_count + ((e.flags & kEnumOpen) != 0 ? 1 : 0);
  return bits / 64 + (bits % 64 != 0 ? 1 : 0);
}
constexpr std::uint32_t mask_words(const EnumRecord& e) {
  return mask_bit_words(e) + ((e.flags & kEnumOpen) != 0 ? 1 : 0);
}
/// The words of one row of a scope's closure.
constexpr std::uint32_t closure_words(const EnumRecord& e) {
  return e.member_count / 64 + (e.member_count % 64 != 0 ? 1 : 0);
}

constexpr std::uint32_t presence_words(const ShapeRecord& shape) {
  return shape.presence_bits / 64 + (shape.presence_bits % 64 != 0 ? 1 : 0);
}
constexpr std::uint32_t frame_words(const ShapeRecord& shape) {
  return presence_words(shape) + shape.slots;
}

/// What a layout is worked out from and written into.
struct LayoutTables {
  std::span<const EnumRecord> enums;
  std::span<TypeRecord> types;    // `words` is written
  std::span<ShapeRecord> shapes;  // `slots`, `presence_bits`
  std::span<FieldRecord> fields;  // `slot`, `presence`, `nested_presence`, `explicit_slot`, `explicit_presence`
};

/// The words of a value of this kind, where the kind alone says it: of all but Record and masks.
std::uint32_t scalar_words(Kind kind);

/// What a document shows of a value before its type is known: by it the types of a union are told apart.
enum class ValueShape : std::uint8_t { None, Bool, Number, Text, Array, Object };
ValueShape shape_of(Kind kind);

struct LayoutFault {
  enum class Kind : std::uint8_t {
    BadIndex,  // a reference beyond its table
    Cycle,     // a shape or type that contains itself, through collections included
    TooDeep,   // more than kMaxNesting
    TooLarge,  // a frame of more than kMaxSlots words, or as many fields, nested ones included (they may be empty)
  } kind;
  std::uint32_t shape;  // or kNone
};

/// Lays out all types and shapes, those that others contain first.
std::optional<LayoutFault> lay_out(const LayoutTables& tables);

/// The words between two elements of a collection of this type: of a record its whole frame.
std::uint32_t stride(const TypeRecord& element, std::span<const ShapeRecord> shapes);

}  // namespace bylaw::format
