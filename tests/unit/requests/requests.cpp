// From source to verdict: requests against bundles that the compiler made.

#include <doctest/doctest.h>
#include <bylaw/bylaw.hpp>

#include <string>
#include <vector>

#include "unit/requests/compiled.h"

using namespace bylaw;

namespace {

const char* const kSource = R"(
module tokens

open scope Scope {
  code             as "vso.code"
  code_write       as "vso.code_write"  includes code
  packaging        as "vso.packaging"
}

enum Action { create  regenerate  extend }

record Token {
  scopes:  Set<Scope>
  full:    Bool
  created: Time
  expires: Time
}

open record Client { name: String  tags: List<String> max 3 = [] }

entity Group in Group
entity User in Group
entity Bot in Group
entity Tenant { max_lifespan: Duration? }
entity Organization in one Tenant {
  restricted:   Bool
  creators:     Set<User | Group> = {}
  max_lifespan: Duration?  inherit min
}

allowlist emergency: User {
  User::"ana"  since 2025-11-01  through 2026-01-31
}

decision renew {
  principal: User | Bot
  action:    Action
  token:     Token
  org:       Organization
  client:    Client?
  tries:     Int = 0
  now:       Time
  default    allow
}

policy restricted for renew when org.restricted and action in {create, regenerate} {
  exempt listed    when principal in org.creators
  exempt emergency when principal in emergency
  deny otherwise   because "restricted in {org}"
}

policy lifespan for renew {
  let limit = org.max_lifespan ?? 365d
  deny too_long when token.expires - token.created > limit  because "too long"
}
)";

const char* const kEntities = R"({
  "Tenant::contoso": {"max_lifespan": "90d"},
  "Organization::eng": {"in": ["Tenant::contoso"], "restricted": true, "creators": ["Group::allowed"]},
  "User::bo": {"in": ["Group::devs"]},
  "User::cho": {"in": ["Group::build"]},
  "Group::build": {"in": ["Group::allowed"]},
  "Group::allowed": {"in": ["Group::build"]}
})";

Bundle compile_source() {
  return test::compiled_bundle("tokens.bylaw", kSource);
}

/// One World for all tests: it never changes.
const World& world() {
  static const World linked = [] {
    const Bundle bundle = compile_source();
    auto entities = Entities::from_json(bundle, kEntities);
    if (!entities) FAIL(entities.error().to_text());
    auto made = World::link(bundle, *entities);
    if (!made) FAIL(made.error().to_text());
    return *made;
  }();
  return linked;
}

/// "allow", "deny by default", "deny tokens.lifespan.too_long", "R0102 token.expires".
std::string decide_json(const std::string& json) {
  const Decision renew = *world().decision("renew");
  std::vector<std::byte> request_memory(renew.request_bytes()), verdict_memory(renew.verdict_bytes());
  Request request(renew, request_memory);
  Verdict verdict(verdict_memory);
  (void)request.read_json(json);
  std::string out;
  switch (decide(renew, request, verdict)) {
    case Outcome::Invalid: return std::string(verdict.code()) + ' ' + std::string(verdict.path());
    case Outcome::Deny: out = "deny"; break;
    case Outcome::Allow: out = "allow"; break;
  }
  for (const RuleId rule : verdict.by()) out.append(" ").append(renew.rule(rule).name);
  return out;
}

/// A good request with one field replaced, or added.
std::string with(std::string_view field, std::string_view value) {
  const std::pair<std::string_view, std::string_view> fields[] = {
      {"principal", R"("User::cho")"},
      {"action", R"("create")"},
      {"token",
       R"({"scopes": ["vso.code"], "full": false, "created": "2025-09-10T00:00:00Z", "expires": "2025-10-10T00:00:00Z"})"},
      {"org", R"("Organization::eng")"},
      {"now", R"("2025-12-01T00:00:00Z")"}};
  std::string out = "{";
  bool replaced = false;
  for (const auto& [name, good] : fields) {
    const std::string_view used = name == field ? value : good;
    replaced = replaced || name == field;
    if (used.empty()) continue;
    out.append(out.size() > 1 ? "," : "").append("\"").append(name).append("\":").append(used);
  }
  if (!replaced && !field.empty()) out.append(",\"").append(field).append("\":").append(value);
  return out + "}";
}

struct Case {
  std::string field;
  std::string value;
  std::string outcome;
};

const Case kCases[] = {
    {"", "", "allow"},
    {"principal", R"("User::bo")", "deny tokens.restricted.otherwise"},
    {"principal", R"("User::zoe")", "R0201 principal"},
    {"principal", R"({"type": "User", "id": "zoe", "in": []})", "deny tokens.restricted.otherwise"},
    {"principal", R"({"type": "User", "id": "zoe", "in": ["Group::build"]})", "allow"},
    {"principal", R"({"type": "User", "id": "zoe", "in": [{"id": "new", "in": ["Group::new", "Group::allowed"]}]})",
     "allow"},
    {"principal", R"({"type": "User", "id": "bo", "in": ["Group::allowed"]})", "allow"},
    {"principal", R"({"type": "User", "id": "cho", "in": []})", "deny tokens.restricted.otherwise"},
    {"principal", R"({"type": "User", "id": "cho"})", "allow"},
    {"principal", R"({"type": "User", "id": "ana", "in": []})", "allow"},
    {"principal", R"({"type": "Bot", "id": "ana", "in": []})", "deny tokens.restricted.otherwise"},
    {"principal", R"({"id": "zoe", "in": []})", "R0102 principal.type"},
    {"principal", R"({"type": "User", "id": "zoe"})", "R0102 principal.in"},
    {"principal", R"("Group::build")", "R0202 principal"},
    {"principal", R"("tokens.User::cho")", "allow"},
    {"principal", "", "R0102 principal"},
    {"principal", "null", "R0107 principal"},
    {"action", R"("extend")", "allow"},
    {"action", R"("renew")", "R0104 action"},
    {"token",
     R"({"scopes": ["code"], "full": false, "created": "2025-09-10T00:00:00Z", "expires": "2025-12-09T00:00:00Z"})",
     "allow"},
    {"token",
     R"({"scopes": [], "full": false, "created": "2025-09-10T00:00:00Z", "expires": "2025-12-09T00:00:00.000001Z"})",
     "deny tokens.lifespan.too_long"},
    {"token", R"({"scopes": [], "full": false, "created": "2025-09-10T00:00:00Z"})", "R0102 token.expires"},
    {"token", R"({"scopes": [], "full": 0, "created": "2025-09-10T00:00:00Z"})", "R0103 token.full"},
    {"token", R"({"scopes": [7], "full": false, "created": "", "expires": ""})", "R0103 token.scopes[0]"},
    {"org", R"({"id": "eng", "restricted": false})", "allow"},
    {"org", R"({"id": "eng", "max_lifespan": "10d"})", "deny tokens.lifespan.too_long"},
    {"org", R"({"id": "eng", "max_lifespan": "400d"})", "allow"},
    {"org", R"({"id": "eng", "in": []})", "allow"},
    {"org", R"({"id": "new", "in": []})", "R0102 org.restricted"},
    {"org", R"({"id": "new", "in": [], "restricted": null})", "R0107 org.restricted"},
    {"org", R"({"id": "new", "in": [], "restricted": true})", "deny tokens.restricted.otherwise"},
    {"org", R"({"id": "new", "in": [{"id": "t", "max_lifespan": "1d"}], "restricted": false})",
     "deny tokens.lifespan.too_long"},
    {"org", R"({"id": "new", "in": ["Tenant::t"], "restricted": false})", "R0201 org.in[0]"},
    {"org", R"({"id": "new", "in": [{"id": "contoso", "max_lifespan": "1d"}], "restricted": false})",
     "R0206 org.in[0].max_lifespan"},
    {"org", R"({"id": "new", "in": ["Tenant::contoso", {"id": "u"}], "restricted": false})", "R0205 org.in[1]"},
    {"client", R"({"name": "cli", "build": {"x": [1, 2]}})", "allow"},
    {"client", R"({"name": "cli", "tags": ["a", "b", "c", "d"]})", "R0003 client.tags"},
    {"client", R"({"nam": "cli"})", "R0102 client.name"},
    {"client", "null", "allow"},
    {"tries", "9223372036854775808", "R0105 tries"},
    {"tries", "null", "R0107 tries"},
    {"trys", "1", "R0101 trys"},
    {"now", R"("2025-12-01")", "R0106 now"},
};

}  // namespace

TEST_CASE("from source to verdict") {
  for (const Case& c : kCases) {
    CAPTURE(c.field);
    CAPTURE(c.value);
    CHECK(decide_json(with(c.field, c.value)) == c.outcome);
  }
}

TEST_CASE("entity data is told with its place") {
  const auto data = Entities::from_json(compile_source(),
                                        R"({"Organization::x": {"restrictd": true}, "User::y": {"in": ["Groop::z"]}})");
  REQUIRE(!data);
  CHECK(data.error().code == "R0102");
  CHECK(data.error().path == "[\"Organization::x\"].restricted");
  REQUIRE(data.error().more.size() == 2);
  CHECK(data.error().more[0].text == "`restrictd` is not a field of `tokens.Organization`; did you mean `restricted`?");
  CHECK(data.error().more[1].text ==
        "an entity of type `Groop` cannot stand here: it takes `Group`; did you mean `Group`?");
}
