#pragma once
// Cases that are ready to be played: the request and the entities as the engine reads them, expectations resolved.
// Everything is checked here, before anything runs.

#include <memory>
#include <string>
#include <vector>

#include "entity_data.h"
#include "expand.h"
#include "policy_choice.h"

namespace bylaw::runner {

struct PlannedCase {
  Case source;
  std::string name;  // `$name` is filled
  std::string about;
  std::string request_json;
  std::string entities_json;
  std::shared_ptr<const EntityTable> entities;  // of which that is the text
  Expectations expectations;
  PolicyChoiceOrAll policies;
  const Skip* skip = nullptr;
};

/// All cases of a file. `entities` is the project's entity data.
std::vector<PlannedCase> plan(Context& context, const Suite& suite, const EntityData& entities);

}  // namespace bylaw::runner
