#pragma once
// Playing planned cases on several threads. What comes of it does not depend on how many there are.

#include <bylaw/runner/result.h>
#include <bylaw/runner/run.h>

#include <vector>

#include "coverage.h"
#include "engines.h"
#include "plan.h"

namespace bylaw::runner {

/// A request that a property tried.
struct PlayedRun {
  std::string request_json;
  Report report;
};

/// A case to be played, and where its result goes.
struct Turn {
  const PlannedCase* planned = nullptr;
  CaseResult* result = nullptr;
  bool played = false;          // not after the first failure, if the run stops there
  bool default_alone = false;   // W0801
  std::vector<Error> ignored;   // values of entities that do not count
  std::vector<PlayedRun> runs;  // of a property, where coverage or mutants are asked for

  void keep(const std::string& request_json, const Report& report) {
    PlayedRun& run = runs.emplace_back();
    run.request_json = request_json;
    run.report = report;
  }
};

/// Plays the turns in their order. With `stop_at_first_failure` exactly those up to the first one that fails are
/// played.
void play(const Context& context, std::vector<Turn>& turns, const Engines& engines, const RunOptions& options,
          Coverage& coverage);

}  // namespace bylaw::runner
