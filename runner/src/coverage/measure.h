#pragma once
// Coverage of a run: fed case by case, asked at the end.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/run.h>

#include "coverage/points.h"
#include "model/player.h"
#include "mutation/judge.h"
#include "play.h"

namespace bylaw::runner {

class Measure {
 public:
  /// `bundle`: the program's.
  Measure(const Program& program, const compiler::Project& project, const RunOptions& options,
          const std::vector<std::byte>& bundle)
      : project_(project),
        options_(options),
        engine_(*Engine::open(bundle)),
        player_(program),
        tally_(empty_tally(program, player_.ir())),
        notes_given_(options.mutate && player_.note_given(project.input)) {}

  /// A case that was played, in any order. What Bylaw itself did wrong, if the engine decided otherwise than the
  /// decision IR; else empty.
  /// `runs`: of a property, whose requests all count.
  std::string add(const PlannedCase& planned, const std::vector<PlayedRun>& runs);
  /// Coverage, mutants, and the gates that are about them.
  void finish(RunResult& result);

 private:
  const compiler::Project& project_;
  const RunOptions& options_;
  Engine engine_;
  Player player_;
  Tally tally_;
  const bool notes_given_;
  std::string add(const PlannedCase& planned, const std::string& request_json, const Report& report);
  /// The rule that a name means; none if there is none, or several.
  compiler::RuleId rule_named(const std::string& name) const;
  std::string rule_suggestion(const std::string& name) const;
  void mutate_and_generate(RunResult& result);

  std::vector<Evidence> cases_;  // for mutation and generation
};

/// The gates of bylaw.yaml that this coverage can answer.
std::vector<GateResult> check_gates(const compiler::ProjectFile& file, const CoverageResult& all,
                                    const CoverageResult* changed);
/// The gate on mutants, if there is one.
std::vector<GateResult> check_gates(const compiler::ProjectFile& file, const MutationResult& mutation);

}  // namespace bylaw::runner
