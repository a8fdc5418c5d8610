#pragma once
// What a run of scenarios found. Text and JSON are two renderings of this struct, and there is nothing they know beside
// it.

#include <bylaw/grammar/diagnostic.h>
#include <bylaw/runner/coverage.h>
#include <bylaw/runner/mutation.h>
#include <bylaw/explain.hpp>
#include <bylaw/report.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bylaw::runner {

/// An expectation that did not come true.
struct CaseFailure {
  grammar::Code code{};  // T0101 ..
  std::string key;       // the expectation: "expect", "by", "message", ..
  grammar::Span span;    // where it stands in the scenario file
  std::uint32_t line = 0;
  std::string expected;
  std::string actual;
  std::string text;
  // Of expectations that are sets: what is missing and what was not expected.
  std::vector<std::string> missing, extra;
};

/// A piece of a policy's source, underlined: a condition that held, or the first that did not.
struct ConditionMark {
  SourcePlace place;
  bool held = false;
  std::string text;  // of the one that did not hold: why; of a rule that decided: what it read
};

/// The rule that would have brought the expected verdict with the fewest changes.
struct NearMiss {
  std::string rule;       // full name
  SourcePlace place;      // of the first condition that does not hold, else of the rule
  std::string condition;  // its text, empty if there is none
  std::string headline;   // "nearest rule that would deny: freeze.holidays, 1 of 2 conditions holds"
  std::vector<ConditionMark> marks;
  std::vector<std::string> remarks;  // "the entry User::\"ana\" of break_glass ended at .."
  std::string element;               // of a `for each`, the nearest: "c = pod.containers[1]: {name: mesh}"
  std::vector<std::string> also;     // full names of rules that are as near
};

/// A small change of the request, or of the entities, with which a failing case would pass.
struct RequestChange {
  std::string text;  // "token.scopes = {packaging}"
  std::string now;   // what stands there: "{code, packaging}"
};

/// Where a case of a `grid` stands.
struct GridCell {
  std::uint32_t scenario_line = 0;
  std::string corner;       // "principal / decision"
  std::string row, column;  // the values, as the file writes them
};

/// A rule that decided where the scenario did not expect it.
struct Decider {
  std::string rule;  // full name
  std::string file;  // project path
  std::uint32_t line = 0;
  std::string message;               // its first; empty if it has none
  std::string element;               // of a `for each`, the first that was found
  std::size_t elements = 0;          // how many were
  std::vector<ConditionMark> marks;  // the conditions that made it hold
};

/// An expectation of a case as its file writes it, where it can be rewritten.
struct WrittenExpectation {
  std::string_view key;
  grammar::Span span;     // of the value
  bool repeated = false;  // by an alias elsewhere
};

/// Skipped: found and checked, not played (`skip`, `--list`). Known: fails as `failing` says.
enum class CaseStatus : std::uint8_t { Passed, Failed, Skipped, Known };

/// What became of a property.
struct PropertyResult {
  std::size_t runs = 0;       // requests that were decided and counted
  std::size_t discarded = 0;  // that `assume` left out
  bool all = false;           // the requests were all that there are, none was drawn
  std::uint64_t seed = 0;     // by which they were drawn
  std::size_t found = 0;      // the number of the first that failed; 0: none did
  std::size_t simpler = 0;    // how often a simpler one was found
  std::string scenario;       // that one as a scenario of its file
};

struct CaseResult {
  std::string name;
  std::vector<std::pair<std::string, std::string>> cell;  // columns of the request and their texts, in their order
  std::optional<GridCell> grid;
  std::optional<std::string> group;
  std::string file;  // project path
  std::uint32_t line = 0;
  std::string about;
  std::string decision;    // full name
  bool own_build = false;  // it gives params other values, or only some policies take part
  std::vector<std::string> tags;
  std::string request_json;                          // what was asked
  std::shared_ptr<const std::string> entities_json;  // and of whom

  std::optional<std::vector<std::string>> expected_by;  // full names, if the case says so
  std::vector<std::string> rules;                       // full names of all that its expectations name
  std::vector<WrittenExpectation> written;

  CaseStatus status = CaseStatus::Skipped;
  std::string because;  // of `skip` or `failing`
  std::string until;    // of a `skip` that ends: an instant
  double ms = 0;
  Report report;
  std::vector<CaseFailure> failures;
  std::vector<Decider> deciders;
  std::optional<NearMiss> near_miss;
  std::vector<RequestChange> changes;  // the smallest first
  std::vector<std::string> notes;      // why an expected rule did not decide, what to do about an invalid request
  bool shown = false;                  // `expect: show`
  // With `RunOptions::rewrites`: what its expectations would have to say, by key, of those that did not come true; and
  // why they are kept all the same.
  std::vector<std::pair<std::string, std::string>> rewrites;
  std::string keeps;
  std::optional<PropertyResult> property;  // none: a scenario
  bool shares_line = false;  // another case begins there too (a combination of `each`): `-k` tells them apart

  /// The name, and what tells it from the other cases of its scenario: `name [token.expires=now + 366d]`.
  std::string title() const;
};

/// What a case is called from one run to the next.
std::string identity(const CaseResult& one);

struct Summary {
  std::size_t total = 0, passed = 0, failed = 0, skipped = 0, known = 0, files = 0;
  std::size_t properties = 0;  // of the total
  std::size_t runs = 0;        // of the properties
  double ms = 0;
};

/// "12 scenarios", "12 scenarios and 1 property (200 runs)".
std::string counted(const Summary& summary);

struct RunResult {
  std::string bundle;  // SHA-256 in hex
  Summary summary;
  std::vector<CaseResult> cases;
  bool listed = false;                             // nothing was to be played
  bool everything = false;                         // no case was left out, so that `never_held` means something
  std::size_t not_run = 0;                         // left out after the first failure
  std::size_t rules = 0;                           // that can decide
  std::vector<std::string> never_held;             // full names
  std::map<std::string, std::string> short_names;  // of rules, by full name
  grammar::Diagnostics diagnostics;
  std::size_t scenario_files = 0;                        // that were read
  std::map<std::string, std::vector<std::string>> uses;  // by scenario file: what else of the project it names
  std::optional<std::uint64_t> seed;                     // of the order in which the cases were played
  std::optional<std::uint64_t> property_seed;            // that was asked for, instead of each property's own
  std::optional<CoverageResult> coverage;                // if it was asked for; of what changed, if that was
  std::vector<CoverMetric> metrics;                      // with it, of everything
  std::optional<MutationResult> mutation;                // if it was asked for, and all cases pass
  std::string generated;                                 // a scenario file, if it was asked for
  std::string not_generated;                             // why, if not: "no rule is named `x`"
  std::vector<GateResult> gates;                         // of bylaw.yaml, those that this run can answer
  std::string bug;                                       // what Bylaw itself did wrong, else empty
  std::string nothing_ran;  // why, if nothing was played: "no name of 172 scenarios contains `fast` (-k)"

  /// 0 all passed, 1 a case failed, 2 policies or scenario files do not compile, 4 nothing ran, 5 a gate is not met,
  /// 70 a bug in Bylaw.
  int exit_status() const;
  /// The short name of a rule, for people.
  std::string short_name(const std::string& rule) const;
};

}  // namespace bylaw::runner
