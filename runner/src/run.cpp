#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/runner/run.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compare.h"
#include "coverage.h"
#include "engine.h"
#include "near_miss.h"
#include "select.h"
#include "suite_set.h"

namespace bylaw::runner {
namespace {

class Run {
 public:
  Run(compiler::Project& project, grammar::Diagnostics loaded, const RunOptions& options)
      : project_(project), options_(options) {
    result_.diagnostics = std::move(loaded);
  }

  RunResult play() {
    compiler::Input& input = project_.input;
    if (result_.diagnostics.has_errors()) return finish();
    program_ = compiler::check(input, result_.diagnostics);
    if (result_.diagnostics.has_errors()) return finish();
    const auto bundle = compiler::lower(program_, input, result_.diagnostics);
    if (!bundle) return finish();
    result_.bundle = bundle->digest;
    Context context(program_, input.sources, result_.diagnostics);
    const SuiteSet suites = read_suites(project_, context);
    result_.scenario_files = project_.scenario_files.size();
    name_rules();
    if (!result_.diagnostics.has_errors()) play_suites(context, suites, bundle->bytes);
    return finish();
  }

 private:
  void name_rules() {
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i)
      result_.short_names[full_name(program_, RuleId{i})] = short_name(program_, RuleId{i});
  }

  void play_suites(Context& context, const SuiteSet& suites, const std::vector<std::byte>& bytes) {
    if (suites.cases.empty()) {
      result_.nothing_ran = describe_nothing();
      return;
    }
    std::vector<CaseResult> results;
    for (const PlannedCase& planned : suites.cases) results.push_back(describe_case(planned));
    tell_apart(results);
    const std::vector<bool> wanted = select(suites.cases, results, options_);
    result_.everything = std::find(wanted.begin(), wanted.end(), false) == wanted.end();
    Result<Engine> engine = Engine::open(bytes);
    if (!engine) {
      result_.bug = "the runtime refuses what the compiler wrote: " + engine.error().to_text();
      return;
    }
    Engine opened = *std::move(engine);
    play_cases(context, suites.cases, std::move(results), wanted, opened);
    if (result_.cases.empty()) result_.nothing_ran = describe_selection(suites.cases.size(), options_);
  }

  void play_cases(Context& context, const std::vector<PlannedCase>& planned, std::vector<CaseResult> results,
                  const std::vector<bool>& wanted, Engine& engine) {
    Coverage coverage(program_);
    for (std::size_t i = 0; i < planned.size(); ++i) {
      if (!wanted[i]) continue;
      if (options_.stop_at_first_failure && result_.summary.failed != 0) {
        ++result_.not_run;
        continue;
      }
      if (options_.list_only)
        ++result_.summary.skipped;
      else
        play_case(context, planned[i], results[i], engine, coverage);
      result_.cases.push_back(std::move(results[i]));
    }
    if (options_.list_only || result_.not_run != 0) result_.everything = false;
    result_.rules = coverage.rules();
    if (result_.everything) result_.never_decided = coverage.never_decided();
  }

  void play_case(Context& context, const PlannedCase& planned, CaseResult& result, Engine& engine, Coverage& coverage) {
    Played played = engine.play(result.decision, planned.request_json, planned.entities_json, !coverage.complete());
    coverage.add(played.report, played.explanation);
    result.ms = played.ms;
    result.failures = compare(context, planned.expectations, played.report);
    if (only_default_denies(planned.expectations, played.report))
      context.report(codes::DefaultDeniesAlone, planned.expectations.expect_span);
    result.status = result.failures.empty() ? CaseStatus::Passed : CaseStatus::Failed;
    if (result.status == CaseStatus::Failed) {
      if (played.explanation.policies.empty())
        played = engine.play(result.decision, planned.request_json, planned.entities_json, true);
      add_hints(context, planned, played, result);
    }
    result.report = std::move(played.report);
    ++(result.status == CaseStatus::Failed ? result_.summary.failed : result_.summary.passed);
    result_.summary.ms += result.ms;
  }

  static void add_hints(const Context& context, const PlannedCase& planned, const Played& played, CaseResult& result) {
    Hints hints = find_hints(context, planned.expectations,
                             {planned.source.decision, planned.request_json, played.report, played.explanation});
    result.deciders = std::move(hints.deciders);
    result.near_miss = std::move(hints.near_miss);
    result.notes = std::move(hints.notes);
  }

  CaseResult describe_case(const PlannedCase& planned) const {
    const Case& source = planned.source;
    CaseResult result;
    result.name = source.scenario->name;
    for (const Cell& cell : source.cells)
      if (!is_expectation(cell.column) && cell.column != "tags")
        result.cell.emplace_back(cell.column, source_text(project_.input.sources, *cell.value));
    if (source.group) result.group = source.group->title;
    result.file = project_.input.sources[source.suite->source].path();
    result.line = source.line;
    result.about = about(source);
    result.decision = full_name(program_, source.decision);
    result.tags = source.tags();
    if (const auto& by = planned.expectations.by) {
      result.expected_by.emplace();
      for (const RuleId rule : by->rules) result.expected_by->push_back(full_name(program_, rule));
    }
    result.request_json = planned.request_json;
    result.entities_json = planned.entities_json;
    return result;
  }

  static std::string about(const Case& source) {
    const std::string* texts[] = {&source.scenario->layer.about, source.group ? &source.group->layer.about : nullptr,
                                  &source.suite->layer.about};
    for (const std::string* text : texts)
      if (text && !text->empty()) return *text;
    return {};
  }

  /// A line means all its cases, so combinations of `each` need their cell to be run again alone.
  static void tell_apart(std::vector<CaseResult>& results) {
    std::map<std::pair<std::string, std::uint32_t>, std::size_t> at_line;
    for (const CaseResult& result : results) ++at_line[{result.file, result.line}];
    for (CaseResult& result : results) result.shares_line = at_line[{result.file, result.line}] > 1;
  }

  std::string describe_nothing() const {
    if (!project_.scenario_files.empty())
      return fmt::format("no scenario stands in {} scenario file{}", project_.scenario_files.size(),
                         project_.scenario_files.size() == 1 ? "" : "s");
    std::string roots;
    for (const std::string& root : project_.file.scenarios)
      roots += fmt::format("{}{}", roots.empty() ? "" : ", ", root);
    return fmt::format("no *.scenarios.yaml below {}", roots.empty() || roots == "." ? "the project folder" : roots);
  }

  RunResult finish() {
    std::set<std::string> files;
    for (const CaseResult& result : result_.cases) files.insert(result.file);
    result_.summary.files = files.size();
    result_.summary.total = result_.cases.size();
    return std::move(result_);
  }

  compiler::Project& project_;
  const RunOptions& options_;
  Program program_;
  RunResult result_;
};

}  // namespace

RunResult run(compiler::Project& project, grammar::Diagnostics loaded, const RunOptions& options) {
  return Run(project, std::move(loaded), options).play();
}

std::string CaseResult::title() const {
  if (cell.empty()) return name;
  std::string cells;
  for (const auto& [column, text] : cell) cells += fmt::format("{}{}={}", cells.empty() ? "" : ", ", column, text);
  return fmt::format("{} [{}]", name, cells);
}

int RunResult::exit_status() const {
  if (!bug.empty()) return 70;
  if (diagnostics.has_errors()) return 2;
  if (cases.empty()) return 4;
  return summary.failed != 0 ? 1 : 0;
}

std::string RunResult::short_name(const std::string& rule) const {
  const auto found = short_names.find(rule);
  return found == short_names.end() ? rule : found->second;
}

}  // namespace bylaw::runner
