// Which cases a scenario makes.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kHead =
    "decision: look\ngiven: {now: 2025-01-01, who: Robot::r, store: {id: s, open: true, size: small}}\n"
    "tags: [all]\nscenarios:\n";

std::vector<std::string> cases(const std::string& scenario) {
  const auto suites = read(kHead + scenario);
  REQUIRE_MESSAGE(told(*suites).empty(), told(*suites));
  std::vector<std::string> texts;
  const grammar::Sources& sources = suites->project.input.sources;
  grammar::SourceId source{0};
  while (sources[source].path() != "shop.scenarios.yaml")
    source = grammar::SourceId{static_cast<std::uint32_t>(source) + 1};
  const Suite suite = read_suite(*suites->context, source);
  for (const Case& one : expand(*suites->context, suite)) {
    std::string text = fmt::format("{}", one.line);
    for (const Cell& cell : one.cells) text += fmt::format(" {}={}", cell.column, source_text(sources, *cell.value));
    texts.push_back(text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("a scenario without columns is one case") {
  CHECK(cases("  - {name: a, expect: allow}\n") == Texts{"5"});
}

TEST_CASE("a table: a case a row, at the row's line") {
  CHECK(cases("  - name: a\n    table:\n      - [who,      expect]\n      - [Robot::a, allow]\n"
              "      - [Robot::b, deny]\n") == Texts{"8 who=Robot::a expect=allow", "9 who=Robot::b expect=deny"});
}

TEST_CASE("each as a map: all combinations, the last key fastest") {
  CHECK(cases("  - {name: a, expect: allow, each: {who: [Robot::a, Robot::b], store.open: [true, false]}}\n") ==
        Texts{"5 who=Robot::a store.open=true", "5 who=Robot::a store.open=false", "5 who=Robot::b store.open=true",
              "5 who=Robot::b store.open=false"});
}

TEST_CASE("each as a list: a case an item; beside a table: each with each row") {
  CHECK(cases("  - name: a\n    expect: allow\n    each:\n      - {who: Robot::a}\n      - {who: Robot::b}\n"
              "    table:\n      - [store.open]\n      - [true]\n") ==
        Texts{"12 who=Robot::a store.open=true", "12 who=Robot::b store.open=true"});
}

TEST_CASE("tags add up") {
  const auto suites = read(kHead + "  - {name: a, expect: allow, tags: slow, each: {tags: [[x, y], z]}}\n");
  REQUIRE(told(*suites).empty());
  CHECK(suites->set.cases[0].result.tags == Texts{"all", "slow", "x", "y"});
  CHECK(suites->set.cases[1].result.tags == Texts{"all", "slow", "z"});
}

TEST_CASE("a cell replaces the scenario's expectation, and `~` leaves it unchecked") {
  const auto suites = read(kHead +
                           "  - name: a\n    expect: allow\n    by: default\n    table:\n"
                           "      - [by, audit]\n      - [~, []]\n      - [{includes: []}, ~]\n");
  REQUIRE(told(*suites).empty());
  CHECK(!suites->set.cases[0].expectations.by);
  CHECK(suites->set.cases[0].expectations.audit);
  CHECK(suites->set.cases[1].expectations.by->includes);
  CHECK(!suites->set.cases[1].expectations.audit);
}

}  // namespace
}  // namespace bylaw::runner::test
