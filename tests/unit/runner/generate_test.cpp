// Scenarios that are made for rules: what they are, and that they pass as they are printed.
#include <bylaw/runner/render.h>
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

struct Generated {
  std::string file;
  std::string problem;
};

Generated generated(const std::string& policies, const std::string& scenarios, const std::string& rule) {
  compiler::Project project = make_project(policies, scenarios);
  RunOptions options;
  options.generate = rule;
  const RunResult result = run(project, {}, options);
  REQUIRE_MESSAGE(!result.diagnostics.has_errors(), told(project, result.diagnostics));
  REQUIRE(result.bug == "");
  return {result.generated, result.not_generated};
}

RunResult play(const std::string& policies, const std::string& scenarios) {
  compiler::Project project = make_project(policies, scenarios);
  RunOptions options;
  options.cover = true;
  RunResult result = run(project, {}, options);
  REQUIRE_MESSAGE(!result.diagnostics.has_errors(), scenarios << told(project, result.diagnostics));
  REQUIRE_MESSAGE(result.summary.failed == 0, scenarios << to_text(result, project.input.sources));
  return result;
}

const char* const kDoor = R"(module shop

enum Kind { plain  rare  stolen }
entity Guest in Club { level: Int }
entity Club in Club
allowlist friends: Guest { Guest::"ana"  because "knows the owner" }
record Bag { name: String  weight: Int }
decision enter {
  who:   Guest
  kind:  Kind
  price: Int
  bags:  List<Bag> = []
  coat:  String?
  until: Time
  now:   Time
  default allow
}
policy door for enter when kind != plain {
  exempt friend  when who in friends
  deny   dear    when price > 100 and until - now > 30d       because "too dear"
  deny   level   when who.level < 3 and coat is set and coat == "fur"         because "no furs"
  deny   heavy   for each b in bags when b.weight > 20        because "{b.name} is too heavy"
}
)";

const std::string kOne = R"(decision: enter
given: {now: 2025-01-01, until: 2025-01-02, who: Guest::"bo", kind: rare, price: 50, bags: [{name: a, weight: 1}]}
entities: {Guest::bo: {in: [], level: 5}, Guest::ana: {in: [], level: 5}}
scenarios:
  - {name: cheap, expect: allow}
)";

TEST_CASE("a rule: it decides, each condition alone keeps it from that, both sides of its numbers") {
  CHECK(generated(kDoor, kOne, "door.dear").file == R"()");
}

TEST_CASE("all rules: the file passes as it is, and shows every rule and every condition") {
  const RunResult result = play(kDoor, generated(kDoor, kOne, "all").file);
  CHECK(result.cases.size() > 10);
  CHECK(to_text(*result.coverage, {}) == R"()");
}

TEST_CASE("a decision that no scenario asks begins with a request of its types; an unknown rule is told") {
  const std::string file = generated(kDoor, "decision: enter\nscenarios: []\n", "door.heavy").file;
  CHECK(file.find("door.heavy denies") != std::string::npos);
  play(kDoor, file);
  CHECK(generated(kDoor, kOne, "door.daer").problem == "no rule is named `door.daer`; did you mean `door.dear`?");
}

}  // namespace
}  // namespace bylaw::runner::test
