#pragma once
// What inheriting is made of: own values of entities, wherever they are described, and where a merged one goes.

#include "components.h"
#include "fill.h"
#include "output.h"

namespace bylaw {

/// The attribute of this name that an entity's type inherits by this strategy, or null.
const format::FieldRecord* inherits(const BundleView& view, Word entity, const Inherited& what);
/// The attribute of this name that others inherit, or null.
const format::FieldRecord* own_field(const BundleView& view, Word entity, const Inherited& what);
/// The words of the entity's own value, or null if it has none.
const Word* own_value_of(const Memory& memory, Word entity, const Inherited& what);

void put_default(const RequestData& request, const format::FieldRecord& field, const Place& place);
void put_entity(Output& out, const RequestData& request, const LocalEntity& entity);
void tell_over_limit(RequestData& request, const format::FieldRecord& field, const LocalEntity& entity);

/// `nearest` and `farthest` (nearest.cpp). False if memory is full.
bool inherit_by_distance(RequestData& request, const Components& components, const Inherited& what);

}  // namespace bylaw
