#pragma once
// A scenario for a mutant that no scenario notices: a request that comes out differently with it.

#include <memory>
#include <set>
#include <string>

#include "generate/generate.h"
#include "mutation/judge.h"

namespace bylaw::runner {

class Killer {
 public:
  explicit Killer(const GenerateInput& input) : input_(input) {}

  /// A scenario, with the expectations that the policies as they are meet; empty if none was found.
  std::string scenario(const Mutant& mutant);

 private:
  Workshop& shop(ir::DecisionIr& decision);
  std::string scenario(const Mutant& mutant, ir::DecisionIr& decision);

  std::string unique(const std::string& title);

  const GenerateInput& input_;
  std::set<std::string> titles_;
  std::map<compiler::DecisionId, std::unique_ptr<Workshop>> shops_;
};

}  // namespace bylaw::runner
