// Lines on standard output that a build service turns into marks on the changed files.
#include <fmt/format.h>

#include <algorithm>

#include "escape.h"
#include "formats.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

// GitHub shows 10 errors and 10 warnings a step and drops the rest without a word.
constexpr std::size_t kMostOfAKind = 9;

struct Escape {
  char sign;
  std::string_view written;
};

template <std::size_t N>
std::string escaped(std::string_view text, const Escape (&escapes)[N]) {
  std::string out;
  for (const char c : printable(text)) {
    const auto found =
        std::find_if(std::begin(escapes), std::end(escapes), [c](const Escape& e) { return e.sign == c; });
    if (found == std::end(escapes))
      out += c;
    else
      out += found->written;
  }
  return out;
}

constexpr Escape kGithubText[] = {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}};
constexpr Escape kGithubProperty[] = {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}};
constexpr Escape kAzureText[] = {{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}};
constexpr Escape kAzureProperty[] = {{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}, {';', "%3B"}, {']', "%5D"}};

/// The text, and where the nearest rule stands.
std::string text_of(const Issue& issue) {
  std::string text = issue.text;
  for (const RelatedPlace& related : issue.related)
    if (!related.text.empty())
      text += fmt::format("\n{} ({}:{})", related.text, related.place.file, related.place.line);
  return text;
}

std::string github_line(const Issue& issue) {
  std::string properties;
  if (!issue.place.file.empty())
    properties = fmt::format("file={},line={},endLine={},", escaped(issue.place.file, kGithubProperty),
                             issue.place.line, issue.place.end_line);
  return fmt::format("::{} {}title={}::{}\n", issue.error ? "error" : "warning", properties,
                     escaped(on_one_line(title(issue)), kGithubProperty), escaped(text_of(issue), kGithubText));
}

std::string azure_line(const Issue& issue) {
  std::string properties;
  if (!issue.place.file.empty())
    properties = fmt::format("sourcepath={};linenumber={};columnnumber={};", escaped(issue.place.file, kAzureProperty),
                             issue.place.line, issue.place.column);
  return fmt::format("##vso[task.logissue type={};{}code={}]{}\n", issue.error ? "error" : "warning", properties,
                     info(issue.code).id,
                     escaped((issue.subject.empty() ? "" : issue.subject + ": ") + text_of(issue), kAzureText));
}

std::string github(const std::vector<Issue>& issues) {
  std::string out;
  for (const bool errors : {true, false}) {
    std::size_t count = 0;
    for (const Issue& issue : issues)
      if (issue.error == errors && ++count <= kMostOfAKind) out += github_line(issue);
    if (count > kMostOfAKind)
      out += fmt::format("::{} title=bylaw::{} more, which the log tells\n", errors ? "error" : "warning",
                         count - kMostOfAKind);
  }
  return out;
}

/// What is wrong with the run itself, where no case is to blame.
std::string without_place(const RunResult& result) {
  const bool wrong = !result.bug.empty() || (!ran(result) && !result.diagnostics.has_errors());
  return wrong ? headline(result) : "";
}

}  // namespace

std::string to_github(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  const std::string wrong = without_place(result);
  return github(issues_of(result, sources, options)) +
         (wrong.empty() ? "" : fmt::format("::error title=bylaw::{}\n", escaped(wrong, kGithubText)));
}

std::string to_azure(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  std::string out;
  for (const Issue& issue : issues_of(result, sources, options)) out += azure_line(issue);
  const std::string wrong = without_place(result);
  return out + (wrong.empty() ? "" : fmt::format("##vso[task.logissue type=error]{}\n", escaped(wrong, kAzureText)));
}

std::string check_to_azure(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                           const ReportOptions& options) {
  std::string out;
  for (const Issue& issue : issues_of(diagnostics, sources, options)) out += azure_line(issue);
  return out;
}

std::string check_to_github(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources,
                            const ReportOptions& options) {
  return github(issues_of(diagnostics, sources, options));
}

std::string step_to_github(const Step& step) {
  return fmt::format("::error title={}::{}\n", escaped(step.name, kGithubProperty), escaped(step.text, kGithubText));
}

std::string step_to_azure(const Step& step) {
  return fmt::format("##vso[task.logissue type=error]{}\n", escaped(step.name + ": " + step.text, kAzureText));
}

}  // namespace bylaw::runner
