// TAP 14 (testanything.org/tap-version-14-specification): a line a case, a YAML block behind what failed.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "case_text.h"
#include "escape.h"
#include "formats.h"
#include "issues.h"

namespace bylaw::runner {
namespace {

/// What follows the number; `#` would begin a directive.
std::string description(std::string_view text) {
  std::string out;
  for (const char c : on_one_line(text)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// A YAML scalar: JSON's texts are some.
std::string scalar(std::string_view text) {
  return nlohmann::json(printable(text)).dump();
}

std::string failure_block(const RunResult& result, const grammar::Sources& sources, const CaseResult& one,
                          const ReportOptions& options) {
  std::string out = "  ---\n";
  const auto put = [&out](std::string_view key, const std::string& value) {
    out += fmt::format("  {}: {}\n", key, value);
  };
  put("message", scalar(failure_line(result, one)));
  put("severity", "fail");
  put("at", fmt::format("{{file: {}, line: {}}}", scalar(options.path_prefix + one.file), one.line));
  std::string codes;
  for (const CaseFailure& failure : one.failures)
    codes += fmt::format("{}{}", codes.empty() ? "" : ", ", info(failure.code).id);
  put("codes", "[" + codes + "]");
  put("wanted", scalar(expected_verdict(result, one)));
  put("found", scalar(actual_verdict(result, one)));
  const TextOptions text{.colour = false, .quiet = false, .utf8 = true, .path_prefix = options.path_prefix};
  put("text", scalar(case_text(result, sources, one, text)));
  return out + "  ...\n";
}

}  // namespace

std::string to_tap(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  std::string out = "TAP version 14\n";
  if (result.diagnostics.has_errors() || !result.bug.empty() || !ran(result)) {
    for (const Issue& issue : issues_of(result, sources, options))
      if (issue.error)
        out +=
            fmt::format("# {}:{}: {} {}\n", issue.place.file, issue.place.line, title(issue), on_one_line(issue.text));
    return out + fmt::format("Bail out! {}\n", on_one_line(headline(result)));
  }
  out += fmt::format("1..{}\n", result.cases.size());
  std::size_t number = 0;
  for (const CaseResult& one : result.cases) {
    const std::string name = fmt::format("{} - {}", ++number, description(one.file + ": " + one.title()));
    switch (one.status) {
      case CaseStatus::Passed: out += fmt::format("ok {}\n", name); break;
      case CaseStatus::Skipped: out += fmt::format("ok {} # SKIP {}\n", name, description(one.because)); break;
      case CaseStatus::Known: out += fmt::format("not ok {} # TODO {}\n", name, description(one.because)); break;
      case CaseStatus::Failed:
        out += fmt::format("not ok {}\n{}", name, failure_block(result, sources, one, options));
        break;
    }
  }
  return out;
}

}  // namespace bylaw::runner
