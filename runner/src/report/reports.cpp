#include <bylaw/runner/render.h>
#include <bylaw/runner/reports.h>

#include "formats.h"

namespace bylaw::runner {
namespace {

std::string json(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options) {
  return to_json(result, sources, options.version) + "\n";
}

}  // namespace

const std::vector<ReportFormat>& reports() {
  static const std::vector<ReportFormat> all = {
      {"json", "everything that is known, the object of `--format json`", json},
      {"junit", "JUnit XML, which most servers show as test results", to_junit},
      {"tap", "TAP 14, the Test Anything Protocol", to_tap},
      {"sarif", "SARIF 2.1.0, for code scanning", to_sarif},
      {"github", "annotations of GitHub Actions", to_github},
      {"azure", "issues of Azure Pipelines", to_azure},
      {"markdown", "a summary for a pull request", to_markdown},
      {"html", "a page that needs nothing beside it", to_html},
  };
  return all;
}

const ReportFormat* find_report(std::string_view name) {
  for (const ReportFormat& format : reports())
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace bylaw::runner
