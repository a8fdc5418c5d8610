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
  CHECK(
      generated(kDoor, kOne, "door.dear").file ==
      R"(# Made by `bylaw test --generate door.dear` out of what the policies say now. Each expectation is what the engine answers,
# not what anybody asked for: review each, correct the policy or the scenario, and take its tag `review` away.
scenarios:
  - group: enter
    decision: enter
    given: {now: 2025-01-01T00:00:00Z, until: 2025-01-02T00:00:00Z, who: Guest::bo, kind: rare, price: 50, bags: [{name: a, weight: 1}]}
    entities: {Guest::ana: {in: [], level: 5}, Guest::bo: {in: [], level: 5}}
    scenarios:
      - name: door.dear denies
        tags: [review]
        when: {now: 2024-12-02T23:59:59Z, price: 101}
        expect: deny
        by: [door.dear]
      - name: "door.dear just misses, by price > 100"
        tags: [review]
        when: {now: 2024-12-02T23:59:59Z, price: 100}
        expect: allow
        by: default
      - name: "door.dear just misses, by until - now > 30d"
        tags: [review]
        when: {now: 2024-12-03T00:00:00Z, price: 101}
        expect: allow
        by: default
      - name: "door.dear at the edge of until - now > 30d, below"
        tags: [review]
        when: {now: 2024-12-02T23:59:59Z, until: 2025-01-01T23:59:59Z, price: 101}
        expect: allow
        by: default
      - name: "door does not apply, by kind != plain"
        tags: [review]
        when: {kind: plain}
        expect: allow
        by: default
)");
}

TEST_CASE("the entries of a list are asked on both sides of their dates") {
  std::string policies = kDoor;
  const std::string entry = "Guest::\"ana\"  because";
  policies.replace(policies.find(entry), entry.size(), "Guest::\"ana\"  since 2024-12-01 through 2025-01-31  because");
  const std::string file = generated(policies, kOne, "door.friend").file;
  const std::string entry_name = R"(door.friend with the entry Guest::\"ana\" of friends, )";
  const std::pair<const char*, const char*> kSides[] = {{"before it begins", "2024-11-30T23:59:59Z"},
                                                        {"once it begins", "2024-12-01T00:00:00Z"},
                                                        {"before it ends", "2025-01-31T23:59:59Z"},
                                                        {"once it has ended", "2025-02-01T00:00:00Z"}};
  for (const auto& [side, now] : kSides) {
    const std::size_t at = file.find(entry_name + side);
    REQUIRE_MESSAGE(at != std::string::npos, file);
    CHECK(file.substr(at, file.find("expect:", at) - at).find(std::string("now: ") + now) != std::string::npos);
  }
  play(policies, file);
}

TEST_CASE("all rules: the file passes as it is, and shows every rule and every condition") {
  const RunResult result = play(kDoor, generated(kDoor, kOne, "all").file);
  CHECK(result.cases.size() > 10);
  CHECK(to_text(*result.coverage, {}) == R"(covered by 11 scenarios
  rules       4 of 4, 100%
  conditions  8 of 8, 100%
  guards      1 of 1, 100%
  entries     1 of 1, 100%
)");
}

TEST_CASE("a decision that no scenario asks begins with a request of its types; an unknown rule is told") {
  const std::string file = generated(kDoor, "decision: enter\nscenarios: []\n", "door.heavy").file;
  CHECK(file.find("door.heavy denies") != std::string::npos);
  play(kDoor, file);
  CHECK(generated(kDoor, kOne, "door.daer").problem == "no rule is named `door.daer`; did you mean `door.dear`?");
}

}  // namespace
}  // namespace bylaw::runner::test
