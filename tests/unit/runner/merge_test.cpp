// Layers of a request: file, group, scenario, row. And layers of entities.
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kGiven = R"(decision: buy
given:
  now: 2025-01-01
  who: {type: Person, id: bo, in: [Team::a], level: 3}
  item: {name: cup, areas: [toys], price: 5, fragile: false, until: now + 1d}
  store: {id: s, open: true, size: small}
  labels: {team: shop}
scenarios:
)";

/// The request of the one case that `scenario` makes.
std::string merged(const std::string& scenario) {
  const auto suites = read(kGiven + scenario);
  REQUIRE_MESSAGE(suites->diagnostics.all().empty(), told(*suites));
  REQUIRE(suites->set.cases.size() == 1);
  return suites->set.cases.front().result.request_json;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("maps merge by key, everything else replaces") {
  const std::string request = merged("  - {name: a, expect: deny, when: {item: {price: 9, areas: [books]}}}\n");
  CHECK(has(request, R"("item": {"name": "cup", "areas": ["area.books"], "price": 9, "fragile": false)"));
}

TEST_CASE("`~` takes a key away, and a stronger layer may give it again") {
  CHECK(!has(merged("  - {name: a, expect: deny, when: {item: {until: ~}}}\n"), "until"));
  const std::string again =
      "  - group: g\n    given: {item: ~}\n    scenarios:\n"
      "      - {name: a, expect: deny, when: {item: {name: pot}}}\n";
  CHECK(has(merged(again), R"("item": {"name": "pot"})"));
}

TEST_CASE("an entity with another id or type replaces: nobody inherits another's groups") {
  CHECK(has(merged("  - {name: a, expect: deny, when: {who: {level: 4}}}\n"),
            R"({"type": "Person", "id": "bo", "in": ["Team::\"a\""], "level": 4})"));
  CHECK(has(merged("  - {name: a, expect: deny, when: {who: {id: eve}}}\n"), R"("who": {"id": "eve"})"));
  CHECK(has(merged("  - {name: a, expect: deny, when: {who: Person::eve}}\n"), R"("who": "Person::\"eve\"")"));
  CHECK(has(merged("  - {name: a, expect: deny, when: {who: {in: Team::b}}}\n"), R"("in": ["Team::\"b\""])"));
}

TEST_CASE("maps merge by key, and a column reaches a key") {
  const std::string labels = "  - {name: a, expect: deny, when: {labels: {app: web, a.b/c: x}}";
  CHECK(has(merged(labels + "}\n"), R"("labels": {"team": "shop", "app": "web", "a.b/c": "x"})"));
  CHECK(has(merged(labels + ", each: {labels.team: [pay]}}\n"), R"("labels": {"team": "pay", "app": "web")"));
  CHECK(has(merged(labels + ", each: {'labels[\"a.b/c\"]': [y]}}\n"), R"("a.b/c": "y"})"));
  CHECK(has(merged("  - {name: a, expect: deny, when: {labels: {team: ~}}}\n"), R"("labels": {})"));
}

TEST_CASE("a field goes by its name or its text in requests") {
  CHECK(has(merged("  - {name: a, expect: deny, when: {store: {how_big: large}}}\n"),
            R"("store": {"id": "s", "open": true, "how_big": "large"})"));
}

TEST_CASE("a column reaches into records, entities and lists") {
  CHECK(has(merged("  - {name: a, expect: deny, each: {store.open: [false], item.until: [now - 1d]}}\n"),
            R"("until": "2024-12-31T00:00:00Z"})"));
  CHECK(
      has(merged("  - {name: a, expect: deny, when: {notes: [{title: x}, {title: y}]}, each: {notes.1.title: [z]}}\n"),
          R"("notes": [{"title": "x"}, {"title": "z"}])"));
  const auto suites = read(kGiven + "  - {name: a, expect: deny, each: {notes.1.title: [z]}}\n");
  CHECK(told(*suites) == "S0219 9:36 `notes.1.title`: the list has no such element in this case\n");
}

TEST_CASE("`given` may hold what only another decision of the file has") {
  const auto suites = read(kGiven + "  - {name: a, expect: deny, each: {decision: [buy, look]}}\n");
  CHECK(told(*suites).empty());
  REQUIRE(suites->set.cases.size() == 2);
  CHECK(has(suites->set.cases[0].result.request_json, "item"));
  CHECK(!has(suites->set.cases[1].result.request_json, "item"));
}

TEST_CASE("entities merge by id, then by attribute") {
  const std::string file = R"(decision: look
given: {now: 2025-01-01, who: Person::bo, store: Store::s}
entities:
  Person::bo: {in: Team::a, level: 3, since: now - 1d}
  Person::gone: {}
  Store::s: {open: true, size: small}
scenarios:
  - group: g
    entities: {Person::"bo": {in: [Team::b, Team::c]}, Person::gone: ~, Team::b: {in: Team::c}}
    scenarios:
      - {name: a, expect: allow, entities: {Person::bo: {level: ~}}}
)";
  const auto suites = read(file);
  REQUIRE(told(*suites).empty());
  CHECK(*suites->set.cases.front().result.entities_json ==
        R"({"Person::\"bo\"": {"in": ["Team::\"b\"", "Team::\"c\""], "since": "2024-12-31T00:00:00Z"}, )"
        R"("Team::\"b\"": {"in": ["Team::\"c\""]}, "Store::\"s\"": {"open": true, "how_big": "small"}})");
}

}  // namespace
}  // namespace bylaw::runner::test
