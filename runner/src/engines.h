#pragma once
// A runtime for each variant of the project and each choice of policies that some case is decided by.

#include <map>
#include <optional>
#include <utility>

#include "engine.h"
#include "policy_choice.h"
#include "variants.h"

namespace bylaw::runner {

class Engines {
 public:
  bool has(const Variant* variant, const PolicyChoiceOrAll& policies) const {
    return engines_.count(key(variant, policies)) != 0;
  }
  void add(const Variant* variant, const PolicyChoiceOrAll& policies, Engine engine) {
    engines_.emplace(key(variant, policies), std::move(engine));
  }
  /// One that `has`.
  Engine& of(const Variant* variant, const PolicyChoiceOrAll& policies) { return engines_.at(key(variant, policies)); }

 private:
  using Key = std::pair<const Variant*, std::optional<PolicyChoice>>;
  static Key key(const Variant* variant, const PolicyChoiceOrAll& policies) {
    return {variant, policies ? std::optional(*policies) : std::nullopt};
  }
  std::map<Key, Engine> engines_;
};

}  // namespace bylaw::runner
