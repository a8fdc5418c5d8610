// Templates and instances: what is accepted and told, and what an instance is made of.

#include <doctest/doctest.h>

#include <algorithm>

#include "unit/check/checking.h"

using namespace bylaw::compiler;
using testing::check_source;

namespace {

const std::string kPrelude = R"(
enum Size { small < medium < large }
annotation size: Size
annotation code: String
decision send { weight: Int  size: Size  names: Set<String>  now: Time  default allow }
)";

struct Case {
  const char* source;
  const char* codes;
};

const Policy& policy_named(const Program& program, const std::string& name) {
  const auto found =
      std::find_if(program.policies.begin(), program.policies.end(), [&](const Policy& p) { return p.name == name; });
  REQUIRE(found != program.policies.end());
  return *found;
}

}  // namespace

TEST_CASE("templates and instances") {
  const Case cases[] = {
      {"template t(n: Int) for send { deny x when weight > n because \"{n}\" } policy p is t(n: 3)", ""},
      {"template t(n: Int) for send { deny x when weight > n because \"{n}\" } policy p is t()", "E0332"},
      {"template t(n: Int) for send { deny x when weight > n because \"{n}\" } policy p is t(n: true)", "E0202"},
      {"template t(n: Int) for send { deny x when weight > n because \"{n}\" } policy p is t(n: weight)", "E0108"},
      {"template t(n: Int) for send { deny x when weight > n because \"{n}\" } policy p is t(n: 3, m: 4)", "E0331"},
      {"template t(n: Int) for send { deny x when weight > n because \"{n}\" } policy p is t(n: 3, n: 4)", "E0231"},
      {"template t(n: Int?) for send { deny x when weight > 1 because \"x\" } policy p is t(n: 3)", "E0236"},
      {"template t(weight: Int) for send { deny x when weight > 1 because \"x\" }", "E0111"},
      {"const n: Int = 3 template t(n: Int) for send { deny x when weight > n because \"x\" }", "E0111"},
      {"template t(n: Int) for sendd { deny x when weight > n because \"x\" } policy p is t(n: 3)", "E0108"},
      {"template t(n: Int) for send { deny x when weight > n } policy p is t(n: 3) policy q is t(n: 4)", "W0301"},
      {"template t(s: Size) for send { @size(s) deny x when size > s because \"x\" } policy p is t(s: small)", ""},
      {"template t(s: Size) for send { @code(s) deny x when size > s because \"x\" } policy p is t(s: small)", "E0202"},
      {"template t(n: Int) for send mode off { deny x when weight > n because \"x\" } policy p is t(n: 1) mode audit",
       "E0333"},
      {"policy p for send { deny x when weight > 1 because \"x\" } policy q is p(n: 3)", "E0110"},
      {"template t(n: Int) for send { let big = weight > n  deny x when big because \"x\" } policy p is t(n: 3)", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.source));
    CHECK_EQ(check_source(kPrelude + c.source).codes(), c.codes);
  }
}

TEST_CASE("an instance shares what names no parameter") {
  const auto checked = check_source(kPrelude + R"(
template t(n: Int) for send {
  let heavy = weight > n
  let plain = weight > 1
  exempt e from x, otherwise when plain
  deny x when heavy and plain because "{n}"
  deny otherwise because "x"
}
policy p is t(n: 3) when size == small
policy q is t(n: 4)
)");
  REQUIRE_EQ(checked.codes(), "");
  const Program& program = checked.program;
  const Policy& p = policy_named(program, "p");
  const Policy& q = policy_named(program, "q");
  CHECK_EQ(p.rules.size(), 3);
  CHECK(program.rules.size() == 6);
  CHECK(p.guard);
  CHECK_FALSE(q.guard);
  CHECK_NE(p.lets[0], q.lets[0]);
  CHECK_EQ(p.lets[1], q.lets[1]);
  for (const Policy* policy : {&p, &q}) {
    const Rule& exempt = program.rules[policy->rules[0]];
    CHECK_EQ(exempt.lifts, std::vector<RuleId>{policy->rules[1], policy->rules[2]});
    CHECK(&program.policies[exempt.policy] == policy);
  }
  CHECK_EQ(program.rules[p.rules[0]].when, program.rules[q.rules[0]].when);
  CHECK_NE(program.rules[p.rules[1]].when, program.rules[q.rules[1]].when);
}

TEST_CASE("the header of an instance and that of its template both count") {
  const auto checked = check_source(kPrelude + R"(
template t(n: Int) for send in force from 2025-01-01 through 2025-12-31 mode audit {
  deny x when weight > n because "x"
}
policy p is t(n: 3) in force from 2025-06-01 until 2030-01-01T00:00:00Z
policy q is t(n: 3) in force through 2025-02-01
)");
  REQUIRE_EQ(checked.codes(), "");
  constexpr std::int64_t kDay = 86400000000;
  const Policy& p = policy_named(checked.program, "p");
  CHECK_EQ(p.mode, Mode::Audit);
  CHECK_EQ(*p.until - *p.from, 214 * kDay);
  const Policy& q = policy_named(checked.program, "q");
  CHECK_EQ(*q.until - *q.from, 32 * kDay);
}

TEST_CASE("a rule's own note is stronger than the instance's, and that than the template's") {
  const auto checked = check_source(kPrelude + R"(
@code("template") @size(small)
template t(n: Int) for send { @code("rule") deny x when weight > n because "x"  deny y when weight > 9 because "y" }
@code("instance") policy p is t(n: 3)
)");
  REQUIRE_EQ(checked.codes(), "");
  const Program& program = checked.program;
  const Policy& p = policy_named(program, "p");
  const auto code = [&](RuleId rule) { return program.exprs[program.rules[rule].notes[0].value].text; };
  CHECK_EQ(code(p.rules[0]), "rule");
  CHECK_EQ(code(p.rules[1]), "instance");
  CHECK_EQ(program.rules[p.rules[1]].notes.size(), 2);
}

TEST_CASE("instances that come to too much are told, not made") {
  std::string source = kPrelude + "template t(n: Int) for send {\n";
  for (int i = 0; i < 200; ++i)
    source += "  deny x" + std::to_string(i) + " when weight > n + " + std::to_string(i) + " because \"x\"\n";
  source += "}\n";
  for (int i = 0; i < 2000; ++i) source += "policy p" + std::to_string(i) + " is t(n: " + std::to_string(i) + ")\n";
  CHECK_EQ(check_source(source).codes(), "E0334");
}
