// Decisions, policies and rules: what is accepted and what is told. Texts of messages are in tests/golden/check.

#include <doctest/doctest.h>

#include "unit/check/checking.h"

using namespace bylaw::compiler;
using testing::check_modules;
using testing::check_source;

namespace {

struct Case {
  const char* source;
  const char* codes;
};

const std::string kPrelude = R"(
import std.identity.{User, Group}
enum Size { small < medium < large }
record Box { size: Size?  weight: Int }
decision send {
  sender: User
  box:    Box
  urgent: Bool
  limit:  Duration?
  now:    Time
  obliges cost: Int by max
  default allow
}
decision store { sender: User  box: Box  limit: Duration?  obliges cost: Int by min  obliges age: Duration by min  default deny }
annotation code: String
policy base for send { deny base when urgent because "x" }
policy base_store for store { deny base when box.weight > 9 because "x" }
)";

template <std::size_t N>
void check_all(const Case (&cases)[N], const std::string& prelude = kPrelude) {
  for (const Case& c : cases) {
    CAPTURE(std::string(c.source));
    const auto checked = check_source(prelude + c.source);
    CHECK_MESSAGE(checked.codes() == c.codes, checked.rendered());
  }
}

}  // namespace

TEST_CASE("decisions: shape and obligations") {
  const Case cases[] = {
      {"decision d { a: Bool  default deny } policy p for d { deny x when a because \"x\" }", ""},
      {"decision d { a: Bool  a: Int  default deny }", "E0507 W0305"},
      {"decision d { Size: Bool  default deny }", "E0111"},
      {"decision d { a: Bool inherit min  default deny }", "E0518"},
      {"decision d { obliges x: Int by min  obliges x: Int by max  default deny }", "E0302"},
      {"decision d { obliges x: Int by mn  default deny }", "E0515"},
      {"decision d { obliges x: String by min  default deny }", "E0516"},
      {"decision d { obliges x: Set<Int> by any  default deny }", "E0516"},
      {"decision d { obliges x: Int? by min  default deny }", "E0301"},
      {"decision d { obliges x: Size by max  default deny }", "W0305"},
      {"decision d { a: Bool  default deny because \"no\" }", "W0305"},
      {"decision d { a: Bool  default deny because \"{a} {b}\" }", "E0108"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.source));
    const auto checked = check_source("enum Size { small < large }\n" + std::string(c.source));
    const std::string codes = checked.codes();
    CHECK_MESSAGE((codes == c.codes || codes + " W0305" == c.codes), checked.rendered());
  }
}

TEST_CASE("policies: decisions, period, mode, guard") {
  const Case cases[] = {
      {"policy p for send { deny x when urgent because \"x\" }", ""},
      {"policy p for sent { deny x when urgent because \"x\" }", "E0108"},
      {"policy p for Box { deny x when urgent because \"x\" }", "E0110"},
      {"policy p for send, send { deny x when urgent because \"x\" }", "E0308"},
      {"policy p for send, store { deny x when box.weight > 3 because \"x\" }", ""},
      {"policy p for send, store { deny x when urgent because \"x\" }", "E0226"},
      {"policy p for send in force from 2026-01-01 until 2026-02-01T00:00:00Z { deny x because \"x\" }", ""},
      {"policy p for send in force from 2026-01-01 through 2026-01-01 { deny x because \"x\" }", ""},
      {"policy p for send in force until 2026-02-01 { deny x because \"x\" }", "E0317"},
      {"policy p for send in force through 2026-02-01T00:00:00Z { deny x because \"x\" }", "E0318"},
      {"policy p for send in force from 2026-02-01 until 2026-02-01T00:00:00Z { deny x because \"x\" }", "E0319"},
      {"const end: Time = 2026-02-01  policy p for send in force until end { deny x because \"x\" }", ""},
      {"policy p for store in force from 2026-01-01 { deny x because \"x\" }", "E0307"},
      {"policy p for send, store in force from 2026-01-01 { deny x because \"x\" }", "E0307"},
      {"policy p for send mode audit { deny x because \"x\" }", ""},
      {"policy p for send mode audit until 2026-02-01T00:00:00Z { deny x because \"x\" }", ""},
      {"policy p for send mode audit until 2026-02-01 { deny x because \"x\" }", "E0317"},
      {"policy p for store mode audit until 2026-02-01T00:00:00Z { deny x because \"x\" }", "E0307"},
      {"policy p for send mode off { deny x because \"x\" }", ""},
      {"policy p for send mode audti { deny x because \"x\" }", "E0309"},
      {"policy p for send when urgent { deny x because \"x\" }", ""},
      {"policy p for send when box.weight { deny x because \"x\" }", "E0202"},
      {"policy p for send when limit > 3d { deny x because \"x\" }", "E0203"},
      {"policy p for send when limit is set { deny x when limit > 3d because \"{limit}\" }", ""},
      {"policy p for send when limit is unset { deny x when limit > 3d because \"x\" }", "E0203"},
      {"policy p for send { }", "W0306"},
      {"@code(\"a\") policy p for send { deny x because \"x\" }", ""},
      {"@cod(\"a\") policy p for send { deny x because \"x\" }", "E0116"},
  };
  check_all(cases);
}

TEST_CASE("policies: lets stand in any order and are never their own value") {
  const Case cases[] = {
      {"policy p for send { let w = box.weight  deny x when w > 3 because \"{w}\" }", ""},
      {"policy p for send { deny x when v > 3 because \"x\"  let v = w + 1  let w = box.weight }", ""},
      {"policy p for send { let l = limit  deny x when l is set and l > 3d because \"x\" }", ""},
      {"policy p for send { let l = limit  deny x when l > 3d because \"x\" }", "E0203"},
      {"policy p for send { let a = b  let b = a  deny x because \"x\" }", "E0224"},
      {"policy p for send { let a = a  deny x because \"x\" }", "E0224"},
      {"policy p for send { let box = 3  deny x because \"x\" }", "E0111"},
      {"policy p for send { let a = 3  let a = 4  deny x because \"x\" }", "E0111"},
      {"policy p for send when limit is set { let l = limit + 1d  deny x when l > 3d because \"x\" }", ""},
      {"policy p for send { let a = gone  deny x when a > 3 because \"{a}\" }", "E0108"},
  };
  check_all(cases);
}

TEST_CASE("rules: names, conditions, what they lift") {
  const Case cases[] = {
      {"policy p for send { deny x because \"x\"  deny x because \"y\" }", "E0311"},
      {"policy p for send { deny x because \"x\"  exempt x when urgent }", "E0311"},
      {"policy p for send { deny otherwise because \"x\"  allow otherwise }", "E0312"},
      {"policy p for send { exempt e from x when urgent  deny x because \"x\" }", ""},
      {"policy p for send { exempt e from otherwise, x when urgent  deny x because \"x\"  deny otherwise because \"y\" "
       "}",
       ""},
      {"policy p for send { exempt e from y when urgent  deny x because \"x\" }", "E0314"},
      {"policy p for send { exempt e from otherwise when urgent  deny x because \"x\" }", "E0314"},
      {"policy p for send { exempt e from x, x when urgent  deny x because \"x\" }", "E0316"},
      {"policy p for send { exempt e from a when urgent  allow a when urgent  deny x because \"x\" }", "E0315"},
      {"policy p for send { exempt e from otherwise when urgent  allow otherwise  deny x because \"x\" }", "E0315"},
      {"policy p for send { exempt e from e when urgent  deny x because \"x\" }", "E0315"},
      {"policy q for send { deny y because \"y\" } policy p for send { exempt e from y when urgent  deny x because "
       "\"x\" }",
       "E0314"},
      {"policy p for send { deny x when limit is set because \"{limit}\" }", ""},
      {"policy p for send { deny x because \"{limit}\" }", "E0203"},
      {"policy p for send { deny x unless limit is unset because \"{limit}\" }", ""},
      {"policy p for send { deny x unless limit is set because \"{limit}\" }", "E0203"},
      {"policy p for send { deny x when limit is set unless limit < 3d because \"{limit}\" }", ""},
      {"policy p for send { deny x unless limit < 3d because \"x\" }", "E0203"},
      {"policy p for send { deny y when limit is set because \"y\"  deny x when limit < 3d because \"x\" }", "E0203"},
  };
  check_all(cases);
}

TEST_CASE("rules: for each") {
  const std::string prelude = R"(
enum Kind { a b }
record Part { kind: Kind  note: String? }
decision d { parts: List<Part>  kinds: Set<Kind>  name: String  default allow }
)";
  const Case cases[] = {
      {"policy p for d { deny x for each k in kinds when k == a because \"{k}\" }", ""},
      {"policy p for d { deny x for each q in parts when q.note is set because \"{q.note}\" }", ""},
      {"policy p for d { deny x for each q in parts because \"{q.note}\" }", "E0203"},
      {"policy p for d { deny x for each q in parts unless q.kind == a because \"{q.kind}\" }", ""},
      {"policy p for d { deny x for each q in name because \"x\" }", "E0215"},
      {"policy p for d { deny x for each name in kinds because \"x\" }", "E0111"},
      {"policy p for d { deny x for each k in kinds, l in kinds because \"x\" }", ""},
      {"policy p for d { deny x for each k in kinds because \"x\"  deny y when k == Kind.a because \"x\" }", "E0108"},
  };
  check_all(cases, prelude);
}

TEST_CASE("rules: obligations") {
  const Case cases[] = {
      {"policy p for send { oblige o cost = box.weight }", ""},
      {"policy p for send { oblige o on deny cost = 3 when urgent }", ""},
      {"policy p for send { oblige o cots = 3 }", "E0303"},
      {"policy p for send { oblige o cost = 3d }", "E0202"},
      {"policy p for store { oblige o age = limit }", "E0203"},
      {"policy p for store { oblige o age = limit when limit is set }", ""},
      {"policy p for send, store { oblige o cost = 3 }", "E0304"},
      {"policy p for send, store { oblige o age = 3d }", "E0303"},
  };
  check_all(cases);
}

TEST_CASE("rules: grants only from") {
  const std::string central = "module central.base decision d { a: Bool  grants only from central.*  default deny }";
  const std::string allows = "import central.base.{d} policy p for d { allow x when a }";
  CHECK(check_modules({{"central.base", central}, {"central.more", "module central.more " + allows}}).codes() == "");
  CHECK(check_modules({{"central.base", central}, {"team.x", "module team.x " + allows}}).codes() == "E0306");
  CHECK(check_modules({{"central.base", central}, {"centralize", "module centralize " + allows}}).codes() == "E0306");
  CHECK(check_modules({{"central.base", central},
                       {"team.x", "module team.x import central.base.{d} policy p for d { allow otherwise }"}})
            .codes() == "E0306");
  CHECK(check_modules(
            {{"central.base", central},
             {"team.x", "module team.x import central.base.{d} policy p for d { deny x when a because \"x\" }"}})
            .codes() == "");
  CHECK(check_source("decision d { a: Bool  grants only from tset  default deny }").codes() == "E0305");
  CHECK(check_source("decision d { a: Bool  grants only from test  default deny } policy p for d { allow x when a }")
            .codes() == "");
}

TEST_CASE("rules carry the notes of their policy, but for those they have themselves") {
  const auto checked = check_source(kPrelude + R"(
@code("p") policy p for send {
  @code("x") deny x because "x"
  deny y because "y"
})");
  REQUIRE_MESSAGE(checked.codes() == "", checked.rendered());
  const Program& program = checked.program;
  for (const Rule& rule : program.rules) {
    if (rule.name == "base") continue;
    REQUIRE(rule.notes.size() == 1);
    CHECK(program.exprs[rule.notes[0].value].text == (rule.name == "x" ? "x" : "p"));
  }
}

TEST_CASE("periods end at the start of the day after `through`") {
  const auto checked =
      check_source(kPrelude + "policy p for send in force from 2026-01-01 through 2026-01-31 { deny x because \"x\" }");
  REQUIRE_MESSAGE(checked.codes() == "", checked.rendered());
  const Policy& policy = checked.program.policies[PolicyId{2}];
  CHECK(policy.from == 1767225600000000);
  CHECK(policy.until == 1769904000000000);
}

TEST_CASE("claims are checked, and said to be no proof") {
  const Case cases[] = {
      {"policy p for send { deny x because \"x\" } claim c: never allow send when urgent", "W0310"},
      {"policy p for send { deny x because \"x\" } claim c: never allow send when urgent claim e: never deny send",
       "W0310"},
      {"claim c: never allow sent", "E0108"},
      {"claim c: never allow send when limit", "E0202"},
  };
  check_all(cases);
}
