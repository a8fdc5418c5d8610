#pragma once
// The key `entries`: by list the live entries that made the deciding and the exempt rules hold.

#include <bylaw/report.hpp>

#include <optional>
#include <string>
#include <vector>

#include "suite.h"
#include "values.h"

namespace bylaw::runner {

using compiler::ListId;

struct ExpectedEntry {
  ListId list;
  std::string json;  // the entry; of a list with columns a map of those that are compared
  std::string text;  // as the scenario writes it
};

struct ExpectedEntries {
  Span span;
  std::vector<ExpectedEntry> entries;
};

/// What is wrong is told, and left out.
ExpectedEntries read_entries(Context& context, const YamlNode& node, Values& values);

/// What differs, as people read it; both empty if nothing does.
struct EntryDifference {
  std::vector<std::string> missing, extra;
};
EntryDifference compare_entries(const Program& program, const ExpectedEntries& expected, const Report& report);

}  // namespace bylaw::runner
