#include "suite_set.h"

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <bylaw/runner/run.h>

#include <algorithm>

#include "named_files.h"

namespace bylaw::runner {
namespace {

constexpr std::size_t kLargestFile = std::size_t{16} << 20U;

std::optional<grammar::SourceId> find_source(const grammar::Sources& sources, const std::string& path) {
  for (std::uint32_t i = 0; i < sources.size(); ++i)
    if (sources[grammar::SourceId{i}].path() == path) return grammar::SourceId{i};
  return std::nullopt;
}

std::optional<grammar::SourceId> load(compiler::Project& project, const std::string& path, Context& context) {
  if (const auto known = find_source(project.input.sources, path)) return known;
  std::string bytes;
  std::string problem;
  if (compiler::read_file(project.folder / path, kLargestFile, bytes, problem))
    return project.input.sources.add(path, std::move(bytes));
  const grammar::SourceId nothing = project.input.sources.add(path, "");
  context.report(codes::ScenarioFileUnreadable, {nothing, 0, 0}, {{"problem", problem}});
  return std::nullopt;
}

}  // namespace

EntityData read_project_entities(const compiler::Project& project, Context& context) {
  EntityData data;
  for (const std::string& path : project.entity_files) {
    const auto source = find_source(project.input.sources, path);
    if (!source) continue;
    const auto document = compiler::read_yaml(context.sources, *source, context.diagnostics);
    if (!document || (document->is_scalar() && !document->has_text())) continue;
    if (document->is_map()) {
      lay_entities(context, data, *document);
    } else {
      context.report(codes::WrongShape, document->place(),
                     {{"key", path}, {"seen", describe(*document)}, {"wanted", "a map of entities"}});
    }
  }
  return data;
}

SuiteSet read_suites(compiler::Project& project, Context& context) {
  SuiteSet set;
  std::vector<grammar::SourceId> empty;
  const EntityData entities = read_project_entities(project, context);
  NamedFiles named(project, context);
  for (const std::string& path : project.scenario_files) {
    const std::size_t errors = context.diagnostics.errors();
    if (const auto source = load(project, path, context)) {
      set.suites.push_back(read_suite(context, *source));
      named.resolve(set.suites.back());
      if (set.suites.back().scenarios.empty() && context.diagnostics.errors() == errors) empty.push_back(*source);
      std::vector<PlannedCase> planned = plan(context, set.suites.back(), entities);
      std::move(planned.begin(), planned.end(), std::back_inserter(set.cases));
    }
    if (context.diagnostics.errors() != errors) ++set.files_with_errors;
  }
  set.files_without = empty.size();
  if (empty.size() == project.scenario_files.size()) return set;
  for (const grammar::SourceId source : empty) context.report(codes::NoScenarios, {source, 0, 0});
  set.files_with_errors += empty.size();
  return set;
}

void check_scenarios(compiler::Project& project, const Program& program, grammar::Diagnostics& diagnostics) {
  Context context(program, project.input.sources, diagnostics);
  read_suites(project, context);
}

}  // namespace bylaw::runner
