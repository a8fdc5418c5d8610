#include <bylaw/grammar/diagnostics/warnings.h>
#include <bylaw/runner/run.h>

#include <fmt/format.h>
#include <format/text_forms.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "changes.h"
#include "coverage/measure.h"
#include "judge.h"
#include "play.h"
#include "property/property.h"
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
    const Result<Bundle> opened = Bundle::from(bundle->bytes);
    if (!opened) {
      refused(opened.error());
      return finish();
    }
    Context context(program_, input.sources, result_.diagnostics);
    context.bundle = &*opened;
    SuiteSet suites = read_suites(project_, context, options_.threads);
    result_.scenario_files = project_.scenario_files.size();
    result_.listed = options_.list_only;
    result_.uses = std::move(suites.uses);
    name_rules();
    if (!result_.diagnostics.has_errors()) play_suites(context, suites, bundle->bytes);
    return finish();
  }

 private:
  void name_rules() {
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i)
      result_.short_names[full_name(program_, RuleId{i})] = short_name(program_, RuleId{i});
  }

  void play_suites(Context& context, SuiteSet& suites, const std::vector<std::byte>& bytes) {
    if (!options_.list_only && (options_.cover || options_.mutate || !options_.generate.empty()))
      measure_.emplace(program_, project_, options_, bytes);
    if (suites.cases.empty()) {
      if (measure_ && !options_.generate.empty())
        measure_->finish(result_);
      else
        result_.nothing_ran = describe_nothing();
      return;
    }
    tell_apart(suites.cases);
    result_.nothing_ran = describe_missing_line(context.sources, options_);
    if (!result_.nothing_ran.empty()) return;
    const std::vector<bool> wanted = select(suites.cases, options_);
    result_.everything = std::find(wanted.begin(), wanted.end(), false) == wanted.end();
    if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) {
      result_.nothing_ran = describe_selection(suites.cases, options_);
      return;
    }
    Engines engines;
    if (!open_engine(engines, nullptr, {}, bytes) || !open_choices(engines, suites.cases, wanted)) return;
    play_cases(context, suites.cases, wanted, engines);
    if (!options_.list_only && result_.summary.skipped == result_.cases.size())
      result_.nothing_ran = fmt::format("each of {} scenarios is skipped", result_.cases.size());
  }

  void refused(const Error& error) { result_.bug = "the runtime refuses what the compiler wrote: " + error.to_text(); }

  bool open_engine(Engines& engines, const Variant* variant, const PolicyChoiceOrAll& policies,
                   const std::vector<std::byte>& bytes) {
    Result<Engine> engine = Engine::open(bytes);
    if (!engine) {
      refused(engine.error());
      return false;
    }
    engines.add(variant, policies, *std::move(engine));
    return true;
  }

  /// A bundle for each set of params and each set of policies that `only` names.
  bool open_choices(Engines& engines, const std::vector<PlannedCase>& cases, const std::vector<bool>& wanted) {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (!wanted[i] || engines.has(cases[i].variant, cases[i].policies)) continue;
      if (!open_choice(engines, cases[i].variant, cases[i].policies)) return false;
    }
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const Variant* const assumed = wanted[i] && cases[i].property ? cases[i].property->assumed : nullptr;
      if (wanted[i] && cases[i].property && cases[i].property->relation) {
        const PolicyChoiceOrAll& policies = cases[i].property->relation->policies;
        const bool known = engines.has(cases[i].variant, policies);
        if (!known && !open_choice(engines, cases[i].variant, policies)) return false;
      }
      if (assumed && !engines.has(assumed, nullptr) && !open_choice(engines, assumed, nullptr)) return false;
    }
    return true;
  }

  bool open_choice(Engines& engines, const Variant* variant, const PolicyChoiceOrAll& policies) {
    if (!policies) return open_engine(engines, variant, policies, variant->bundle);
    const Program& program = variant ? variant->program : program_;
    const auto bundle = compiler::lower(reduced(program, *policies), project_.input, result_.diagnostics);
    return bundle && open_engine(engines, variant, policies, bundle->bytes);
  }

  void play_cases(Context& context, std::vector<PlannedCase>& planned, const std::vector<bool>& wanted,
                  const Engines& engines) {
    std::vector<Turn> turns;
    for (std::size_t i = 0; i < planned.size(); ++i)
      if (wanted[i] && !stays_out(planned[i])) turns.push_back({&planned[i], &planned[i].result});
    if (options_.shuffle) std::shuffle(turns.begin(), turns.end(), std::mt19937_64(*options_.shuffle));
    Coverage coverage(program_);
    runner::play(context, turns, engines, options_, coverage);
    std::set<const PlannedCase*> not_played;
    for (const Turn& turn : turns) {
      if (!turn.played) not_played.insert(turn.planned);
      if (!turn.played) continue;
      if (turn.default_alone) context.report(codes::DefaultDeniesAlone, turn.planned->expectations.expect_span);
      for (const Error& ignored : turn.ignored)
        context.report(codes::EntityValueIgnored, turn.planned->entities->find(ignored.path), {{"text", ignored.text}});
    }
    if (!options_.rewrites) find_changes(context, turns, engines);
    if (measure_) measure(turns);
    result_.not_run = not_played.size();
    for (std::size_t i = 0; i < planned.size(); ++i) {
      if (!wanted[i] || not_played.count(&planned[i]) != 0) continue;
      count(planned[i].result);
      planned[i].result.own_build = planned[i].variant != nullptr || static_cast<bool>(planned[i].policies);
      result_.cases.push_back(std::move(planned[i].result));
    }
    if (options_.list_only || result_.not_run != 0) result_.everything = false;
    result_.rules = coverage.rules();
    if (result_.everything) result_.never_held = coverage.never_held();
    if (measure_) measure_->finish(result_);
  }

  /// In the order of the files, whatever order cases were played in. What a property found is simple already.
  static void find_changes(const Context& context, const std::vector<Turn>& turns, const Engines& engines) {
    std::vector<Turn> failed;
    for (const Turn& turn : turns)
      if (turn.played && turn.result->status == CaseStatus::Failed && !turn.planned->property) failed.push_back(turn);
    std::sort(failed.begin(), failed.end(), [](const Turn& a, const Turn& b) { return a.planned < b.planned; });
    ChangeFinder finder(context, engines);
    for (const Turn& turn : failed) finder.find(*turn.planned, *turn.result);
  }

  void measure(const std::vector<Turn>& turns) {
    for (const Turn& turn : turns)
      if (turn.played && result_.bug.empty()) result_.bug = measure_->add(*turn.planned, turn.runs);
  }

  bool stays_out(PlannedCase& planned) const {
    if (options_.list_only) return true;
    if (!is_skipped(planned, options_.now)) return false;
    planned.result.because = planned.skip->because;
    if (planned.skip->until) planned.result.until = format::print_instant(*planned.skip->until);
    return true;
  }

  void count(const CaseResult& result) {
    switch (result.status) {
      case CaseStatus::Passed: ++result_.summary.passed; break;
      case CaseStatus::Failed: ++result_.summary.failed; break;
      case CaseStatus::Skipped: ++result_.summary.skipped; break;
      case CaseStatus::Known: ++result_.summary.known; break;
    }
    if (result.property) {
      ++result_.summary.properties;
      result_.summary.runs += result.property->runs;
    }
    result_.summary.ms += result.ms;
  }

  /// A line means all its cases, so combinations of `each` need their cell to be run again alone.
  static void tell_apart(std::vector<PlannedCase>& cases) {
    std::map<std::pair<std::string, std::uint32_t>, CaseResult*> at_line;
    for (PlannedCase& planned : cases) {
      const auto [first, is_new] =
          at_line.emplace(std::pair(planned.result.file, planned.result.line), &planned.result);
      if (!is_new) first->second->shares_line = planned.result.shares_line = true;
    }
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
    result_.seed = options_.shuffle;
    result_.property_seed = options_.seed;
    return std::move(result_);
  }

  compiler::Project& project_;
  const RunOptions& options_;
  Program program_;
  std::optional<Measure> measure_;
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

std::string identity(const CaseResult& one) {
  return one.file + "\t" + one.group.value_or("") + "\t" + one.title();
}

std::string counted(const Summary& summary) {
  const auto count = [](std::size_t number, const char* one, const char* more) {
    return fmt::format("{} {}", number, number == 1 ? one : more);
  };
  const std::size_t scenarios = summary.total - summary.properties;
  std::string text;
  if (scenarios != 0 || summary.properties == 0) text = count(scenarios, "scenario", "scenarios");
  if (summary.properties != 0)
    text += fmt::format("{}{} ({})", text.empty() ? "" : " and ", count(summary.properties, "property", "properties"),
                        count(summary.runs, "run", "runs"));
  return text;
}

int RunResult::exit_status() const {
  if (!bug.empty()) return 70;
  if (diagnostics.has_errors()) return 2;
  if (!nothing_ran.empty()) return 4;
  if (summary.failed != 0) return 1;
  return std::all_of(gates.begin(), gates.end(), [](const GateResult& gate) { return gate.met(); }) ? 0 : 5;
}

std::string RunResult::short_name(const std::string& rule) const {
  const auto found = short_names.find(rule);
  return found == short_names.end() ? rule : found->second;
}

}  // namespace bylaw::runner
