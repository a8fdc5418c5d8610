#pragma once
// Each check of the verifier has a bundle that breaks just it: the sample with one change.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bundle_builder.h"
#include "verify.h"

namespace bylaw::test {

/// "fine", or the code and text of the refusal.
std::string verdict_on(const std::vector<std::byte>& file);
std::string verdict_on(const BundleTables& tables);
/// Makes the checksum right again.
void seal(std::vector<std::byte>& file);

using Break = std::function<void(BundleTables&)>;
struct Case {
  std::string name;
  std::string expected;
  Break change;
};

/// Each case changes something that `write_bundle` does not look at, if `hash` is given.
void check_all(const std::vector<Case>& cases, std::optional<std::uint64_t> hash = {});

}  // namespace bylaw::test
