#pragma once
// `invalid: {path: .., code: ..}`: the refusal that a case expects. A path or code that no request can be refused with
// would never come true, and is told before anything runs.

#include <optional>
#include <string>

#include "names.h"

namespace bylaw::runner {

using compiler::YamlNode;

struct ExpectedInvalid {
  Span span;
  std::string path;
  std::string code;
};

/// Nothing if it was refused, which was told.
std::optional<ExpectedInvalid> read_invalid(Context& context, DecisionId decision, const YamlNode& node);

}  // namespace bylaw::runner
