#pragma once
// Mutants against the recorded cases: only what a mutant changes is worked out again, and only in cases that it can
// change.

#include <optional>
#include <vector>

#include "model/obliged.h"
#include "model/player.h"
#include "mutation/mutants.h"
#include "mutation/noticed.h"

namespace bylaw::runner {

/// A case that was played and passes.
struct Evidence {
  const PlannedCase* planned = nullptr;  // its result is elsewhere by now
  std::string request_json, entities_json;
  Report report;
  CaseRecord record;
  CaseOutcome outcome;
};

/// What a mutant makes of a case.
struct Changed {
  CaseOutcome outcome;
  Difference difference;
};

class Judge {
 public:
  Judge(const Player& player, const std::vector<Evidence>& cases) : player_(player), cases_(cases) {}

  struct Judgement {
    bool killed = false;
    std::size_t seen = 0;  // cases that come out differently, and do not mind
  };
  Judgement judge(const Mutant& mutant) const;

  /// What the mutant makes of a case; nothing if it makes no difference.
  std::optional<Changed> change(const Mutant& mutant, const CaseRecord& record, const CaseOutcome& base) const;

 private:
  const Player& player_;
  const std::vector<Evidence>& cases_;
};

}  // namespace bylaw::runner
