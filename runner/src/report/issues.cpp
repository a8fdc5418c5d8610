#include "issues.h"

#include <bylaw/grammar/diagnostics/expectations.h>
#include <bylaw/grammar/diagnostics/warnings.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "case_text.h"
#include "prose.h"

namespace bylaw::runner {
namespace {

/// What the command line gives has a name like `--param` among the sources.
bool is_of_command(grammar::Span span, const grammar::Sources& sources) {
  return span.known() && sources[span.source].path().starts_with("--");
}

/// Without the numbers of lines, which change if something is written above.
std::string without_lines(std::string_view text) {
  constexpr std::string_view kLine = "line ";
  std::string out;
  for (const char c : text)
    if (c < '0' || c > '9' || !out.ends_with(kLine)) out += c;
  return out;
}

IssuePlace place_of(grammar::Span span, const grammar::Sources& sources, const ReportOptions& options) {
  if (!span.known() || is_of_command(span, sources)) return {};
  const grammar::SourceFile& file = sources[span.source];
  const grammar::LineColumn begin = file.place(span.begin), end = file.place(span.end);
  return {options.path_prefix + file.path(), begin.line, begin.column, end.line, end.column};
}

/// Field by field: g++ 12 takes the texts of a brace-initialized temporary for uninitialized.
void relate(Issue& issue, IssuePlace place, std::string text) {
  RelatedPlace& related = issue.related.emplace_back();
  related.place = std::move(place);
  related.text = std::move(text);
}

Issue issue_of(const grammar::Diagnostic& diagnostic, const grammar::Sources& sources, const ReportOptions& options) {
  Issue issue;
  const grammar::CodeInfo& code = info(diagnostic.code);
  issue.code = diagnostic.code;
  issue.error = code.severity == grammar::Severity::Error;
  issue.place = place_of(diagnostic.span, sources, options);
  issue.text = diagnostic.text;
  if (!diagnostic.label.empty()) issue.details += diagnostic.label + "\n";
  for (const grammar::Note& note : diagnostic.notes)
    if (note.span.known()) relate(issue, place_of(note.span, sources, options), note.text);
  for (const grammar::Fix& fix : diagnostic.fixes) issue.details += "fix: " + fix.text + "\n";
  for (const std::string& help : diagnostic.help) issue.details += "help: " + help + "\n";
  issue.of_command = is_of_command(diagnostic.span, sources);
  issue.prose = prose_of(diagnostic);
  issue.identity = fmt::format("{} {} {}", code.id, issue.place.file, without_lines(diagnostic.text));
  issue.fixes = diagnostic.fixes;
  return issue;
}

Issue issue_of(const RunResult& result, const CaseResult& one, const grammar::Sources& sources,
               const ReportOptions& options) {
  Issue issue;
  issue.code = one.failures.empty() ? grammar::Code{} : one.failures.front().code;
  issue.place = {options.path_prefix + one.file, one.line, 1, one.line, 1};
  if (!one.failures.empty() && one.failures.front().span.known())
    issue.place = place_of(one.failures.front().span, sources, options);
  issue.subject = one.title();
  issue.text = failure_line(result, one);
  const TextOptions text{.colour = false, .quiet = false, .utf8 = true, .path_prefix = options.path_prefix};
  issue.details = case_text(result, sources, one, text);
  for (const Decider& decider : one.deciders)
    relate(issue, {options.path_prefix + decider.file, decider.line, 1, decider.line, 1},
           fmt::format("{} decided", result.short_name(decider.rule)));
  if (one.near_miss)
    relate(issue,
           {options.path_prefix + one.near_miss->place.file, one.near_miss->place.line, one.near_miss->place.column,
            one.near_miss->place.end_line, one.near_miss->place.end_column},
           one.near_miss->headline);
  issue.prose = prose_of(result, one);
  issue.identity = fmt::format("{} {} {}", info(issue.code).id, one.file, one.title());
  return issue;
}

Issue issue_of(const ProjectFault& fault) {
  Issue issue;
  issue.code = fault.code;
  issue.place.file = fault.file;
  issue.text = fault.text;
  issue.prose = sentence(fault.text);
  issue.identity = fmt::format("{} {}", info(fault.code).id, fault.file);
  return issue;
}

Issue issue_of(const GateResult& gate, const grammar::Sources& sources, const ReportOptions& options) {
  Issue issue;
  issue.code = grammar::codes::GateNotMet;
  issue.place = place_of(gate.span, sources, options);
  issue.text = fmt::format("gate `{}`: {:.4g}% of at least {:.4g}%", gate.name, gate.have, gate.want);
  issue.prose = sentence(issue.text);
  issue.identity = fmt::format("{} {}", info(issue.code).id, gate.name);
  return issue;
}

std::string rule_names(const RunResult& result, const std::vector<std::string>& rules) {
  if (rules.empty()) return "default";
  std::vector<std::string> names;
  for (const std::string& rule : rules) names.push_back(result.short_name(rule));
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string_view word(Outcome outcome) {
  switch (outcome) {
    case Outcome::Invalid: return "invalid";
    case Outcome::Deny: return "deny";
    case Outcome::Allow: return "allow";
  }
  return "";
}

}  // namespace

bool belongs_to_run(const grammar::Diagnostic& diagnostic) {
  return info(diagnostic.code).severity == grammar::Severity::Error ||
         diagnostic.code == grammar::codes::DefaultDeniesAlone || diagnostic.code == grammar::codes::EntityMistyped ||
         diagnostic.code == grammar::codes::TextWithoutQuotes;
}

std::vector<Issue> issues_of(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                             const ReportOptions& options) {
  std::vector<Issue> issues;
  for (const grammar::Diagnostic& diagnostic : diagnostics) issues.push_back(issue_of(diagnostic, sources, options));
  std::stable_partition(issues.begin(), issues.end(), [](const Issue& issue) { return issue.error; });
  return issues;
}

std::vector<Issue> issues_of(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  std::vector<Issue> issues;
  for (const grammar::Diagnostic& diagnostic : result.diagnostics.sorted(sources))
    if (belongs_to_run(diagnostic)) issues.push_back(issue_of(diagnostic, sources, options));
  for (const CaseResult& one : result.cases)
    if (one.status == CaseStatus::Failed) issues.push_back(issue_of(result, one, sources, options));
  for (const GateResult& gate : result.gates)
    if (!gate.met()) issues.push_back(issue_of(gate, sources, options));
  for (const ProjectFault& fault : options.faults) issues.push_back(issue_of(fault));
  std::stable_partition(issues.begin(), issues.end(), [](const Issue& issue) { return issue.error; });
  return issues;
}

bool ran(const RunResult& result) {
  return !result.cases.empty() && result.nothing_ran.empty();
}

std::string title(const Issue& issue) {
  const std::string code(info(issue.code).id);
  return issue.subject.empty() ? code : code + " " + issue.subject;
}

std::string failure_line(const RunResult& result, const CaseResult& one) {
  if (one.failures.empty()) return "it failed";
  const CaseFailure& first = one.failures.front();
  if (first.key == "expect") return fmt::format("expected {}, got {}", first.expected, actual_verdict(result, one));
  return first.text;
}

std::string expected_verdict(const RunResult& result, const CaseResult& one) {
  for (const CaseFailure& failure : one.failures)
    if (failure.key == "expect")
      return one.expected_by ? fmt::format("{} by {}", failure.expected, rule_names(result, *one.expected_by))
                             : failure.expected;
  return one.failures.empty() ? "" : one.failures.front().expected;
}

std::string actual_verdict(const RunResult& result, const CaseResult& one) {
  const Report& report = one.report;
  if (report.verdict == Outcome::Invalid) return "invalid";
  return fmt::format("{} by {}", word(report.verdict), rule_names(result, report.by));
}

std::string headline(const RunResult& result) {
  const Summary& summary = result.summary;
  const auto scenarios = [&](std::size_t number) {
    if (number == summary.total) return counted(summary);
    if (summary.properties != 0) return fmt::format("{} scenarios and properties", number);
    return number == 1 ? std::string("1 scenario") : fmt::format("{} scenarios", number);
  };
  if (!result.bug.empty()) return "a bug in Bylaw: " + result.bug;
  if (result.diagnostics.has_errors())
    return fmt::format("no scenario ran: {} error{}", result.diagnostics.errors(),
                       result.diagnostics.errors() == 1 ? "" : "s");
  if (!ran(result)) return "nothing ran: " + result.nothing_ran;
  if (summary.failed != 0) return fmt::format("{} of {} failed", summary.failed, scenarios(summary.total));
  std::string text = fmt::format("{} passed", scenarios(summary.passed));
  if (summary.skipped != 0) text += fmt::format(", {} skipped", summary.skipped);
  if (summary.known != 0) text += fmt::format(", {} known to fail", summary.known);
  return text;
}

}  // namespace bylaw::runner
