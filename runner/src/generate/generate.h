#pragma once

#include <string>
#include <vector>

#include "generate/workshop.h"
#include "mutation/judge.h"

namespace bylaw::runner {

struct GenerateInput {
  Player& player;
  Engine& engine;
  const grammar::Sources& sources;
  const std::vector<Evidence>& cases;   // that were played, valid ones
  const std::string& project_entities;  // JSON: what every scenario knows anyway
};

/// Scenarios for one rule, or for all if there is none: each rule counting, each of its conditions alone keeping it
/// from holding, both sides of each number and date. A scenario file, with what the engine answers filled in.
std::string generate(const GenerateInput& input, compiler::RuleId only);

/// The requests of a decision that generating can begin with: those of cases, else one made of the declared types.
std::vector<Start> starts_of(const GenerateInput& input, const ir::DecisionIr& decision);

}  // namespace bylaw::runner
