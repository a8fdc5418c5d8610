#pragma once
// What scenarios show of the policies: each rule deciding, each condition true, false and decisive, each guard both
// ways, each list entry used. Counted in the decision IR, so neither layout nor index nor early exit hides anything.

#include <bylaw/grammar/source_file.h>
#include <bylaw/explain.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bylaw::runner {

enum class CoverKind : std::uint8_t { Rule, Otherwise, Condition, Guard, Entry };
inline constexpr std::size_t kCoverKinds = 5;
/// "rules", "otherwise", "conditions", "guards", "entries": the names of metrics and gates.
std::string_view metric_name(CoverKind kind);

/// One thing that must be shown, and how often: `true` 3 times, `false` never.
struct CoverAspect {
  std::string name;
  std::size_t count = 0;
};

struct CoverPoint {
  CoverKind kind{};
  std::string name;        // full: of the rule or policy that it belongs to; of an entry its list
  std::string path;        // of a condition: its place in the rule's structure, "1.0"
  std::string text;        // "deny", the condition, the entry: as written, on one line
  std::string through;     // of a condition that is written in a def, let or const: what uses it
  bool of_guard = false;   // a condition of a policy's `when`
  SourcePlace place;       // where it counts
  SourcePlace definition;  // where it is written, if it comes from a def, let or const; else the same
  std::vector<CoverAspect> aspects;
  std::string why;  // of one that is not covered: never reached, never true, shadowed ..

  bool covered() const;
};

struct CoverMetric {
  CoverKind kind{};
  std::size_t covered = 0, total = 0;
  double percent() const {
    return total == 0 ? 100.0 : 100.0 * static_cast<double>(covered) / static_cast<double>(total);
  }
};

struct CoverageResult {
  std::size_t scenarios = 0;         // that were played
  std::string changed_since;         // a revision: only what changed since is counted; else empty
  std::vector<CoverPoint> points;    // by file, line, column
  std::vector<CoverMetric> metrics;  // by kind
};

/// A least share that bylaw.yaml asks for.
struct GateResult {
  std::string name;
  double want = 0, have = 0;
  grammar::Span span;  // in bylaw.yaml
  bool met() const { return have >= want; }
};

/// Lines of files by project path, first and last: what changed since a revision.
using ChangedLines = std::map<std::string, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

struct Since {
  std::string revision;
  ChangedLines lines;
};

enum class CoverFormat : std::uint8_t { Text, Html, Lcov, Json };

struct CoverTextOptions {
  bool colour = false;
  std::string path_prefix;
};
std::string to_text(const CoverageResult& coverage, const CoverTextOptions& options);
/// One page with nothing beside it: every source with its marks.
std::string to_html(const CoverageResult& coverage, const grammar::Sources& sources, std::string_view title);
/// A record a file: FN of rules, BRDA of conditions, DA of lines.
std::string to_lcov(const CoverageResult& coverage);
/// `{"schema": "bylaw.cover/1", ..}`
std::string to_json(const CoverageResult& coverage, std::string_view version);

}  // namespace bylaw::runner
