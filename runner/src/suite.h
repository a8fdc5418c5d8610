#pragma once
// A scenario file as it is written: keys checked, nothing resolved. All nodes point into `document`.

#include <bylaw/compiler/yaml_events.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "context.h"

namespace bylaw::runner {

using compiler::YamlEntry;
using compiler::YamlNode;

/// A part of `entities`: a map, or a path and the map in that file.
struct EntityPart {
  const YamlNode* written = nullptr;
  const YamlNode* map = nullptr;  // null: a file that was not read yet, or that cannot be read
};

/// `{because, until}`: not played up to that instant.
struct Skip {
  std::string because;
  std::optional<std::int64_t> until;  // microseconds
  Span span;
};

/// `{because}`: it is known to fail.
struct KnownFailure {
  std::string because;
  Span span;
};

/// What file, group and scenario may each say; the innermost wins, or they add up.
struct Layer {
  const YamlEntry* decision = nullptr;
  std::vector<EntityPart> entities;     // the later over the earlier
  const YamlEntry* params = nullptr;    // values of params
  const YamlEntry* request = nullptr;   // `given` of a file or group, `when` of a scenario
  const YamlEntry* requests = nullptr;  // named partial requests, of a file or group
  const YamlEntry* only = nullptr;      // the policies that take part
  std::optional<Skip> skip;             // of a group or scenario
  std::string about;
  std::vector<std::string> tags;
};

/// What makes a property of a scenario.
struct PropertyKeys {
  const YamlEntry* forall = nullptr;  // never null but in a file with mistakes
  const YamlEntry* assume = nullptr;
  const YamlEntry* runs = nullptr;
  const YamlEntry* relation = nullptr;  // `same_as` or `never_more_than`, instead of expectations
};

struct Scenario {
  std::string name;
  Span name_span;
  Span span;
  bool keys_known = true;  // no key of it means nothing: what it lacks may be behind one that does
  Layer layer;
  std::optional<std::size_t> group;  // into Suite::groups
  const YamlEntry* like = nullptr;
  const YamlEntry* each = nullptr;
  const YamlEntry* table = nullptr;
  const YamlEntry* grid = nullptr;
  std::optional<KnownFailure> failing;
  std::optional<PropertyKeys> property;
  std::map<std::string, const YamlEntry*> expectations;  // by key: expect, by, ..
};

struct Group {
  std::string title;
  Span span;
  Layer layer;
};

/// What a file that is named in `use` gives; each null if the file does not.
struct Fixtures {
  grammar::SourceId source{};
  const YamlNode* entities = nullptr;
  const YamlNode* requests = nullptr;
};

struct Suite {
  grammar::SourceId source{};
  YamlNode document;
  std::set<Span> repeated;  // values that aliases bring elsewhere too
  Layer layer;
  std::vector<const YamlNode*> uses;      // paths of fixtures
  std::vector<const Fixtures*> fixtures;  // once these were read
  std::vector<Group> groups;
  std::vector<Scenario> scenarios;  // and properties, in the order of the file

  Suite() = default;
  Suite(Suite&&) = default;  // moving keeps the nodes where they are, copying would not
  Suite& operator=(Suite&&) = default;
};

/// The keys of a scenario that are expectations, in the order in which failures are told.
const std::vector<std::string>& expectation_keys();
bool is_expectation(std::string_view key);

/// Reads one file. What is wrong is told; the suite then holds what could be understood.
Suite read_suite(Context& context, grammar::SourceId source);

/// The shape of `requests`, and that each field is one of some decision. What is wrong is told.
void check_requests(Context& context, const YamlNode& requests);

}  // namespace bylaw::runner
