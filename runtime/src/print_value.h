#pragma once
// Values as people and programs read them: the one printed form of each type, and JSON.

#include <string>
#include <string_view>

#include "bundle_view.h"
#include "bylaw/report.hpp"
#include "memory.h"
#include "obligations.h"

namespace bylaw {

/// Where values come from. Without a request only constants can be printed.
struct Printer {
  const WorldData& world;
  Memory memory;

  explicit Printer(const WorldData& w);
  Printer(const WorldData& w, const Memory& m) : world(w), memory(m) {}

  /// The value of this type whose words stand at `place`: of a record its frame.
  PrintedValue print(std::uint32_t type, const Word* place) const;
  /// The same of an element of a collection: of a union of values, which has a frame there, the one that is set.
  PrintedValue print_element(std::uint32_t type, const Word* place) const;
  PrintedValue print(const MergedObligation& merged) const;
  std::string_view text(Symbol symbol) const;
  std::string_view id(Word entity) const;
  /// `User::"ana"`
  std::string entity(Word entity) const;
};

/// A JSON string with its quotes.
std::string json_string(std::string_view text);
/// Control characters as \n, \t, \u{1b}.
std::string escaped(std::string_view text);
/// At most 256 bytes, whole characters.
std::string_view cut(std::string_view text);

}  // namespace bylaw
