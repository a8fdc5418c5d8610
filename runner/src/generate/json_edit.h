#pragma once
// Changed places of a model, written into the request and the entities as the engine reads them.

#include <nlohmann/json.hpp>

#include "generate/candidates.h"

namespace bylaw::runner {

using OrderedJson = nlohmann::ordered_json;

struct WrittenCase {
  OrderedJson request, entities;
};

/// The value as requests carry it; null for an absent one.
OrderedJson value_json(const Program& program, const compiler::Value& value, compiler::TypeId type);

/// Writes the steps one after the other; false if a place has none in the request (nothing describes its entity).
bool write_steps(const Program& program, const std::vector<ir::ListIr>& lists, const CaseModel& start,
                 const std::vector<RequestStep>& steps, WrittenCase& into);

/// What must be laid over `base` to get `wanted`, by the rules of merging; null takes a key away.
OrderedJson difference(const OrderedJson& base, const OrderedJson& wanted);

}  // namespace bylaw::runner
