// What Bylaw writes into scenario files loads again, and changes nothing that passed.
#include <bylaw/runner/update.h>
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const char* const kOpen = R"(module shop
open enum Port { web  ssh }
record Probe { name: String  raw: Any? }
open record Box { name: String  probe: Any?  inner: Probe?  port: Port?  path: String? }
decision d { boxes: List<Box> = []  amount: Int = 0  default allow }
policy p for d {
  deny n for each b in boxes when b.path is unset  because "no path"
  deny dear when amount > 100                      because "dear"
}
)";

struct Written {
  std::string file;
  std::vector<std::string> left;
};

/// The file after `--update`.
Written updated(const std::string& scenarios) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("bylaw-written-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "shop.scenarios.yaml", std::ios::binary) << scenarios;
  compiler::Project project = make_project(kOpen, scenarios);
  project.folder = folder;
  const RunResult result = run(project, {}, {.rewrites = true});
  REQUIRE_MESSAGE(!result.diagnostics.has_errors(), told(project, result.diagnostics));
  const Updated done = update_expectations(project, result);
  std::ifstream in(folder / "shop.scenarios.yaml", std::ios::binary);
  Written written{{std::istreambuf_iterator<char>(in), {}}, done.left};
  in.close();
  std::filesystem::remove_all(folder);
  return written;
}

RunResult played(const std::string& scenarios) {
  compiler::Project project = make_project(kOpen, scenarios);
  RunResult result = run(project, {}, {});
  CHECK_MESSAGE(!result.diagnostics.has_errors(), told(project, result.diagnostics));
  return result;
}

TEST_CASE("a finding that holds an `Any` is written without it") {
  const Written written = updated(R"(decision: d
scenarios:
  - name: s
    when: {boxes: [{name: x, probe: {a: 1}, inner: {name: i, raw: 3}, port: ssh}, {name: y, inner: {name: j}, port: {unknown: z}}]}
    expect: show
)");
  CHECK(written.left.empty());
  CHECK(written.file.find("findings: {p.n: [{name: x, port: ssh}, {name: y, port: {unknown: z}}]}\n") !=
        std::string::npos);
  CHECK(played(written.file).summary.passed == 1);
}

TEST_CASE("what aliases repeat is not rewritten under them") {
  const std::string text = R"(decision: d
scenarios:
  - {name: a, expect: &e deny}
  - {name: b, when: {amount: 5000}, expect: *e}
  - name: c
    table:
      - [amount, expect]
      - &row [101, allow]
      - [102, allow]
  - {name: d, table: [[amount, expect], *row]}
)";
  const Written written = updated(text);
  CHECK(written.file == std::string(text).replace(text.find("[102, allow]"), 12, "[102, deny ]"));
  CHECK(written.left ==
        std::vector<std::string>{
            "shop.scenarios.yaml:3: a: `expect` is repeated elsewhere by an alias, which would change too",
            "shop.scenarios.yaml:8: c [amount=101]: `expect` is repeated elsewhere by an alias, which "
            "would change too",
            "shop.scenarios.yaml:10: d [amount=*row]: `expect` comes from an alias or holds a `$name`"});
}

TEST_CASE("an anchor that nothing repeats is rewritten") {
  const Written written = updated("decision: d\nscenarios:\n  - {name: a, expect: &e deny}\n");
  CHECK(written.left.empty());
  CHECK(played(written.file).summary.passed == 1);
}

TEST_CASE("generated scenarios with an `Any` load, and pass") {
  compiler::Project project = make_project(kOpen, R"(decision: d
scenarios:
  - {name: s, when: {boxes: [{name: x, probe: {a: 1}, inner: {name: i, raw: 3}, path: p}]}, expect: allow}
)");
  const RunResult result = run(project, {}, {.generate = "all"});
  CHECK(result.generated.find("left out") == std::string::npos);
  const RunResult again = played(result.generated);
  CHECK(again.summary.passed > 2);
  CHECK(again.summary.failed == 0);
}

TEST_CASE("scenarios for mutants load together, each with a name of its own") {
  const std::string policies = R"(module shop
record Box { name: String  probe: Any? }
decision d { boxes: List<Box> = []  a: Int  c: Int  default allow }
policy p for d {
  deny n for each b in boxes when b.probe is set and (b.name == "x")  because "x"
  deny both when (a > 3 and c > 5) or (a > 3 and c < 2)               because "y"
}
)";
  compiler::Project project = make_project(policies, R"(decision: d
scenarios:
  - {name: s, when: {boxes: [{name: y, probe: 1}], a: 0, c: 0}, expect: allow}
)");
  const RunResult result = run(project, {}, {.mutate = true});
  REQUIRE(result.mutation);
  std::string file = "scenarios:\n";
  std::size_t scenarios = 0;
  for (const Survivor& survivor : result.mutation->survivors) {
    file += survivor.scenario;
    scenarios += survivor.scenario.empty() ? 0 : 1;
  }
  CHECK(scenarios > 5);
  compiler::Project again = make_project(policies, file);
  const RunResult passed = run(again, {}, {});
  CHECK_MESSAGE(!passed.diagnostics.has_errors(), file << told(again, passed.diagnostics));
  CHECK(passed.summary.passed == scenarios);
}

}  // namespace
}  // namespace bylaw::runner::test
