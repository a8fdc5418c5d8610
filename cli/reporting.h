#pragma once
// `--report FORMAT=FILE`: what it asks for, and writing it.

#include <bylaw/runner/reports.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "outputs.h"

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

void add_outputs(const std::vector<WantedReport>& wanted, std::vector<Output>& outputs);
/// Writes each; false if one could not be written, which was told.
bool write_reports(const std::vector<WantedReport>& wanted, const runner::RunResult& result, const Loaded& loaded,
                   const runner::ReportOptions& options);

}  // namespace bylaw::cli
