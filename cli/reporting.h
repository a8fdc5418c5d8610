#pragma once
// `--report FORMAT=FILE`: what it asks for, and writing it.

#include <bylaw/runner/reports.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bylaw::cli {

struct WantedReport {
  const runner::ReportFormat* format;
  std::string file;  // `-`: standard output
};

/// "json, junit, ..": for help.
std::string report_names();
/// Reads `junit=FILE`..; a mistake is told, and gives the status to leave with.
std::optional<int> read_reports(const std::vector<std::string>& words, std::vector<WantedReport>& wanted);
/// True if a report goes to standard output, so that the text goes to standard error.
bool takes_standard_output(const std::vector<WantedReport>& wanted);

/// How the project's paths begin from the root of its git repository: services name files from there.
std::string repository_prefix(const std::filesystem::path& project);

/// Writes aside and renames, and makes the folders above; what went wrong is told.
bool write_output(const std::string& file, std::string_view text);
/// Writes each as `write_output` does. The status is `status`, or the worse one of a file that could not be written.
int write_reports(const std::vector<WantedReport>& wanted, const runner::RunResult& result,
                  const grammar::Sources& sources, const runner::ReportOptions& options, int status);

}  // namespace bylaw::cli
