#pragma once
// The patterns of a bundle, each once, numbered from 1 in the order in which they are met; 0 is no pattern.

#include <bylaw/compiler/decision_value.h>

#include <map>
#include <optional>

#include "format/bundle_tables.h"
#include "lower/symbols.h"

namespace bylaw::compiler::lowering {

class Patterns {
 public:
  Patterns(format::BundleTables& tables, Symbols& symbols) : tables_(tables), symbols_(symbols) {}

  /// The number of a Pattern value.
  format::Word number(const Value& pattern);
  /// A collection of patterns as one; nothing if its automaton would be too large.
  std::optional<Value> merged(const Value& collection);

 private:
  format::Word add(const Automaton& automaton, format::PatternKind kind, const std::string& text);
  std::uint32_t byte_classes(const std::array<std::uint8_t, format::kByteValues>& classes);

  format::BundleTables& tables_;
  Symbols& symbols_;
  std::map<Value, format::Word> numbers_;
  std::map<std::array<std::uint8_t, format::kByteValues>, std::uint32_t> known_classes_;
  std::map<Value, std::optional<Automaton>> merged_;
};

}  // namespace bylaw::compiler::lowering
