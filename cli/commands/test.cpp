// bylaw test: plays scenario files.
#include <bylaw/grammar/visible_text.h>
#include <bylaw/runner/last_run.h>
#include <bylaw/runner/render.h>
#include <bylaw/runner/run.h>
#include <bylaw/runner/update.h>
#include <bylaw/runner/watch.h>
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <thread>

#include "clock.h"
#include "commands/commands.h"
#include "commands/cover.h"
#include "loading.h"
#include "progress.h"
#include "reporting.h"

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths, params;
  std::string format = "text", as_of, shard, shuffle, seed;
  std::optional<std::string> filter;
  std::vector<std::string> report_words;
  std::vector<WantedReport> reports;
  runner::RunOptions run;
  CoverOptions cover;
  std::size_t slowest = 0;
  std::optional<std::vector<runner::Selection>> narrowed;  // by --watch, where the whole project is asked for
  bool quiet = false, verbose = false, failed = false, update = false, watch = false;
};

void add_options(CLI::App& app, Options& options) {
  constexpr std::size_t kMostThreads = 1024;
  app.add_option("PATH", options.paths,
                 "projects' folders, scenario files, FILE:LINE for one scenario (default: the project around here)");
  add_param_option(app, options.params);
  app.add_option("-k", options.filter,
                 "only these cases: a part of the name, tag:WORD, rule:NAME, decision:NAME or COLUMN=VALUE; "
                 "joined by and, or, not and brackets");
  app.add_flag("--failed", options.failed, "only what failed in the last run");
  app.add_option("--shard", options.shard, "I/N: only the I-th of N parts");
  app.add_flag("-x", options.run.stop_at_first_failure, "stop at the first failure");
  app.add_flag("--list", options.run.list_only, "say which cases there are, and play none");
  app.add_option("-j", options.run.threads, "threads (default: as many as the machine runs at once)")
      ->check(CLI::Range(std::size_t{1}, kMostThreads));
  app.add_flag("--shuffle", options.shuffle, "play in another order each time, or that of --shuffle=SEED");
  app.add_option("--seed", options.seed, "by which all properties are drawn (default: each by its own, ever the same)");
  app.add_option("--slowest", options.slowest, "name so many of the slowest cases");
  app.add_flag("--update", options.update, "write what came into the files as what is expected");
  app.add_flag("--watch", options.watch, "play again whenever a file changes");
  app.add_option("--as-of", options.as_of, "which `skip` is over by this date (default: today)");
  app.add_option("--format", options.format, "text or json");
  app.add_option("--report", options.report_words,
                 fmt::format("FORMAT=FILE, - for stdout, any number: {}", report_names()))
      ->expected(1)
      ->take_all();
  app.add_flag("-q,--quiet", options.quiet, "only failures");
  app.add_flag("-v,--verbose", options.verbose,
               "also: the configuration found, files read, what was not entered; each failure in full");
}

std::optional<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                   : std::nullopt;
}

std::optional<int> read_shuffle(Options& options) {
  if (options.shuffle.empty() || options.shuffle == "false") return std::nullopt;
  options.run.shuffle = options.shuffle == "true" ? std::random_device()() : read_number(options.shuffle);
  if (options.run.shuffle) return std::nullopt;
  return usage_error(fmt::format("`{}` is no seed: write --shuffle=1234", options.shuffle));
}

std::optional<int> read_seed(Options& options) {
  if (options.seed.empty()) return std::nullopt;
  options.run.seed = options.seed == "random" ? std::random_device()() : read_number(options.seed);
  if (options.run.seed) return std::nullopt;
  return usage_error(fmt::format("`{}` is no seed: write --seed 1234, or --seed random", options.seed));
}

std::optional<int> read_shard(Options& options) {
  if (options.shard.empty()) return std::nullopt;
  const std::size_t slash = std::min(options.shard.find('/'), options.shard.size());
  const auto index = read_number(std::string_view(options.shard).substr(0, slash));
  const auto count = read_number(std::string_view(options.shard).substr(std::min(slash + 1, options.shard.size())));
  if (!index || !count || *index == 0 || *index > *count)
    return usage_error(fmt::format("`{}` is no shard: write --shard 1/4 up to 4/4", options.shard));
  options.run.shard = {*index - 1, *count};
  return std::nullopt;
}

std::optional<int> read_filter(Options& options) {
  if (!options.filter) return std::nullopt;
  std::string problem = "it says nothing";
  const bool blank = options.filter->find_first_not_of(" \t\n") == std::string::npos;
  if (!blank) problem.clear(), options.run.filter = runner::Filter::parse(*options.filter, problem);
  if (options.run.filter) return std::nullopt;
  return usage_error(
      fmt::format("-k `{}`: {}", *options.filter, problem),
      "such as  -k 'tag:smoke and not (rule:freeze or urgent=true)'  or  -k '\"a text with (brackets)\"'");
}

std::optional<int> check_format(Options& options) {
  if (options.format == "text" || options.format == "json") return std::nullopt;
  const std::string problem = fmt::format("--format is text or json, not `{}`", options.format);
  if (runner::find_report(options.format) == nullptr) return usage_error(problem);
  return usage_error(problem,
                     fmt::format("that is a report: --report {0}=FILE, or {0}=- for standard output", options.format));
}

std::optional<int> check_together(const Options& options) {
  const bool json = options.format == "json";
  if (running_in_ci() && options.update) return usage_error("--update writes files, and this is CI (CI is set)");
  if (running_in_ci() && options.watch) return usage_error("--watch never ends, and this is CI (CI is set)");
  if (options.run.list_only && (options.update || options.watch))
    return usage_error("--list plays nothing: take it away, or --update and --watch");
  if (options.run.list_only && !options.reports.empty())
    return usage_error("--list plays nothing, so that there is nothing to report: take --report away, or --list");
  if (options.update && options.watch) return usage_error("--update and --watch do not go together");
  if (json && (options.update || options.watch))
    return usage_error("--format json tells of one run: not together with --update or --watch");
  return std::nullopt;
}

std::optional<int> read_options(const Subcommand& self, std::vector<std::string> arguments, Options& options) {
  CLI::App app;
  add_options(app, options);
  add_cover_options(app, options.cover);
  if (const auto status = parse(app, self, take_cover(std::move(arguments), options.cover))) return status;
  if (options.paths.empty()) options.paths.push_back(".");
  options.run.now = instant_of(options.as_of);
  if (!options.run.now) return usage_error(fmt::format("`{}` is not a date: write --as-of 2027-01-31", options.as_of));
  options.run.rewrites = options.update;
  if (const auto status = read_reports(options.report_words, options.reports)) return status;
  for (const auto read : {read_shuffle, read_seed, read_shard, read_filter, check_format})
    if (const auto status = read(options)) return status;
  return check_together(options);
}

/// None of the files that are to be written is a source of the project.
std::optional<int> check_outputs(const Options& options, const Loaded& loaded) {
  std::vector<Output> outputs;
  add_outputs(options.reports, outputs);
  add_outputs(options.cover, outputs);
  return check_outputs(outputs, loaded);
}

bool report(const Options& options, const Loaded& loaded, const runner::RunResult& result) {
  const runner::ReportOptions how{BYLAW_VERSION, repository_prefix(loaded.project.folder), ""};
  return write_reports(options.reports, result, loaded, how);
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

std::optional<int> load_selected(const Options& options, Loaded& loaded, std::vector<runner::Selection>& selections) {
  bool everything = false;
  selections.clear();
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    const PathAndLine wanted = split_line(options.paths[i]);
    if (wanted.path.empty())
      return usage_error(fmt::format("`{}` names no file", options.paths[i]),
                         "such as  bylaw test renew.scenarios.yaml:16");
    Loaded other{.params = options.params};
    Loaded& target = i == 0 ? loaded : other;
    if (const auto status = load(wanted.path, target)) return status;
    if (target.project.folder != loaded.project.folder)
      return usage_error(fmt::format("`{}` and `{}` belong to two projects: test them one after the other",
                                     options.paths[0], options.paths[i]));
    if (const auto selected = selection(loaded.project, wanted))
      selections.push_back(*selected);
    else
      everything = true;
  }
  if (everything) selections.clear();
  if (selections.empty() && options.narrowed) selections = *options.narrowed;
  return std::nullopt;
}

/// Standard output may be on its way into a file: of a report, or of the scenarios that --generate was to print.
std::FILE* stream_of(const Options& options) {
  return takes_standard_output(options.reports) || !options.cover.generate.empty() ? stderr : stdout;
}

void print(const Options& options, const Loaded& loaded, const runner::RunResult& result, bool written) {
  const grammar::Sources& sources = loaded.project.input.sources;
  std::FILE* const stream = stream_of(options);
  const runner::TextOptions text{.colour = colours(fileno(stream)),
                                 .quiet = options.quiet,
                                 .utf8 = unicode_terminal(),
                                 .slowest = options.slowest,
                                 .in_full = options.verbose ? 0 : runner::TextOptions().in_full,
                                 .path_prefix = loaded.prefix,
                                 .unwritten = !written};
  if (options.format == "json")
    fmt::print(stream, "{}\n", runner::to_json(result, sources, BYLAW_VERSION));
  else if (options.run.list_only && result.exit_status() == kYes)
    fmt::print(stream, "{}", runner::list_cases(result, text));
  else
    fmt::print(stream, "{}", runner::to_text(result, sources, text));
}

runner::RunResult play(const Options& options, Loaded& loaded) {
  runner::RunOptions run = options.run;
  if (options.failed) {
    const auto failed = runner::read_failed(loaded.project.folder);
    run.only_these = failed.value_or(std::set<std::string>());
    run.no_last_run = !failed;
  }
  ProgressBar bar(options.quiet);
  run.progress = bar.teller();
  runner::RunResult result = runner::run(loaded.project, loaded.diagnostics, run);
  bar.clear();
  const std::string problem = runner::remember_failed(loaded.project.folder, result);
  if (!problem.empty() && result.summary.failed != 0)
    fmt::print(stderr, "warning: what failed is not kept for --failed: {}\n", problem);
  return result;
}

/// Loads, plays and prints once. What the run said is left in `result`.
int test_once(Options& options, Loaded& loaded, runner::RunResult& result) {
  if (const auto status = load_selected(options, loaded, options.run.selections)) {
    result.diagnostics = loaded.diagnostics;
    if (*status != kDoesNotCompile || !loaded.diagnostics.has_errors()) return *status;
    return report(options, loaded, result) ? *status : kUsage;
  }
  if (options.verbose) tell_what_was_read(loaded);
  if (const auto status = check_outputs(options, loaded)) return *status;
  if (const auto status = prepare_cover(options.cover, loaded, options.run)) return *status;
  result = play(options, loaded);
  if (const auto status = tell_generated(options.cover, loaded, result)) return *status;
  if (options.update && !result.cases.empty()) return result.exit_status();  // printed once the files are rewritten
  // Files first: the last line that is printed has to agree with the status.
  const bool reported = report(options, loaded, result);
  const bool written = write_cover(options.cover, loaded, result) && reported;
  print(options, loaded, result, written);
  if (options.format == "text") tell_cover(options.cover, loaded, result, stream_of(options));
  const int status = result.exit_status();
  return written || status == kBug ? status : kUsage;
}

/// After the files were rewritten all is played again: what is printed is what they say now.
int update(Options& options) {
  runner::RunResult result;
  bool written = true;
  {
    Loaded loaded{.params = options.params};
    const int status = test_once(options, loaded, result);
    if (result.cases.empty()) return status;
    const runner::Updated updated = runner::update_expectations(loaded.project, result);
    for (const std::string& line : updated.left) fmt::print("{}\n", grammar::visible_text(loaded.prefix + line));
    for (const std::string& line : updated.unwritten)
      fmt::print(stderr, "error: {}\n", grammar::visible_text(loaded.prefix + line));
    written = updated.unwritten.empty();
    fmt::print("updated {} expectation{} in {} file{}\n", updated.expectations, updated.expectations == 1 ? "" : "s",
               updated.files.size(), updated.files.size() == 1 ? "" : "s");
  }
  options.update = options.run.rewrites = false;
  Loaded again{.params = options.params};
  const int status = test_once(options, again, result);
  return written || status == kBug ? status : kUsage;
}

/// Until something below the folder changes: what did.
std::vector<std::string> wait_for_change(const fs::path& folder, const runner::FileTimes& before) {
  constexpr std::chrono::milliseconds kPause{250};
  while (true) {
    std::this_thread::sleep_for(kPause);
    std::vector<std::string> changed = runner::changed_files(before, runner::file_times(folder));
    if (!changed.empty()) return changed;
  }
}

/// Plays again and again, each time what the changed files touch; ends with the command that it cannot load a project.
int watch(Options& options) {
  std::map<std::string, std::vector<std::string>> uses;
  fs::path folder;
  while (true) {
    Loaded loaded{.params = options.params};
    runner::RunResult result;
    runner::FileTimes before = runner::file_times(folder);
    const int status = test_once(options, loaded, result);
    if (status == kUsage) return status;
    if (folder.empty()) {
      folder = loaded.project.folder;
      before = runner::file_times(folder);
    }
    if (!result.uses.empty()) uses = std::move(result.uses);
    std::fflush(stdout);
    const std::vector<std::string> changed = wait_for_change(folder, before);
    fmt::print("\nchanged: {}\n", fmt::join(changed, ", "));
    options.narrowed = runner::touched(changed, uses);
  }
}

}  // namespace

int run_test(const Subcommand& self, std::vector<std::string> arguments) {
  Options options;
  if (const auto status = read_options(self, std::move(arguments), options)) return *status;
  if (options.watch) return watch(options);
  if (options.update) return update(options);
  Loaded loaded{.params = options.params};
  runner::RunResult result;
  return test_once(options, loaded, result);
}

}  // namespace bylaw::cli
