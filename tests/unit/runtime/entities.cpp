#include <doctest/doctest.h>

#include <string>

#include "access.h"
#include "fill.h"
#include "request_data.h"
#include "small_bundle.h"
#include "world_data.h"

using namespace bylaw;
using namespace bylaw::test;
using format::Kind;
using format::MergeStrategy;

namespace {

/// Org in one Tenant; Team in Org or Team; User in Team. `limit` is inherited from Tenant to Org to Team.
Bundle make_bundle(Limits limits = {}) {
  SmallBundle b;
  const TypeId boolean = b.scalar(Kind::Bool), integer = b.scalar(Kind::Int), text = b.scalar(Kind::String);
  const std::uint32_t org = b.entity("Org"), team = b.entity("Team"), tenant = b.entity("Tenant"),
                      user = b.entity("User");
  const TypeId users = b.set(b.entities({user}));
  const std::uint32_t nobody = b.constant(users, {0});
  b.describe(org, {tenant},
             {{"limit", integer, "", true, false, MergeStrategy::Min},
              {"open", boolean, "", false, false, MergeStrategy::Any, b.constant(boolean, {0})},
              {"closed", boolean},
              {"owners", users, "", false, false, {}, nobody}},
             true);
  b.describe(team, {org, team}, {{"limit", integer, "", true, false, MergeStrategy::Max}});
  b.describe(tenant, {},
             {{"limit", integer, "", true, true},
              {"open", boolean, "", false, true, {}, b.constant(boolean, {0})},
              {"title", text, "", true}});
  b.describe(user, {team}, {});
  b.decision(
      "d", {{"org", b.entities({org})},
            {"team", b.entities({team}), "", true},
            {"who", b.entities({user}), "", true},
            {"about", b.record("About", {{"user", b.entities({user})}, {"tenant", b.entities({tenant}), "", true}}), "",
             true},
            {"teams", b.list(b.entities({team})), "", true}});
  b.constant(b.entities({user}), {b.literal(user, "literal")});
  return b.finish(limits);
}

const char* const kData = R"({
  "Tenant::t": {"limit": 50, "title": "T"},
  "Tenant::u": {"open": true},
  "Org::a": {"in": "Tenant::t", "closed": true},
  "Org::b": {"in": ["Tenant::u"], "closed": false, "limit": 9},
  "Org::lone": {"closed": false},
  "Team::x": {"in": ["Org::a", "Team::y"], "limit": 7},
  "Team::y": {"in": ["Team::x", "Org::b"]},
  "Team::leaf": {"in": ["Team::x"]},
  "User::bo": {"in": ["Team::x"]}
})";

struct DataCase {
  std::string json;
  std::string outcome;
};

const DataCase kDataCases[] = {
    {"{}", "valid"},
    {kData, "valid"},
    {"[]", "R0103 "},
    {"{", "R0001 "},
    {R"({"Org::a": {}})", R"(R0102 ["Org::a"].closed)"},
    {R"({"Org::a": {"closed": true, "x": 1}})", R"(R0101 ["Org::a"].x)"},
    {R"({"Org::a": 1})", R"(R0103 ["Org::a"])"},
    {R"({"Orgg::a": {}})", R"(R0202 ["Orgg::a"])"},
    {R"({"Org": {}})", "R0203 Org"},
    {R"({"Org::": {}})", R"(R0203 ["Org::"])"},
    {R"({"m.Org::\"a\"": {"closed": true}})", "valid"},
    {R"({"Org::a": {"closed": true}, "Org::\"a\"": {"closed": true}})", "valid"},
    {R"({"Org::a": {"closed": true}, "Org::\"a\"": {"closed": false}})", R"(R0204 ["Org::\"a\""].closed)"},
    {R"({"Org::a": {"closed": true, "in": "Tenant::t"}})", R"(R0201 ["Org::a"].in)"},
    {R"({"Org::a": {"closed": true, "in": {"id": "t"}}})", "valid"},
    {R"({"Org::a": {"closed": true, "in": ["Tenant::t", "Tenant::u"]}, "Tenant::t": {}, "Tenant::u": {}})",
     R"(R0205 ["Org::a"].in[1])"},
    {R"({"Org::a": {"closed": true, "in": ["Tenant::t", "Tenant::t"]}, "Tenant::t": {}})", "valid"},
    {R"({"Org::a": {"closed": true, "in": ["Org::b"]}})", R"(R0202 ["Org::a"].in[0])"},
    {R"({"Tenant::a": {"in": []}})", "valid"},
    {R"({"Tenant::a": {"in": ["Tenant::b"]}})", R"(R0202 ["Tenant::a"].in[0])"},
    {R"({"Org::a": {"closed": true, "owners": ["User::nobody"]}})", "valid"},
    {R"({"User::a": {"in": ["Team::none"]}})", R"(R0201 ["User::a"].in[0])"},
};

struct RequestCase {
  std::string json;
  std::string outcome;
};

const RequestCase kRequestCases[] = {
    {R"({"org": "Org::a"})", "valid"},
    {R"({"org": "Org::none"})", "R0201 org"},
    {R"({"org": {"id": "a"}})", "valid"},
    {R"({"org": {"id": "new"}})", "R0102 org.in"},
    {R"({"org": {"id": "new", "in": []}})", "R0102 org.closed"},
    {R"({"org": {"id": "new", "in": [], "closed": true}})", "valid"},
    {R"({"org": {"id": "new", "in": ["Tenant::t"], "closed": true}})", "valid"},
    {R"({"org": {"id": "new", "in": ["Tenant::new"], "closed": true}})", "R0201 org.in[0]"},
    {R"({"org": {"id": "new", "in": [{"id": "new", "limit": 4}], "closed": true}})", "valid"},
    {R"({"org": {"id": "new", "in": ["Tenant::t", "Tenant::u"], "closed": true}})", "R0205 org.in[1]"},
    {R"({"org": {"id": "a", "closed": null}})", "R0107 org.closed"},
    {R"({"org": {"id": "a", "owners": ["User::new"]}})", "valid"},
    {R"({"org": {"id": "a", "owners": [{"id": "new"}]}})", "R0102 org.owners[0].in"},
    // above entities of the data, nothing may change that was worked out for them
    {R"({"org": {"id": "a", "in": []}})", "R0206 org.in"},
    {R"({"org": {"id": "a", "limit": 3}})", "R0206 org.limit"},
    {R"({"org": {"id": "a", "closed": false}})", "valid"},
    {R"({"org": {"id": "a", "open": true}})", "valid"},  // no type below Org inherits it
    {R"({"org": {"id": "lone", "in": ["Tenant::t"], "limit": 3}})", "valid"},
    {R"({"org": "Org::a", "about": {"user": "User::x", "tenant": {"id": "t", "limit": 1}}})",
     "R0206 about.tenant.limit"},
    {R"({"org": "Org::a", "about": {"user": "User::x", "tenant": {"id": "t", "title": null}}})", "valid"},
    {R"({"org": "Org::a", "team": {"id": "leaf", "in": []}})", "valid"},
    {R"({"org": "Org::a", "team": {"id": "x", "in": []}})", "R0206 team.in"},
    // described twice
    {R"({"org": {"id": "new", "in": [], "closed": true}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new"}]}]})",
     "valid"},
    {R"({"org": {"id": "new", "in": []}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new", "closed": true}]}]})",
     "valid"},
    {R"({"org": {"id": "new"}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new", "closed": true, "in": []}]}]})",
     "valid"},
    {R"({"org": {"id": "new", "closed": true}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new", "closed": true}]}]})",
     "R0102 org.in"},
    {R"({"org": {"id": "new", "in": [], "closed": true}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new", "closed": false}]}]})",
     "R0204 teams[0].in[0].closed"},
    {R"({"org": {"id": "new", "in": [], "closed": true}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new", "in": ["Tenant::t"]}]}]})",
     "R0204 teams[0].in[0].in"},
    {R"({"org": {"id": "new", "in": [], "closed": true, "limit": 3}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new", "limit": null}]}]})",
     "R0204 teams[0].in[0].limit"},
    {R"({"org": {"id": "new", "in": [], "closed": true, "owners": ["User::b", "User::a"]}, "teams": [{"id": "n", "in": [{"type": "Org", "id": "new", "owners": ["User::a", "User::b", "User::a"]}]}]})",
     "valid"},
    // who must be described: by type and place alone
    {R"({"org": "Org::a", "who": "User::bo"})", "valid"},
    {R"({"org": "Org::a", "who": "User::new"})", "R0201 who"},
    {R"({"org": "Org::a", "who": "User::literal"})", "R0201 who"},
    {R"({"org": "Org::a", "who": {"id": "literal", "in": []}})", "valid"},
    {R"({"org": "Org::a", "about": {"user": "User::new"}})", "valid"},
    {R"({"org": "Org::a", "about": {"user": "User::new", "tenant": "Tenant::new"}})", "R0201 about.tenant"},
    {R"({"org": "Org::a", "who": "User::new", "about": {"user": {"id": "new", "in": []}}})", "valid"},
    {R"({"org": "Org::a", "teams": ["Team::new"]})", "R0201 teams[0]"},
    {R"({"org": "Org::a", "teams": ["Team::new", {"id": "new", "in": ["Team::new"]}]})", "valid"},
    // first what an object lacks, last what nobody describes
    {R"({"org": "Org::none", "teams": [{"id": "n"}]})", "R0102 teams[0].in"},
};

/// An attribute of the entity that a decision's field holds: its number, or "unset".
std::string attribute(const World& world, std::string_view json, std::string_view field, std::string_view name) {
  OwnedRequest owned(*world.decision("d"));
  if (const Status status = owned.request.read_json(json); !status) return std::string(status.text());
  const RequestData& data = *Access::data(owned.request);
  const BundleView& view = data.world->view();
  const Memory memory = memory_of(data);
  for (const format::FieldRecord& f : fields_of(view, view.decisions[0].shape)) {
    if (view.symbol_text(f.name) != field) continue;
    const Word entity = place_of(view, view.decisions[0].shape, data.frame).slots[f.slot];
    const std::uint32_t shape = view.entity_types[entity_type(entity)].shape;
    const Place place = place_of(view, shape, const_cast<Word*>(entity_frame(memory, entity)));
    for (const format::FieldRecord& a : fields_of(view, shape)) {
      if (view.symbol_text(a.name) != name) continue;
      if (a.presence != format::kNone && !place.bit(a.presence)) return "unset";
      return std::to_string(static_cast<std::int64_t>(place.slots[a.slot]));
    }
  }
  return "no such attribute";
}

struct AttributeCase {
  std::string json;
  std::string field;
  std::string attribute;
  std::string value;
};

const AttributeCase kAttributes[] = {
    // worked out in the data
    {R"({"org": "Org::a"})", "org", "limit", "50"},
    {R"({"org": "Org::b"})", "org", "limit", "9"},
    {R"({"org": "Org::lone"})", "org", "limit", "unset"},
    {R"({"org": "Org::a"})", "org", "open", "0"},
    {R"({"org": "Org::b"})", "org", "open", "1"},
    {R"({"org": "Org::a"})", "org", "closed", "1"},
    {R"({"org": "Org::a", "team": "Team::y"})", "team", "limit", "50"},  // through the cycle to a, and so to t
    {R"({"org": "Org::a", "team": "Team::leaf"})", "team", "limit", "50"},
    // overlaid
    {R"({"org": {"id": "a", "closed": false}})", "org", "closed", "0"},
    {R"({"org": {"id": "a", "closed": false}})", "org", "limit", "50"},
    {R"({"org": {"id": "lone", "in": ["Tenant::t"]}})", "org", "limit", "50"},
    {R"({"org": {"id": "lone", "in": ["Tenant::t"], "limit": 80}})", "org", "limit", "50"},
    {R"({"org": {"id": "lone", "in": ["Tenant::t"], "limit": 20}})", "org", "limit", "20"},
    {R"({"org": {"id": "lone", "in": ["Tenant::u"]}})", "org", "open", "1"},
    {R"({"org": {"id": "lone", "in": ["Tenant::u"], "open": false}})", "org", "open", "1"},
    {R"({"org": {"id": "n", "closed": true, "in": [{"id": "n", "limit": 3}]}})", "org", "limit", "3"},
    {R"({"org": {"id": "n", "closed": true, "in": [{"id": "n", "limit": null}]}})", "org", "limit", "unset"},
    {R"({"org": "Org::a", "team": {"id": "leaf", "limit": 99}})", "team", "limit", "99"},
    {R"({"org": "Org::a", "team": {"id": "leaf", "in": []}})", "team", "limit", "unset"},
    {R"({"org": "Org::a", "team": {"id": "n", "in": [{"type": "Team", "id": "m", "limit": 4, "in": ["Team::n"]}], "limit": 2}})",
     "team", "limit", "4"},
    // null hides what the data says, and not what is inherited
    {R"({"org": "Org::a", "team": {"id": "x"}})", "team", "limit", "50"},
    {R"({"org": {"id": "lone", "in": ["Tenant::t"], "limit": null}})", "org", "limit", "50"},
};

}  // namespace

TEST_CASE("what makes entity data invalid, and where") {
  const Bundle bundle = make_bundle();
  for (const DataCase& c : kDataCases) {
    CAPTURE(c.json);
    CHECK(outcome_of_data(bundle, c.json) == c.outcome);
  }
}

TEST_CASE("entities of a request over entity data") {
  const World world = world_of(make_bundle(), kData);
  for (const RequestCase& c : kRequestCases) {
    CAPTURE(c.json);
    CHECK(outcome_of(world, "d", c.json) == c.outcome);
  }
}

TEST_CASE("attributes: merged in the data, and again where the request says more") {
  const World world = world_of(make_bundle(), kData);
  for (const AttributeCase& c : kAttributes) {
    CAPTURE(c.json);
    CHECK(attribute(world, c.json, c.field, c.attribute) == c.value);
  }
}

TEST_CASE("several mistakes in entity data are told together") {
  const auto data = Entities::from_json(make_bundle(), R"({"Org::a": {"closed": 1, "x": 2}, "Org::b": {"in": 3}})");
  REQUIRE(!data);
  CHECK(data.error().path == "[\"Org::a\"].closed");
  CHECK(data.error().more.size() >= 2);
}

TEST_CASE("entity data fits each bundle that declares its types alike") {
  const Bundle one = make_bundle(), other = make_bundle();
  const auto data = Entities::from_json(one, kData);
  REQUIRE(data);
  CHECK(World::link(one, *data));
  CHECK(World::link(other, *data));
  CHECK(World::link(other, Entities::none()));

  SmallBundle b;
  b.describe(b.entity("Org"), {}, {});
  const auto refused = World::link(b.finish(), *data);
  REQUIRE(!refused);
  CHECK(refused.error().to_text().find("B0101") == 0);
  CHECK(refused.error().text.find("`m.Org` was declared otherwise") != std::string::npos);
}

TEST_CASE("what takes a second look at the request is invalid, however little memory is left for it") {
  for (const std::uint32_t arena : {3000u, 4000u, 5000u, 6000u, 8000u, 10000u, 20000u}) {
    CAPTURE(arena);
    const World world = world_of(make_bundle({.arena_bytes = arena}), kData);
    std::string owners;
    for (int i = 0; i < 30; ++i) owners += "\"User::owner" + std::to_string(i) + "\",";
    const std::string org = R"({"id": "new", "in": [], "owners": [)" + owners + R"("User::bo"])";
    const std::string lacking = outcome_of(world, "d", R"({"org": )" + org + "}}");
    CHECK((lacking == "R0003 " || lacking == "R0102 org.closed"));
    const std::string undescribed =
        outcome_of(world, "d", R"({"who": "User::x", "org": )" + org + R"(, "closed": true}})");
    CHECK((undescribed == "R0003 " || undescribed == "R0201 who"));
  }
}

TEST_CASE("what is inherited does not cost more than what is sent") {
  // A chain with a way back from each entity to the first: one cycle of all.
  std::string json = R"({"org": {"id": "o", "in": [], "closed": true, "limit": 77}, "teams": [)";
  for (int i = 0; i < 4000; ++i) {
    const std::string up = i + 1 < 4000 ? "Team::" + std::to_string(i + 1) : "Org::o";
    json += R"({"id": ")" + std::to_string(i) + R"(", "in": [")" + up + R"(", "Team::0"], "limit": )" +
            std::to_string(i % 50) + "},";
  }
  json.back() = ']';
  json.insert(json.size(), R"(, "team": "Team::3999"})");
  const World world = world_of(make_bundle());
  CHECK(attribute(world, json, "team", "limit") == "77");
}

TEST_CASE("entity data may be large") {
  std::string json = "{";
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    json += "\"Team::t" + n + "\": {\"in\": [" + (i == 0 ? "" : "\"Team::t" + std::to_string(i / 2) + "\"") + "]},";
    json += "\"User::u" + n + "\": {\"in\": [\"Team::t" + n + "\"]},";
  }
  const World world = world_of(make_bundle(), json + "\"Org::a\": {\"closed\": true}}");
  CHECK(outcome_of(world, "d", R"({"org": "Org::a", "who": "User::u2999"})") == "valid");
}
