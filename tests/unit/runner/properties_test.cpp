// Properties: what they may say, how requests are drawn, gone through, left out and made simpler.
#include <bylaw/runner/render.h>
#include <bylaw/runner/run.h>
#include <bylaw/runner/update.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "property/choices.h"
#include "property/simplify.h"
#include "support.h"

namespace bylaw::runner::test {
namespace {

const std::string kHead = kBoBuys + std::string(
                                        "entities: {Person::bo: {}, Person::cy: {level: 3}, Robot::r2: {}}\n"
                                        "properties:\n");

std::string refused(const std::string& property) {
  return told(*read(kHead + "  - {name: a, expect: deny, " + property + "}\n"));
}

struct Played {
  compiler::Project project;
  RunResult result;
  const CaseResult& one() const { return result.cases.front(); }
  std::string text() const { return to_text(result, project.input.sources, {}); }
  /// The scenario of the simplest request that fails, without its first line.
  std::string found() const {
    const std::string& text = one().property->scenario;
    return text.substr(std::min(text.find('\n'), text.size()));
  }
};

Played play(const std::string& property, const RunOptions& options = {}) {
  Played played;
  played.project = make_project(kPolicies, kHead + "  - {name: a, " + property + "}\n");
  played.result = run(played.project, {}, options);
  REQUIRE_MESSAGE(!played.result.diagnostics.has_errors(), told(played.project, played.result.diagnostics));
  REQUIRE(played.result.cases.size() == 1);
  REQUIRE(played.one().property.has_value());
  return played;
}

TEST_CASE("what a property may say is checked before anything runs") {
  CHECK(told(*read(kHead + "  - {name: a, expect: deny}\n")) == "S0302 5:5 this property has no `forall`\n");
  CHECK(refused("forall: {}") ==
        "S0115 5:37 `forall` is a map, and takes a map by paths of the request, such as `{principal: every User}`\n");
  CHECK(refused("forall: {item.prise: any}") ==
        "S0210 5:38 the request has no field `item.prise`; did you mean `item.price`?\n");
  CHECK(refused("forall: {item.price: any String}") ==
        "S0233 5:50 this is an Int, and `String` names another type: write `any Int`\n");
  CHECK(refused("forall: {item.price: some}") ==
        "S0237 5:50 `item.price` cannot go through `some`: write `any`, `any Int`, a range `A..B` or a list of "
        "values\n");
  CHECK(refused("forall: {who: some}") ==
        "S0237 5:43 `who` cannot go through `some`: write `any`, `any Person | Robot`, `every TYPE` or a list of "
        "values\n");
  CHECK(refused("forall: {item.price: every Int}") ==
        "S0237 5:50 `item.price` cannot go through `every Int`: write `any Int`: only of an enum, a Bool and entities "
        "there is every one\n");
  CHECK(refused("forall: {item.price: 9..1}") ==
        "S0237 5:50 `item.price` cannot go through `9..1`: write a range whose first end is not the greater one\n");
  CHECK(refused("forall: {item.price: [1, x]}") ==
        "S0103 5:54 `x` is not an Int: write a whole number of 64 bits, without quotes\n");
  CHECK(refused("forall: {item.price: []}") == "S0115 5:50 `item.price` is a list, and takes at least one value\n");
  CHECK(refused("forall: {who: every Store}").starts_with("S02"));
  CHECK(refused("forall: {store: every Store}") ==
        "S0234 5:45 the entity data of this property describes no Store, so there is none to go through\n");
  CHECK(refused("forall: {who.level: any}") ==
        "S0235 5:38 `who.level` cannot be drawn, as `who` only refers to an entity: describe it in the request\n");
  CHECK(refused("forall: {item.price: any}, runs: 0") ==
        "S0115 5:62 `runs` is `0`, and takes how often it is tried, from 1 to 1000000\n");
  CHECK(refused("forall: {item.price: any}, table: []") == "S0101 5:56 unknown key `table`\n");
  CHECK(told(*read(kHead + "  - {name: a, expect: show, forall: {item.price: any}}\n")) ==
        "S0115 5:23 `expect` is `show`, and takes allow, deny or invalid in a property\n");
}

TEST_CASE("an assumption is a condition of the decision's module, and its mistakes are told where it stands") {
  CHECK(refused("forall: {item.price: any}, assume: item.price > 3 and size_of_all").starts_with("E"));
  const std::string told = refused("forall: {item.price: any}, assume: item.prise > 3");
  CHECK(told.starts_with("E"));
  CHECK(told.find(" 5:69 ") != std::string::npos);
  CHECK(refused("forall: {item.price: any}, assume: item.price >").starts_with("E"));
  CHECK(refused("forall: {item.price: any}, assume: item.price").find(" 5:64 ") != std::string::npos);
  CHECK(refused("forall: {item.price: any}, assume: [a]") ==
        "S0115 5:64 `assume` is a list, and takes a condition, such as `age >= 18`\n");
  CHECK(refused("forall: {item.price: any}, assume: store.size == large and toys in item.areas").empty());
}

TEST_CASE("few combinations are all gone through") {
  const Played played = play("forall: {who: every Person, store.size: any, item.fragile: any Bool}, expect: deny");
  CHECK(played.one().status == CaseStatus::Passed);
  CHECK(played.one().property->all);
  CHECK(played.one().property->runs == 8);
  CHECK(play("forall: {who: any Person}, expect: deny").one().property->all ==
        false);  // of whom the data knows nothing
  CHECK(play("forall: {item.price: 11..60}, expect: deny").one().property->runs == 50);
  CHECK(play("forall: {item.price: 11..6000}, expect: deny").one().property->runs == 200);
  CHECK(play("forall: {store.size: every Size, item.price: [10, 11, 12]}, expect: deny").one().property->runs == 6);
}

TEST_CASE("numbers are drawn around what the policy compares with, and the nearest to the base is told") {
  const Played played = play("forall: {item.price: any, item.name: any, who: any}, expect: deny");
  CHECK(played.one().status == CaseStatus::Failed);
  CHECK_FALSE(played.one().property->all);
  CHECK(played.found() == "\n  when: {item: {price: 9}}\n  expect: deny");
  CHECK(played.one().deciders.size() == 1);
  CHECK(played.text().find("actual  allow by staff.cheap") != std::string::npos);
  CHECK(played.text().find("    - name: a, a case of it\n      when: {item: {price: 9}}\n") != std::string::npos);
}

TEST_CASE("a counterexample is made simple: what does not matter is as in the base") {
  const Played sets = play(
      "forall: {item: any, notes: any, labels: any, store: any}, assume: item.price > 9, expect: deny, "
      "by: [staff.otherwise]");
  CHECK(sets.one().status == CaseStatus::Failed);
  // An unknown area, a closed store, or somebody who is trusted: one of them alone.
  const std::string found = sets.found();
  const bool strange = found.find("something-new") != std::string::npos;
  const bool closed = found.find("open: false") != std::string::npos;
  const bool trusted = found.find("staff: [") != std::string::npos;
  CHECK(int(strange) + int(closed) + int(trusted) == 1);
  CHECK(found.find("notes") == std::string::npos);
  CHECK(found.find("price") == std::string::npos);
}

TEST_CASE("the same seed draws the same, on any number of threads, and another one others") {
  const std::string property = "forall: {item.price: any, item.name: any, store: any}, expect: deny";
  const Played first = play(property), again = play(property, {.threads = 4});
  CHECK(first.one().property->seed == again.one().property->seed);
  CHECK(first.one().property->found == again.one().property->found);
  CHECK(first.one().request_json == again.one().request_json);
  const Played other = play(property, {.seed = 7});
  CHECK(other.one().property->seed == 7);
  CHECK(other.text().find(" --seed 7\n") != std::string::npos);
  CHECK(first.text().find(" --seed ") == std::string::npos);
}

TEST_CASE("what is assumed leaves requests out; too few that are left are a failure of their own") {
  const Played kept = play("forall: {item.price: any}, assume: item.price >= 10, expect: deny");
  CHECK(kept.one().status == CaseStatus::Passed);
  CHECK(kept.one().property->runs == 200);
  CHECK(kept.one().property->discarded > 0);
  const Played none = play("forall: {item.price: any}, assume: item.price == 77777777, expect: allow");
  CHECK(none.one().status == CaseStatus::Failed);
  REQUIRE(none.one().failures.size() == 1);
  CHECK(none.one().failures.front().text ==
        "`assume` let only 0 of 200 requests through, in 4000 tries: draw fewer that it refuses");
  const Played empty = play("forall: {store.size: any}, assume: store.size == large and not store.open, expect: deny");
  CHECK(empty.one().failures.front().text ==
        "`assume` let only 0 of 2 requests through, in 2 tries: draw fewer that it refuses");
}

TEST_CASE("an answer may be related to that of the same request asked otherwise") {
  // Who is listed is not denied, and somebody else may not buy: a list grants nothing here, and its absence no more.
  const Played same = play("forall: {item.price: any, who: every Person}, same_as: {when: {item: {name: other}}}");
  CHECK(same.one().status == CaseStatus::Passed);
  const Played tighter = play("forall: {item: any, store: any, who: any}, never_more_than: {only: staff}");
  CHECK(tighter.one().status == CaseStatus::Passed);  // `care` only denies
  const Played wider = play("forall: {item: any, store: any, who: any}, never_more_than: {only: care}");
  CHECK(wider.one().status == CaseStatus::Failed);
  REQUIRE(wider.one().failures.size() == 1);
  CHECK(wider.one().failures.front().text == "allow by staff.cheap, and with {only: care} it is deny by default");
  CHECK(wider.found() == "\n  when: {item: {price: 9}}\n  expect: deny");
  const Played differs = play("forall: {item.price: any}, same_as: {when: {item: {price: 10}}}");
  CHECK(differs.one().failures.front().text ==
        "allow by staff.cheap, and with {when: {item: {price: 10}}} it is deny by staff.otherwise");
  CHECK(
      play("forall: {item.price: any}, same_as: {when: {item: {price: 10}}}, failing: {because: later}").one().status ==
      CaseStatus::Known);
  const std::string relation = kHead + "  - {name: a, forall: {item.price: any}, ";
  CHECK(told(*read(relation + "same_as: {}}\n")) ==
        "S0115 5:51 `same_as` is a map, and takes what is asked otherwise: `{when: {..}}`, `{only: [..]}` or both\n");
  CHECK(told(*read(relation + "expect: deny, same_as: {only: care}}\n")) ==
        "S0236 5:42 `expect` beside `same_as`, which says what must come true: take one of them away\n");
  CHECK(told(*read(relation + "same_as: {only: cara}}\n")).starts_with("S0226"));
  CHECK(told(*read(relation + "same_as: {when: {item: {prise: 1}}}}\n")).starts_with("S0210"));
}

TEST_CASE("times that are counted from a drawn one follow it") {
  const Played played = play(
      "forall: {now: 2025-01-01..2030-01-01}, when: {item: {until: now + 1d}}, assume: item.until is set and "
      "item.until == now + 1d, expect: deny");
  CHECK(played.one().status == CaseStatus::Passed);
  CHECK(played.one().property->discarded == 0);
}

TEST_CASE("properties are counted, known to fail, and left alone by an update") {
  const Played passed = play("forall: {store.size: any}, expect: deny");
  CHECK(counted(passed.result.summary) == "1 property (2 runs)");
  CHECK(passed.text().find("PASSED  1 property (2 runs) in 1 file") == 0);
  const Played known = play("forall: {item.price: any}, expect: deny, failing: {because: later}");
  CHECK(known.one().status == CaseStatus::Known);
  const Played failed = play("forall: {item.price: any}, expect: deny", {.rewrites = true});
  const Updated updated = update_expectations(failed.project, failed.result);
  CHECK(updated.expectations == 0);
  REQUIRE(updated.left.size() == 1);
  CHECK(updated.left.front() ==
        "shop.scenarios.yaml:5: a: it is a property: mend the policy, or what the property says");
  CHECK(to_json(passed.result, passed.project.input.sources, "1")
            .find(R"("property":{"runs":2,"discarded":0,"all":true)") != std::string::npos);
}

TEST_CASE("what a property tries counts for coverage, and kills mutants") {
  const Played covered = play("forall: {item.price: any}, expect: deny, assume: item.price >= 10", {.cover = true});
  REQUIRE(covered.result.coverage.has_value());
  CHECK(covered.result.coverage->scenarios == 1);
  const auto otherwise = std::find_if(covered.result.coverage->points.begin(), covered.result.coverage->points.end(),
                                      [](const CoverPoint& point) { return point.name == "shop.staff.otherwise"; });
  REQUIRE(otherwise != covered.result.coverage->points.end());
  CHECK(otherwise->aspects.front().count > 10);
}

TEST_CASE("a group may have properties, beside its scenarios or alone") {
  const auto suites = read(
      "decision: buy\n"
      "given: {now: 2025-01-01, who: Person::bo, store: {id: s, open: true, size: small}, item: {name: cup, areas: "
      "[], price: 50, fragile: false}}\n"
      "entities: {Person::bo: {}}\n"
      "scenarios:\n"
      "  - group: g\n"
      "    properties:\n"
      "      - {name: a, forall: {store.size: any}, expect: deny}\n");
  CHECK(told(*suites).empty());
  REQUIRE(suites->set.cases.size() == 1);
  CHECK(suites->set.cases.front().property != nullptr);
}

TEST_CASE("choices are gone through like an odometer") {
  Choices row;
  row.follow({});
  std::string seen;
  do {
    const std::size_t first = row.choose(2);
    seen += fmt::format("{}{} ", first, first == 0 ? row.choose(3) : 0);
  } while (row.advance());
  CHECK(seen == "00 01 02 10 ");
}

TEST_CASE("simpler choices are found: shorter rows, and smaller values in them") {
  std::vector<Choices> rows(2);
  rows[0].follow({5, 900, 3});
  rows[1].follow({1, 7, 1, 4, 0});
  const auto read_all = [](std::vector<Choices>& all, std::size_t& number, std::vector<std::size_t>& items) {
    (void)all[0].choose(10);
    number = all[0].choose(1000);
    (void)all[0].choose(10);
    while (all[1].choose(2) == 1) items.push_back(all[1].choose(10));
  };
  std::size_t number = 0;
  std::vector<std::size_t> items;
  read_all(rows, number, items);
  const std::size_t simpler = simplify(rows, [&](std::vector<Choices>& tried) {
    std::size_t tried_number = 0;
    std::vector<std::size_t> tried_items;
    read_all(tried, tried_number, tried_items);
    const bool fails = tried_number >= 123 && std::find(tried_items.begin(), tried_items.end(), 4) != tried_items.end();
    if (fails) {
      number = tried_number;
      items = tried_items;
    }
    return fails;
  });
  CHECK(simpler > 0);
  CHECK(number == 123);
  CHECK(items == std::vector<std::size_t>{4});
}

}  // namespace
}  // namespace bylaw::runner::test
