#pragma once
// What a run or a check found, for other programs: a format each, one function each. `reports()` is the one table of
// them; commands, help and documentation read it.

#include <bylaw/runner/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

struct ReportOptions {
  std::string version;      // of the command
  std::string path_prefix;  // leads from the repository's root to the project: "", "policies/"
  /// Begins links to files, as "https://github.com/acme/policies/blob/9be01d7/"; empty: files are named, not linked.
  std::string link_base;
};

struct ReportFormat {
  std::string_view name;
  std::string_view purpose;  // in one line
  std::string (*write)(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
};

/// All formats of `test --report FORMAT=FILE`.
const std::vector<ReportFormat>& reports();
const ReportFormat* find_report(std::string_view name);

/// Diagnostics alone, for `check --format`.
std::string check_to_sarif(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                           const ReportOptions& options);
std::string check_to_github(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                            const ReportOptions& options);

}  // namespace bylaw::runner
