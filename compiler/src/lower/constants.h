#pragma once
// The constant pool. A value is encoded as the words of its type; elements of collections lie outside of the value and
// are shared, and so are the windows of policies with the same constants.

#include <bylaw/compiler/decision_value.h>

#include <map>
#include <vector>

#include "lower/patterns.h"
#include "lower/types.h"

namespace bylaw::compiler::lowering {

/// The words of a value with the type that begins at each, kNone inside.
struct Encoded {
  std::vector<format::Word> words;
  std::vector<std::uint32_t> types;
  friend auto operator<=>(const Encoded&, const Encoded&) = default;
};

class Constants {
 public:
  Constants(const Program& program, Types& types, format::BundleTables& tables, Symbols& symbols)
      : program_(program), types_(types), tables_(tables), symbols_(symbols), patterns_(tables, symbols) {}

  Patterns& patterns() { return patterns_; }

  /// The value as words; the elements of collections in it are in the pool then.
  Encoded encode(const Value& value, TypeId type);
  /// Where the words stand in the pool; equal ones stand there once.
  std::uint32_t place(const Encoded& encoded);
  std::uint32_t place(const Value& value, TypeId type) { return place(encode(value, type)); }
  /// The order of inclusion of each scope.
  void place_closures();
  /// The defaults of fields.
  void place_defaults();

 private:
  Encoded value(const Value& value, TypeId type);
  format::Word scalar(const Value& value);
  Encoded form(const Value& value, TypeKind kind, std::uint32_t type) const;
  Encoded mask(const Value& value, std::uint32_t type) const;
  Encoded collection(const Value& value, TypeId type);
  Encoded entries(const Value& value, TypeId type);
  Encoded record(const Value& value, RecordId id);
  void fill(const Value& value, RecordId id, std::uint32_t bits, std::uint32_t slots, Encoded& frame);

  const Program& program_;
  Types& types_;
  format::BundleTables& tables_;
  Symbols& symbols_;
  Patterns patterns_;
  std::map<Encoded, std::uint32_t> known_;
};

/// The constants that the blocks of one policy read through base 14.
class Window {
 public:
  explicit Window(Constants& constants) : constants_(constants) {}

  /// The slot of a value.
  std::uint32_t slot(const Value& value, TypeId type);
  Patterns& patterns() { return constants_.patterns(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(all_.words.size()); }
  const Encoded& all() const { return all_; }

 private:
  Constants& constants_;
  Encoded all_;
  std::map<Encoded, std::uint32_t> slots_;
};

}  // namespace bylaw::compiler::lowering
