#include "coverage/measure.h"

#include <bylaw/runner/entity_files.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "generate/generate.h"
#include "generate/kill.h"
#include "generate/readable.h"
#include "mutation/mutate.h"
#include "names.h"

namespace bylaw::runner {

std::string Measure::add(const PlannedCase& planned, const std::vector<PlayedRun>& runs) {
  if (planned.variant != nullptr) return "";  // other params are another program, with other conditions
  if (!planned.property) return add(planned, planned.result.request_json, planned.result.report);
  const std::size_t cases = tally_.cases;
  std::set<std::string> seen;
  for (const PlayedRun& run : runs)
    if (seen.insert(run.request_json).second)
      if (std::string bug = add(planned, run.request_json, run.report); !bug.empty()) return bug;
  tally_.cases = cases + 1;
  return "";
}

std::string Measure::add(const PlannedCase& planned, const std::string& request_json, const Report& report) {
  const CaseResult& result = planned.result;
  if (report.verdict == Outcome::Invalid) {
    ++tally_.cases;  // no policy was asked
    return "";
  }
  auto record = player_.record(engine_, planned.decision, request_json, *result.entities_json, planned.policies);
  if (!record) return "a request was valid and then it was not";
  const CaseOutcome outcome = player_.outcome(*record);
  if (std::string bug = player_.disagreement(outcome, report); !bug.empty()) return bug;
  runner::add(player_.program(), *record, outcome, tally_);
  const bool tells = result.status == CaseStatus::Passed && !planned.expectations.any;
  if (tells && (options_.mutate || !options_.generate.empty()))
    cases_.push_back({&planned, request_json, *result.entities_json, report, *std::move(record), outcome});
  return "";
}

void Measure::finish(RunResult& result) {
  const grammar::Sources& sources = project_.input.sources;
  const Since* const since = options_.changed ? &*options_.changed : nullptr;
  if (options_.cover) {
    const CoverageResult all = cover_points(player_.program(), sources, tally_, nullptr);
    std::optional<CoverageResult> changed;
    if (since) changed = cover_points(player_.program(), sources, tally_, since);
    result.gates = check_gates(project_.file, all, changed ? &*changed : nullptr);
    result.metrics = all.metrics;
    result.coverage = changed ? std::move(*changed) : all;
  }
  if (result.bug.empty() && (options_.mutate || !options_.generate.empty())) mutate_and_generate(result);
}

void Measure::mutate_and_generate(RunResult& result) {
  // In the order of the files, whatever order they were played in.
  std::stable_sort(cases_.begin(), cases_.end(),
                   [](const Evidence& a, const Evidence& b) { return a.planned < b.planned; });
  grammar::Diagnostics told;  // all of it was told when the scenarios were read
  const std::string entities = project_entities(project_, player_.program(), engine_.bundle(), told).json();
  const grammar::Sources& sources = project_.input.sources;
  const GenerateInput input{player_, engine_, sources, cases_, entities};
  // A mutant is noticed where a case fails that passed: of one that fails anyway nothing can be said.
  if (options_.mutate && result.summary.failed == 0) {
    Killer killer(input);
    result.mutation = mutate(player_, sources, cases_, options_.changed ? &*options_.changed : nullptr, notes_given_,
                             [&](const Mutant& mutant) { return killer.scenario(mutant); });
    drop_unreadable(project_, player_.program(), *result.mutation);
    for (GateResult& gate : check_gates(project_.file, *result.mutation)) result.gates.push_back(std::move(gate));
  }
  if (options_.generate.empty()) return;
  const compiler::RuleId only = options_.generate == "all" ? compiler::RuleId() : rule_named(options_.generate);
  if (options_.generate == "all" || only)
    result.generated = readable_file(project_, player_.program(), generate(input, only), result.not_generated);
  else
    result.not_generated =
        fmt::format("no rule is named `{}`{}", options_.generate, rule_suggestion(options_.generate));
}

compiler::RuleId Measure::rule_named(const std::string& name) const {
  const Program& program = player_.program();
  compiler::RuleId found;
  for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
    if (!is_tail(name, full_name(program, compiler::RuleId{i}))) continue;
    if (found) return {};
    found = {i};
  }
  return found;
}

std::string Measure::rule_suggestion(const std::string& name) const {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < player_.program().rules.size(); ++i)
    names.push_back(short_name(player_.program(), compiler::RuleId{i}));
  return suggestion(name, names);
}

std::vector<GateResult> check_gates(const compiler::ProjectFile& file, const MutationResult& mutation) {
  std::vector<GateResult> result;
  for (const compiler::Gate& gate : file.gates)
    if (gate.name == "mutants") result.push_back({gate.name, gate.percent, mutation.percent(), gate.span});
  return result;
}

std::vector<GateResult> check_gates(const compiler::ProjectFile& file, const CoverageResult& all,
                                    const CoverageResult* changed) {
  std::vector<GateResult> result;
  for (const compiler::Gate& gate : file.gates) {
    for (const CoverMetric& metric : all.metrics)
      if (metric_name(metric.kind) == gate.name)
        result.push_back({gate.name, gate.percent, metric.percent(), gate.span});
    if (gate.name != "changed_rules" || changed == nullptr) continue;
    CoverMetric rules = changed->metrics[static_cast<std::size_t>(CoverKind::Rule)];
    const CoverMetric& otherwise = changed->metrics[static_cast<std::size_t>(CoverKind::Otherwise)];
    rules.covered += otherwise.covered;
    rules.total += otherwise.total;
    result.push_back({gate.name, gate.percent, rules.percent(), gate.span});
  }
  return result;
}

}  // namespace bylaw::runner
