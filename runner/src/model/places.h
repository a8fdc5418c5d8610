#pragma once
// Places of a request that terms read, and requests in which one of them holds another value.

#include <optional>
#include <string>
#include <vector>

#include "model/case_model.h"

namespace bylaw::runner {

/// A field of the request, or of a record or entity below it, as the term that reads it.
using PlaceTerm = ir::TermId;

/// The places that a term reads, each once, innermost fields before what holds them; those in loops are left out (their
/// collections are there). Of a union of values the whole.
std::vector<PlaceTerm> places_in(const Program& program, const ir::Terms& terms, ir::TermId term);
bool is_place(const ir::Terms& terms, ir::TermId term);
/// The place is one of the types of a union of values.
bool is_union_part(const Program& program, const ir::Terms& terms, PlaceTerm place);

/// The model with another value at the place; nothing if what holds the place is absent or unknown.
std::optional<CaseModel> with_value(const Program& program, const std::vector<ir::ListIr>& lists,
                                    const CaseModel& model, PlaceTerm place, const compiler::Value& value);
/// What stands at the place.
compiler::Value value_at(const Program& program, const std::vector<ir::ListIr>& lists, const CaseModel& model,
                         PlaceTerm place);

/// The declared type, `?` included.
compiler::TypeId declared_type(const Program& program, const ir::DecisionIr& decision, PlaceTerm place);

}  // namespace bylaw::runner
