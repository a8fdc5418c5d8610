// What `-k` says and means.
#include <bylaw/runner/filter.h>
#include <doctest/doctest.h>

namespace bylaw::runner::test {
namespace {

CaseResult one() {
  CaseResult result;
  result.name = "frozen until New Year";
  result.cell = {{"item.price", "10"}, {"now", "2026-12-20T00:00:00Z + 1s"}, {"who", "'e, f'"}};
  result.tags = {"smoke", "slow"};
  result.rules = {"acme.release.freeze.holidays"};
  result.decision = "acme.release.release";
  return result;
}

bool wants(std::string_view text) {
  std::string problem;
  const auto filter = Filter::parse(text, problem);
  REQUIRE_MESSAGE(filter, problem);
  return filter->wants(one());
}

std::string problem_of(std::string_view text) {
  std::string problem;
  CHECK(!Filter::parse(text, problem));
  return problem;
}

TEST_CASE("terms") {
  for (const char* text :
       {"", "frozen", "until New Year", "frozen until", "tag:smoke", "rule:freeze.holidays", "rule:holidays",
        "rule:freeze", "rule:acme.release.freeze", "decision:release", "price=10", "item.price=10",
        "now=2026-12-20T00:00:00Z + 1s", "who=\"'e, f'\"", "'New Year'", "[item.price"}) {
    CAPTURE(text);
    CHECK(wants(text));
  }
  for (const char* text : {"Frozen", "thawed", "tag:smok", "rule:freez", "rule:holiday", "decision:approve", "price=1",
                           "em.price=10", "now=2026-12-20", "who=e"}) {
    CAPTURE(text);
    CHECK(!wants(text));
  }
}

TEST_CASE("and binds before or, not before and, brackets before all") {
  CHECK(wants("frozen and tag:slow"));
  CHECK(!wants("frozen and tag:fast"));
  CHECK(wants("thawed or frozen"));
  CHECK(wants("frozen or thawed and thawed"));
  CHECK(!wants("(frozen or thawed) and thawed"));
  CHECK(wants("not thawed and frozen"));
  CHECK(!wants("not (thawed or frozen)"));
  CHECK(wants("not not frozen"));
  CHECK(!wants("\"frozen and\""));
  CHECK(wants("tag:slow and (rule:freeze or price=3) and not decision:approve"));
}

TEST_CASE("what is no filter") {
  CHECK(problem_of("(frozen") == "a bracket does not close");
  CHECK(problem_of("frozen)") == "a bracket closes that never opened");
  CHECK(problem_of("frozen and") == "a word is missing before the end");
  CHECK(problem_of("and frozen") == "a word is missing before `and`");
  CHECK(problem_of("not") == "a word is missing before the end");
  CHECK(problem_of("\"frozen") == "a quote does not close");
  CHECK(problem_of("tag:slow frozen") == "write `and` or `or` before `frozen`");
  CHECK(problem_of(std::string(1000, '(')) == "this nests deeper than 64");
}

TEST_CASE("the term of a case means it") {
  const std::string term = term_of(one());
  CHECK(term == "item.price=10 and now=\"2026-12-20T00:00:00Z + 1s\" and who=\"'e, f'\"");
  CHECK(wants(term));
}

TEST_CASE("a term that nothing meets is named") {
  const CaseResult result = one();
  const std::vector<const CaseResult*> cases = {&result};
  std::string problem;
  CHECK(Filter::parse("frozen and tag:fast", problem)->never_met(cases).what == "has the tag `fast`");
  CHECK(Filter::parse("tag:slo", problem)->never_met(cases).suggestion == "; did you mean `slow`?");
  CHECK(Filter::parse("tags:slow", problem)->never_met(cases).suggestion == "; did you mean `tag:slow`?");
  CHECK(Filter::parse("rule:freez", problem)->never_met(cases).suggestion == "; did you mean `freeze`?");
  CHECK(Filter::parse("decision:relase", problem)->never_met(cases).suggestion == "; did you mean `release`?");
  CHECK(Filter::parse("prize=3", problem)->never_met(cases).suggestion == "; did you mean `price`?");
  CHECK(Filter::parse("zzz", problem)->never_met(cases).suggestion == "");
  CHECK(Filter::parse("price=3 or rule:x", problem)->never_met(cases).what == "has `3` in a column `price`");
  CHECK(Filter::parse("frozen and not tag:slow", problem)->never_met(cases).what == "");
}

}  // namespace
}  // namespace bylaw::runner::test
