// bylaw check: what is wrong with policies, lists and scenario files.
#include <bylaw/runner/diagnostics_json.h>
#include <bylaw/runner/run.h>
#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checking.h"
#include "clock.h"
#include "commands/commands.h"
#include "loading.h"
#include "reporting.h"

namespace bylaw::cli {
namespace {

struct Options {
  std::vector<std::string> paths, params;
  std::string as_of, format = "text";
  bool quiet = false, verbose = false;
};

std::optional<int> read_options(const Subcommand& self, std::vector<std::string> arguments, Options& options) {
  CLI::App app;
  app.add_option("PATH", options.paths, "projects' folders, or files in them (default: the project around here)");
  add_param_option(app, options.params);
  app.add_option("--as-of", options.as_of, "tell what has expired by this date (default: today)");
  app.add_option("--format", options.format, "text, json, sarif (of one project) or github")
      ->check(CLI::IsMember({"text", "json", "sarif", "github"}));
  app.add_flag("-q,--quiet", options.quiet, "no warnings");
  app.add_flag("-v,--verbose", options.verbose, "also: the configuration found, files read, what was not entered");
  if (const auto status = parse(app, self, std::move(arguments))) return status;
  if (options.paths.empty()) options.paths.push_back(".");
  return std::nullopt;
}

void print_json(const Loaded& loaded) {
  const grammar::Sources& sources = loaded.project.input.sources;
  nlohmann::ordered_json object = {{"schema", "bylaw.check/1"}};
  object["summary"] = {
      {"errors", loaded.diagnostics.errors()}, {"warnings", loaded.diagnostics.warnings()}, {"files", sources.size()}};
  object["diagnostics"] =
      nlohmann::ordered_json::parse(runner::diagnostics_to_json(loaded.diagnostics.sorted(sources), sources));
  fmt::print("{}\n", object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

/// Whatever was diagnosed, as the format says.
void print(const Options& options, const Loaded& loaded) {
  const grammar::Sources& sources = loaded.project.input.sources;
  std::vector<grammar::Diagnostic> told = loaded.diagnostics.sorted(sources);
  if (options.quiet)
    std::erase_if(told,
                  [](const grammar::Diagnostic& d) { return info(d.code).severity == grammar::Severity::Warning; });
  runner::ReportOptions how{BYLAW_VERSION, repository_prefix(loaded.project.folder), ""};
  how.command = "check";
  if (options.format == "json") print_json(loaded);
  if (options.format == "sarif") fmt::print("{}", runner::check_to_sarif(told, sources, how));
  if (options.format == "github") fmt::print("{}", runner::check_to_github(told, sources, how));
  if (options.format == "text") tell(loaded, stdout, !options.quiet);
}

}  // namespace

int run_check(const Subcommand& self, std::vector<std::string> arguments) {
  Options options;
  if (const auto status = read_options(self, std::move(arguments), options)) return *status;
  const auto as_of = instant_of(options.as_of);
  if (!as_of) return usage_error(fmt::format("`{}` is not a date: write --as-of 2027-01-31", options.as_of));
  const bool text = options.format == "text";

  int status = kYes;
  std::vector<std::filesystem::path> seen;
  for (const std::string& path : options.paths) {
    Loaded loaded{.params = options.params};
    if (const auto missing = load(path, loaded, text)) {
      if (!text && *missing == kDoesNotCompile) print(options, loaded);
      if (*missing == kUsage) return kUsage;
      status = kDoesNotCompile;
      continue;
    }
    if (std::find(seen.begin(), seen.end(), loaded.project.folder) != seen.end()) continue;
    seen.push_back(loaded.project.folder);
    if (options.format == "sarif" && seen.size() > 1)
      return usage_error("--format sarif is of one project: check them one after the other");
    check_project(loaded, *as_of);
    if (options.verbose) tell_what_was_read(loaded);
    if (loaded.diagnostics.has_errors()) status = kDoesNotCompile;
    print(options, loaded);
  }
  return status;
}

}  // namespace bylaw::cli
