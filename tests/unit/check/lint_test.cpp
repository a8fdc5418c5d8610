// Warnings over whole programs.

#include <bylaw/compiler/expiry.h>
#include <doctest/doctest.h>

#include "format/text_forms.h"
#include "unit/check/checking.h"

using namespace bylaw;
using namespace bylaw::compiler;
using compiler::testing::check_source;

namespace {

struct Case {
  const char* source;
  const char* codes;
};

const std::string kPrelude = R"(
import std.identity.{User, Group}
entity Org { strict: Bool = false  open: Bool = true  hard: Bool  listed: Set<User> = {} }
record Item { owner: User  helpers: Set<User>  org: Org }
allowlist good: User { User::"a" }
denylist bad: User { User::"b" }
def strict_here(org: Org): Bool = org.strict
decision ask { user: User  item: Item  org: Org  team: Group  ready: Bool  default allow }
decision get { user: User  item: Item  org: Org  team: Group  ready: Bool  default deny }
policy base for ask { deny x when ready because "x" }
policy base_get for get { deny x when ready because "x" }
)";

template <std::size_t N>
void check_all(const Case (&cases)[N]) {
  for (const Case& c : cases) {
    CAPTURE(std::string(c.source));
    const auto checked = check_source(kPrelude + c.source);
    CHECK_MESSAGE(checked.codes() == c.codes, checked.rendered());
  }
}

}  // namespace

TEST_CASE("lint: rules that say less than they seem to") {
  const Case cases[] = {
      {"policy p for ask { deny x when ready }", "W0301"},
      {"policy p for ask { deny otherwise }", "W0301"},
      {"policy p for ask { exempt e  deny x because \"x\" }", "W0302"},
      {"policy p for ask { exempt e when ready  allow a when ready }", "W0304"},
      {"policy p for get { allow a when ready  deny otherwise because \"x\" }", "W0303"},
      {"policy p for ask { allow a when ready  deny otherwise because \"x\" }", ""},
      {"policy p for get { allow a when ready  deny x when ready because \"x\" }", ""},
      {"decision d { a: Bool  default deny }", "W0305"},
      {"policy p for ask { }", "W0306"},
  };
  check_all(cases);
}

TEST_CASE("lint: the mend of a requirement that grants") {
  const auto checked =
      check_source(kPrelude + "policy p for get {\n  allow a when ready\n  deny otherwise because \"not {user}\"\n}");
  REQUIRE(checked.codes() == "W0303");
  CHECK(checked.diagnostics.all()[0].fixes[0].text == "a requirement:  deny a unless ready because \"not {user}\"");
}

TEST_CASE("lint: a default must not open a door") {
  const Case cases[] = {
      {"policy p for ask when org.strict { deny x because \"x\" }", "W0307"},
      {"policy p for ask { deny x when org.strict because \"x\" }", "W0307"},
      {"policy p for ask { deny x when ready and org.strict because \"x\" }", "W0307"},
      {"policy p for ask { deny x when not org.open because \"x\" }", "W0307"},
      {"policy p for ask { deny x unless org.open because \"x\" }", "W0307"},
      {"policy p for ask { let s = org.strict  deny x when s because \"x\" }", "W0307"},
      {"policy p for ask { deny x when strict_here(org) because \"x\" }", "W0307"},
      {"policy p for ask { exempt e when not org.strict  deny x because \"x\" }", "W0307"},
      {"policy p for ask { deny x when if ready then org.strict else false because \"x\" }", "W0307"},
      {"policy p for get { allow a when org.open }", "W0307"},
      {"policy p for get { allow a when not org.strict }", "W0307"},
      {"policy p for get { exempt e when org.open  deny x because \"x\" }", "W0307"},
      {"policy p for get { allow a when org.strict }", ""},
      {"policy p for ask { deny x when org.hard because \"x\" }", ""},
      {"policy p for ask { deny x when not org.strict because \"x\" }", ""},
      {"policy p for ask { deny x unless org.strict because \"x\" }", ""},
      {"policy p for ask { exempt e when org.strict  deny x because \"x\" }", ""},
      {"policy p for get { deny x when org.strict because \"x\" }", ""},
  };
  check_all(cases);
}

TEST_CASE("lint: climbing from what need not be described") {
  const Case cases[] = {
      {"policy p for ask { deny x when item.owner in team because \"x\" }", "W0308"},
      {"policy p for ask { deny x when item.helpers overlaps {Group::\"g\"} because \"x\" }", "W0308"},
      {"policy p for ask { deny x for each h in item.helpers when h in team because \"x\" }", "W0308"},
      {"policy p for ask { exempt e when not (item.owner in team)  deny x because \"x\" }", "W0308"},
      {"policy p for ask { deny x unless item.owner in team because \"x\" }", ""},
      {"policy p for ask { exempt e when item.owner in team  deny x because \"x\" }", ""},
      {"policy p for ask { deny x when user in team because \"x\" }", ""},
      {"policy p for ask { deny x when item.owner in item.helpers because \"x\" }", ""},  // nobody is below a User
      {"policy p for ask { deny x when item.owner directly in {User::\"a\"} because \"x\" }", ""},
  };
  check_all(cases);
}

TEST_CASE("lint: lists against their intent") {
  const Case cases[] = {
      {"policy p for ask { deny x when user in good because \"x\" }", "W0405"},
      {"policy p for ask { exempt e when user in bad  deny x because \"x\" }", "W0405"},
      {"policy p for get { allow a when user in bad }", "W0405"},
      {"policy p for ask { deny x when user in bad because \"x\" }", ""},
      {"policy p for ask { deny x when user not in good because \"x\" }", ""},
      {"policy p for ask { deny x unless user in good because \"x\" }", ""},
      {"policy p for get { allow a when user not in bad }", ""},
  };
  check_all(cases);
}

TEST_CASE("lint: all and no are true of nothing") {
  const Case cases[] = {
      {"policy p for get { allow a when all h in item.helpers: h == user }", "W0309"},
      {"policy p for get { allow a when no h in item.helpers: h == user }", "W0309"},
      {"policy p for get { allow a when (not (item.helpers is empty)) and (all h in item.helpers: h == user) }", ""},
      {"policy p for get { allow a when any h in item.helpers: h == user }", ""},
      {"policy p for get { deny x when all h in item.helpers: h == user because \"x\" }", ""},
  };
  check_all(cases);
}

TEST_CASE("expiry: what is over, and what ends within 30 days") {
  struct Ending {
    const char* clause;
    const char* text;
  };
  // As of 2026-11-24.
  const Ending cases[] = {
      {"through 2026-10-31", "this entry of `l` ended 23 days ago (as of 2026-11-24; --as-of DATE to choose)"},
      {"through 2026-11-22", "this entry of `l` ended 1 day ago (as of 2026-11-24; --as-of DATE to choose)"},
      {"through 2026-11-23", "this entry of `l` ended today (as of 2026-11-24; --as-of DATE to choose)"},
      {"until 2026-11-24T00:00:01Z", "this entry of `l` ends within a day (as of 2026-11-24; --as-of DATE to choose)"},
      {"through 2026-11-24", "this entry of `l` ends in 1 day (as of 2026-11-24; --as-of DATE to choose)"},
      {"until 2026-12-24T00:00:00Z", "this entry of `l` ends in 30 days (as of 2026-11-24; --as-of DATE to choose)"},
      {"until 2026-12-24T00:00:01Z", ""},
      {"since 2020-01-01", ""},
      {"", ""},
  };
  for (const Ending& c : cases) {
    CAPTURE(std::string(c.clause));
    auto checked = check_source("allowlist l: String { \"x\" " + std::string(c.clause) + " }");
    warn_expired(checked.program, 1795478400000000, 30 * format::kDay, checked.diagnostics);
    const auto& all = checked.diagnostics.all();
    CHECK((all.empty() ? "" : all[0].text) == c.text);
  }
}

TEST_CASE("expiry: policies") {
  auto checked = check_source(
      "decision d { now: Time  default allow } policy p for d in force through 2026-11-30 { deny x because \"x\" }");
  warn_expired(checked.program, 1795478400000000, 30 * format::kDay, checked.diagnostics);
  REQUIRE(checked.codes() == "W0403");
  CHECK(checked.diagnostics.all()[0].text == "policy `p` ends in 7 days (as of 2026-11-24; --as-of DATE to choose)");
}
