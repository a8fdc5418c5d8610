// Mutants of what rules are asked of: list entries and their times, policies' periods, inherited attributes.
#include <bylaw/runner/mutation.h>
#include <doctest/doctest.h>

#include "support.h"

namespace bylaw::runner::test {
namespace {

RunResult mutate(const std::string& policies, const std::string& scenarios) {
  compiler::Project project = make_project(policies, scenarios);
  RunOptions options;
  options.mutate = true;
  RunResult result = run(project, {}, options);
  REQUIRE_MESSAGE(!result.diagnostics.has_errors(), told(project, result.diagnostics));
  REQUIRE(result.bug == "");
  REQUIRE(result.summary.failed == 0);
  REQUIRE(result.mutation);
  return result;
}

/// Those in the name of which `name` stands.
std::string survivors(const RunResult& result, const std::string& name) {
  std::string text;
  for (const Survivor& survivor : result.mutation->survivors)
    if (survivor.name.find(name) != std::string::npos) text += survivor.text + "\n";
  return text;
}

/// Adding the scenarios that survivors come with leaves nothing of that name that survives.
void check_killing(const std::string& policies, const std::string& head, const std::string& scenarios,
                   const std::string& name) {
  std::string more = head + scenarios;
  const RunResult result = mutate(policies, more);
  for (const Survivor& survivor : result.mutation->survivors) more += survivor.scenario;
  CHECK(survivors(mutate(policies, more), name) == "");
}

const std::string kGuests = R"(module shop
entity Guest
allowlist friends: Guest requires because {
  Guest::"ana"  since 2025-02-01  until 2026-01-01T00:00:00Z  because "lives here"
  Guest::"ben"  through 2026-06-30                            because "visits"
}
decision enter { who: Guest  now: Time  default deny }
policy door for enter { allow friend when who in friends }
)";
const std::string kGuestsHead = "decision: enter\nentities: {Guest::ana: {}, Guest::ben: {}}\nscenarios:\n";

TEST_CASE("entries begin and end a day earlier, a day later, or not at all") {
  const std::string weak = "  - {name: ana, when: {who: Guest::ana, now: 2025-06-01}, expect: allow}\n";
  CHECK(survivors(mutate(kGuests, kGuestsHead + weak), "friends") ==
        "the entry `Guest::\"ana\"` begins at 2025-02-02T00:00:00Z instead of 2025-02-01T00:00:00Z\n"
        "the entry `Guest::\"ana\"` begins at 2025-01-31T00:00:00Z instead of 2025-02-01T00:00:00Z\n"
        "the entry `Guest::\"ana\"` has no beginning\n"
        "the entry `Guest::\"ana\"` ends at 2026-01-02T00:00:00Z instead of 2026-01-01T00:00:00Z\n"
        "the entry `Guest::\"ana\"` ends at 2025-12-31T00:00:00Z instead of 2026-01-01T00:00:00Z\n"
        "the entry `Guest::\"ana\"` never ends\n"
        "the entry `Guest::\"ben\"` is removed\n"
        "the entry `Guest::\"ben\"` ends at 2026-07-02T00:00:00Z instead of 2026-07-01T00:00:00Z\n"
        "the entry `Guest::\"ben\"` ends at 2026-06-30T00:00:00Z instead of 2026-07-01T00:00:00Z\n"
        "the entry `Guest::\"ben\"` never ends\n");
  const std::string strong = R"(  - name: ana
    when: {who: Guest::ana}
    table:
      - [now,                  expect]
      - [2025-01-31T23:59:59Z, deny  ]
      - [2025-02-01,           allow ]
      - [2025-12-31T23:59:59Z, allow ]
      - [2026-01-01,           deny  ]
  - name: ben
    when: {who: Guest::ben}
    table:
      - [now,                  expect]
      - [2026-06-30T23:59:59Z, allow ]
      - [2026-07-01,           deny  ]
)";
  CHECK(survivors(mutate(kGuests, kGuestsHead + strong), "friends") == "");
  check_killing(kGuests, kGuestsHead, weak, "friends");
}

TEST_CASE("what `requires` of the list refuses, what another entry covers and what nothing asks is no mutant") {
  const std::string policies = R"(module shop
entity Guest
allowlist friends: Guest requires until, until <= since + 30d {
  Guest::"ana"  since 2025-01-01  until 2025-01-31T00:00:00Z
}
allowlist twice: Guest {
  Guest::"ben"  until 2025-01-31T00:00:00Z
  Guest::"ben"
}
allowlist unused: Guest { Guest::"ben"  until 2025-01-31T00:00:00Z }
decision enter { who: Guest  now: Time  default deny }
policy door for enter { allow friend when who in friends or who in twice }
)";
  const RunResult result = mutate(policies,
                                  "decision: enter\nentities: {Guest::eve: {}}\nscenarios:\n"
                                  "  - {name: a, when: {who: Guest::eve, now: 2025-01-09}, expect: deny}\n");
  CHECK(survivors(result, "friends") ==
        "the entry `Guest::\"ana\"` is removed\n"
        "the entry `Guest::\"ana\"` begins at 2025-01-02T00:00:00Z instead of 2025-01-01T00:00:00Z\n"
        "the entry `Guest::\"ana\"` ends at 2025-01-30T00:00:00Z instead of 2025-01-31T00:00:00Z\n");
  CHECK(survivors(result, "twice") == "the entry `Guest::\"ben\"` is removed\n");
  CHECK(survivors(result, "unused") == "the entry `Guest::\"ben\"` is removed\n");
}

TEST_CASE("a list with columns: a rule that reads when an entry ends notices that it ends at another time") {
  const std::string policies = R"(module shop
entity Guest
list waivers { who: Guest } { {who: Guest::"ana"}  until 2026-01-01T00:00:00Z }
decision enter { who: Guest  now: Time  default deny }
policy door for enter { allow waived when any w in waivers: w.who == who and w.until is set and w.until < now + 1d }
)";
  const std::string head = "decision: enter\nentities: {Guest::ana: {}}\nscenarios:\n";
  const std::string strong =
      "  - {name: a, when: {who: Guest::ana, now: 2025-12-31T12:00:00Z}, expect: allow}\n"
      "  - {name: b, when: {who: Guest::ana, now: 2025-12-30T12:00:00Z}, expect: deny}\n"
      "  - {name: c, when: {who: Guest::ana, now: 2026-01-01}, expect: deny}\n";
  CHECK(survivors(mutate(policies, head + strong), "waivers") == "");
}

TEST_CASE("policies are in force, and audited, at other times") {
  const std::string policies = R"(module shop
decision enter { age: Int  now: Time  default allow }
policy young for enter in force from 2025-01-01 until 2026-01-01T00:00:00Z mode audit until 2025-07-01T00:00:00Z {
  deny young when age < 18  because "too young"
}
)";
  const std::string head = "decision: enter\ngiven: {age: 3}\nscenarios:\n";
  const std::string weak = "  - {name: a, when: {now: 2025-08-01}, expect: deny}\n";
  const std::string all = survivors(mutate(policies, head + weak), "young");
  for (const char* text : {"it is in force from 2025-01-02T00:00:00Z instead of 2025-01-01T00:00:00Z",
                           "`in force from 2025-01-01T00:00:00Z` is dropped",
                           "it is in force until 2025-12-31T00:00:00Z instead of 2026-01-01T00:00:00Z",
                           "`in force until 2026-01-01T00:00:00Z` is dropped",
                           "it is audited until 2025-07-02T00:00:00Z instead of 2025-07-01T00:00:00Z"})
    CHECK_MESSAGE(all.find(text) != std::string::npos, text, " in\n", all);
  CHECK_MESSAGE(all.find("`audited until 2025-07-01T00:00:00Z` is dropped") == std::string::npos, all);
  check_killing(policies, head, weak, "young");
}

const std::string kVaults = R"(module shop
entity Tenant { days: Int?  tags: Set<String> = {} }
entity Vault in one Tenant {
  days:    Int?          inherit min
  tags:    Set<String> = {}  inherit union
}
decision open { vault: Vault  days: Int  tag: String  default allow }
policy limits for open {
  deny long    when days > (vault.days ?? 30)  because "too long"
  deny tagged  when tag in vault.tags          because "tagged"
}
)";
const std::string kVaultsHead = R"(decision: open
given: {days: 1, tag: x, vault: Vault::low}
entities:
  Tenant::t: {days: 14, tags: [a]}
  Vault::low: {in: Tenant::t, days: 7, tags: [b]}
  Vault::high: {in: Tenant::t, days: 20}
  Vault::none: {in: []}
scenarios:
)";

TEST_CASE("an attribute inherits by each other strategy that it may have") {
  const std::string weak = "  - {name: a, expect: allow}\n";
  CHECK(survivors(mutate(kVaults, kVaultsHead + weak), "shop.Vault.") ==
        "`inherit min` becomes `inherit max`\n`inherit min` becomes `inherit nearest`\n"
        "`inherit min` becomes `inherit farthest`\n"
        "`inherit union` becomes `inherit intersect`\n`inherit union` becomes `inherit nearest`\n"
        "`inherit union` becomes `inherit farthest`\n");
  const std::string low = "  - {name: low, when: {days: 8}, expect: deny}\n";
  // The nearest value of `low` is the least one, and the farthest is another one.
  CHECK(survivors(mutate(kVaults, kVaultsHead + low), "shop.Vault.days") ==
        "`inherit min` becomes `inherit nearest`\n");
  const std::string high = "  - {name: high, when: {days: 15, vault: Vault::high}, expect: deny}\n";
  CHECK(survivors(mutate(kVaults, kVaultsHead + high), "shop.Vault.days") ==
        "`inherit min` becomes `inherit farthest`\n");
  CHECK(survivors(mutate(kVaults, kVaultsHead + low + high), "shop.Vault.days") == "");
  const std::string both =
      "  - {name: own, when: {tag: b}, expect: deny}\n  - {name: above, when: {tag: a}, expect: deny}\n";
  CHECK(survivors(mutate(kVaults, kVaultsHead + both), "shop.Vault.tags") == "");
  check_killing(kVaults, kVaultsHead, weak + "  - {name: b, when: {vault: Vault::high}, expect: allow}\n",
                "shop.Vault.days");
}

TEST_CASE("what the request says of an entity takes part in what others inherit") {
  const std::string request =
      "  - {name: a, when: {days: 8, vault: {type: Vault, id: mine, in: Tenant::t, days: 7}}, expect: deny}\n"
      "  - {name: b, when: {days: 15, vault: {type: Vault, id: mine, in: Tenant::t, days: 20}}, expect: deny}\n";
  CHECK(survivors(mutate(kVaults, kVaultsHead + request), "shop.Vault.days") == "");
}

TEST_CASE("nobody reads it: how it is inherited makes no difference") {
  const std::string policies = R"(module shop
entity Tenant { days: Int? }
entity Vault in one Tenant { days: Int?  inherit min }
decision open { vault: Vault  default allow }
policy limits for open { deny odd when vault == Vault::"odd"  because "odd" }
)";
  const RunResult result = mutate(policies,
                                  "decision: open\nentities: {Vault::a: {in: []}}\nscenarios:\n"
                                  "  - {name: a, when: {vault: Vault::a}, expect: allow}\n");
  CHECK(survivors(result, "Vault.days") == "");
  CHECK(result.mutation->equivalent >= 3);
}

}  // namespace
}  // namespace bylaw::runner::test
