// Conditions that have one truth where they stand (W0201), and those that only look so.
#include "unit/support/source_text.h"

using bylaw::tests::condition_text;

namespace {

/// The texts of what is warned of, joined by " | ".
std::string always(const std::string& text) {
  bylaw::compiler::Input input;
  input.modules.push_back({input.sources.add("t.bylaw", text), ""});
  bylaw::grammar::Diagnostics diagnostics;
  REQUIRE_MESSAGE(bylaw::compiler::compile(input, diagnostics), render(diagnostics.all(), input.sources));
  std::string result;
  for (const bylaw::grammar::Diagnostic& each : diagnostics.sorted(input.sources))
    if (info(each.code).id == "W0201") result += (result.empty() ? "" : " | ") + each.text;
  return result;
}

std::string always_in(const std::string& condition) {
  return always(condition_text(condition));
}

}  // namespace

TEST_CASE("conditions that exclude each other are told") {
  const std::pair<const char*, const char*> cases[] = {
      {"i > 5 and i < 3", "`i < 3` is always false here"},
      {"i > 5 and i < 6", "`i < 6` is always false here"},
      {"i > 5 and i < 7", ""},
      {"i == 3 and j == 4", ""},
      {"i == 3 and i == 4", "`i == 4` is always false here"},
      {"i in {1, 2} and i in {3, 4}", "`i in {3, 4}` is always false here"},
      {"i in {1, 2} and i != 1 and i != 2", "`i != 2` is always false here"},
      {"i in 1..3 and i > 3", "`i > 3` is always false here"},
      {"i in 1..3 and i >= 3", ""},
      {"s == \"a\" and s == \"b\"", "`s == \"b\"` is always false here"},
      {"s == \"a\" and lower(s) == \"b\"", ""},
      {"level == low and level == high", "`level == high` is always false here"},
      {"level > low and level < high and level != mid", "`level != mid` is always false here"},
      {"level != low and level != mid", ""},
      {"flag and not flag", "`flag` is always true here"},
      {"i > 3 and (flag or i < 2)", "`i < 2` is always false here"},
      {"not (i > 3 or i < 2) and i == 1", "`i == 1` is always false here"},
      {"(maybe ?? 0) > 3 and maybe is unset", ""},
      {"maybe is set and maybe is unset", "`maybe is unset` is always false here"},
  };
  for (const auto& each : cases) CHECK_MESSAGE(always_in(each.first) == each.second, each.first);
}

TEST_CASE("conditions that others leave no choice are told") {
  const std::pair<const char*, const char*> cases[] = {
      {"i > 5 or i <= 5", "`i <= 5` is always true here"},
      {"i > 5 or i > 7", "`i > 7` is always false here"},
      {"i > 7 or i > 5", ""},
      {"i > 5 and i > 3", "`i > 3` is always true here"},
      {"i > 3 and i > 5", ""},
      {"level == low or level == mid or level == high", "`level == high` is always true here"},
      {"level == low or level == mid", ""},
      {"scope == a or scope == b or scope == c", ""},  // an open scope has further members
      {"flag == flag", "`flag == flag` is always true here"},
      {"i == i and flag", "`i == i` is always true here"},
      {"i < i", "`i < i` is always false here"},
      {"1 + 2 == 3", "`1 + 2 == 3` is always true here"},
      {"true or flag", ""},
  };
  for (const auto& each : cases) CHECK_MESSAGE(always_in(each.first) == each.second, each.first);
}

TEST_CASE("what a param, a constant, a function or an instance says is not told as always so") {
  const std::string head =
      "module t\nrecord Given { top: Int? }\nparam given: Given = {}\nparam most: Int = 3\nconst strict: Bool = true\n"
      "decision d { n: Int  role: Role  default deny }\nenum Role { x, y }\n"
      "def big(n: Int): Bool = n > 5\n";
  const auto in = [&](const std::string& policies) { return always(head + policies); };
  CHECK(in("policy p for d { allow a when most > 2 and n > 1 }") == "");
  CHECK(in("policy p for d { allow a when strict or n > 1 }") == "");
  CHECK(in("policy p for d { allow a when given.top is set and n > given.top }") == "");
  CHECK(in("policy p for d { allow a when most > 5 and n > 5 and n < 3 }") == "`n < 3` is always false here");
  CHECK(in("policy p for d { allow a when n > 9 and big(n) }") == "");
  CHECK(in("policy p for d { allow a when big(n) and n < 3 }") == "`n < 3` is always false here");
  CHECK(in("policy p for d when n > 5 { allow a when n > 5 and role == x }") == "");
  CHECK(in("policy p for d when n > 5 { allow a when n < 5 and role == x }") == "`n < 5` is always false here");
  CHECK(in("template t(top: Int) for d {\n allow a when n > 5 and n < top }\npolicy p is t(top: 3)") == "");
}
