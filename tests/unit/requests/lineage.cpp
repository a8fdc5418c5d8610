// Lineages of entities of the data, of the request, and of both; and how long they may be.

#include <doctest/doctest.h>
#include <bylaw/bylaw.hpp>
#include <bylaw/explain.hpp>
#include <bylaw/report.hpp>

#include <string>
#include <vector>

#include "unit/requests/compiled.h"

using namespace bylaw;

namespace {

const char* const kSource = R"(module lineages
entity Org
entity Group in Group, Org
entity User in Group { admin: Bool = false }
decision ask { who: User | Group  default allow }
policy p for ask {
  deny above for each g in who.lineage when true  because "{g}"
}
)";

Bundle bundle_of(const std::string& source) {
  return test::compiled_bundle("lineages.bylaw", source);
}

/// The findings of the one rule, "ana dev all", or "R0003 path".
std::string lineage_of(const World& world, const std::string& request_json) {
  const auto decision = world.decision("ask");
  std::vector<std::byte> request_memory(decision->request_bytes()), verdict_memory(decision->verdict_bytes());
  Request request(*decision, request_memory);
  Verdict verdict(verdict_memory);
  (void)request.read_json(request_json);
  decide(*decision, request, verdict);
  if (verdict.outcome() == Outcome::Invalid) return std::string(verdict.code()) + " " + std::string(verdict.path());
  std::string names;
  for (const ReportedFinding& finding : report(*decision, request, verdict).findings)
    names += (names.empty() ? "" : " ") + finding.elements.at(0).value.text;
  return names;
}

World world_of(const std::string& entities) {
  const Bundle bundle = bundle_of(kSource);
  const auto data = Entities::from_json(bundle, entities);
  REQUIRE_MESSAGE(data, data.error().to_text());
  const auto world = World::link(bundle, *data);
  REQUIRE_MESSAGE(world, world.error().to_text());
  return *world;
}

const char* const kData = R"({
  "User::ana": {"in": ["Group::night", "Group::dev"]},
  "Group::night": {"in": ["Group::ring1"]},
  "Group::dev": {"in": ["Group::top", "Org::acme"]},
  "Group::ring1": {"in": ["Group::ring2"]}, "Group::ring2": {"in": ["Group::ring1", "Group::top"]},
  "Group::top": {"in": ["Org::acme"]}
})";

struct LineageCase {
  std::string request, lineage;
};

const LineageCase kCases[] = {
    {R"({"who": "User::ana"})", "ana dev night ring1 top acme ring2"},
    {R"({"who": "Group::ring1"})", "ring1 ring2 top acme"},
    {R"({"who": "Group::top"})", "top acme"},
    // The request says who its parents are, or describes an entity that the data knows.
    {R"({"who": {"type": "User", "id": "new", "in": []}})", "new"},
    {R"({"who": {"type": "User", "id": "new", "in": ["Group::top", "Group::other"]}})", "new other top acme"},
    {R"({"who": {"type": "User", "id": "ana", "in": ["Group::top"]}})", "ana top acme"},
    {R"({"who": {"type": "User", "id": "ana", "admin": true}})", "ana dev night ring1 top acme ring2"},
    // Through entities of the request, rings among them, to those of the data and back to none.
    {R"({"who": {"type": "User", "id": "x", "in": [
        {"id": "b", "type": "Group", "in": ["Group::a"]},
        {"id": "a", "type": "Group", "in": ["Group::b", "Group::top", "Group::zed"]}]}})",
     "x a b top zed acme"},
};

TEST_CASE("a lineage is nearest first, then by type and id, each once") {
  const World world = world_of(kData);
  for (const LineageCase& c : kCases) {
    CAPTURE(c.request);
    CHECK(lineage_of(world, c.request) == c.lineage);
  }
}

TEST_CASE("one request after the other") {
  const World world = world_of(kData);
  for (int i = 0; i < 3; ++i)
    for (const LineageCase& c : kCases) CHECK(lineage_of(world, c.request) == c.lineage);
}

std::string chain(const std::string& type, int length, bool request) {
  std::string json = request ? "" : "{";
  for (int i = 0; i < length; ++i) {
    const std::string n = std::to_string(i), next = "\"Group::g" + std::to_string(i + 1) + "\"";
    json += i == 0 ? "" : ", ";
    json += request ? R"({"type": "Group", "id": "g)" + n + "\", \"in\": [" + next + "]}"
                    : "\"Group::g" + n + "\": {\"in\": [" + next + "]}";
  }
  return request ? R"({"who": {"type": ")" + type + R"(", "id": "x", "in": [)" + json + "]}}" : json + "}";
}

TEST_CASE("a lineage has at most 4,096 entities") {
  // Each entity of the chain has a lineage, down from the length of the whole: of 300 there are 45,000 in all, of 400
  // 80,000, which is more than the 65,536 of one request.
  CHECK(lineage_of(world_of("{}"), chain("User", 300, true)).starts_with("x g0 g1 g10 g100"));
  CHECK(lineage_of(world_of("{}"), chain("User", 400, true)) == "R0003 ");
  const Bundle bundle = bundle_of(kSource);
  CHECK(World::link(bundle, *Entities::from_json(bundle, chain("Group", 4095, false))));
  const auto refused = World::link(bundle, *Entities::from_json(bundle, chain("Group", 4096, false)));
  REQUIRE(!refused);
  CHECK(refused.error().to_text() == "R0003: entities above `Group::\"g0\"`, and itself: the limit is 4096");
}

TEST_CASE("nothing is worked out where no policy asks for a lineage") {
  const Bundle bundle = bundle_of("module m\nentity Group in Group\ndecision ask { who: Group  default allow }\n");
  const auto world = World::link(bundle, *Entities::from_json(bundle, chain("Group", 5000, false)));
  REQUIRE(world);
  const Bundle asks = bundle_of(kSource);
  CHECK(world->decision("ask")->request_bytes() <
        World::link(asks, Entities::none())->decision("ask")->request_bytes());
}

}  // namespace
