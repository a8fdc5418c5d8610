#pragma once
// What the conditions of a decision speak of, field by field: where its answers turn over.

#include <initializer_list>
#include <map>
#include <memory>
#include <string>

#include "generate/type_values.h"

namespace bylaw::runner {

struct DecisionConstants {
  std::map<std::string, SeenValues> by_field;  // by the field's text in requests
  SeenValues all;

  /// Those of the field if it has one of such kinds, else all.
  const SeenValues& of(const std::string& field, std::initializer_list<compiler::ValueKind> kinds) const;
};

/// `program` was checked without errors.
std::shared_ptr<const DecisionConstants> decision_constants(const Program& program, compiler::DecisionId decision);

}  // namespace bylaw::runner
