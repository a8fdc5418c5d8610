#pragma once
// What annotations and code scanning show: failed cases and diagnostics in one form, the worst first.

#include <bylaw/runner/reports.h>

#include <string>
#include <vector>

namespace bylaw::runner {

struct IssuePlace {
  std::string file;  // from the repository's root; empty: no file says it
  std::uint32_t line = 1, column = 1, end_line = 1, end_column = 1;
};

struct RelatedPlace {
  IssuePlace place;
  std::string text;
};

struct Issue {
  grammar::Code code{};
  bool error = true;
  IssuePlace place;
  bool of_command = false;  // it is about a word of the command line, so that no place in a file is right
  std::string subject;      // the case that failed; empty for a diagnostic
  std::string text;         // one line
  std::string details;      // more lines; may be empty
  std::string prose;        // all of it as sentences of one paragraph
  std::vector<RelatedPlace> related;
  std::string identity;  // the same in the next run, also if lines have moved; two issues may share it
  std::vector<grammar::Fix> fixes;
};

std::vector<Issue> issues_of(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                             const ReportOptions& options);
/// Errors of the run first, then failed cases, then warnings.
std::vector<Issue> issues_of(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);

/// "T0101 packaging scopes stay open"
std::string title(const Issue& issue);

/// Warnings about policies are for `check`: in a report of a run they would be told every time.
bool belongs_to_run(const grammar::Diagnostic& diagnostic);

/// "expected allow, got deny by restrict_creation.otherwise": the first failure of a case on one line.
std::string failure_line(const RunResult& result, const CaseResult& one);
/// "allow by a.b, c.d", "deny by default", "invalid: R0102 token.expires".
std::string expected_verdict(const RunResult& result, const CaseResult& one);
std::string actual_verdict(const RunResult& result, const CaseResult& one);
/// A case was played. A run that skips everything has shown nothing, and no report may look like success.
bool ran(const RunResult& result);
/// "7 of 172 scenarios failed", "172 scenarios passed", "no scenario ran: ..": what a reader wants to know first.
std::string headline(const RunResult& result);

}  // namespace bylaw::runner
