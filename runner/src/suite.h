#pragma once
// A scenario file as it is written: keys checked, nothing resolved. All nodes point into `document`.

#include <bylaw/compiler/yaml_events.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "context.h"

namespace bylaw::runner {

using compiler::YamlEntry;
using compiler::YamlNode;

/// What file, group and scenario may each say; the innermost wins, or they add up.
struct Layer {
  const YamlEntry* decision = nullptr;
  const YamlEntry* entities = nullptr;
  const YamlEntry* request = nullptr;  // `given` of a file or group, `when` of a scenario
  std::string about;
  std::vector<std::string> tags;
};

struct Scenario {
  std::string name;
  Span name_span;
  Span span;
  Layer layer;
  std::optional<std::size_t> group;  // into Suite::groups
  const YamlEntry* each = nullptr;
  const YamlEntry* table = nullptr;
  std::map<std::string, const YamlEntry*> expectations;  // by key: expect, by, ..
};

struct Group {
  std::string title;
  Span span;
  Layer layer;
};

struct Suite {
  grammar::SourceId source{};
  YamlNode document;
  Layer layer;
  std::vector<Group> groups;
  std::vector<Scenario> scenarios;

  Suite() = default;
  Suite(Suite&&) = default;  // moving keeps the nodes where they are, copying would not
  Suite& operator=(Suite&&) = default;
};

/// The keys of a scenario that are expectations, in the order in which failures are told.
const std::vector<std::string>& expectation_keys();
bool is_expectation(std::string_view key);

/// Reads one file. What is wrong is told; the suite then holds what could be understood.
Suite read_suite(Context& context, grammar::SourceId source);

}  // namespace bylaw::runner
