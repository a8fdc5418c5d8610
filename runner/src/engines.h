#pragma once
// A runtime for each choice of policies that some case is decided by.

#include <map>
#include <optional>

#include "engine.h"
#include "policy_choice.h"

namespace bylaw::runner {

class Engines {
 public:
  bool has(const PolicyChoiceOrAll& policies) const { return engines_.count(key(policies)) != 0; }
  void add(const PolicyChoiceOrAll& policies, Engine engine) { engines_.emplace(key(policies), std::move(engine)); }
  /// One that `has`.
  Engine& of(const PolicyChoiceOrAll& policies) { return engines_.at(key(policies)); }

 private:
  static std::optional<PolicyChoice> key(const PolicyChoiceOrAll& policies) {
    return policies ? std::optional(*policies) : std::nullopt;
  }
  std::map<std::optional<PolicyChoice>, Engine> engines_;
};

}  // namespace bylaw::runner
