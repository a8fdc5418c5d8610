#pragma once
// What was sent, as a tree in the request's input arena: from JSON, or from what the host set. One reader by types
// (fill.h) takes both. A node is two words; children are a chain. An object's chain alternates key, value, key, value.

#include <cstdint>
#include <string_view>

#include "arena.h"
#include "bylaw/bylaw.hpp"
#include "format/codes.h"

namespace bylaw {

enum class InputKind : std::uint32_t {
  Null,
  False,
  True,
  Number,  // its text, as JSON writes it
  Text,    // without escapes
  Array,
  Object,
  Int,       // of a host
  Time,      // of a host
  Duration,  // of a host
  Decimal,   // of a host
};

using InputId = std::uint32_t;  // offset in the arena

struct InputNode {
  union {
    const char* text;
    std::int64_t number;
    InputId first;  // of Array and Object
  };
  std::uint32_t kind_and_size;  // 4 bits and 28: bytes of a text, elements of an array, members of an object
  InputId next;

  InputKind kind() const { return static_cast<InputKind>(kind_and_size >> 28); }
  std::uint32_t size() const { return kind_and_size & 0xfffffff; }
  std::string_view view() const { return {text, size()}; }
  void set(InputKind kind, std::uint32_t size) { kind_and_size = static_cast<std::uint32_t>(kind) << 28 | size; }
};
static_assert(sizeof(InputNode) == 2 * sizeof(Word));

inline InputNode& node(const Arena& arena, InputId id) {
  return *reinterpret_cast<InputNode*>(arena.words + id);
}

/// A new node without children; kNone if the arena is full.
InputId add_node(Arena& arena, InputKind kind, std::uint32_t size);

/// Why a text was refused as a whole.
struct TextFault {
  format::Code code;
  std::string_view what;    // of NotJson: "a value is missing"; of OverLimit: "a text of 1048577 bytes"
  std::size_t at = 0;       // byte, of NotJson
  std::uint64_t limit = 0;  // of OverLimit
  std::string_view key;     // of KeyTwice, and its path in `path`
  std::string_view path;
};

/// Where the path of a key that stands twice is written.
using PathBuffer = std::span<char>;

/// Reads strict JSON (RFC 8259): UTF-8 without NUL and lone surrogates, no key twice in one object, nothing after the
/// value. In one pass, without recursion. The root, or nothing and `fault`. Nodes point into `text` where they can.
InputId read_json_tree(std::string_view text, const Limits& limits, Arena& arena, PathBuffer path, TextFault& fault);

/// An empty object; kNone if the arena is full.
InputId add_object(Arena& arena);

enum class Given : std::uint8_t { Taken, TooDeep, NoMemory, OtherDecision };

/// Puts a value of the host where its slot says, in the tree of the request (values.cpp).
Given set_value(RequestData& request, std::uint32_t slot, const Value& value);
/// Adds one to the array there.
Given add_element(RequestData& request, std::uint32_t slot, const Value& value);

}  // namespace bylaw
