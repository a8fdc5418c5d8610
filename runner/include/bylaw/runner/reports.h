#pragma once
// What a run or a check found, for other programs: a format each, one function each. `reports()` is the one table of
// them; commands, help and documentation read it.

#include <bylaw/runner/difference.h>
#include <bylaw/runner/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

/// What is wrong with the project as a whole, beside its scenarios.
struct ProjectFault {
  grammar::Code code{};
  std::string file;  // from the repository's root
  std::string text;
};

struct ReportOptions {
  std::string version;      // of the command
  std::string path_prefix;  // leads from the repository's root to the project: "", "policies/"
  /// Begins links to files, as "https://github.com/acme/policies/blob/9be01d7/"; empty: files are named, not linked.
  std::string link_base;
  std::string command = "test";      // that tells it: services keep what each of them found apart
  std::vector<ProjectFault> faults;  // told with the rest
};

struct ReportFormat {
  std::string_view name;
  std::string_view purpose;  // in one line
  std::string (*write)(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
};

/// All formats of `test --report FORMAT=FILE`.
const std::vector<ReportFormat>& reports();
const ReportFormat* find_report(std::string_view name);

/// Diagnostics alone, for `check --format` and `ci`.
std::string check_to_sarif(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                           const ReportOptions& options);
std::string check_to_github(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                            const ReportOptions& options);
std::string check_to_azure(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                           const ReportOptions& options);

/// A step of `ci`. Told: nothing is wrong, and somebody should know.
enum class StepState : std::uint8_t { Passed, Failed, Told, NotRun };

struct Step {
  std::string name;
  StepState state = StepState::NotRun;
  std::string text;  // "2 of 5 files are not formatted"
};

/// A step that failed, where no file is to blame.
std::string step_to_github(const Step& step);
std::string step_to_azure(const Step& step);

struct CiResult {
  std::vector<Step> steps;
  std::vector<grammar::Diagnostic> diagnostics;  // of the step `check`
  std::vector<std::string> unformatted;          // paths from the repository's root
  const RunResult* run = nullptr;                // of the steps `test`, `cover` and `mutants`, if it was played
  std::optional<DecisionDifference> difference;  // of the step `changes`
};

/// "2 of 4 steps failed: format, test", "all 4 steps passed".
std::string headline(const CiResult& result);
/// The summary for a pull request: a line a step, then what it takes to mend what failed. `checked` and `played` are
/// the sources of the diagnostics and of the run.
std::string ci_to_markdown(const CiResult& result, const grammar::Sources& checked, const grammar::Sources& played,
                           const ReportOptions& options);

}  // namespace bylaw::runner
