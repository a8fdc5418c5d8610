// What scenarios show of the policies: counted by condition, and why something is not covered.
#include <bylaw/runner/coverage.h>
#include <bylaw/runner/render.h>
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const char* const kGate = R"(module shop

enum Kind { plain  rare  stolen }
entity Guest in Club { level: Int? }
entity Club in Club
allowlist friends: Guest {
  Guest::"ana"  because "knows the owner"
  Guest::"ben"  until 2020-01-01T00:00:00Z because "moved away"
  Guest::"cleo"  because "asked"
}
decision enter {
  who:   Guest
  kind:  Kind
  price: Int
  coat:  String?
  bags:  List<String> = []
  now:   Time
  default allow
}
decision leave { who: Guest  now: Time  default allow }

def dear(price: Int): Bool = price > 100 and price < 1_000

policy door for enter when kind != plain {
  exempt friend  when who in friends
  deny   dear    when dear(price)                           because "too dear"
  deny   coat    when coat is set and coat == "fur"         because "no furs"
  deny   bags    for each b in bags when b == "bomb" or b == "gun"  because "not with {b}"
  deny   never   when kind == stolen and price < 0          because "no"
}
policy late for enter in force from 2030-01-01T00:00:00Z {
  deny anyone when price > 5  because "closed"
}
policy exit for leave {
  deny locked when now < 2000-01-01  because "locked"
}
)";

const std::string kScenarios = R"(decision: enter
given: {now: 2025-01-01, who: Guest::"bo", kind: rare, price: 50}
entities: {Guest::bo: {in: []}, Guest::ana: {in: []}}
scenarios:
  - {name: fine, expect: allow}
  - {name: dear, when: {price: 500}, expect: deny, by: [door.dear]}
  - {name: a friend may, when: {price: 500, who: Guest::"ana"}, expect: allow}
  - {name: plain, when: {kind: plain, price: 500}, expect: allow}
  - {name: fur, when: {coat: fur}, expect: deny}
  - {name: bags, when: {bags: [book, bomb]}, expect: deny}
)";

struct Played {
  compiler::Project project;
  RunResult result;
};

Played play(const std::string& scenarios, RunOptions options = {}, const std::string& policies = kGate) {
  Played played;
  played.project = make_project(policies, scenarios);
  options.cover = true;
  played.result = run(played.project, {}, options);
  REQUIRE_MESSAGE(!played.result.diagnostics.has_errors(), told(played.project, played.result.diagnostics));
  REQUIRE(played.result.bug == "");
  REQUIRE(played.result.coverage);
  return played;
}

const CoverPoint& find(const CoverageResult& coverage, CoverKind kind, const std::string& name,
                       const std::string& text) {
  for (const CoverPoint& point : coverage.points)
    if (point.kind == kind && point.name == name && point.text == text) return point;
  FAIL("no such point: " << name << " " << text);
  return coverage.points.front();
}

std::vector<std::size_t> counts(const CoverPoint& point) {
  std::vector<std::size_t> list;
  for (const CoverAspect& aspect : point.aspects) list.push_back(aspect.count);
  return list;
}

using Counts = std::vector<std::size_t>;

TEST_CASE("conditions are counted one by one, whatever stands beside them") {
  const Played played = play(kScenarios);
  const CoverageResult& all = *played.result.coverage;
  // true, false, decisive; the policy applies in five of six cases.
  CHECK(counts(find(all, CoverKind::Condition, "shop.door.dear", "price > 100")) == Counts{2, 3, 5});
  CHECK(counts(find(all, CoverKind::Guard, "shop.door", "kind != plain")) == Counts{5, 1});
  // What is compared with is absent but for one case: there it is true, and elsewhere nobody asks.
  CHECK(counts(find(all, CoverKind::Condition, "shop.door.coat", "coat is set")) == Counts{1, 4, 1});
  CHECK(counts(find(all, CoverKind::Condition, "shop.door.coat", "coat == \"fur\"")) == Counts{1, 0, 1});
  // Two elements in one case.
  CHECK(counts(find(all, CoverKind::Condition, "shop.door.bags", "b == \"bomb\"")) == Counts{1, 1, 2});
  CHECK(counts(find(all, CoverKind::Condition, "shop.door.never", "kind == stolen")) == Counts{0, 5, 0});
  CHECK(counts(find(all, CoverKind::Entry, "shop.friends", "Guest::\"ana\"")) == Counts{1});
}

TEST_CASE("attributes of entities that only lie above the request's count as the engine reads them") {
  const Played played = play(R"(decision: read
entities: {Folder::top: {public: true}, Folder::f: {in: Folder::top}, Doc::d: {in: Folder::f}, Doc::e: {in: []}}
scenarios:
  - {name: open, when: {doc: Doc::d}, expect: allow}
  - {name: closed, when: {doc: Doc::e}, expect: deny, by: default}
)",
                             {}, R"(module shop
entity Folder in Folder { public: Bool = false }
entity Doc in Folder
decision read { doc: Doc  default deny }
policy p for read { allow open when any f in doc.lineage: f is Folder and f.public }
)");
  CHECK(played.result.coverage->metrics[0].covered == played.result.coverage->metrics[0].total);
}

TEST_CASE("what is not covered is told with its reason") {
  CHECK(
      to_text(*play(kScenarios).result.coverage, {}) ==
      R"(shop.bylaw:8: entry Guest::"ben" of shop.friends: never reached: live until 2020-01-01T00:00:00Z, at no scenario's `now`
shop.bylaw:9: entry Guest::"cleo" of shop.friends: never true: live in 6 scenarios, matched in none
shop.bylaw:26: `price < 1_000` of shop.door.dear (through `dear(price)`): never false
shop.bylaw:27: `coat == "fur"` of shop.door.coat: never false
shop.bylaw:28: `b == "gun"` of shop.door.bags: never true
shop.bylaw:29: deny shop.door.never: never true: several conditions are wrong each time
shop.bylaw:29: `kind == stolen` of shop.door.never: never true
shop.bylaw:29: `price < 0` of shop.door.never: never true
shop.bylaw:32: deny shop.late.anyone: never reached: `now` of no scenario lies in the policy's time, in force from 2030-01-01T00:00:00Z
shop.bylaw:32: `price > 5` of shop.late.anyone: never reached: `now` of no scenario lies in the policy's time, in force from 2030-01-01T00:00:00Z
shop.bylaw:35: deny shop.exit.locked: never reached: no scenario asks `leave`
shop.bylaw:35: `now < 2000-01-01` of shop.exit.locked: never reached: no scenario asks `leave`
covered by 6 scenarios
  rules       4 of 7, 57%
  conditions  5 of 12, 41%
  guards      1 of 1, 100%
  entries     1 of 3, 33%
)");
}

const char* const kShadows = R"(module shop

decision enter { price: Int  kind: Int  now: Time  obliges wait: Duration by max  default allow }
policy door for enter {
  exempt all_of_it when price > 0
  exempt idle      when kind > 5
  deny   dear      when price > 10                 because "too dear"
  deny   odd       when kind == 1 and (price > 3 or kind < 0)  because "odd"
  oblige wait      wait = 2d when price < 0
  deny   otherwise because "no"
}
policy open for enter {
  allow cheap when price < 5
}
policy shut for enter {
  deny shut when price < 5  because "shut"
}
)";

TEST_CASE("shadowed: a rule that holds and never counts, a condition that never matters") {
  const std::string told = to_text(*play(R"(decision: enter
given: {now: 2025-01-01, price: 20, kind: 0}
scenarios:
  - {name: dear, expect: allow}
  - {name: cheap, when: {price: 1}, expect: deny}
  - {name: odd, when: {kind: 1}, expect: allow}
  - {name: idle, when: {kind: 6, price: -1}, expect: deny}
)",
                                         {}, kShadows)
                                        .result.coverage,
                                   {});
  const auto says = [&](const std::string& line) { CHECK_MESSAGE(told.find(line + "\n") != std::string::npos, told); };
  says("shop.bylaw:7: deny shop.door.dear: shadowed: holds twice, lifted each time by door.all_of_it");
  says("shop.bylaw:9: oblige shop.door.wait: holds once, but the verdict is never allow then");
  says("shop.bylaw:13: allow shop.open.cheap: shadowed: holds twice, overruled each time by shut.shut");
  says("shop.bylaw:8: `kind < 0` of shop.door.odd: never true");
}

TEST_CASE("lines that changed: what stands on them, and what uses a def on them") {
  RunOptions options;
  options.changed = Since{"main", {{"shop.bylaw", {{22, 22}, {35, 40}}}}};
  const Played played = play(kScenarios, options);
  CHECK(to_text(*played.result.coverage, {}) ==
        R"(shop.bylaw:26: `price < 1_000` of shop.door.dear (through `dear(price)`): never false
shop.bylaw:35: deny shop.exit.locked: never reached: no scenario asks `leave`
shop.bylaw:35: `now < 2000-01-01` of shop.exit.locked: never reached: no scenario asks `leave`
covered by 6 scenarios, of what changed since main
  rules       1 of 2, 50%
  conditions  1 of 3, 33%
)");
}

TEST_CASE("gates: the share is that of the metric, and one that is not met leaves with 5") {
  const auto gates = [](std::vector<compiler::Gate> wanted, bool changed = false) {
    compiler::Project project = make_project(kGate, kScenarios);
    project.file.gates = std::move(wanted);
    RunOptions options;
    options.cover = true;
    if (changed) options.changed = Since{"main", {{"shop.bylaw", {{26, 26}}}}};
    return run(project, {}, options);
  };
  CHECK(gates({{"guards", 100}, {"entries", 30}}).exit_status() == 0);
  const RunResult missed = gates({{"guards", 100}, {"rules", 60}, {"mutants", 100}});
  CHECK(missed.exit_status() == 5);
  REQUIRE(missed.gates.size() == 2);
  CHECK(missed.gates[0].met());
  CHECK(missed.gates[1].name == "rules");
  CHECK(missed.gates[1].have == doctest::Approx(400.0 / 7));
  CHECK(gates({{"changed_rules", 100}}, true).exit_status() == 0);
  CHECK(gates({{"changed_rules", 100}}).gates.empty());  // nobody said since when
  const auto json = nlohmann::json::parse(to_json(missed, make_project(kGate, kScenarios).input.sources, "0"));
  CHECK(json["gates"][1]["met"] == false);
}

TEST_CASE("LCOV: rules are functions, conditions are branches") {
  const std::string lcov = to_lcov(*play(kScenarios).result.coverage);
  const auto has = [&](const std::string& line) { CHECK_MESSAGE(lcov.find(line + "\n") != std::string::npos, lcov); };
  has("SF:shop.bylaw");
  has("FN:26,shop.door.dear");
  has("FNDA:1,shop.door.dear");
  has("FNF:7\nFNH:4");
  has("DA:8,0");
  has("DA:35,0");
  CHECK(lcov.find(",2\nBRDA:26,") != std::string::npos);  // `price > 100` was true twice
  CHECK(lcov.ends_with("end_of_record\n"));
}

TEST_CASE("JSON holds each point, HTML each line with its marks and nothing from elsewhere") {
  const Played played = play(kScenarios);
  const auto json = nlohmann::json::parse(to_json(*played.result.coverage, "0"));
  CHECK(json["schema"] == "bylaw.cover/1");
  CHECK(json["metrics"]["rules"]["covered"] == 4);
  CHECK(json["points"].size() == played.result.coverage->points.size());
  const std::string html = to_html(*played.result.coverage, played.project.input.sources, "a < b");
  CHECK(html.find("<title>a &lt; b</title>") != std::string::npos);
  CHECK(html.find("<mark class=\"part\" title=\"shop.door.coat, true 1, false 0, decisive 1: never false\">coat == "
                  "&quot;fur&quot;</mark>") != std::string::npos);
  CHECK(html.find("://") == std::string::npos);
}

}  // namespace
}  // namespace bylaw::runner::test
