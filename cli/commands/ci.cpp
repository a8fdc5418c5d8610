// bylaw ci: all that a pre-merge check asks, in one command: check, format, test, and what ends soon. Uses no network.
#include <bylaw/grammar/diagnostics/expectations.h>
#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/grammar/visible_text.h>
#include <bylaw/runner/render.h>
#include <bylaw/runner/run.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base_project.h"
#include "build_service.h"
#include "checking.h"
#include "clock.h"
#include "commands/commands.h"
#include "formatting.h"
#include "git.h"
#include "reporting.h"

namespace bylaw::cli {
namespace {

namespace fs = std::filesystem;
namespace codes = grammar::codes;
using runner::StepState;

struct Options {
  std::string path = ".", as_of, summary, base;
  std::vector<std::string> report_words;
  std::vector<WantedReport> reports;
  bool quiet = false;

  /// Standard output may be a report, or the summary; then the text goes to standard error.
  std::FILE* text() const { return takes_standard_output(reports) || summary == "-" ? stderr : stdout; }
};

std::optional<int> read_options(const Subcommand& self, std::vector<std::string> arguments, Options& options) {
  CLI::App app;
  app.add_option("PROJECT", options.path, "a project's folder (default: the project around here)");
  app.add_option("--as-of", options.as_of, "tell what has ended by this date (default: today)");
  app.add_option("--base", options.base,
                 "tell what changed since this git revision (default: `ci.base` of bylaw.yaml)");
  app.add_option("--summary", options.summary, "write a summary in Markdown there, - for stdout");
  app.add_option("--report", options.report_words, fmt::format("of the scenarios, FORMAT=FILE: {}", report_names()))
      ->expected(1)
      ->take_all();
  app.add_flag("-q,--quiet", options.quiet, "only what failed");
  if (const auto status = parse(app, self, std::move(arguments))) return status;
  if (const auto status = read_reports(options.report_words, options.reports)) return status;
  for (const WantedReport& report : options.reports)
    if (report.file == options.summary)
      return usage_error(fmt::format("a report and the summary are to be written to `{}`", report.file));
  return std::nullopt;
}

std::string count(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

/// The first that holds, in the order that `Exit` says.
int worse(int a, int b) {
  for (const Exit status : {kBug, kUsage, kDoesNotCompile, kNothingRan, kNo, kGate})
    if (a == status || b == status) return status;
  return std::max(a, b);
}

/// What the steps found.
struct Found {
  std::FILE* out = stdout;  // where it is told
  Loaded checked, played;
  runner::RunResult run;
  runner::RunResult shown;  // the same without warnings, which the step `check` has told
  runner::CiResult ci;
  std::string base;                          // a revision; empty: what changed is not asked
  std::vector<runner::ProjectFault> faults;  // for reports
  std::string parted;                        // the commit where it and HEAD parted
  std::optional<runner::Since> changed;      // since then
  int status = kYes;

  /// Of the run, if there was one.
  const Loaded& told() const { return ci.run != nullptr ? played : checked; }

  void step(std::string name, int outcome, std::string text) {
    status = worse(status, outcome);
    ci.steps.push_back({std::move(name), outcome == kYes ? StepState::Passed : StepState::Failed, std::move(text)});
  }
};

/// A status means: leave with it, there is nothing to look at.
std::optional<int> check(const Options& options, std::int64_t as_of, Found& found) {
  const auto refused = load(options.path, found.checked);
  if (refused == kUsage) return kUsage;
  std::vector<Output> outputs{{options.summary}};
  add_outputs(options.reports, outputs);
  if (const auto status = check_outputs(outputs, found.checked)) return status;
  if (!refused) {
    check_project(found.checked, as_of);
    tell(found.checked, found.out, !options.quiet);
  }
  const grammar::Diagnostics& diagnostics = found.checked.diagnostics;
  found.ci.diagnostics = diagnostics.sorted(found.checked.project.input.sources);
  found.step("check", diagnostics.has_errors() ? kDoesNotCompile : kYes, counts(found.checked, true));
  return std::nullopt;
}

/// The path of a file from the root of the repository.
std::string in_repository(const std::string& path, const Found& found) {
  std::error_code error;
  const fs::path& folder = found.checked.project.folder;
  return repository_prefix(folder) + fs::relative(path, folder, error).generic_string();
}

std::optional<int> format(const Options& options, Found& found) {
  std::vector<std::string> files;
  std::string problem;
  if (!find_sources_of_project(options.path, files, problem)) return usage_error(problem);
  std::size_t broken = 0;
  for (const std::string& path : files) {
    Formatted file;
    if (!format_path(path, file, problem)) return usage_error(problem);
    broken += file.text ? 0 : 1;
    if (!file.text || *file.text == file.before) continue;
    fmt::print(found.out, "{}: not formatted; `bylaw fmt` does it\n", grammar::visible_text(path));
    found.ci.unformatted.push_back(in_repository(path, found));
    found.faults.push_back(
        {codes::NotFormatted, found.ci.unformatted.back(), std::string(info(codes::NotFormatted).text)});
  }
  std::string text = count(files.size(), "file");
  if (!found.ci.unformatted.empty()) text = fmt::format("{} of {} not formatted", found.ci.unformatted.size(), text);
  if (broken != 0) text += fmt::format(", {} cannot be read", broken);
  found.step("format", broken != 0 ? kDoesNotCompile : found.ci.unformatted.empty() ? kYes : kNo, text);
  return std::nullopt;
}

/// Asks git what changed. What git cannot tell is a failure of its own: a gate on what changed would be open.
void find_changes(const Options& options, Found& found) {
  const compiler::Project& project = found.checked.project;
  found.base = options.base.empty() ? project.file.ci.base : options.base;
  if (found.base.empty()) return;
  const Parted parted = parted_from(project.folder, found.base);
  ChangedSince changed = changed_since(project.folder, found.base);
  if (!changed.problem.empty()) {
    fmt::print(found.out, "error: {}\n{}", changed.problem,
               changed.help.empty() ? "" : "  help: " + changed.help + "\n");
    return;
  }
  found.parted = parted.commit;
  found.changed = runner::Since{found.base, std::move(changed.lines)};
}

bool has_gate(const compiler::Project& project, std::string_view name) {
  const auto& gates = project.file.gates;
  return std::any_of(gates.begin(), gates.end(), [&](const compiler::Gate& gate) { return gate.name == name; });
}

/// The rest was told by the step `check`.
void keep_told_by_playing(grammar::Diagnostics& diagnostics) {
  grammar::Diagnostics kept;
  for (const grammar::Diagnostic& diagnostic : diagnostics.all())
    if (diagnostic.code == grammar::codes::DefaultDeniesAlone) kept.add(diagnostic);
  diagnostics = std::move(kept);
}

/// Plays the scenarios and prints what failed; the last line becomes the step's.
void test(const Options& options, std::int64_t as_of, Found& found) {
  if (found.checked.diagnostics.has_errors()) {
    found.ci.steps.push_back({"test", StepState::NotRun, "not played: the project does not compile"});
    found.run.diagnostics = found.checked.diagnostics;
    return;
  }
  (void)load(options.path, found.played, false);
  runner::RunOptions how;
  how.now = as_of;
  how.cover = true;
  how.mutate = has_gate(found.checked.project, "mutants");
  how.changed = found.changed;
  found.run = runner::run(found.played.project, found.played.diagnostics, how);
  found.shown = found.run;
  found.shown.gates.clear();  // of steps of their own
  if (!found.run.diagnostics.has_errors()) keep_told_by_playing(found.shown.diagnostics);
  found.ci.run = &found.shown;
  std::string text = runner::to_text(
      found.shown, found.played.project.input.sources,
      {.colour = false, .quiet = false, .utf8 = unicode_terminal(), .path_prefix = found.played.prefix});
  text.pop_back();
  const std::size_t last = text.rfind('\n') + 1;  // 0 if there is one line
  fmt::print(found.out, "{}", text.substr(0, last));
  const std::size_t word = text.find("  ", last);
  found.step("test", found.shown.exit_status(), text.substr(word == std::string::npos ? last : word + 2));
}

/// What a gate asks for and does not get: ", 40% of conditions of at least 60%".
std::string unmet(const Found& found, bool mutants) {
  std::string text;
  for (const runner::GateResult& gate : found.run.gates)
    if (!gate.met() && (gate.name == "mutants") == mutants)
      text += fmt::format(", gate {}: {:.4g}% of at least {:.4g}%", gate.name, gate.have, gate.want);
  return text;
}

std::string metrics_text(const std::vector<runner::CoverMetric>& metrics) {
  std::string text;
  for (const runner::CoverMetric& metric : metrics)
    if (metric.total != 0)
      text += fmt::format("{}{} {} of {}", text.empty() ? "" : ", ", runner::metric_name(metric.kind), metric.covered,
                          metric.total);
  return text.empty() ? "nothing to cover" : text;
}

void cover(Found& found) {
  if (!found.run.coverage) return;
  std::string text = metrics_text(found.run.metrics);
  if (found.changed && !found.changed->lines.empty())
    text += fmt::format("; of what changed {}", metrics_text(found.run.coverage->metrics));
  const std::string open = unmet(found, false);
  found.step("cover", open.empty() ? kYes : kGate, text + open);
}

void mutants(Found& found) {
  if (!has_gate(found.checked.project, "mutants")) return;
  if (!found.run.mutation) {
    found.ci.steps.push_back({"mutants", StepState::NotRun, "not made: they are judged by scenarios that pass"});
    return;
  }
  const runner::MutationResult& mutation = *found.run.mutation;
  for (const runner::Survivor& survivor : mutation.survivors)
    fmt::print(found.out, "{}{}:{}: survives in {}: {}\n", found.played.prefix, survivor.place.file,
               survivor.place.line, survivor.name, survivor.text);
  const std::string open = unmet(found, true);
  found.step("mutants", open.empty() ? kYes : kGate,
             fmt::format("{} of {} noticed{}{}", mutation.killed, mutation.mutants,
                         mutation.changed_since.empty() ? "" : ", of what changed", open));
}

/// What the change does: the scenarios once more, by the policies as they were.
void changes(std::int64_t as_of, Found& found) {
  if (found.base.empty()) return;
  if (!found.changed) {
    found.step("changes", kUsage, fmt::format("git does not tell what changed since {}", found.base));
    return;
  }
  const std::string name = fmt::format("{} ({})", found.base, found.parted.substr(0, 8));
  if (found.changed->lines.empty()) {
    found.step("changes", kYes, fmt::format("nothing changed since {}", name));
    return;
  }
  if (found.run.cases.empty()) {
    found.ci.steps.push_back({"changes", StepState::NotRun, "not asked: no scenario was played"});
    return;
  }
  BaseProject base(found.checked.project.folder, found.parted);
  runner::DecisionDifference difference;
  if (base.problem().empty()) {
    difference = runner::decide_otherwise(found.run, found.played.project, base.project(), name, as_of);
  } else {
    difference.base = name;
    difference.problem = fmt::format("nothing to compare with at {}: {}", name, base.problem());
  }
  fmt::print(found.out, "{}", runner::to_text(difference, {.colour = false, .path_prefix = found.played.prefix}));
  // A change that no longer forbids gains brings none itself.
  const bool forbid = found.checked.project.file.ci.forbid_gains || base.project().file.ci.forbid_gains;
  const bool refused = forbid && !difference.gains_nothing();
  std::string text = runner::headline(difference);
  if (refused) text += "; `new_allow: forbid` of bylaw.yaml lets pass what is shown to gain nothing";
  const bool quiet = difference.changed.empty() && difference.problem.empty() && difference.unasked == 0;
  if (!refused) {
    found.ci.steps.push_back({"changes", quiet ? StepState::Passed : StepState::Told, text});
  } else {
    found.step("changes", kGate, text);
    found.faults.push_back({codes::GainsRefused, repository_prefix(found.checked.project.folder) + "bylaw.yaml", text});
  }
  found.ci.difference = std::move(difference);
}

void tell_what_ends(Found& found) {
  std::size_t ended = 0;
  for (const grammar::Diagnostic& diagnostic : found.ci.diagnostics)
    ended += diagnostic.code == codes::EntryEnds || diagnostic.code == codes::PolicyEnds ? 1 : 0;
  if (ended == 0)
    found.ci.steps.push_back({"ends", StepState::Passed, "nothing has ended or ends soon"});
  else
    found.ci.steps.push_back({"ends", StepState::Told,
                              ended == 1 ? "1 list entry or policy has ended or ends soon"
                                         : fmt::format("{} list entries or policies have ended or end soon", ended)});
}

/// Marks on the changed files, for services that read them from the output.
void annotate(const Found& found, BuildService service, const runner::ReportOptions& how) {
  if (service != BuildService::Github && service != BuildService::Azure) return;
  const bool github = service == BuildService::Github;
  const grammar::Sources& checked = found.checked.project.input.sources;
  fmt::print(found.out, "{}",
             github ? runner::check_to_github(found.ci.diagnostics, checked, how)
                    : runner::check_to_azure(found.ci.diagnostics, checked, how));
  for (const runner::Step& step : found.ci.steps) {
    const bool placed = step.name == "check" || step.name == "test";  // what they say stands at lines
    if (step.state == StepState::Failed && !placed)
      fmt::print(found.out, "{}", github ? runner::step_to_github(step) : runner::step_to_azure(step));
  }
  if (found.ci.run == nullptr) return;
  const grammar::Sources& played = found.played.project.input.sources;
  fmt::print(found.out, "{}", runner::find_report(github ? "github" : "azure")->write(found.shown, played, how));
}

bool write_summary(const Options& options, const Found& found, BuildService service, const runner::ReportOptions& how) {
  const std::string text =
      runner::ci_to_markdown(found.ci, found.checked.project.input.sources, found.played.project.input.sources, how);
  if (options.summary == "-") {
    fmt::print("{}", text);
  } else if (!options.summary.empty()) {
    if (!write_output({options.summary}, text, found.told())) return false;
    if (service == BuildService::Azure)
      fmt::print(found.out, "##vso[task.uploadsummary]{}\n", fs::absolute(options.summary).string());
  }
  const std::string file = step_summary(service);
  if (file.empty()) return true;
  std::ofstream out(file, std::ios::binary | std::ios::app);  // other steps have written there
  out << text << "\n" << std::flush;
  if (!out) fmt::print(stderr, "error: the summary of this job, `{}`, cannot be written\n", file);
  return static_cast<bool>(out);
}

/// The last line agrees with the status.
void print_steps(const Options& options, const Found& found, bool written) {
  for (const runner::Step& step : found.ci.steps)
    if (!options.quiet || step.state == StepState::Failed) fmt::print(found.out, "{:8}{}\n", step.name, step.text);
  if (found.status != kYes || !options.quiet)
    fmt::print(found.out, "{}  {}{}\n", found.status == kYes ? "PASSED" : "FAILED", runner::headline(found.ci),
               written ? "" : "; not all files were written");
}

}  // namespace

int run_ci(const Subcommand& self, std::vector<std::string> arguments) {
  Options options;
  if (const auto status = read_options(self, std::move(arguments), options)) return *status;
  const auto as_of = instant_of(options.as_of);
  if (!as_of) return usage_error(fmt::format("`{}` is not a date: write --as-of 2027-01-31", options.as_of));
  Found found;
  found.out = options.text();
  if (const auto status = check(options, *as_of, found)) return *status;
  if (const auto status = format(options, found)) return *status;
  find_changes(options, found);
  test(options, *as_of, found);
  cover(found);
  mutants(found);
  changes(*as_of, found);
  tell_what_ends(found);

  const BuildService service = build_service();
  runner::ReportOptions how{BYLAW_VERSION, repository_prefix(found.checked.project.folder), link_base(service)};
  annotate(found, service, how);
  const bool summed_up = write_summary(options, found, service, how);
  how.command = "ci";
  how.faults = found.faults;
  const bool written = write_reports(options.reports, found.run, found.told(), how) && summed_up;
  if (!written) found.status = worse(found.status, kUsage);
  print_steps(options, found, written);
  return found.status;
}

}  // namespace bylaw::cli
