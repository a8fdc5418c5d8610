#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/runner/run.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compare.h"
#include "coverage.h"
#include "engine.h"
#include "judge.h"
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
    result_.listed = options_.list_only;
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
    if (!open_engine(nullptr, bytes) || !open_choices(suites.cases)) return;
    play_cases(context, suites.cases, std::move(results), wanted);
    if (result_.cases.empty()) result_.nothing_ran = describe_selection(suites.cases.size(), options_);
    if (!result_.cases.empty() && !options_.list_only && result_.summary.skipped == result_.cases.size())
      result_.nothing_ran = fmt::format("each of {} scenarios is skipped", result_.cases.size());
  }

  bool open_engine(const PolicyChoiceOrAll& policies, const std::vector<std::byte>& bytes) {
    Result<Engine> engine = Engine::open(bytes);
    if (!engine) {
      result_.bug = "the runtime refuses what the compiler wrote: " + engine.error().to_text();
      return false;
    }
    engines_.emplace(policies ? std::optional(*policies) : std::nullopt, *std::move(engine));
    return true;
  }

  /// A bundle for each set of policies that `only` names.
  bool open_choices(const std::vector<PlannedCase>& cases) {
    for (const PlannedCase& planned : cases) {
      if (!planned.policies || engines_.count(*planned.policies) != 0) continue;
      const auto bundle = compiler::lower(reduced(program_, *planned.policies), project_.input, result_.diagnostics);
      if (!bundle || !open_engine(planned.policies, bundle->bytes)) return false;
    }
    return true;
  }

  Engine& engine_of(const PlannedCase& planned) {
    return engines_.at(planned.policies ? std::optional(*planned.policies) : std::nullopt);
  }

  void play_cases(Context& context, const std::vector<PlannedCase>& planned, std::vector<CaseResult> results,
                  const std::vector<bool>& wanted) {
    Coverage coverage(program_);
    for (std::size_t i = 0; i < planned.size(); ++i) {
      if (!wanted[i]) continue;
      if (options_.stop_at_first_failure && result_.summary.failed != 0) {
        ++result_.not_run;
        continue;
      }
      if (options_.list_only || is_skipped(planned[i], options_.now)) {
        if (planned[i].skip) results[i].because = planned[i].skip->because;
        ++result_.summary.skipped;
      } else {
        play_case(context, planned[i], results[i], coverage);
      }
      result_.cases.push_back(std::move(results[i]));
    }
    if (options_.list_only || result_.not_run != 0) result_.everything = false;
    result_.rules = coverage.rules();
    if (result_.everything) result_.never_decided = coverage.never_decided();
  }

  void play_case(Context& context, const PlannedCase& planned, CaseResult& result, Coverage& coverage) {
    Engine& engine = engine_of(planned);
    Played played = engine.play(result.decision, planned.request_json, planned.entities_json, !coverage.complete());
    for (const Error& ignored : played.entity_warnings)
      context.report(codes::EntityValueIgnored, planned.entities->find(ignored.path), {{"text", ignored.text}});
    coverage.add(played.report, played.explanation);
    result.ms = played.ms;
    judge(context, planned, played.report, options_.now, result);
    if (only_default_denies(planned.expectations, played.report))
      context.report(codes::DefaultDeniesAlone, planned.expectations.expect_span);
    if (result.status == CaseStatus::Failed && !planned.expectations.show) {
      if (played.explanation.policies.empty())
        played = engine.play(result.decision, planned.request_json, planned.entities_json, true);
      add_hints(context, planned, played, result);
    }
    result.report = std::move(played.report);
    count(result);
  }

  void count(const CaseResult& result) {
    if (result.status == CaseStatus::Passed) ++result_.summary.passed;
    if (result.status == CaseStatus::Failed) ++result_.summary.failed;
    if (result.status == CaseStatus::Known) ++result_.summary.known;
    result_.summary.ms += result.ms;
  }

  static void add_hints(const Context& context, const PlannedCase& planned, const Played& played, CaseResult& result) {
    Hints hints = find_hints(context, planned.expectations,
                             {planned.source.decision, planned.request_json, played.report, played.explanation});
    result.deciders = std::move(hints.deciders);
    result.near_miss = std::move(hints.near_miss);
    std::move(hints.notes.begin(), hints.notes.end(), std::back_inserter(result.notes));
  }

  CaseResult describe_case(const PlannedCase& planned) const {
    const Case& source = planned.source;
    CaseResult result;
    result.name = planned.name;
    for (const Cell& cell : source.cells)
      if (!is_expectation(cell.column) && cell.column != "tags")
        result.cell.emplace_back(cell.column, source_text(project_.input.sources, *cell.value));
    if (source.group) result.group = source.group->title;
    result.file = project_.input.sources[source.suite->source].path();
    result.line = source.line;
    result.about = planned.about;
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
  std::map<std::optional<PolicyChoice>, Engine> engines_;  // none: of the whole program
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
  if (!nothing_ran.empty()) return 4;
  return summary.failed != 0 ? 1 : 0;
}

std::string RunResult::short_name(const std::string& rule) const {
  const auto found = short_names.find(rule);
  return found == short_names.end() ? rule : found->second;
}

}  // namespace bylaw::runner
