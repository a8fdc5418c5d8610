#pragma once
// The formats, a file each; reports.cpp has the table of them.

#include <bylaw/runner/reports.h>

namespace bylaw::runner {

std::string to_junit(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
std::string to_tap(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
std::string to_sarif(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
std::string to_github(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
std::string to_azure(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
std::string to_markdown(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);
std::string to_html(const RunResult& result, const grammar::Sources& sources, const ReportOptions& options);

}  // namespace bylaw::runner
