// How cases are played: on threads, in shards, shuffled, again after they failed, rewritten, watched.
#include <bylaw/runner/last_run.h>
#include <bylaw/runner/render.h>
#include <bylaw/runner/update.h>
#include <bylaw/runner/watch.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "parallel.h"
#include "support.h"

namespace bylaw::runner::test {
namespace {

namespace fs = std::filesystem;

const std::string kHead =
    "decision: buy\n"
    "given: {now: 2025-01-01, who: Person::bo, store: {id: s, open: true, size: small}, item: {name: cup, areas: "
    "[toys], price: 50, fragile: false}}\n"
    "entities: {Person::bo: {}}\n"
    "scenarios:\n";

/// Many cases, of which each seventh fails.
std::string many() {
  std::string text = kHead;
  for (int i = 0; i < 200; ++i)
    text += fmt::format("  - {{name: case {}, when: {{item: {{price: {}}}}}, expect: {}}}\n", i, i,
                        (i < 10) != (i % 7 == 3) ? "allow" : "deny");
  return text;
}

struct Played {
  compiler::Project project;
  RunResult result;
  std::string text() const { return to_text(result, project.input.sources, {}); }
  std::string titles() const {
    std::string all;
    for (const CaseResult& one : result.cases) all += one.title() + ";";
    return all;
  }
};

Played play(const std::string& scenarios, const RunOptions& options) {
  Played played;
  played.project = make_project(kPolicies, scenarios);
  played.result = run(played.project, {}, options);
  for (CaseResult& one : played.result.cases) one.ms = 0;
  played.result.summary.ms = 0;
  return played;
}

TEST_CASE("the answer does not depend on how many threads there are, nor on their order") {
  const std::string one = play(many(), {.threads = 1}).text();
  CHECK(one.find("171 passed, 29 failed") != std::string::npos);
  CHECK(play(many(), {.threads = 4}).text() == one);
  const Played shuffled = play(many(), {.threads = 4, .shuffle = 7});
  std::string text = shuffled.text();
  const std::size_t seed = text.find(", --shuffle=7");
  REQUIRE(seed != std::string::npos);
  text.erase(seed, 13);
  CHECK(text == one);
}

TEST_CASE("-x plays exactly the cases up to the first failure, on any number of threads") {
  for (const std::size_t threads : {1, 2, 4, 9}) {
    const Played played = play(many(), {.stop_at_first_failure = true, .threads = threads});
    CHECK(played.titles() == "case 0;case 1;case 2;case 3;");
    CHECK(played.result.not_run == 196);
  }
}

TEST_CASE("shards are parts that make up the whole") {
  std::set<std::string> seen;
  std::size_t count = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const Played played = play(many(), {.shard = {i, 3}});
    count += played.result.cases.size();
    for (const CaseResult& one : played.result.cases) seen.insert(identity(one));
    CHECK(played.result.cases.size() >= 66);
  }
  CHECK(count == 200);
  CHECK(seen.size() == 200);
}

TEST_CASE("the slowest cases are named") {
  Played played = play(many(), {.selections = {{"shop.scenarios.yaml", 5}, {"shop.scenarios.yaml", 6}}});
  REQUIRE(played.result.cases.size() == 2);
  played.result.cases[1].ms = 1.5;
  const std::string text = to_text(played.result, played.project.input.sources, {.slowest = 1});
  CHECK(text.find("the slowest of 2 scenarios:\n      1.500 ms  shop.scenarios.yaml:6: case 1\n") != std::string::npos);
}

TEST_CASE("work on threads: each piece once, and what it throws arrives") {
  std::vector<std::atomic<int>> done(1000);
  in_parallel(done.size(), 4, [&](std::size_t i, std::size_t worker) {
    REQUIRE(worker < 4);
    ++done[i];
  });
  CHECK(std::all_of(done.begin(), done.end(), [](const auto& count) { return count == 1; }));
  CHECK_THROWS_AS(in_parallel(100, 4,
                              [](std::size_t i, std::size_t) {
                                if (i == 50) throw std::runtime_error("x");
                              }),
                  std::runtime_error);
}

/// A folder that is gone afterwards.
struct Folder {
  fs::path path = fs::temp_directory_path() / fmt::format("bylaw-running-{}", getpid());
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((path / file).parent_path());
    std::ofstream(path / file) << text;
  }
  std::string read(const std::string& file) const {
    std::ifstream stream(path / file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
};

TEST_CASE("what failed is remembered until it passes") {
  const Folder folder;
  const std::string wrong =
      kHead + "  - {name: a, expect: allow}\n  - {name: b, expect: allow}\n  - {name: c, expect: deny}\n";
  CHECK(!read_failed(folder.path));
  remember_failed(folder.path, play(wrong, {}).result);
  const std::set<std::string> failed = read_failed(folder.path).value();
  CHECK(failed.size() == 2);
  CHECK(play(wrong, {.only_these = failed}).titles() == "a;b;");
  const std::string mended =
      kHead + "  - {name: a, expect: deny}\n  - {name: b, expect: allow}\n  - {name: c, expect: deny}\n";
  remember_failed(folder.path, play(mended, {.selections = {{"shop.scenarios.yaml", 5}}}).result);
  CHECK(play(mended, {.only_these = read_failed(folder.path)}).titles() == "b;");
  remember_failed(folder.path, play(mended, {.list_only = true}).result);
  CHECK(read_failed(folder.path).value().size() == 1);
  const Played none = play(mended, {.only_these = std::set<std::string>()});
  CHECK(none.text() == "FAILED  nothing ran: no scenario failed in the last run (--failed)\n");
  const Played unknown = play(mended, {.only_these = std::set<std::string>(), .no_last_run = true});
  CHECK(unknown.text() == "FAILED  nothing ran: no last run is known here: play the scenarios once without --failed\n");
}

TEST_CASE("a project whose folder takes no files is told, not forgotten") {
  const Folder folder;
  folder.write(".bylaw", "a file where the folder would be");
  const std::string wrong = kHead + "  - {name: a, expect: allow}\n";
  CHECK(remember_failed(folder.path, play(wrong, {}).result) != "");
  CHECK(!read_failed(folder.path));
}

std::string updated(const Folder& folder, const std::string& scenarios, std::vector<std::string>* left = nullptr) {
  folder.write("shop.scenarios.yaml", scenarios);
  Played played;
  played.project = make_project(kPolicies, scenarios);
  played.project.folder = folder.path;
  played.result = run(played.project, {}, {.rewrites = true});
  REQUIRE_MESSAGE(!played.result.diagnostics.has_errors(), test::told(played.project, played.result.diagnostics));
  const Updated done = update_expectations(played.project, played.result);
  if (left) *left = done.left;
  return folder.read("shop.scenarios.yaml");
}

TEST_CASE("--update rewrites what is expected, and nothing else") {
  const Folder folder;
  const std::string text = updated(folder, kHead + R"(  # the first
  - name: a   # a comment
    expect: allow     # another
    by: [staff.cheap] # a third
  - {name: b, expect: show}
  - name: c
    expect: show
  - name: d
    table:
      - [item.price, expect, by               ]
      - [5,          deny,   [staff.otherwise]]
      - [50,         allow,  [staff.cheap]    ] # kept
      - [51,         deny,   default          ]
)");
  CHECK(text == kHead + R"(  # the first
  - name: a   # a comment
    expect: deny     # another
    by: [staff.otherwise] # a third
  - {name: b, expect: deny, by: [staff.otherwise], message: {staff.otherwise: bo may not buy cup}, annotations: {code: [staffOnly]}}
  - name: c
    expect: deny
    by: [staff.otherwise]
    message: {staff.otherwise: bo may not buy cup}
    annotations: {code: [staffOnly]}
  - name: d
    table:
      - [item.price, expect, by               ]
      - [5,          allow,  [staff.cheap]    ]
      - [50,         deny,   [staff.otherwise]] # kept
      - [51,         deny,   [staff.otherwise]]
)");
  CHECK(updated(folder, text) == text);
}

TEST_CASE("what cannot be rewritten is left, and told") {
  const Folder folder;
  std::vector<std::string> left;
  const std::string differ = kHead + "  - {name: a, expect: allow, each: {item.price: [5, 50]}}\n";
  CHECK(updated(folder, differ, &left) == differ);
  CHECK(left == std::vector<std::string>{
                    "shop.scenarios.yaml:5: a [item.price=50]: its cases differ, so each needs a cell of its own"});
  const std::string invalid = kHead + "  - {name: a, expect: allow, when: {who: Person::eve}}\n";
  CHECK(updated(folder, invalid, &left) == invalid);
  CHECK(left.size() == 1);
  const std::string alias =
      kHead +
      "  - {name: b, expect: &e deny, by: [staff.otherwise]}\n  - {name: a, expect: *e, when: {item: {price: 5}}}\n";
  CHECK(updated(folder, alias, &left) == alias);
  CHECK(left.size() == 1);
}

TEST_CASE("a file that changed meanwhile is not written over") {
  const Folder folder;
  const std::string scenarios = kHead + "  - {name: a, expect: allow}\n";
  Played played;
  played.project = make_project(kPolicies, scenarios);
  played.project.folder = folder.path;
  folder.write("shop.scenarios.yaml", scenarios + "# more\n");
  played.result = run(played.project, {}, {.rewrites = true});
  const Updated done = update_expectations(played.project, played.result);
  CHECK(done.expectations == 0);
  CHECK(done.left == std::vector<std::string>{"shop.scenarios.yaml: it changed while the scenarios ran"});
}

TEST_CASE("what is watched, and what a change touches") {
  const Folder folder;
  folder.write("a.scenarios.yaml", "x");
  folder.write("deep/b.bylaw", "x");
  folder.write(".bylaw/failed", "x");
  folder.write("picture.png", "x");
  const FileTimes before = file_times(folder.path);
  CHECK(before.size() == 2);
  folder.write("deep/b.bylaw", "xy");
  folder.write("c.csv", "x");
  fs::remove(folder.path / "a.scenarios.yaml");
  CHECK(changed_files(before, file_times(folder.path)) ==
        std::vector<std::string>{"a.scenarios.yaml", "c.csv", "deep/b.bylaw"});

  const std::map<std::string, std::vector<std::string>> uses = {{"a.scenarios.yaml", {"x.fixtures.yaml"}},
                                                                {"b.scenarios.yaml", {"x.fixtures.yaml", "y.json"}},
                                                                {"c.scenarios.yaml", {}}};
  const auto names = [&](const std::vector<std::string>& changed) {
    const auto selections = touched(changed, uses);
    if (!selections) return std::string("all");
    std::string all;
    for (const Selection& selection : *selections) all += selection.path + ";";
    return all;
  };
  CHECK(names({"c.scenarios.yaml"}) == "c.scenarios.yaml;");
  CHECK(names({"y.json", "a.scenarios.yaml"}) == "a.scenarios.yaml;b.scenarios.yaml;");
  CHECK(names({"x.fixtures.yaml"}) == "a.scenarios.yaml;b.scenarios.yaml;");
  CHECK(names({"c.scenarios.yaml", "p.bylaw"}) == "all");
  CHECK(names({"list.csv"}) == "all");
}

}  // namespace
}  // namespace bylaw::runner::test
