#pragma once
// Values of a type that are worth trying: those that conditions speak of and what lies beside them, the members of an
// enum, the entities that are known.

#include <cstdint>
#include <set>
#include <vector>

#include "model/case_model.h"

namespace bylaw::runner {

/// What stands in conditions.
struct SeenValues {
  std::vector<compiler::Value> constants;  // and their elements, entries of lists, the ends of their times
  std::set<compiler::Value> entities;      // that are known
  std::int64_t now = 0;
};

/// Adds the constants of a term and the entries of the lists that it asks.
void add_seen(const Program& program, const std::vector<ir::ListIr>& lists, const ir::Terms& terms, ir::TermId root,
              SeenValues& seen);

class TypeValues {
 public:
  using Values = std::vector<compiler::Value>;
  explicit TypeValues(const Program& program) : program_(program) {}

  /// `current`: what stands there now, which is not among them but by chance.
  Values options(compiler::TypeId type, const compiler::Value& current, const SeenValues& seen) const;

 private:
  Values entity_options(const compiler::Type& type, const SeenValues& seen) const;
  Values part_options(const compiler::Type& type, const compiler::Value& current, const SeenValues& seen) const;
  Values member_options(const compiler::Type& type) const;
  Values text_options(const SeenValues& seen) const;
  Values form_options(const compiler::Type& type, const SeenValues& seen) const;
  Values number_options(const compiler::Type& type, const compiler::Value& current, const SeenValues& seen) const;
  bool fits(const Values& constants, TypeId type) const;
  bool fits(const compiler::Value& value, TypeId type) const;
  Values collection_options(const compiler::Type& type, const compiler::Value& current, const SeenValues& seen) const;
  Values changed_elements(const compiler::Type& element, const compiler::Value& current, bool set,
                          const SeenValues& seen) const;
  /// Something of a type, to be changed further.
  compiler::Value plain(compiler::TypeId type, const SeenValues& seen, int depth = 0) const;

  const Program& program_;
};

void add_unique(std::vector<compiler::Value>& values, compiler::Value value);
compiler::ValueKind number_kind(compiler::TypeKind kind);
/// The step of a number, as near as a scenario writes it: a second, one, a ten-thousandth.
std::int64_t step_of(compiler::ValueKind kind);

}  // namespace bylaw::runner
