#pragma once
// `assume`: a condition in Bylaw, compiled as a policy of the decision's own module that stands alone and denies by it.
// So it is read, checked and worked out as every other condition is.

#include "property/property.h"

namespace bylaw::runner {

/// Null if it does not compile, which was told where the condition stands.
const Variant* assumed(Context& context, const PropertySource& property, Variants& variants);

}  // namespace bylaw::runner
