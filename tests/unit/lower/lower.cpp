// From source to bundles that the verifier takes. What the instructions do is tested with the virtual machine.

#include <bylaw/bylaw.hpp>
#include <clocale>
#include <cstring>
#include <span>

#include "format/bundle.h"
#include "format/opcodes.h"
#include "unit/support/source_text.h"

using namespace bylaw;
using tests::Compilation;
using tests::condition_text;
using tests::policy_text;

namespace {

template <class Record>
std::span<const Record> records(const compiler::Bundle& bundle, format::Section section) {
  format::SectionEntry entry{};
  const std::size_t at = sizeof(format::Header) + sizeof entry * static_cast<std::size_t>(section);
  std::memcpy(&entry, bundle.bytes.data() + at, sizeof entry);
  return {reinterpret_cast<const Record*>(bundle.bytes.data() + entry.offset), entry.count};
}

/// Why the verifier refuses it; empty if it does not.
std::string refusal(const compiler::Bundle& bundle) {
  const auto opened = Bundle::from(bundle.bytes);
  return opened ? "" : std::string(opened.error().text);
}

compiler::Bundle lowered(const std::string& text) {
  Compilation c(text);
  auto bundle = lower(c.program, c.input, c.diagnostics);
  INFO(c.told());
  REQUIRE(bundle);
  CHECK(refusal(*bundle) == "");
  return std::move(*bundle);
}

/// The names of the instructions in the condition of the only rule.
std::string code_of(const std::string& condition) {
  const compiler::Bundle bundle = lowered(condition_text(condition));
  const auto block = records<format::BlockRecord>(
      bundle, format::Section::Blocks)[records<format::RuleRecord>(bundle, format::Section::Rules)[0].condition];
  std::string names;
  for (const format::Instruction& in :
       records<format::Instruction>(bundle, format::Section::Code).subspan(block.first, block.count))
    names += (names.empty() ? "" : " ") + std::string(format::kOps[in.op].name);
  return names;
}

std::vector<std::string> errors_of(const std::string& text) {
  Compilation c(text);
  const auto bundle = lower(c.program, c.input, c.diagnostics);
  CHECK(!bundle);
  return c.errors();
}

}  // namespace

TEST_CASE("conditions become the instructions that say them") {
  const std::pair<const char*, std::string> cases[] = {
      {"flag", "true hold end"},
      {"not flag", "true hold end"},
      {"true", "hold"},
      {"flag and false", "end"},
      {"flag or true", "hold"},
      {"flag and (i == j or i < 3)", "true eq lt hold end"},
      {"if flag then i < j else i > j", "true lt lt hold end"},
      {"i + 1 > j", "add lt hold end"},
      {"(maybe ?? 7) > j", "present move move lt hold end"},
      {"maybe is set and maybe > j", "present lt hold end"},
      {"(i < j) == flag", "lt move move eq hold end"},
      {"token.inner.n is set", "present hold end"},
      {"user.boss.age is set", "row row present hold end"},
      {"user.strict and user.age is set", "row true present hold end"},
      {"who.strict", "is_type row true row true hold end"},
      {"who is User and who.strict", "is_type row true hold end"},
      {"user in team or user in teams or user directly in team", "reach reach_any parent hold end"},
      {"who in friends and s in colours", "listed listed hold end"},
      {"user directly in friends", "listed_directly hold end"},
      {"user in {team, user.team ?? team}", "reach row present move move reach hold end"},
      {"action in {read, write}", "in_mask hold end"},
      {"i in numbers and 3 in ints", "has has hold end"},
      {"token.scopes within some_scopes", "subset_mask hold end"},
      {"ints within numbers", "subset_set hold end"},
      {"ints within 1..9", "empty each lt lt stop next hold end"},
      {"people within teams", "empty each reach_any stop next hold end"},
      {"token.scopes overlaps some_scopes", "overlap_mask hold end"},
      {"ints overlaps numbers", "overlap_set hold end"},
      {"all s2 in token.scopes: s2 in some_scopes", "empty_mask subset_mask hold end"},
      {"any x in ints: x == i", "has hold end"},
      {"token.scopes includes b", "set_includes hold end"},
      {"scope includes b", "includes hold end"},
      {"token.scopes == some_scopes and ints != numbers", "eq_mask eq_set hold end"},
      {"token.scopes is empty or ints is empty", "empty_mask empty hold end"},
      {"scope is unknown", "unknown hold end"},
      {"any x in items: x.size > i and x.level < high", "each lt lt stop next hold end"},
      {"any x in items: any y in x.tags: y == s", "each has stop next hold end"},
      {"any p2 in people: p2.age is set and p2.strict", "each row present true stop next hold end"},
      {"any s2 in token.scopes: s2 is unknown", "each_member unknown stop next hold end"},
      {"any x in (if flag then ints else numbers): x > i", "true move move each lt stop next hold end"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.first);
    CHECK(code_of(each.first) == each.second);
  }
}

TEST_CASE("a value that is known on the way is not worked out again") {
  CHECK(code_of("i + j > 3 and i + j < 9") == "add lt lt hold end");
  CHECK(code_of("user.strict and (flag or user.age is set)") == "row true true present hold end");
  // Known on one of two ways alone.
  CHECK(code_of("(flag or i + j > 3) and i + j < 9") == "true add lt add lt hold end");
  // An element of another loop is another value.
  CHECK(code_of("(any x in ints: x + 1 > i) and (any x in ints: x + 1 > j)") ==
        "each add lt stop next each add lt stop next hold end");
}

TEST_CASE("loops in a row and in each other are verified") {
  // What a body sets before it stops is set where `stop` leads, and must keep its class in the next loop.
  lowered(condition_text("(no x in token.scopes: user.strict or flag) or (no y in ints: y > team.size)"));
  lowered(condition_text("any a2 in items: any b2 in items: any c2 in items: any d2 in items: a2.size > d2.size"));
  std::string many = "(any x in ints: x > team.size + 1)";
  for (int i = 2; i < 40; ++i) many += " or (any x in ints: x > team.size + " + std::to_string(i) + ")";
  lowered(condition_text(many));
}

TEST_CASE("rules of every kind are verified") {
  lowered(policy_text(R"(
  let life = token.expires - token.created
  exempt friends_first from late, otherwise  when who in friends
  exempt all_of_them when flag
  allow fine when i < j
  deny late when life > 7d unless flag  because "{life} {who} {token.scopes} {ints} {level} {now} {i} {flag and i == j}"
  deny each_scope for each s2 in token.scopes when s2 is unknown and life > 1d  because "{s2} of {user} {life}"
  deny every_item for each it in items  because "{it.name} {it.tags}"
  deny maybe_bits for each b2 in bits ?? {} because "{b2}"
  deny chosen for each c2 in (if flag then ints else numbers) when c2 > i  because "{c2}"
  deny otherwise  because "no"
  oblige limit  cap = if user.teams is empty and (flag or i < j) then life else 1d  when flag
  oblige other on deny  ok = flag and i < j
)"));
}

TEST_CASE("limits are told with what they are exceeded by") {
  CHECK(errors_of(policy_text("  deny r for each x in (if flag then {i} else {j}) when x > 3  because \"no\"")) ==
        std::vector<std::string>{"E0621"});
  // A frame has at most 4,096 words.
  std::string fields = std::string(tests::kPrelude) + "record Wide {";
  for (int i = 0; i < 4097; ++i) fields += " f" + std::to_string(i) + ": Int";
  CHECK(errors_of(fields + " }\n") == std::vector<std::string>{"E0604"});
  // Constants of one policy.
  std::string constants;
  for (int i = 0; i < 4200; ++i)
    constants += "  deny r" + std::to_string(i) + " when i == " + std::to_string(i + 10) + "  because \"no\"\n";
  CHECK(errors_of(policy_text(constants)) == std::vector<std::string>{"E0608"});
  // Instructions of one rule: two to the sixteenth comparisons by nested choices.
  std::string defs;
  std::string call = "x == y";
  for (int i = 0; i < 17; ++i) {
    defs +=
        "def g" + std::to_string(i) + "(x: Int, y: Int): Bool = if x < y then " + call + " else not (" + call + ")\n";
    call = "g" + std::to_string(i) + "(x, y + 1)";
  }
  CHECK(errors_of(std::string(tests::kPrelude) + defs +
                  "policy p for ask { deny r when any x in ints: any y in ints: " + call + "  because \"no\" }\n") ==
        std::vector<std::string>{"E0603"});
}

TEST_CASE("the same sources give the same bytes") {
  const std::string other =
      "module other\nimport t.{ask, Scope}\npolicy q for ask { deny r when token.full and \"\\u{e9}\" == s  because "
      "\"{s}\" }\n";
  const std::string first = condition_text("who in friends and i in numbers and flag");
  Compilation a({{"a.bylaw", first}, {"b.bylaw", other}});
  Compilation b({{"b.bylaw", other}, {"a.bylaw", first}});
  const auto one = lower(a.program, a.input, a.diagnostics);
  const char* before = std::setlocale(LC_ALL, "");
  CHECK(before != nullptr);
  const auto two = lower(b.program, b.input, b.diagnostics);
  std::setlocale(LC_ALL, "C");
  REQUIRE(one);
  REQUIRE(two);
  CHECK(refusal(*one) == "");
  CHECK(one->bytes == two->bytes);
  CHECK(one->digest == two->digest);
  CHECK(one->digest.size() == 64);
  CHECK(one->modules == 2);
  CHECK(one->policies == 2);
}

TEST_CASE("order of declarations in a module does not show in what is decided") {
  const compiler::Bundle bundle =
      lowered(policy_text("  deny zebra when flag  because \"z\"\n  deny ant when flag  because \"a\""));
  const auto rules = records<format::RuleRecord>(bundle, format::Section::Rules);
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].name < rules[1].name);
}

TEST_CASE("an obligation takes a value of a narrower type") {
  const compiler::Bundle bundle = lowered(
      "module t\nentity User\nentity Group\n"
      "decision go { who: User  few: Set<String> max 4  obliges tell: User | Group by collect  obliges names: "
      "Set<String> "
      "by union  default allow }\n"
      "policy p for go { oblige a tell = who  oblige b names = few  oblige c names = {\"x\"} }\n");
  CHECK(refusal(bundle) == "");
}
