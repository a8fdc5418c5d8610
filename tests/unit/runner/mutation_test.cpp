// Small changes to the rules, and which of them the scenarios notice.
#include <bylaw/runner/mutation.h>
#include <bylaw/runner/render.h>
#include <doctest/doctest.h>
#include <algorithm>

#include <nlohmann/json.hpp>

#include "mutation/term_edits.h"
#include "support.h"

namespace bylaw::runner::test {
namespace {

RunResult mutate(const std::string& policies, const std::string& scenarios, RunOptions options = {},
                 std::vector<compiler::Gate> gates = {}) {
  compiler::Project project = make_project(policies, scenarios);
  project.file.gates = std::move(gates);
  options.mutate = true;
  RunResult result = run(project, {}, options);
  REQUIRE_MESSAGE(!result.diagnostics.has_errors(), told(project, result.diagnostics));
  REQUIRE(result.bug == "");
  return result;
}

std::string survivors(const RunResult& result) {
  REQUIRE(result.mutation);
  std::string text;
  for (const Survivor& survivor : result.mutation->survivors)
    text += std::to_string(survivor.place.line) + " " + survivor.name + ": " + survivor.text + "\n";
  return text;
}

TEST_CASE("a set of numbers has a member more and one less, patterns are wider and narrower") {
  const std::string policies = R"(module shop
decision d { port: Int  ref: String  default allow }
policy p for d {
  deny port when port in {80, 443}
  deny ref  when ref matches re"^release/[0-9]$"
}
)";
  const RunResult result = mutate(policies, R"(decision: d
scenarios:
  - {name: a, when: {port: 80, ref: x}, expect: deny}
  - {name: b, when: {port: 443, ref: x}, expect: deny}
  - {name: c, when: {port: 1, ref: release/1}, expect: deny}
  - {name: d, when: {port: 1, ref: x}, expect: allow}
)");
  const std::string text = survivors(result);
  CHECK_MESSAGE(text.find("becomes `{80, 443, 444}`") != std::string::npos, text);
  CHECK_MESSAGE(text.find("becomes `re\"release/[0-9]$\"`") != std::string::npos, text);
  CHECK_MESSAGE(text.find("becomes `re\"^release/.$\"`") != std::string::npos, text);
  CHECK_MESSAGE(text.find("becomes `{80}`") == std::string::npos, text);
}

const char* const kShop = R"(module shop

enum Kind { plain  rare  stolen }
entity Guest
allowlist friends: Guest {
  Guest::"ana"  because "knows the owner"
  Guest::"ben"  because "knows the cook"
}
decision enter {
  who:   Guest
  kind:  Kind
  price: Int
  now:   Time
  obliges wait: Duration by max
  default allow
}
policy door for enter when kind != plain {
  exempt friend  when who in friends
  deny   dear    when price > 100 and now < 2030-01-01  because "too dear"
}
policy slow for enter {
  oblige rare wait = 2d when kind == rare
}
)";

const std::string kHead = R"(decision: enter
given: {now: 2025-01-01, who: Guest::"bo", kind: rare, price: 50}
entities: {Guest::bo: {}, Guest::ana: {}, Guest::ben: {}}
scenarios:
)";

const std::string kStrong = kHead + R"(  - {name: at the limit, when: {price: 100}, expect: allow, obliges: {wait: 2d}}
  - {name: above, when: {price: 101}, expect: deny, by: [door.dear]}
  - {name: far above, when: {price: 102}, expect: deny}
  - {name: a friend may, when: {price: 101, who: Guest::"ana"}, expect: allow, by: default, exempt: [door.friend]}
  - {name: so may the other, when: {price: 101, who: Guest::"ben"}, expect: allow, exempt: [door.friend]}
  - {name: plain things, when: {kind: plain, price: 500}, expect: allow, exempt: [], obliges: {}}
  - {name: stolen things, when: {kind: stolen, price: 101}, expect: deny}
  - {name: stolen and cheap, when: {kind: stolen}, expect: allow, exempt: [], obliges: {}}
  - {name: the last instant, when: {price: 101, now: 2029-12-31T23:59:59Z}, expect: deny}
  - {name: over, when: {price: 101, now: 2030-01-01}, expect: allow}
)";

TEST_CASE("a suite that looks at every edge notices every change") {
  const RunResult result = mutate(kShop, kStrong);
  CHECK(survivors(result) == "");
  CHECK(result.mutation->mutants > 20);
  CHECK(result.mutation->killed == result.mutation->mutants);
}

TEST_CASE("a suite without one of its scenarios names what that one alone noticed") {
  const auto without = [](const std::string& name) {
    std::string scenarios = kStrong;
    const std::size_t at = scenarios.find("  - {name: " + name + ",");
    REQUIRE(at != std::string::npos);
    scenarios.erase(at, scenarios.find('\n', at) + 1 - at);
    return survivors(mutate(kShop, scenarios));
  };
  CHECK(without("so may the other") == "7 shop.friends: the entry `Guest::\"ben\"` is removed\n");
  CHECK(without("the last instant") ==
        "19 shop.door.dear: `now < 2030-01-01`: `2030-01-01T00:00:00Z` becomes `2029-12-31T00:00:00Z`\n");
}

TEST_CASE("a verdict without `by` does not notice who decides") {
  const std::string policies = R"(module shop
decision enter { price: Int  now: Time  default allow }
policy door for enter {
  deny dear when price > 100  because "too dear"
  deny cheap when price > 90  because "odd"
}
)";
  const std::string head = "decision: enter\ngiven: {now: 2025-01-01}\nscenarios:\n";
  const std::string weak = head + "  - {name: x, when: {price: 101}, expect: deny}\n";
  const std::string strong = head + "  - {name: x, when: {price: 101}, expect: deny, by: [door.dear, door.cheap]}\n";
  const std::string removed = "4 shop.door.dear: `deny dear` is removed\n";
  CHECK(survivors(mutate(policies, weak)).find(removed) != std::string::npos);
  CHECK(survivors(mutate(policies, strong)).find(removed) == std::string::npos);
}

TEST_CASE("survivors come with scenarios that notice them") {
  const RunResult result = mutate(kShop, kHead + "  - {name: cheap, expect: allow}\n");
  REQUIRE(result.mutation->survivors.size() > 10);
  std::string scenarios = kHead;
  RunResult unanswered;  // of a few no request is found that tells
  unanswered.mutation.emplace();
  for (const Survivor& survivor : result.mutation->survivors) {
    scenarios += survivor.scenario;
    if (survivor.scenario.empty()) unanswered.mutation->survivors.push_back(survivor);
  }
  CHECK(unanswered.mutation->survivors.size() <= 2);
  const RunResult again = mutate(kShop, scenarios);
  for (const Survivor& left : again.mutation->survivors)
    CHECK(std::any_of(unanswered.mutation->survivors.begin(), unanswered.mutation->survivors.end(),
                      [&](const Survivor& known) { return known.name == left.name && known.text == left.text; }));
}

TEST_CASE(
    "a def is changed once for all who use it; a revision leaves the rest alone; a failing suite is not mutated") {
  const std::string policies = R"(module shop
decision enter { price: Int  now: Time  default allow }
def dear(price: Int): Bool = price > 100
policy door for enter { deny dear when dear(price)  because "too dear" }
policy gate for enter { deny dear when dear(price)  because "too dear" }
)";
  const std::string scenarios =
      "decision: enter\ngiven: {now: 2025-01-01}\nscenarios:\n"
      "  - {name: x, when: {price: 50}, expect: allow}\n";
  RunOptions options;
  options.changed = Since{"main", {{"shop.bylaw", {{3, 3}}}}};
  CHECK(survivors(mutate(policies, scenarios, options)) ==
        "3 shop.door.dear and 1 more: `price > 100`: `100` becomes `101`\n"
        "3 shop.door.dear and 1 more: `price > 100`: `100` becomes `99`\n");
  const RunResult failing = mutate(policies, scenarios + "  - {name: y, when: {price: 50}, expect: deny}\n");
  CHECK(failing.exit_status() == 1);
  CHECK(!failing.mutation);
}

TEST_CASE("what others rely on is not taken away: it would not compile") {
  const std::string policies = R"(module shop
decision enter { price: Int?  most: Int?  default allow }
policy door for enter {
  deny dear when price is set and price > 100  because "too dear"
  deny full when most is set and (most ?? 7) > 3
}
)";
  const std::string text =
      survivors(mutate(policies, "decision: enter\nscenarios:\n  - {name: x, when: {most: 1}, expect: allow}\n"));
  CHECK_MESSAGE(text.find("`price > 100` is dropped") != std::string::npos, text);
  CHECK_MESSAGE(text.find("`price is set` is dropped") == std::string::npos, text);
  CHECK_MESSAGE(text.find("`price is set`: is negated") == std::string::npos, text);
  CHECK_MESSAGE(text.find("`price is set` ..:") == std::string::npos, text);
  CHECK_MESSAGE(text.find("`most is set` is dropped") != std::string::npos, text);
}

TEST_CASE("the gate on mutants") {
  CHECK(mutate(kShop, kStrong, {}, {{"mutants", 100}}).exit_status() == 0);
  const RunResult weak = mutate(kShop, kHead + "  - {name: cheap, expect: allow}\n", {}, {{"mutants", 90}});
  CHECK(weak.exit_status() == 5);
  const auto json = nlohmann::json::parse(to_json(*weak.mutation, "0"));
  CHECK(json["schema"] == "bylaw.mutate/1");
  CHECK(json["mutants"] == weak.mutation->mutants);
  CHECK(json["survivors"].size() == weak.mutation->mutants - weak.mutation->killed);
}

TEST_CASE("neighbours: one unit as it is written, wider and narrower") {
  using compiler::Value;
  using compiler::ValueKind;
  compiler::Program program;
  const auto near = [&](const Value& value, compiler::TypeKind kind) {
    std::vector<std::string> texts;
    for (const Value& one : neighbours(program, value, program.simple(kind)))
      texts.push_back(one.text.empty() ? std::to_string(one.integer) : one.text);
    return texts;
  };
  using Texts = std::vector<std::string>;
  constexpr std::int64_t kHour = 3600000000;
  CHECK(near(Value::number(ValueKind::Int, 3), compiler::TypeKind::Int) == Texts{"4", "2"});
  CHECK(near(Value::number(ValueKind::Duration, 2 * kHour), compiler::TypeKind::Duration) ==
        Texts{std::to_string(3 * kHour), std::to_string(kHour)});
  CHECK(near(Value::number(ValueKind::Decimal, 15000), compiler::TypeKind::Decimal) == Texts{"16000", "14000"});
  CHECK(near(Value::form("10.0.0.0/8"), compiler::TypeKind::Cidr) == Texts{"10.0.0.0/7", "10.0.0.0/9"});
  CHECK(near(Value::pattern(compiler::PatternKind::Glob, "a/*"), compiler::TypeKind::Glob) == Texts{"a/**", "a/?"});
  CHECK(near(Value::pattern(compiler::PatternKind::Glob, "a/**"), compiler::TypeKind::Glob) == Texts{"a/*"});
}

}  // namespace
}  // namespace bylaw::runner::test
