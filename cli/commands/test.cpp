// bylaw test: plays scenario files.
#include <bylaw/runner/render.h>
#include <bylaw/runner/run.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "clock.h"
#include "commands/commands.h"
#include "loading.h"
#include "reporting.h"

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  std::string format = "text", as_of;
  std::vector<std::string> report_words;
  std::vector<WantedReport> reports;
  runner::RunOptions run;
  bool quiet = false, verbose = false;
};

std::optional<int> read_options(const Subcommand& self, std::vector<std::string> arguments, Options& options) {
  CLI::App app;
  app.add_option("PATH", options.paths,
                 "projects' folders, scenario files, FILE:LINE for one scenario (default: the project around here)");
  app.add_option("-k", options.run.name_contains, "only cases with this text in their name");
  app.add_flag("-x", options.run.stop_at_first_failure, "stop at the first failure");
  app.add_flag("--list", options.run.list_only, "say which cases there are, and play none");
  app.add_option("--as-of", options.as_of, "which `skip` is over by this date (default: today)");
  app.add_option("--format", options.format, "text or json")->check(CLI::IsMember({"text", "json"}));
  app.add_option("--report", options.report_words,
                 fmt::format("FORMAT=FILE, - for stdout, any number: {}", report_names()))
      ->expected(1)
      ->take_all();
  app.add_flag("-q,--quiet", options.quiet, "only failures");
  app.add_flag("-v,--verbose", options.verbose, "also: the configuration found, files read, what was not entered");
  if (const auto status = parse(app, self, std::move(arguments))) return status;
  if (options.paths.empty()) options.paths.push_back(".");
  return read_reports(options.report_words, options.reports);
}

int report(const Options& options, const Loaded& loaded, const runner::RunResult& result) {
  const runner::ReportOptions how{BYLAW_VERSION, repository_prefix(loaded.project.folder), ""};
  return write_reports(options.reports, result, loaded.project.input.sources, how, result.exit_status());
}

struct PathAndLine {
  std::string path;
  std::uint32_t line = 0;
};

/// `renew.scenarios.yaml:16`; a file of that very name wins.
PathAndLine split_line(const std::string& word) {
  const std::size_t colon = word.rfind(':');
  if (colon == std::string::npos || colon + 1 == word.size() || word.size() - colon > 9 || fs::exists(word))
    return {word, 0};
  const std::string digits = word.substr(colon + 1);
  if (digits.find_first_not_of("0123456789") != std::string::npos) return {word, 0};
  return {word.substr(0, colon), static_cast<std::uint32_t>(std::stoul(digits))};
}

/// What of the project a path selects: all of it for its folder, a policy file or bylaw.yaml.
std::optional<runner::Selection> selection(const compiler::Project& project, const PathAndLine& wanted) {
  std::error_code error;
  const fs::path inside = fs::relative(fs::canonical(wanted.path, error), fs::canonical(project.folder, error), error);
  const std::string path = inside.generic_string();
  if (path == "." || path.ends_with(".bylaw") || path == "bylaw.yaml") return std::nullopt;
  return runner::Selection{path, wanted.line};
}

std::optional<int> load_selected(Options& options, Loaded& loaded) {
  bool everything = false;
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    const PathAndLine wanted = split_line(options.paths[i]);
    Loaded other;
    Loaded& target = i == 0 ? loaded : other;
    if (const auto status = load(wanted.path, target)) return status;
    if (target.project.folder != loaded.project.folder)
      return usage_error(fmt::format("`{}` and `{}` belong to two projects: test them one after the other",
                                     options.paths[0], options.paths[i]));
    if (const auto selected = selection(loaded.project, wanted))
      options.run.selections.push_back(*selected);
    else
      everything = true;
  }
  if (everything) options.run.selections.clear();
  return std::nullopt;
}

}  // namespace

int run_test(const Subcommand& self, std::vector<std::string> arguments) {
  Options options;
  if (const auto status = read_options(self, std::move(arguments), options)) return *status;
  options.run.now = instant_of(options.as_of);
  if (!options.run.now) return usage_error(fmt::format("`{}` is not a date: write --as-of 2027-01-31", options.as_of));
  Loaded loaded;
  if (const auto status = load_selected(options, loaded)) {
    runner::RunResult refused;
    refused.diagnostics = loaded.diagnostics;
    return *status == kDoesNotCompile && loaded.diagnostics.has_errors() ? report(options, loaded, refused) : *status;
  }
  if (options.verbose) tell_what_was_read(loaded);

  const runner::RunResult result = runner::run(loaded.project, loaded.diagnostics, options.run);
  const grammar::Sources& sources = loaded.project.input.sources;
  std::FILE* const stream = takes_standard_output(options.reports) ? stderr : stdout;
  const runner::TextOptions text{.colour = colours(fileno(stream)),
                                 .quiet = options.quiet,
                                 .utf8 = unicode_terminal(),
                                 .path_prefix = loaded.prefix};
  if (options.format == "json")
    fmt::print(stream, "{}\n", runner::to_json(result, sources, BYLAW_VERSION));
  else if (options.run.list_only && result.exit_status() == kYes)
    fmt::print(stream, "{}", runner::list_cases(result, text));
  else
    fmt::print(stream, "{}", runner::to_text(result, sources, text));
  return report(options, loaded, result);
}

}  // namespace bylaw::cli
