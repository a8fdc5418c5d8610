// From sources to a result, through the compiler and the runtime.
#include <bylaw/runner/render.h>
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kHead = kBoBuys + std::string(
                                        "entities: {Person::bo: {}, Person::ann: {}}\n"
                                        "scenarios:\n");

struct Played {
  compiler::Project project;
  RunResult result;
  std::string text(const TextOptions& options = {}) const { return to_text(result, project.input.sources, options); }
};

Played play(const std::string& scenarios, const RunOptions& options = {}, const std::string& policies = kPolicies) {
  Played played;
  played.project = make_project(policies, scenarios);
  played.result = run(played.project, {}, options);
  for (CaseResult& one : played.result.cases) one.ms = 0;
  played.result.summary.ms = 0;
  return played;
}

Filter filter(std::string_view text) {
  std::string problem;
  auto read = Filter::parse(text, problem);
  REQUIRE_MESSAGE(read, problem);
  return *read;
}

const std::string kThree = kHead +
                           "  - {name: too dear, expect: deny, by: [staff.otherwise]}\n"
                           "  - {name: cheap, expect: allow, when: {item: {price: 5}}}\n"
                           "  - name: prices\n"
                           "    table:\n"
                           "      - [item.price, expect]\n"
                           "      - [9,          allow ]\n"
                           "      - [10,         allow ]\n";

// Constants of a list of records were tried as lists of other records, whose fields are not theirs.
TEST_CASE("what is tried for a failing case has the type of its place") {
  const Played played =
      play("scenarios:\n  - {name: a, when: {outers: [{inner: {path: x}}], sizes: []}, expect: deny}\n", {},
           "module shop\n"
           "enum Size { small, middle, large }\nenum Side { left, right }\n"
           "record Inner { path: String?  port: Int? }\nrecord Outer { inner: Inner?  other: Inner? }\n"
           "const known: List<Inner> = [{path: \"/a\", port: 1}, {path: \"/b\"}]\nconst most: Set<Size> = {large}\n"
           "decision d { outers: List<Outer> max 4  sides: Set<Side> = {}  sizes: Set<Size>  default allow }\n"
           "policy p for d {\n"
           "  deny a for each o in outers when o.inner is set and (any k in known: k.path is set and o.inner.path is "
           "set and "
           "k.path == o.inner.path) because \"no\"\n"
           "  deny b when sizes within most and left in sides because \"no\"\n}\n");
  CHECK(played.result.summary.failed == 1);
  CHECK(played.text().find("nearest rule that would deny: p.a") != std::string::npos);
}

TEST_CASE("a failure shows what was expected, what came, who decided and what was nearest") {
  const Played played = play(kThree);
  CHECK(played.text() == R"(shop.scenarios.yaml:11: FAIL prices [item.price=10]
  expected  allow                                    actual  deny  by staff.otherwise
   11 |       - [10,         allow ]
      |                      ^^^^^ got deny
  shop.bylaw:46: staff.otherwise decided: bo may not buy cup
   43 | policy staff for buy when store.open {
      |                           ----------
  shop.bylaw:45: nearest rule that would allow: staff.cheap
   45 |   allow  cheap    when item.price < 10
      |                        ^^^^^^^^^^^^^^^ false: item.price is 10
  it would allow with item.price = 9   (now 10)
  rerun  bylaw test shop.scenarios.yaml:11
FAILED  4 scenarios in 1 file: 3 passed, 1 failed, 1 ms · 5 of 7 rules never held: care.pause, care.strange, future.robots, soon.closed, staff.trusted
)");
  CHECK(played.result.exit_status() == 1);
}

TEST_CASE("what would have to change, the smallest first: a place, else two; what is told passes") {
  const auto changes = [](const std::string& scenario) {
    const Played played = play(kHead + scenario);
    std::string text;
    for (const RequestChange& change : played.result.cases.front().changes)
      text += change.text + " (" + change.now + ")\n";
    return text;
  };
  CHECK(changes("  - {name: a, expect: allow}\n") == "item.price = 9 (50)\n");
  CHECK(changes("  - {name: a, expect: deny, by: default}\n") ==
        "store.open = false (true)\nstore.staff = {Person::\"bo\"} ({})\n");
  CHECK(changes("  - {name: a, expect: deny, by: [care.strange], when: {store: {open: false}}}\n") == "");
  CHECK(changes("  - {name: a, expect: deny, by: [staff.otherwise], when: {item: {price: 5}}}\n") ==
        "item.price = 10 (5)\n");
  CHECK(changes("  - {name: a, expect: allow, by: [staff.cheap], when: {store: {open: false}}}\n") ==
        "item.price = 9 and store.open = true (50, false)\n");
  CHECK(changes("  - {name: a, expect: allow, by: [staff.cheap], exempt: [staff.trusted]}\n") ==
        "item.price = 9 and store.staff = {Person::\"bo\"} (50, {})\n");
  // Not about deciding; not a request; not an expectation.
  CHECK(changes("  - {name: a, expect: deny, message: other}\n") == "");
  CHECK(changes("  - {name: a, expect: allow, when: {who: Person::eve}}\n") == "");
  CHECK(changes("  - {name: a, expect: show}\n") == "");
}

TEST_CASE("a grid of which cells fail is shown as the grid, before the first of them") {
  const Played played = play(kHead +
                             "  - name: who may\n"
                             "    each: {item.fragile: [true, false]}\n"
                             "    grid:\n"
                             "      - [who / item.price, 5,     10]\n"
                             "      - [Person::bo,       allow, deny]\n"
                             "      - [Person::ann,      deny,  {expect: deny, by: [care.strange]}]\n");
  const std::string text = played.text();
  CHECK(text.starts_with(R"(shop.scenarios.yaml:5: FAIL who may [item.fragile=true]: 2 of 4 cells
        who / item.price  | 5       10
        Person::bo        | allow   deny
        Person::ann       | ALLOW!  deny!
shop.scenarios.yaml:10: FAIL who may [item.fragile=true, who=Person::ann, item.price=5]
  expected  deny                                     actual  allow by staff.cheap
)"));
  CHECK(text.find("who may [item.fragile=false]: 2 of 4 cells\n") != std::string::npos);
  CHECK(text.find("-k 'item.fragile=true and who=Person::ann and item.price=5'\n") != std::string::npos);
  const Played one = play(kHead +
                          "  - name: who may\n    grid:\n      - [who / item.price, 50]\n"
                          "      - [Person::bo, allow]\n");
  CHECK(one.text().find("cells") == std::string::npos);
}

TEST_CASE("a line selects its row, else its scenario; -k a part of the title; nothing found is told") {
  const auto titles = [](const RunOptions& options) {
    std::string text;
    for (const CaseResult& one : play(kThree, options).result.cases) text += one.title() + ";";
    return text;
  };
  const std::string file = "shop.scenarios.yaml";
  CHECK(titles({.selections = {{file, 6}}}) == "cheap;");
  CHECK(titles({.selections = {{file, 8}}}) == "prices [item.price=9];prices [item.price=10];");
  CHECK(titles({.selections = {{file, 10}}}) == "prices [item.price=9];");
  CHECK(titles({.selections = {{file, 5}, {file, 10}}}) == "too dear;prices [item.price=9];");
  CHECK(titles({.selections = {{file, 2}}}) == "");
  CHECK(titles({.filter = filter("price=10")}) == "prices [item.price=10];");
  CHECK(titles({.selections = {{"", 0}}, .filter = filter("ch")}) == "cheap;");

  const Played none = play(kThree, {.filter = filter("fast")});
  CHECK(none.result.exit_status() == 4);
  CHECK(none.text() == "FAILED  nothing ran: none of 4 scenarios contains `fast` (-k)\n");
  const Played elsewhere = play(kThree, {.selections = {{"other", 0}}});
  CHECK(elsewhere.text() == "FAILED  nothing ran: none of 4 scenarios stands in other\n");
}

TEST_CASE("-x stops after the first failure, --list plays nothing") {
  const std::string wrong =
      kHead + "  - {name: a, expect: allow}\n  - {name: b, expect: deny, by: [staff.otherwise]}\n";
  const Played stopped = play(wrong, {.stop_at_first_failure = true});
  CHECK(stopped.result.cases.size() == 1);
  CHECK(stopped.text().ends_with("FAILED  1 scenario in 1 file: 0 passed, 1 failed, 1 not run (-x), 1 ms\n"));
  const Played listed = play(wrong, {.list_only = true});
  CHECK(list_cases(listed.result) == "shop.scenarios.yaml:5: a\nshop.scenarios.yaml:6: b\n");
  CHECK(listed.result.exit_status() == 0);
}

TEST_CASE("nothing runs while something does not compile") {
  const Played policies = play(kThree, {}, "module shop\ndecision d { now: Tim  default deny }\n");
  CHECK(policies.result.exit_status() == 2);
  CHECK(policies.text().ends_with("No scenario ran: 1 error in 1 file.\n"));
  const Played scenarios = play(kHead + "  - {name: a, expect: allow, by: [nobody]}\n");
  CHECK(scenarios.result.exit_status() == 2);
  CHECK(scenarios.text().ends_with("No scenario ran: 1 error in 1 of 1 scenario file.\n"));
  CHECK(play("").result.exit_status() == 4);
  CHECK(play("").text() == "FAILED  nothing ran: no scenario stands in 1 scenario file\n");
}

TEST_CASE("an invalid request that was not expected says what to do") {
  const Played played = play(kHead + "  - {name: a, expect: deny, when: {who: Person::eve}}\n");
  CHECK(played.text().find("  expected  deny                                     actual  invalid: this request never "
                           "gets a decision\n") != std::string::npos);
  CHECK(played.text().find("  R0201 who: ") != std::string::npos);
  CHECK(
      played.text().find("  help: describe it in `entities`; if the refusal is what you test:  expect: invalid   and  "
                         " invalid: {path: who, code: R0201}\n") != std::string::npos);
}

TEST_CASE("only the default denies, and the scenario does not say so: a warning") {
  const Played played = play(kHead + "  - {name: a, expect: deny, when: {store: {open: false}}}\n");
  CHECK(played.text().find("shop.scenarios.yaml:5:23: warning[W0801]: only the default denies here; `by: default` says "
                           "that this is meant\n") == 0);
  CHECK(played.text({.quiet = true}) == "");
  CHECK(played.result.exit_status() == 0);
}

TEST_CASE("why an expected rule did not decide") {
  const std::string lifted = kHead +
                             "  - {name: a, expect: deny, by: [staff.otherwise], when: {store: {staff: "
                             "[Person::bo]}}}\n";
  CHECK(play(lifted).text().find("  staff.otherwise did not decide: staff.trusted lifted it\n") != std::string::npos);
  const std::string audited =
      kHead +
      "  - {name: a, decision: look, expect: deny, by: [soon.closed], when: {store: {open: false}}}\n"
      "  - {name: b, expect: deny, by: [staff.otherwise]}\n";
  CHECK(play(audited).text().find("  soon.closed did not decide: it is audited until 2030-01-01T00:00:00Z; to assert "
                                  "that:  audit: [soon.closed]\n") != std::string::npos);
}

TEST_CASE("JSON: the documented keys, all of them, always") {
  const Played played = play(kThree);
  const auto json = nlohmann::ordered_json::parse(to_json(played.result, played.project.input.sources, "0.1.0"));
  const auto keys = [](const nlohmann::ordered_json& object) {
    std::string text;
    for (const auto& [key, value] : object.items()) text += key + " ";
    return text;
  };
  CHECK(keys(json) == "schema bylaw bundle summary nothing_ran cases never_held gates coverage mutation diagnostics ");
  CHECK(json["schema"] == "bylaw.test/1");
  CHECK(json["bundle"].get<std::string>().size() == 8);
  CHECK(json["summary"].dump() ==
        R"({"total":4,"passed":3,"failed":1,"skipped":0,"known":0,"files":1,"properties":0,"runs":0,"ms":0.0})");
  const auto& last = json["cases"][3];
  CHECK(keys(last) ==
        "name cell group file line decision tags property status because ms result failures near_miss changes ");
  CHECK(last["cell"].dump() == R"({"item.price":"10"})");
  CHECK(last["decision"] == "shop.buy");
  CHECK(last["failures"].dump() == R"([{"code":"T0101","key":"expect","line":11,"expected":"allow","actual":"deny",)"
                                   R"("text":"expected allow, got deny by staff.otherwise"}])");
  CHECK(last["near_miss"].dump() ==
        R"({"rule":"shop.staff.cheap","file":"shop.bylaw","line":45,"column":24,)"
        R"("condition":"item.price < 10","element":null,"also":[],"change":"item.price = 9"})");
  CHECK(last["result"]["verdict"] == "deny");
  CHECK(!last["result"].contains("schema"));
  CHECK(json["cases"][0]["near_miss"].is_null());
  CHECK(json["never_held"].size() == 5);
}

}  // namespace
}  // namespace bylaw::runner::test
