// How a result reads.
#include <bylaw/grammar/diagnostics/expectations.h>
#include <bylaw/grammar/diagnostics/scenarios.h>
#include <bylaw/runner/render.h>
#include <doctest/doctest.h>

namespace bylaw::runner {
namespace {

grammar::Sources sources() {
  grammar::Sources all;
  all.add("policies/deploy.bylaw", "policy freeze for deploy {\n  deny holidays when a and b  because \"no\"\n}\n");
  all.add("scenarios/deploy.scenarios.yaml", "scenarios:\n  - name: frozen\n    expect: deny\n");
  return all;
}

constexpr grammar::Span kExpectDeny{grammar::SourceId{1}, 40, 44};

CaseResult failed_case() {
  CaseResult one;
  one.name = "frozen";
  one.file = "scenarios/deploy.scenarios.yaml";
  one.line = 2;
  one.decision = "deploy.deploy";
  one.status = CaseStatus::Failed;
  one.expected_by = {"deploy.freeze.holidays"};
  one.report.verdict = Outcome::Allow;
  one.report.by = {"deploy.release.production"};
  one.failures = {{grammar::codes::WrongVerdict, "expect", kExpectDeny, 3, "deny", "allow", "expected deny", {}, {}}};
  NearMiss near;
  near.rule = "deploy.freeze.holidays";
  near.place = {"policies/deploy.bylaw", 2, 28, 2, 29};
  near.headline = "nearest rule that would deny: freeze.holidays, 1 of 2 conditions holds";
  near.marks = {{{"policies/deploy.bylaw", 2, 22, 2, 23}, true, ""},
                {{"policies/deploy.bylaw", 2, 28, 2, 29}, false, "false: b is 3"}};
  one.near_miss = near;
  return one;
}

RunResult result_with(std::vector<CaseResult> cases) {
  RunResult result;
  result.short_names = {{"deploy.freeze.holidays", "freeze.holidays"},
                        {"deploy.release.production", "release.production"}};
  result.summary = {.total = cases.size(), .files = 1, .ms = 1.2};
  for (const CaseResult& one : cases)
    ++(one.status == CaseStatus::Failed ? result.summary.failed : result.summary.passed);
  result.cases = std::move(cases);
  result.everything = true;
  result.rules = 3;
  return result;
}

CaseResult passed_case() {
  CaseResult one;
  one.name = "fine";
  one.status = CaseStatus::Passed;
  return one;
}

TEST_CASE("a failure: expected beside actual, the expectation, the nearest rule, the command that reruns it") {
  CHECK(to_text(result_with({passed_case(), failed_case()}), sources()) ==
        R"(scenarios/deploy.scenarios.yaml:2: FAIL frozen
  expected  deny  by freeze.holidays                 actual  allow by release.production
    3 |     expect: deny
      |             ^^^^ got allow
  policies/deploy.bylaw:2: nearest rule that would deny: freeze.holidays, 1 of 2 conditions holds
    2 |   deny holidays when a and b  because "no"
      |                      -     ^ false: b is 3
  rerun  bylaw test scenarios/deploy.scenarios.yaml:2
FAILED  2 scenarios in 1 file: 1 passed, 1 failed, 1 ms
)");
}

TEST_CASE("sets are told by what is missing and what was not expected") {
  CaseResult one = failed_case();
  one.near_miss.reset();
  one.cell = {{"decision", "use"}, {"who", "it's"}};
  one.shares_line = true;
  one.failures = {{grammar::codes::OtherFindings,
                   "findings",
                   {},
                   0,
                   "1",
                   "1",
                   "findings of platform.unknown_scope: expected 1, got 1",
                   {"vso.old"},
                   {"vso.older"}}};
  one.notes = {"why it is so"};
  CHECK(to_text(result_with({one}), sources(), {.path_prefix = "../"}) ==
        R"(../scenarios/deploy.scenarios.yaml:2: FAIL frozen [decision=use, who=it's]
  findings of platform.unknown_scope                 - missing  vso.old      + not expected  vso.older
  why it is so
  rerun  bylaw test ../scenarios/deploy.scenarios.yaml:2 -k 'decision=use and who="it'\''s"'
FAILED  1 scenario in 1 file: 0 passed, 1 failed, 1 ms
)");
}

TEST_CASE("what passes prints nothing but the summary") {
  RunResult result = result_with({passed_case()});
  CHECK(to_text(result, sources()) == "PASSED  1 scenario in 1 file, 1 ms · all 3 rules held at least once\n");
  CHECK(to_text(result, sources(), {.utf8 = false}) ==
        "PASSED  1 scenario in 1 file, 1 ms - all 3 rules held at least once\n");
  CHECK(to_text(result, sources(), {.quiet = true}) == "");
  result.never_held = {"deploy.release.production", "deploy.freeze.holidays"};
  CHECK(to_text(result, sources()) ==
        "PASSED  1 scenario in 1 file, 1 ms · 2 of 3 rules never held: freeze.holidays, release.production\n");
  result.everything = false;
  CHECK(to_text(result, sources()) == "PASSED  1 scenario in 1 file, 1 ms\n");
  CHECK(result.exit_status() == 0);
}

TEST_CASE("nothing ran is never green") {
  RunResult result;
  result.nothing_ran = "no name of 172 scenarios contains `fast` (-k)";
  CHECK(to_text(result, sources()) == "FAILED  nothing ran: no name of 172 scenarios contains `fast` (-k)\n");
  CHECK(result.exit_status() == 4);
  result.diagnostics.report(grammar::codes::NoScenarios, {grammar::SourceId{1}, 0, 0});
  result.scenario_files = 6;
  CHECK(to_text(result, sources()).ends_with("No scenario ran: 1 error in 1 of 6 scenario files.\n"));
  CHECK(result.exit_status() == 2);
}

TEST_CASE("colours") {
  const std::string text = to_text(result_with({failed_case()}), sources(), {.colour = true});
  CHECK(text.find("\x1b[1;31mFAIL\x1b[0m") != std::string::npos);
  CHECK(text.find("\x1b[1;31m^^^^\x1b[0m got allow") != std::string::npos);
}

TEST_CASE("of many failures the first are told in full, and the end counts what they come from") {
  CaseResult decided = failed_case(), missing = failed_case();
  decided.deciders = {{"deploy.release.production", "policies/deploy.bylaw", 1, "", "", 0, {}}};
  const std::vector<CaseResult> cases{decided, decided, missing};
  const std::string text = to_text(result_with(cases), sources(), {.in_full = 2});
  CHECK_MESSAGE(text.find("2: FAIL frozen\n"
                          "what the 3 failures come from (-v tells each in full):\n"
                          "      2  release.production decided, and was not expected\n"
                          "      1  freeze.holidays should have decided, and did not\n"
                          "FAILED") != std::string::npos,
                text);
  const std::string all = to_text(result_with(cases), sources(), {.in_full = 0});
  CHECK_MESSAGE(all.find("come from") == std::string::npos, all);
}

TEST_CASE("what is wrong with an entity is told in full once, of another request each time") {
  CaseResult one = failed_case();
  one.report.verdict = Outcome::Invalid;
  one.report.error = Error{};
  one.report.error->code = "R0201";
  one.report.error->path = "[\"Doc::\\\"a\\\"\"].in[0]";
  const auto reruns = [](const CaseResult& each) {
    const std::string text = to_text(result_with({each, each}), sources());
    std::size_t count = 0;
    for (std::size_t at = text.find("rerun"); at != std::string::npos; at = text.find("rerun", at + 1)) ++count;
    return count;
  };
  CHECK(reruns(one) == 1);
  one.report.error->path = "doc";
  CHECK(reruns(one) == 2);
}

}  // namespace
}  // namespace bylaw::runner
