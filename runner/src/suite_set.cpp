#include "suite_set.h"

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <bylaw/runner/run.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "entity_document.h"
#include "named_files.h"
#include "parallel.h"
#include "unknown_names.h"

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
  const std::filesystem::path file = project.folder / path;
  std::error_code error;
  // Opening a pipe would wait for whoever writes into it.
  if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error))
    problem = "it is no plain file";
  else if (compiler::read_file(file, kLargestFile, bytes, problem))
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
    if (const auto document = read_entity_document(context, *source)) lay_entities(context, data, *document);
  }
  return data;
}

namespace {

/// Files are read and planned side by side, a few at a time, so that few documents are in memory at once. A file that
/// has something to tell is gone through again in order, by the one context: so all is told once, wherever it was met.
class SuitesReader {
 public:
  SuitesReader(compiler::Project& project, Context& context, std::size_t threads)
      : project_(project),
        context_(context),
        threads_(threads),
        entities_(read_project_entities(project, context)),
        named_(project, context) {
    set_.variants = std::make_unique<Variants>(project);
  }

  SuiteSet run() {
    const std::size_t files = project_.scenario_files.size();
    const std::size_t at_once = worker_count(threads_, files) * kFilesEach;
    for (std::size_t begin = 0; begin < files; begin += at_once) read_files(begin, std::min(files, begin + at_once));
    warn_mistyped_names();
    if (empty_.size() == files) return std::move(set_);
    for (const grammar::SourceId source : empty_) context_.report(codes::NoScenarios, {source, 0, 0});
    return std::move(set_);
  }

 private:
  static constexpr std::size_t kFilesEach = 4, kMostLookedAt = 5000;  // entities

  struct File {
    grammar::SourceId source{};
    Suite suite;
    std::vector<PlannedCase> cases;
    bool told = false;  // something is wrong with it
  };

  void read_files(std::size_t begin, std::size_t end) {
    std::vector<File> files;
    for (std::size_t i = begin; i < end; ++i)
      if (const auto source = load(project_, project_.scenario_files[i], context_)) files.push_back({*source, {}, {}});
    each_aside(files, [](Context& context, File& file) { file.suite = read_suite(context, file.source); });
    for (File& file : files) {
      const std::size_t errors = context_.diagnostics.errors();
      if (file.told) file.suite = read_suite(context_, file.source);
      if (file.suite.scenarios.empty() && context_.diagnostics.errors() == errors) empty_.push_back(file.source);
      set_.uses[context_.sources[file.source].path()] = named_.resolve(file.suite);
    }
    each_aside(files, [&](Context& context, File& file) {
      file.cases = plan(context, file.suite, entities_, *set_.variants);
    });
    for (File& file : files) {
      if (file.told) file.cases = plan(context_, file.suite, entities_, *set_.variants);
      std::move(file.cases.begin(), file.cases.end(), std::back_inserter(set_.cases));
    }
  }

  /// Of the entity data of all cases; a name that some request mentions as well is meant.
  void warn_mistyped_names() {
    std::map<const EntityTable*, std::vector<const PlannedCase*>> cases;
    for (const PlannedCase& planned : set_.cases)
      if (planned.entities && planned.entities->size() <= kMostLookedAt)
        cases[planned.entities.get()].push_back(&planned);
    std::set<std::pair<std::uint32_t, std::string>> told;
    for (const PlannedCase& planned : set_.cases) {
      const auto found = cases.find(planned.entities.get());
      if (found == cases.end()) continue;
      for (const MistypedName& name : mistyped_names(context_.program, *planned.entities))
        if (!is_mentioned(name, found->second) && told.emplace(name.place.begin, name.name).second)
          tell(name, context_.diagnostics);
      cases.erase(found);  // in the order of the files, each once
    }
  }

  static bool is_mentioned(const MistypedName& name, const std::vector<const PlannedCase*>& cases) {
    return std::any_of(cases.begin(), cases.end(), [&](const PlannedCase* planned) {
      return planned->result.request_json.find(name.id) != std::string::npos;
    });
  }

  /// Calls `work` for each file on several threads, each time with a context of its own.
  template <class Work>
  void each_aside(std::vector<File>& files, Work work) {
    in_parallel(files.size(), worker_count(threads_, files.size()), [&](std::size_t i, std::size_t) {
      grammar::Diagnostics told;
      Context aside(context_.program, context_.sources, told);
      work(aside, files[i]);
      files[i].told = !told.all().empty();
    });
  }

  compiler::Project& project_;
  Context& context_;
  std::size_t threads_;
  EntityData entities_;
  NamedFiles named_;
  SuiteSet set_;
  std::vector<grammar::SourceId> empty_;  // files without scenarios
};

}  // namespace

SuiteSet read_suites(compiler::Project& project, Context& context, std::size_t threads) {
  return SuitesReader(project, context, threads).run();
}

void check_scenarios(compiler::Project& project, const Program& program, const Bundle& bundle,
                     grammar::Diagnostics& diagnostics) {
  Context context(program, project.input.sources, diagnostics);
  context.bundle = &bundle;
  read_suites(project, context, 0);
}

}  // namespace bylaw::runner
