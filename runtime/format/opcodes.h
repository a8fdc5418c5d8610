#pragma once
// The instruction set as data: the enum of opcodes and, for each, which fields it uses and as what. opcodes.def is the
// one declaration; the verifier checks an instruction, and the disassembler prints it, by its operand list alone.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "format/bundle.h"

namespace bylaw::format {

enum class Op : std::uint16_t {
#define BYLAW_OP(enumerator, ...) enumerator,
#include "format/opcodes.def"
#undef BYLAW_OP
};

enum class Field : std::uint8_t { Dst, A, B, Imm };

/// What a slot holds, as far as memory safety goes: values of two classes are never taken for each other.
enum class Class : std::uint8_t {
  Bool,
  Int,
  Time,
  Duration,
  Text,
  Member,
  Entity,
  Mask,
  Collection,
  Address,  // an Ip
  Network,  // a Cidr
  Version,
  Versions,
  Pattern,
  Decimal,
  Total,   // a sum of numbers in 128 bits: of registers alone
  Part,    // a part of a text, or texts put together, of so many words: of registers alone
  Digits,  // a number as its digits, which `join` takes: of registers alone
};

/// Result kinds of arithmetic, as imm says them. Int, Duration and Decimal saturate at the ends of int64, Time at year
/// 1 and 9999; the product of Decimals is truncated toward zero.
enum class Arithmetic : std::uint32_t { Int, Time, Duration, Decimal };
inline constexpr std::uint32_t kArithmeticKinds = 4;

enum class OperandKind : std::uint8_t {
  None,
  Slot,           // a readable slot of class `cls`
  Presence,       // a base; its slot part is the number of a presence bit
  AnyWord,        // a readable slot of a class with one word, no mask and no collection; two of them have one class
  Ordered,        // a readable slot of class Int, Time, Duration, Decimal or Member
  AnyValue,       // a readable slot of any class
  Text,           // a readable slot of class Text or Part
  Key,            // a readable slot of a class that keys of maps have, or a Part for a Text
  WideValue,      // a readable slot of class Address, Network or Version
  Entry,          // a readable slot whose value may be in the list in imm
  InstantOfList,  // class Time if the list in imm or b is dated; else unused and zero
  Result,         // a register that is written: of the class of a (`move`), or of imm's kind (arithmetic)
  BaseOut,        // a base 1..13 that is bound; the slot part is zero
  Enum,           // imm or b: an index of Enums, of which the masks and members are
  Stride,         // b: the words between two elements of the collection in a
  Links,          // b: how many `link`s follow
  NumberB,        // b: any number
  TableSize,      // b: the size of a table in scratch memory (scratch.h)
  Number,         // imm: any number
  Words,          // imm: how many words the value in a has
  Kind,           // imm: an Arithmetic
  EntitySet,      // imm: an index of EntitySets
  EntityType,     // imm: an index of EntityTypes
  LineageType,    // imm: an index of Types: a list of entities
  List,           // imm or b: an index of Lists
  Body,           // imm: how many instructions the loop's body has
  TextMode,       // imm: a TextMode (text_reading.h): the text as it is, in lower case, folded
  TextModes,      // imm: the TextModes of the texts in a and b (text_modes, text_reading.h)
  CalendarPart,   // imm: a CalendarPart
  PartWords,      // imm: how many words a part of a text takes (words_of_pieces, text_reading.h)
  Pieces,         // imm: how many parts of texts stand behind dst
  PartOf,   // imm: which part of the text in a, and the TextModes of the texts in a and b (part_of, text_reading.h)
  Scratch,  // imm: a word of the scratch memory, where a table begins
  MapType,  // imm: an index of Types, which is a Map
};

struct Operand {
  OperandKind kind = OperandKind::None;
  Field field = Field::Dst;
  Class cls = Class::Bool;
};

constexpr Operand slot(Field field, Class cls) {
  return {OperandKind::Slot, field, cls};
}
constexpr Operand presence(Field field) {
  return {OperandKind::Presence, field};
}
constexpr Operand word(Field field) {
  return {OperandKind::AnyWord, field};
}
constexpr Operand ordered(Field field) {
  return {OperandKind::Ordered, field};
}
constexpr Operand any(Field field) {
  return {OperandKind::AnyValue, field};
}
constexpr Operand wide(Field field) {
  return {OperandKind::WideValue, field};
}
constexpr Operand text(Field field) {
  return {OperandKind::Text, field};
}
constexpr Operand key(Field field) {
  return {OperandKind::Key, field};
}
constexpr Operand entry(Field field) {
  return {OperandKind::Entry, field};
}
constexpr Operand instant_of_list(Field field) {
  return {OperandKind::InstantOfList, field};
}
constexpr Operand result(Field field) {
  return {OperandKind::Result, field};
}
constexpr Operand base(Field field) {
  return {OperandKind::BaseOut, field};
}
constexpr Operand number(Field field) {
  return {OperandKind::Number, field};
}
constexpr Operand words(Field field) {
  return {OperandKind::Words, field};
}
constexpr Operand arithmetic(Field field) {
  return {OperandKind::Kind, field};
}
constexpr Operand enumeration(Field field) {
  return {OperandKind::Enum, field};
}
constexpr Operand stride(Field field) {
  return {OperandKind::Stride, field};
}
constexpr Operand entity_set(Field field) {
  return {OperandKind::EntitySet, field};
}
constexpr Operand entity_type(Field field) {
  return {OperandKind::EntityType, field};
}
constexpr Operand lineage_type(Field field) {
  return {OperandKind::LineageType, field};
}
constexpr Operand list(Field field) {
  return {OperandKind::List, field};
}
constexpr Operand calendar_part(Field field) {
  return {OperandKind::CalendarPart, field};
}
constexpr Operand body(Field field) {
  return {OperandKind::Body, field};
}

constexpr Operand map_type(Field field) {
  return {OperandKind::MapType, field};
}

constexpr Operand text_mode(Field field) {
  return {OperandKind::TextMode, field};
}
constexpr Operand text_modes(Field field) {
  return {OperandKind::TextModes, field};
}

constexpr Operand part_of(Field field) {
  return {OperandKind::PartOf, field};
}

constexpr Operand part_words(Field field) {
  return {OperandKind::PartWords, field};
}
constexpr Operand pieces(Field field) {
  return {OperandKind::Pieces, field};
}

constexpr Operand links(Field field) {
  return {OperandKind::Links, field};
}
constexpr Operand number_b(Field field) {
  return {OperandKind::NumberB, field};
}
constexpr Operand table_size(Field field) {
  return {OperandKind::TableSize, field};
}
constexpr Operand scratch(Field field) {
  return {OperandKind::Scratch, field};
}

enum class Exits : std::uint8_t {
  Test,   // t if it holds, else f
  Value,  // t; f is zero
  Maybe,  // t with the value, f without: the result is not written then
  Loop,   // t after `stop`, f after the last element; both behind the body
  None,   // ends a path; t and f are zero
};

inline constexpr std::size_t kMaxOperands = 4;

struct OpInfo {
  std::string_view name;
  std::string_view meaning;
  Operand operands[kMaxOperands] = {};
  Exits exits = Exits::Test;
};

inline constexpr OpInfo kOps[] = {
#define BYLAW_OP(enumerator, printed, says, ...) OpInfo{.name = printed, .meaning = says __VA_OPT__(, ) __VA_ARGS__},
#include "format/opcodes.def"
#undef BYLAW_OP
};
inline constexpr std::size_t kOpCount = std::size(kOps);

constexpr const OpInfo& info(Op op) {
  return kOps[static_cast<std::size_t>(op)];
}
constexpr bool known_op(std::uint16_t op) {
  return op < kOpCount;
}

constexpr bool uses(const OpInfo& op, Field field) {
  for (const Operand& operand : op.operands)
    if (operand.kind != OperandKind::None && operand.field == field) return true;
  return false;
}

constexpr std::uint32_t field_of(const Instruction& instruction, Field field) {
  switch (field) {
    case Field::Dst: return instruction.dst;
    case Field::A: return instruction.a;
    case Field::B: return instruction.b;
    case Field::Imm: return instruction.imm;
  }
  return 0;
}

/// The opcode with this printed name.
std::optional<Op> op_named(std::string_view name);

namespace check {

/// Kinds that say something of imm, and of nothing else.
constexpr bool is_imm_kind(OperandKind kind) {
  return kind >= OperandKind::Number;
}

constexpr bool fits(const Operand& operand) {
  if (operand.kind == OperandKind::Enum || operand.kind == OperandKind::List)
    return operand.field == Field::Imm || operand.field == Field::B;
  return is_imm_kind(operand.kind) == (operand.field == Field::Imm);
}

constexpr bool well_declared(const OpInfo& op) {
  if (op.name.empty() || op.meaning.empty()) return false;
  bool ended = false;
  for (std::size_t i = 0; i < kMaxOperands; ++i) {
    const Operand& operand = op.operands[i];
    if (operand.kind == OperandKind::None) {
      ended = true;
      continue;
    }
    if (ended || !fits(operand)) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (op.operands[j].field == operand.field) return false;
  }
  return true;
}

constexpr bool all_well_declared() {
  for (std::size_t i = 0; i < kOpCount; ++i) {
    if (!well_declared(kOps[i])) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (kOps[i].name == kOps[j].name) return false;
  }
  return true;
}
static_assert(all_well_declared(), "a row of opcodes.def uses a field twice, leaves a gap or repeats a name");

}  // namespace check

}  // namespace bylaw::format
