// Params that scenarios set: which value a case is played with, and what is told.
#include <bylaw/runner/coverage.h>
#include <bylaw/runner/mutation.h>
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const char* const kDays = R"(module shop
param days: Int = 90 in 1..365
param rollout: Mode = audit
decision ask { life: Int  now: Time  default allow }
policy short for ask { deny long when life > days  because "more than {days}" }
policy soon for ask mode rollout { deny very when life > 1000  because "x" }
)";

std::string told_by(const std::string& scenarios) {
  return told(*read(scenarios, kDays));
}

RunResult play(const std::string& scenarios) {
  compiler::Project project = make_project(kDays, scenarios);
  return run(project, {}, {});
}

std::string verdicts(const std::string& scenarios) {
  std::string text;
  const RunResult result = play(scenarios);
  for (const CaseResult& played : result.cases) text += played.report.verdict == Outcome::Deny ? 'd' : 'a';
  return text;
}

const std::string kGiven = "given: {life: 50, now: 2025-01-01}\n";

}  // namespace

TEST_CASE("params of a file, a group, a scenario and a column: the innermost counts") {
  CHECK(verdicts(kGiven + "scenarios: [{name: a, expect: allow}]\n") == "a");
  CHECK(verdicts(kGiven + "params: {days: 10}\nscenarios: [{name: a, expect: deny}]\n") == "d");
  CHECK(verdicts(kGiven + "params: {days: 10}\nscenarios:\n"
                          "  - group: g\n    params: {days: 60}\n    scenarios:\n"
                          "      - {name: a, expect: allow}\n"
                          "      - {name: b, expect: deny, params: {days: 20}}\n"
                          "      - {name: c, expect: allow, params: {days: 20}, each: {params.days: [50, 49]}}\n"
                          "  - {name: d, expect: deny}\n") == "adadd");
}

TEST_CASE("what is measured is the project with its own params") {
  const std::string scenarios =
      kGiven +
      "scenarios:\n"
      "  - {name: told, when: {life: 2000}, expect: deny, by: [short.long], audit: [soon.very]}\n"
      "  - {name: refused, when: {life: 2000}, params: {rollout: enforce}, expect: deny,\n"
      "     by: [short.long, soon.very]}\n";
  compiler::Project project = make_project(kDays, scenarios);
  RunOptions options;
  options.cover = true;
  options.mutate = true;
  const RunResult result = run(project, {}, options);
  CHECK(result.bug.empty());
  REQUIRE(result.coverage);
  CHECK(result.coverage->scenarios == 1);
  REQUIRE(result.mutation);
  CHECK(result.mutation->mutants > 0);
}

TEST_CASE("cases with params of the same values share a compilation") {
  const auto suites = read(kGiven +
                               "scenarios:\n"
                               "  - {name: a, expect: allow, params: {days: 60}}\n"
                               "  - {name: b, expect: allow, each: {params.days: [60, 61]}}\n"
                               "  - {name: c, expect: allow}\n",
                           kDays);
  REQUIRE_MESSAGE(told(*suites).empty(), told(*suites));
  const auto& cases = suites->set.cases;
  REQUIRE(cases.size() == 4);
  CHECK(cases[0].variant != nullptr);
  CHECK(cases[0].variant == cases[1].variant);
  CHECK(cases[1].variant != cases[2].variant);
  CHECK(cases[3].variant == nullptr);
}

TEST_CASE("expectations go by the modes that the params of the case say") {
  const std::string enforced =
      "scenarios: [{name: a, expect: deny, by: [soon.very, short.long], params: {rollout: enforce}}]\n";
  CHECK(told_by("given: {life: 2000, now: 2025-01-01}\n" + enforced) == "");
  CHECK(play("given: {life: 2000, now: 2025-01-01}\n" + enforced).exit_status() == 0);
  CHECK(told_by("given: {life: 2000, now: 2025-01-01}\nscenarios: [{name: a, expect: deny, by: [soon.very]}]\n")
            .starts_with("S0208"));
}

TEST_CASE("params that cannot be taken are told at their place, once") {
  CHECK(told_by(kGiven + "params: {dasy: 3}\nscenarios:\n  - {name: a, expect: allow}\n  - {name: b, expect: allow, "
                         "params: {days: 3}}\n") == "E0802 2:10 there is no param `dasy`; did you mean `days`?\n");
  CHECK(told_by(kGiven + "scenarios: [{name: a, expect: allow, each: {params.days: [3, 400, 0]}}]\n") ==
        "E0806 2:62 param `days` is 400, and must be in 1..365\nE0806 2:67 param `days` is 0, and must be in 1..365\n");
  CHECK(told_by(kGiven + "scenarios: [{name: a, expect: allow, params: [days]}]\n") ==
        "S0115 2:46 `params` is a list, and takes a map\n");
  CHECK(told_by(kGiven + "scenarios: [{name: a, expect: allow, params: {days: ~}}]\n") ==
        "E0805 2:53 param `days` takes an Int, and `~` stands here\n");
}

TEST_CASE("a case tells its params by its title") {
  const RunResult result = play(kGiven + "scenarios: [{name: a, expect: allow, each: {params.days: [60]}}]\n");
  REQUIRE(result.cases.size() == 1);
  CHECK(result.cases[0].title() == "a [params.days=60]");
}

}  // namespace bylaw::runner::test
