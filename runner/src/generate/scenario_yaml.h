#pragma once
// Requests and entities as scenario files write them: flow style, plain scalars where the format takes them.

#include <string>

#include "generate/json_edit.h"
#include "shape.h"

namespace bylaw::runner {

/// A map of fields at a place: the request, the attributes of an entity.
std::string yaml_map(const Program& program, const OrderedJson& json, Place place);
/// A value at a place.
std::string yaml_value(const Program& program, const OrderedJson& json, Place place);
/// `Type::id: {attributes}` by entity.
std::string yaml_entities(const Program& program, const OrderedJson& json);

}  // namespace bylaw::runner
