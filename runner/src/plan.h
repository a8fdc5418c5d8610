#pragma once
// Cases that are ready to be played: the request and the entities as the engine reads them, expectations resolved.
// Everything is checked here, before anything runs. A planned case needs nothing of the file any more.

#include <bylaw/runner/result.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entity_data.h"
#include "expand.h"
#include "policy_choice.h"
#include "variants.h"

namespace bylaw::runner {

struct PropertyPlan;

struct PlannedCase {
  CaseResult result;  // what is known of the case before it is played
  DecisionId decision;
  std::shared_ptr<const EntityTable> entities;  // of which `result.entities_json` is the text
  std::size_t scenario = 0;                     // its number in the file
  std::uint32_t scenario_line = 0;
  Expectations expectations;
  const Variant* variant = nullptr;  // null: the params as the project has them
  PolicyChoiceOrAll policies;        // that take part
  std::optional<Skip> skip;
  std::optional<KnownFailure> failing;
  std::shared_ptr<const PropertyPlan> property;  // null: a scenario
};

/// All cases of a file. `entities` is the project's entity data.
std::vector<PlannedCase> plan(Context& context, const Suite& suite, const EntityData& entities, Variants& variants);

}  // namespace bylaw::runner
