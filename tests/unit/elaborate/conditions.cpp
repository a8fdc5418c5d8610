#include <bylaw/compiler/decision_evaluate.h>

#include "unit/support/source_text.h"

using namespace bylaw::compiler;
using bylaw::tests::Compilation;
using bylaw::tests::condition_text;

namespace {

/// The lines of the rule `r`, without indentation, joined by " | ".
std::string ir_of(const std::string& condition) {
  Compilation c(condition_text(condition));
  const ir::ProgramIr program = ir::elaborate(c.program, c.diagnostics);
  REQUIRE(c.errors().empty());
  const std::string text = print_ir(c.program, program);
  std::string result;
  std::size_t at = text.find("deny r\n") + 7;
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    line.erase(0, line.find_first_not_of(' '));
    if (line.starts_with("because")) break;
    result += (result.empty() ? "" : " | ") + line;
    at = end + 1;
  }
  return result;
}

}  // namespace

TEST_CASE("conditions come down to few terms") {
  const std::pair<const char*, std::string> cases[] = {
      // Structure and paths
      {"flag", "[] flag"},
      {"flag and i == j and not token.full", "and | [0] flag | [1] equal(i, j) | not | [2.0] token.full"},
      {"flag or (i < j and j < 3)", "or | [0] flag | and | [1.0] less(i, j) | [1.1] less(j, 3)"},
      {"both(flag, i == j)", "and | [0] flag   // written elsewhere | [1] equal(i, j)   // written elsewhere"},
      {"older(user, 3) and flag", "and | [0] less(3, get(user.age))   // written elsewhere | [1] flag"},
      {"true or flag", "or | true | [1] flag"},
      // Comparison
      {"i <= j", "[] not(less(j, i))"},
      {"i >= j", "[] not(less(i, j))"},
      {"i != j", "[] not(equal(i, j))"},
      {"flag == true", "[] flag"},
      {"level < high", "[] less(level, high)"},
      {"i in 1..3", "[] and(not(less(i, 1)), not(less(3, i)))"},
      {"1 + 2 == 3", "[] true"},
      {"i + 1 + 2 == 3", "[] equal(add(add(i, 1), 2), 3)"},
      // Absence
      {"maybe is set and maybe > 3", "and | [0] is_set(maybe) | [1] less(3, get(maybe))"},
      {"(maybe ?? 7) > 3", "[] less(3, if(is_set(maybe), get(maybe), 7))"},
      {"(maybe ?? 0) > 3", "[] less(3, get(maybe))"},
      {"token.inner.n is unset", "[] not(is_set(token.inner.n))"},
      {"token.inner.s is set", "[] is_set(token.inner)"},
      {"(token.inner.n ?? 1) == 2", "[] equal(if(is_set(token.inner.n), get(token.inner.n), 1), 2)"},
      {"(user.boss.strict ?? true)", "[] or(not(is_set(user.boss)), get(user.boss).strict)"},
      // Sets
      {"token.scopes within some_scopes",
       "[] and(not(is_empty(token.scopes)), not(any(token.scopes, not(contains(element:0, {a, b})), element:0)))"},
      {"ints overlaps numbers", "[] any(ints, contains(element:0, {1, 2, 3}), element:0)"},
      {"token.scopes includes b", "[] any(token.scopes, includes(element:0, b), element:0)"},
      {"2 in numbers", "[] true"},
      {"i in {1, j}", "[] or(equal(i, 1), equal(i, j))"},
      {"i not in {}", "[] true"},
      {"ints == {1, i}",
       "[] and(not(any(ints, not(or(equal(element:0, 1), equal(element:0, i))), element:0)), "
       "not(or(not(contains(1, ints)), not(contains(i, ints)))))"},
      {"any x in numbers: x > 2", "[] true"},
      {"all x in ints: x > i", "[] not(any(ints, not(less(i, element:0)), element:0))"},
      {"no x in ints: any y in ints: x == y + 1",
       "[] not(any(ints, any(ints, equal(element:0, add(element:1, 1)), element:1), element:0))"},
      // Entities
      {"who is User and who.strict", "and | [0] is_type(who, User) | [1] who.strict"},
      {"who.strict", "[] if(is_type(who, User), who.strict, who.strict)"},
      {"user in team", "[] reach(user, team)"},
      {"user in teams", "[] reach_any(user, teams)"},
      {"user directly in team", "[] parent(user, team)"},
      {"who in friends", "[] listed(who, friends)"},
      {"s in colours", "[] listed(s, colours)"},
      {"user in {team, Team::\"x\"}", "[] or(reach(user, team), reach(user, Team::\"x\"))"},
      {"action in {read, write}", "[] contains(action, {read, write})"},
      {"scope is unknown", "[] is_unknown(scope)"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.first);
    CHECK(ir_of(each.first) == each.second);
  }
}

TEST_CASE("a def that doubles at each step is told by its name") {
  std::string text = bylaw::tests::kPrelude;
  text += "def f0(x: Int): Bool = x > 3\n";
  for (int i = 1; i <= 30; ++i) {
    const std::string inner = "f" + std::to_string(i - 1);
    text += "def f" + std::to_string(i) + "(x: Int): Bool = " + inner + "(x + 1) or " + inner + "(x + 2)\n";
  }
  text += "policy p for ask { deny r when f30(i)  because \"no\" }\n";
  Compilation c(text);
  ir::elaborate(c.program, c.diagnostics);
  CHECK(c.errors() == std::vector<std::string>{"E0601"});
  CHECK(c.told().find("`f30`") != std::string::npos);
}

TEST_CASE("a def that reuses its own terms stays small") {
  std::string text = bylaw::tests::kPrelude;
  text += "def f0(x: Int): Int = x\n";
  for (int i = 1; i <= 60; ++i) {
    const std::string inner = "f" + std::to_string(i - 1) + "(x)";
    text += "def f" + std::to_string(i) + "(x: Int): Int = " + inner + " + " + inner + "\n";
  }
  text += "policy p for ask { deny r when f60(i) > 3  because \"no\" }\n";
  Compilation c(text);
  const ir::ProgramIr program = ir::elaborate(c.program, c.diagnostics);
  CHECK(c.errors().empty());
  CHECK(program.decisions.front().terms.size() < 100);
}

TEST_CASE("the meaning of a condition does not depend on how deep its loops stand") {
  Compilation c(condition_text("any x in ints: both(any y in ints: y > x, x > 1)"));
  const ir::ProgramIr program = ir::elaborate(c.program, c.diagnostics);
  const ir::DecisionIr& decision = program.decisions.front();
  const ir::Condition& condition = decision.policies.front().rules.front().condition;
  const auto number = [](std::int64_t n) { return Value::number(ValueKind::Int, n); };
  const auto holds_for = [&](std::vector<Value> ints) {
    std::vector<Value> request(c.program.decisions[decision.decision].fields.size());
    request[11] = Value::set(std::move(ints));
    ir::Evaluation evaluation{c.program, decision.terms, program.lists, request, 0, ir::empty_world(), {}};
    return holds(evaluation, decision, condition);
  };
  CHECK(holds_for({number(2), number(3)}));
  CHECK(!holds_for({number(3)}));
  CHECK(!holds_for({number(0), number(1)}));
  CHECK(!holds_for({}));
}

TEST_CASE("a row that breaks its list's `requires` is told at the row") {
  Compilation c(std::string(bylaw::tests::kPrelude) + R"(
allowlist crew: User requires owner, until <= since + 30d {
  User::"ok"    since 2025-01-01 until 2025-01-31T00:00:00Z  owner "x"
  User::"long"  since 2025-01-01 until 2025-01-31T00:00:01Z  owner "x"
}
policy p for ask { exempt r when user in crew  deny otherwise  because "no" }
)");
  ir::elaborate(c.program, c.diagnostics);
  CHECK(c.errors() == std::vector<std::string>{"E0610"});
  CHECK(c.told().find("User::\"long\"") != std::string::npos);
  CHECK(c.told().find("User::\"ok\"") == std::string::npos);
}
