// Fixtures, `like`, grids, `$name`, `only`, `skip`, `failing`, `expect: show`.
#include <bylaw/runner/render.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sstream>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kHead = kBoBuys + std::string("entities: {Person::bo: {}, Person::ann: {}}\n");

struct File {
  std::string path, text;
};

struct Played {
  compiler::Project project;
  RunResult result;
  std::string text() const { return to_text(result, project.input.sources, {}); }
  /// "passed a [who=Robot::r]" a line.
  std::string states() const {
    const char* const kWords[] = {"passed", "failed", "skipped", "known"};
    std::string lines;
    for (const CaseResult& one : result.cases)
      lines += fmt::format("{} {}\n", kWords[static_cast<std::size_t>(one.status)], one.title());
    return lines;
  }
  /// Without the warnings about the policies.
  std::string told() const {
    std::string errors;
    std::istringstream lines(test::told(project, result.diagnostics));
    for (std::string line; std::getline(lines, line);)
      if (line.front() != 'W') errors += line + "\n";
    return errors;
  }
};

Played play(const std::string& scenarios, const std::vector<File>& files = {}, const RunOptions& options = {}) {
  Played played;
  played.project = make_project(kPolicies, scenarios);
  played.project.folder = "/nowhere";
  for (const File& file : files) played.project.input.sources.add(file.path, file.text);
  played.result = run(played.project, {}, options);
  for (CaseResult& one : played.result.cases) one.ms = 0;
  played.result.summary.ms = 0;
  return played;
}

const File kFixtures = {"shared/shop.fixtures.yaml",
                        "entities: {Person::cy: {in: Team::staff}, Team::staff: {}}\n"
                        "requests:\n"
                        "  cheap: {item: {price: 5}}\n"
                        "  staffed: {who: Person::cy, store: {staff: [Team::staff]}}\n"};

TEST_CASE("fixtures: entities below the file's, requests to start from, the later over the earlier") {
  const std::string scenarios =
      "use: shared/shop.fixtures.yaml\n" + kHead +
      "scenarios:\n"
      "  - {name: a, like: cheap, expect: allow}\n"
      "  - {name: b, like: staffed, expect: deny, by: default, exempt: [staff.trusted]}\n"
      "  - {name: c, like: [staffed, cheap], expect: allow, exempt: [staff.trusted]}\n"
      "  - {name: d, like: cheap, when: {item: {price: 50}}, expect: deny, by: [staff.otherwise]}\n"
      "  - name: e\n"
      "    table:\n"
      "      - [like,  expect, by               ]\n"
      "      - [cheap, allow,  [staff.cheap]    ]\n"
      "      - [~,     deny,   [staff.otherwise]]\n";
  const Played played = play(scenarios, {kFixtures});
  CHECK(played.told() == "");
  CHECK(played.states() == "passed a\npassed b\npassed c\npassed d\npassed e [like=cheap]\npassed e [like=~]\n");
}

TEST_CASE(
    "requests of the group win over the file's, and those over the fixtures'; fields of other decisions are left out") {
  const std::string scenarios = "use: [/shared/shop.fixtures.yaml]\n" + kHead +
                                "requests: {cheap: {item: {price: 6}}, dear: {item: {price: 60}}}\n"
                                "scenarios:\n"
                                "  - group: g\n"
                                "    requests: {cheap: {item: {price: 7}}}\n"
                                "    scenarios:\n"
                                "      - {name: a, like: cheap, expect: show}\n"
                                "      - {name: b, decision: look, like: cheap, expect: allow}\n"
                                "  - {name: c, like: cheap, expect: show}\n";
  const Played played = play(scenarios, {kFixtures});
  REQUIRE(played.result.cases.size() == 3);
  CHECK(played.result.cases[0].request_json.find("\"price\": 7") != std::string::npos);
  CHECK(played.result.cases[1].request_json.find("item") == std::string::npos);
  CHECK(played.result.cases[2].request_json.find("\"price\": 6") != std::string::npos);
}

TEST_CASE("entities from files, alone and beside maps") {
  const File people = {"people.json", "{\"Person::dee\": {\"in\": [\"Team::staff\"]}, \"Team::staff\": {}}\n"};
  const std::string scenarios =
      kHead +
      "scenarios:\n"
      "  - {name: a, entities: people.json, when: {who: Person::dee}, expect: deny, by: [staff.otherwise]}\n"
      "  - {name: b, entities: [people.json, {Person::dee: ~}], when: {who: Person::dee},\n"
      "     expect: invalid, invalid: {path: who, code: R0201}}\n";
  const Played played = play(scenarios, {people});
  CHECK(played.told() == "");
  CHECK(played.states() == "passed a\npassed b\n");
}

TEST_CASE("fixtures that are refused, before anything runs") {
  const auto told = [](const std::string& head, const std::vector<File>& files = {kFixtures}) {
    return play(head + kHead + "scenarios: [{name: a, expect: deny, by: [staff.otherwise]}]\n", files).told();
  };
  CHECK(told("use: shared/other.fixtures.yaml\n") == "E0701 1:6 `shared/other.fixtures.yaml` is missing\n");
  CHECK(told("use: ../x.fixtures.yaml\n") == "E0703 1:6 `../x.fixtures.yaml` leaves the project\n");
  CHECK(told("use: shared/shop.yaml\n") ==
        "S0306 1:6 `shared/shop.yaml` is not used: the name of a file of fixtures ends in `.fixtures.yaml`\n");
  CHECK(told("use: {a: b}\n") ==
        "S0115 1:6 `use` is a map, and takes the path of a file of fixtures, or a list of these\n");
  const std::string use = "use: x.fixtures.yaml\n";
  CHECK(told(use, {{"x.fixtures.yaml", "reqests: {}\n"}}) ==
        "S0101 1:1 unknown key `reqests`; did you mean `requests`?\n");
  CHECK(told(use, {{"x.fixtures.yaml", "{}\n"}}) == "S0307 1:1 no fixtures in this file\n");
  CHECK(told(use, {{"x.fixtures.yaml", "[a]\n"}}) ==
        "S0115 1:1 `x.fixtures.yaml` is a list, and takes a map with `entities` and `requests`\n");
  CHECK(told(use, {{"x.fixtures.yaml", "requests: {a: {itme: {}}}\n"}}) ==
        "S0210 1:16 the request has no field `itme`; did you mean `item`?\n");
  CHECK(told(use, {{"x.fixtures.yaml", "entities: {Persn::bo: {}}\n"}}) ==
        "S0202 1:12 no entity type `Persn` here; did you mean `Person`?\n");
}

TEST_CASE("likenesses that are refused") {
  const auto told = [](const std::string& like, const std::string& use) {
    return play(use + kHead + "scenarios:\n  - {name: a, expect: deny, by: [staff.otherwise], like: " + like + "}\n",
                {kFixtures, {"b.fixtures.yaml", "requests: {cheap: {}}\n"}})
        .told();
  };
  CHECK(told("chep", "use: shared/shop.fixtures.yaml\n") ==
        "S0224 6:58 no request `chep` to start from; did you mean `cheap`?\n");
  CHECK(told("cheap", "use: [shared/shop.fixtures.yaml, b.fixtures.yaml]\n") ==
        "S0225 6:58 `cheap` stands in two files of `use`: shared/shop.fixtures.yaml and b.fixtures.yaml\n");
  CHECK(told("[{a: b}]", "use: shared/shop.fixtures.yaml\n") ==
        "S0115 6:59 `like` is a map, and takes the name of a request, or a list of names\n");
}

TEST_CASE("a grid: a case a cell, which is a verdict or a map of expectations") {
  const std::string scenarios = kHead +
                                "scenarios:\n"
                                "  - name: prices\n"
                                "    grid:\n"
                                "      - [who / item.price, 5,     50                               ]\n"
                                "      - [Person::bo,       allow, {expect: deny, by: [staff.otherwise]}]\n"
                                "      - [Person::ann,      deny,  deny                             ]\n";
  const Played played = play(scenarios);
  CHECK(played.states() ==
        "passed prices [who=Person::bo, item.price=5]\n"
        "passed prices [who=Person::bo, item.price=50]\n"
        "failed prices [who=Person::ann, item.price=5]\n"
        "passed prices [who=Person::ann, item.price=50]\n");
  CHECK(played.text().find("  rerun  bylaw test shop.scenarios.yaml:9 -k 'who=Person::ann and item.price=5'\n") !=
        std::string::npos);
}

TEST_CASE("grids that are refused") {
  const auto told = [](const std::string& rows) {
    return play(kHead + "scenarios:\n  - name: a\n    grid:\n" + rows).told();
  };
  const std::string head = "      - [who / item.price, 5, 50]\n";
  CHECK(told(head + "      - [Person::bo, allow]\n") ==
        "S0228 8:9 this cell is empty: each cell of a grid says what is expected\n");
  CHECK(told(head + "      - [Person::bo, allow, ~]\n") ==
        "S0228 8:29 this cell is empty: each cell of a grid says what is expected\n");
  CHECK(told(head + "      - [Person::bo, allow, deny, deny]\n") ==
        "S0214 8:9 this row has 4 cells, and the table 3 columns\n");
  CHECK(told(head + "      - [Person::bo, allow, {expct: deny}]\n") ==
        "S0302 8:9 this row has no `expect`\nS0101 8:30 unknown key `expct`; did you mean `expect`?\n");
  CHECK(told(head + "      - [Person::bo, allow, maybe]\n") ==
        "S0115 8:29 `expect` is `maybe`, and takes allow, deny, invalid or show\n");
  CHECK(told(head) == "S0305 7:9 this table has columns and no rows\n");
  CHECK(told("      - [who, 5]\n      - [Person::bo, allow]\n") ==
        "S0115 7:9 `grid` is a list, and takes a list of rows, the first of which is `[row column / other column, "
        "value, value ..]`\n");
  CHECK(told("      - [who / prce, 5]\n      - [Person::bo, allow]\n") ==
        "S0215 7:10 column `prce` is no field of the request; did you mean `item.price`?\n");
}

TEST_CASE("free columns: `$name` is a value, or part of a name and of a message") {
  const std::string scenarios = kHead +
                                "scenarios:\n"
                                "  - name: $buyer may not, for $$5\n"
                                "    when: {who: {type: Person, id: $buyer, in: []}}\n"
                                "    expect: deny\n"
                                "    by: [$rule]\n"
                                "    message: $buyer may not buy cup\n"
                                "    each: {buyer: [dee, 'e, f'], rule: [staff.otherwise]}\n";
  const Played played = play(scenarios);
  CHECK(played.told() == "");
  CHECK(played.states() ==
        "passed dee may not, for $5 [buyer=dee, rule=staff.otherwise]\n"
        "passed e, f may not, for $5 [buyer='e, f', rule=staff.otherwise]\n");
}

TEST_CASE("a dollar that is meant, and variables that nothing fills") {
  const auto told = [](const std::string& scenario) { return play(kHead + "scenarios:\n  - " + scenario).told(); };
  CHECK(told("{name: costs $5, when: {item: {name: $$x}}, expect: deny, by: [staff.otherwise]}\n") == "");
  CHECK(told("{name: a, when: {item: {name: '$x'}}, expect: deny, by: [staff.otherwise]}\n") == "");
  CHECK(told("{name: a, when: {item: {name: $x}}, expect: deny}\n") ==
        "S0229 5:35 no column `x` of this case fills `$x`\n");
  CHECK(told("{name: a $x, expect: deny}\n") == "S0229 5:12 no column `x` of this case fills `$x`\n");
  CHECK(told("{name: a $buyr, when: {item: {name: $buyer}}, expect: deny, each: {buyer: [dee]}}\n") ==
        "S0229 5:12 no column `buyr` of this case fills `$buyr`; did you mean `buyer`?\n");
  CHECK(told("{name: a, expect: deny, each: {buyer: [dee]}}\n") ==
        "S0215 5:36 column `buyer` is no field of the request\n");
}

TEST_CASE("only: the other policies take no part") {
  const std::string scenarios =
      kHead +
      "only: [care, staff]\n"
      "scenarios:\n"
      "  - {name: a, expect: deny, by: [staff.otherwise]}\n"
      "  - {name: b, only: care, expect: deny, by: default}\n"
      "  - {name: c, only: [], decision: look, when: {store: {open: false}}, expect: allow, audit: []}\n";
  const Played played = play(scenarios);
  CHECK(played.told() == "");
  CHECK(played.states() == "passed a\npassed b\npassed c\n");
  const auto told = [](const std::string& only) {
    return play(kHead + "scenarios:\n  - {name: a, expect: deny, by: [staff.otherwise], only: " + only + "}\n").told();
  };
  CHECK(told("[caer]") == "S0226 5:59 no policy `caer`; did you mean `care`?\n");
  CHECK(told("[care]") == "S0227 5:34 `by` names `staff.otherwise`, whose policy `only` leaves out\n");
  CHECK(told("3d") == "S0226 5:58 no policy `3d`; there are `staff`, `care`, `future`, `soon`\n");
}

constexpr std::int64_t kDay = 86'400'000'000;

TEST_CASE("skip: not played until its instant, then a failure") {
  const std::string scenarios = kHead +
                                "scenarios:\n"
                                "  - {name: a, expect: allow, skip: {because: T-1, until: 1970-01-11}}\n"
                                "  - group: g\n"
                                "    skip: {because: T-2}\n"
                                "    scenarios: [{name: b, expect: allow}]\n"
                                "  - {name: c, expect: deny, by: [staff.otherwise]}\n";
  const Played before = play(scenarios, {}, {.now = 10 * kDay - 1});
  CHECK(before.states() == "skipped a\nskipped b\npassed c\n");
  CHECK(before.result.cases[1].because == "T-2");
  CHECK(before.text().starts_with("PASSED  3 scenarios in 1 file: 1 passed, 2 skipped, 1 ms"));
  const Played after = play(scenarios, {}, {.now = 10 * kDay});
  CHECK(after.states() == "failed a\nskipped b\npassed c\n");
  CHECK(after.text().find("  `skip` ended at 1970-01-11T00:00:00Z, and it is 1970-01-11T00:00:00Z: T-1\n") !=
        std::string::npos);
  CHECK(after.result.exit_status() == 1);
  const std::string passes = kHead +
                             "scenarios: [{name: a, expect: deny, by: [staff.otherwise], skip: {because: T-1, until: "
                             "1970-01-11}}]\n";
  CHECK(play(passes, {}, {.now = 11 * kDay}).text().find("  it passes now: take `skip` away\n") != std::string::npos);
  const Played all = play(passes, {}, {.now = 1});
  CHECK(all.text() == "FAILED  nothing ran: each of 1 scenarios is skipped\n");
  CHECK(all.result.exit_status() == 4);
}

TEST_CASE("failing: a known failure is none, and a pass is") {
  const std::string scenarios = kHead +
                                "scenarios:\n"
                                "  - {name: a, expect: allow, failing: {because: T-1}}\n"
                                "  - {name: b, expect: deny, by: [staff.otherwise], failing: {because: T-2}}\n";
  const Played played = play(scenarios);
  CHECK(played.states() == "known a\nfailed b\n");
  CHECK(played.text().find("  this passes, and `failing` says that it does not: T-2\n") != std::string::npos);
  CHECK(played.result.exit_status() == 1);
  const auto told = [](const std::string& key) {
    return play(kHead + "scenarios:\n  - {name: a, expect: deny, by: [staff.otherwise], " + key + "}\n").told();
  };
  CHECK(told("failing: yes") == "S0115 5:61 `failing` is a text, and takes a map\n");
  CHECK(told("failing: {}") == "S0302 5:61 this failing has no `because`\n");
  CHECK(told("skip: {because: x, untl: 2025-01-01}") == "S0101 5:71 unknown key `untl`; did you mean `until`?\n");
  CHECK(told("skip: {because: x, until: soon}") ==
        "S0103 5:78 `soon` is not a date: write a date or an instant, such as 2027-01-31\n");
}

TEST_CASE("show prints the answer as a scenario writes it, and fails") {
  const std::string scenarios = kHead +
                                "scenarios:\n"
                                "  - {name: a, expect: show, when: {item: {areas: [{unknown: x.y}], fragile: true}}}\n"
                                "  - {name: b, expect: show, when: {who: Person::eve}}\n"
                                "  - {name: c, expect: show, like: free, when: {store: {staff: [Person::bo]}}}\n"
                                "  - {name: d, expect: show, decision: look, when: {who: {type: Robot, id: r}}}\n"
                                "requests: {free: {item: {price: 1, fragile: true}}}\n";
  const Played played = play(scenarios);
  CHECK(played.text() == R"(shop.scenarios.yaml:5: SHOW a
    expect: deny
    by: [care.strange, staff.otherwise]
    findings: {care.strange: [{unknown: x.y}]}
    message: {care.strange: x.y is no area, staff.otherwise: bo may not buy cup}
    annotations: {code: [staffOnly]}
  rerun  bylaw test shop.scenarios.yaml:5
shop.scenarios.yaml:6: SHOW b
    expect: invalid
    invalid: {path: who, code: R0201}
  rerun  bylaw test shop.scenarios.yaml:6
shop.scenarios.yaml:7: SHOW c
    expect: allow
    by: [staff.cheap]
    annotations: {code: [staffOnly]}
    obliges: {wait: 2d}
    exempt: [staff.trusted]
  rerun  bylaw test shop.scenarios.yaml:7
shop.scenarios.yaml:8: SHOW d
    expect: allow
    by: default
    audit: [future.robots]
    would_be: deny
  rerun  bylaw test shop.scenarios.yaml:8
)" + played.text().substr(played.text().find("FAILED")));
  CHECK(played.result.exit_status() == 1);
}

TEST_CASE("what show prints is what the answer meets") {
  const std::string shown =
      kHead +
      "scenarios: [{name: a, expect: show, when: {item: {areas: [{unknown: x.y}, {unknown: 'a: b'}], "
      "name: 'c, $d'}}}]\n";
  const Played first = play(shown);
  REQUIRE(first.result.cases.size() == 1);
  std::string expectations = first.result.cases[0].failures[0].text;
  for (std::size_t at = 0; (at = expectations.find('\n', at)) != std::string::npos; at += 2)
    expectations.replace(at, 1, ", ");
  std::string meets = shown;
  meets.replace(meets.find("expect: show"), 12, expectations);
  const Played second = play(meets);
  CHECK(second.told() == "");
  CHECK(second.states() == "passed a\n");
}

}  // namespace
}  // namespace bylaw::runner::test
