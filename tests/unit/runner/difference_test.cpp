// What a change does to the scenarios: gains, losses and other changes, and what cannot be asked.
#include <bylaw/runner/difference.h>
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kDecision = R"(module shop
param limit: Int = 10
decision pass {
  n:        Int
  now:      Time
  obliges   wait: Duration by max
  default   deny
}
)";

const std::string kScenarios = R"(decision: pass
given: {now: 2026-01-01}
scenarios:
  - name: a number
    table:
      - [n, expect]
      - [1, allow ]
      - [5, allow ]
      - [9, deny  ]
      - [20, deny ]
  - {name: another limit, params: {limit: 3}, when: {n: 9}, expect: deny}
  - {name: skipped, skip: {because: later}, when: {n: 9}, expect: deny}
  - {name: no number, when: {n: ~}, expect: invalid, invalid: {path: n, code: R0102}}
)";

DecisionDifference compared(const std::string& before, const std::string& after, const std::string& kept = "") {
  compiler::Project head = make_project(kDecision + after, kScenarios);
  const RunResult result = run(head, {}, {});
  REQUIRE_MESSAGE(!result.diagnostics.has_errors(), told(head, result.diagnostics));
  compiler::Project base = make_project(before, kept);
  return decide_otherwise(result, head, base, "main", 0);
}

const std::string kAfter = R"(policy p for pass {
  allow small  when n < 7
  deny  large  when n > limit  because "too large"
  oblige pause wait = 2h when n == 1
}
)";

TEST_CASE("gains come before losses, and these before what else differs") {
  const std::string before = R"(policy p for pass {
  allow small  when n < 5
  allow odd    when n == 9
  deny  large  when n > limit  because "much too large"
  oblige pause wait = 1h when n == 1
}
)";
  const DecisionDifference difference = compared(kDecision + before, kAfter);
  CHECK(headline(difference) ==
        "4 of 5 scenarios decide otherwise than at main: 1 gain, 1 loss, 2 other changes; 1 with params or policies of "
        "its own left out");
  CHECK(to_text(difference, {}) == R"(+ shop.scenarios.yaml:8: a number [n=5]
    was  deny by default
    is   allow by p.small
- shop.scenarios.yaml:9: a number [n=9]
    was  allow by p.odd
    is   deny by default
~ shop.scenarios.yaml:7: a number [n=1]
    was  allow by p.small, obliges wait = 1h
    is   allow by p.small, obliges wait = 2h
~ shop.scenarios.yaml:10: a number [n=20]
    was  deny by p.large, says: much too large
    is   deny by p.large, says: too large
)");
}

TEST_CASE("the same policies decide the same; others may have another shape, or not compile") {
  CHECK(headline(compared(kDecision + kAfter, kAfter)) ==
        "5 scenarios decide as at main; 1 with params or policies of its own left out");
  const std::string other = "module shop\ndecision pass { m: Int  now: Time  default deny }\n";
  CHECK(headline(compared(other, kAfter)) ==
        "2 of 3 scenarios decide otherwise than at main: 2 allowed that could not be asked there; 2 could not be asked "
        "there; 1 with params or policies of its own left out");
  CHECK(headline(compared("module shop\ndecision pass { n: Itn }\n", kAfter)) ==
        "the policies at main do not compile with this command");
}

TEST_CASE("a gain shows though its scenarios are gone, its field is new, or its decision has another name") {
  const std::string forbids =
      "policy p for pass {\n  allow any_number when n < 100\n  deny nine when n == 9 because \"no\"\n}\n";
  const std::string lets = "policy p for pass {\n  allow any_number when n < 100\n}\n";
  const std::string nine =
      "scenarios:\n  - {name: nine, decision: pass, when: {n: 9, now: 2026-01-01}, expect: deny}\n";
  const auto difference = [](const std::string& before, const std::string& kept, const std::string& after,
                             const std::string& scenarios) {
    compiler::Project head = make_project(after, scenarios), base = make_project(before, kept);
    const RunResult result = run(head, {}, {});
    REQUIRE_MESSAGE(!result.diagnostics.has_errors(), told(head, result.diagnostics));
    return decide_otherwise(result, head, base, "main", 0);
  };

  const std::string other =
      "scenarios:\n  - {name: one, decision: pass, when: {n: 1, now: 2026-01-01}, expect: allow}\n";
  const auto removed = difference(kDecision + forbids, nine, kDecision + lets, other);
  CHECK(!removed.gains_nothing());
  CHECK(headline(removed) == "1 of 2 scenarios decides otherwise than at main: 1 gain; 1 of these is no longer here");
  CHECK(to_text(removed, {}).find("nine (a scenario at main)") != std::string::npos);

  std::string wider = kDecision;
  wider.replace(wider.find("  obliges"), 0, "  note: String?\n");
  std::string noted = nine;
  noted.replace(noted.find("n: 9"), 4, "n: 9, note: hello").replace(noted.find("deny"), 4, "allow");
  const auto widened = difference(kDecision + forbids, "", wider + lets, noted);
  CHECK(widened.count(DifferenceKind::Gain) == 1);

  std::string renamed = kDecision + lets;
  for (std::size_t at; (at = renamed.find("pass")) != std::string::npos;) renamed.replace(at, 4, "enter");
  std::string asked = nine;
  asked.replace(asked.find("pass"), 4, "enter").replace(asked.find("deny"), 4, "allow");
  const auto unasked = difference(kDecision + forbids, "", renamed, asked);
  CHECK(unasked.count(DifferenceKind::Unasked) == 1);
  CHECK(!unasked.gains_nothing());

  CHECK(difference(kDecision + lets, "", kDecision + forbids, nine).gains_nothing());
}

}  // namespace
}  // namespace bylaw::runner::test
