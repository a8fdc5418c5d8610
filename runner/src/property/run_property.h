#pragma once
// Playing a property: requests are drawn, or all that there are gone through; of those that fail the simplest is
// looked for.

#include <bylaw/runner/run.h>

#include <functional>
#include <string>

#include "engine.h"
#include "plan.h"
#include "property/property.h"

namespace bylaw::runner {

struct PropertyRun {
  const Context& context;  // of the program that the case is decided by
  const PlannedCase& planned;
  Engine& engine;
  Engine* related = nullptr;          // decides what the answer is related to; null: it is related to none
  Engine* assuming = nullptr;         // decides what `assume` says; null: nothing is assumed
  std::optional<std::uint64_t> seed;  // none: that of the property
  /// Called for each request that counts, but not for those that are only tried to make another one simpler.
  std::function<void(const std::string& request_json, const Report& report)> played;
};

struct PropertyOutcome {
  PropertyResult told;
  std::string request_json;     // the simplest one that fails, else the first that counts, else the base
  std::optional<Report> other;  // of a relation that does not hold: the answer that it is related to
  bool too_few = false;         // `assume` let too few through
};

PropertyOutcome run_property(const PropertyRun& run);

}  // namespace bylaw::runner
