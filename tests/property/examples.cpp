// Every scenario of every example, and of the projects of the tests, through engine and judge: both must agree on
// everything a verdict holds.
#include <bylaw/compiler/project.h>
#include <bylaw/runner/run.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "reference/engine.h"

namespace {

namespace fs = std::filesystem;
using namespace bylaw;
using nlohmann::json;

std::vector<fs::path> example_projects() {
  std::vector<fs::path> folders;
  for (const char* all : {BYLAW_SOURCE_DIR "/examples", BYLAW_SOURCE_DIR "/tests/projects"})
    for (const auto& entry : fs::directory_iterator(all))
      if (fs::exists(entry.path() / "bylaw.yaml")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

compiler::Project load(const fs::path& folder) {
  compiler::Project project;
  grammar::Diagnostics loaded;
  std::string problem;
  REQUIRE_MESSAGE(compiler::load_project(folder, project, loaded, problem) == compiler::LoadStatus::Loaded,
                  folder.string(), problem);
  return project;
}

}  // namespace

TEST_CASE("every scenario of every example: engine and judge agree") {
  const std::vector<fs::path> folders = example_projects();
  REQUIRE(!folders.empty());
  for (const fs::path& folder : folders) {
    compiler::Project project = load(folder);
    const runner::RunResult result = runner::run(project, {}, {});
    REQUIRE_MESSAGE(result.summary.total > 0, folder.string());
    CHECK_MESSAGE(result.summary.failed == 0, folder.string(), ": bylaw test says which");
    std::string problem;
    const auto engine = reference::Engine::compile(load(folder).input, problem);
    REQUIRE_MESSAGE(engine, problem);
    std::size_t compared = 0;
    for (const runner::CaseResult& played : result.cases) {
      if (played.report.verdict == Outcome::Invalid) continue;  // validity has tables of its own
      const json request = json::parse(played.request_json), entities = json::parse(*played.entities_json);
      const std::string differs = reference::difference(engine->decide(played.decision, request, entities),
                                                        engine->judge(played.decision, request, entities));
      CHECK_MESSAGE(differs.empty(), played.file, ":", played.line, " ", played.title(), "\n", differs);
      ++compared;
    }
    CHECK(compared > 0);
  }
}
