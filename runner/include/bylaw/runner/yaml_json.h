#pragma once
// YAML that follows the rules of JSON: plain scalars are read by YAML 1.2's core rules (null, true, 1, 1.5, else a
// text), quoted ones are texts. For requests and entity data in YAML, where no declared type reads the values, and for
// undeclared fields of open records in scenarios.

#include <bylaw/compiler/yaml_events.h>

#include <optional>
#include <string>

namespace bylaw::runner {

/// The node as JSON; nothing if there is no JSON for it (`.inf`), which was told.
std::optional<std::string> yaml_to_json(const compiler::YamlNode& node, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::runner
