#pragma once
// Attributes that an entity inherits, worked out anew from what was given of it and of those above it: what would
// another strategy make of them?

#include <optional>

#include "model/case_model.h"

namespace bylaw::runner {

/// A field of an entity type.
struct AttributeName {
  compiler::EntityTypeId entity;
  std::uint32_t field = 0;
};

/// What the strategy makes of the values that `model.given` has; nothing if none was given.
std::optional<compiler::Value> inherited(const Program& program, const CaseModel& model, const compiler::Value& entity,
                                         AttributeName attribute, compiler::Strategy strategy);

/// Some term of the decision reads the attribute.
bool reads(const ir::DecisionIr& decision, ir::TermId term, AttributeName attribute);
bool reads(const ir::DecisionIr& decision, AttributeName attribute);

/// The same types without policies, defaults of attributes and inheritance: what a request gives, and nothing else.
Program without_inheritance(const Program& program);

}  // namespace bylaw::runner
