// Maps and what is skipped: from JSON, from a host's values, in entity data.

#include <doctest/doctest.h>
#include <bylaw/bylaw.hpp>

#include <string>
#include <vector>

#include "unit/requests/compiled.h"

using namespace bylaw;

namespace {

const char* const kSource = R"(
module pods

enum Tier { dev  test  production as "prod" }
record Quota { cpu: Int  note: String? }
entity Team { labels: Map<String, String> = {"from": "default"}  quotas: Map<Tier, Quota>?  other: Any? }

decision admit {
  labels:  Map<String, String>
  tiers:   Map<Tier, Int> max 2 = {production: 7}
  nested:  Map<String, Map<String, List<Quota>>> = {}
  team:    Team
  spec:    Any?
  default  allow
}

policy p for admit {
  deny app       when labels["app"] is set and labels["app"] == "web"                 because "{labels}"
  deny prod      when (tiers[production] ?? 0) > 5                                   because "{tiers}"
  deny quota     when team.quotas[dev].cpu is set and team.quotas[dev].cpu == 1      because "quota"
  deny from      when (team.labels["from"] ?? "") == "default"                       because "{team.labels}"
  deny spec      when spec is set or team.other is set                               because "spec"
  deny nested    when any k in nested: (any q in (nested[k]["x"] ?? []): q.cpu > 3)  because "nested"
}
)";

Bundle compile_source() {
  return test::compiled_bundle("pods.bylaw", kSource);
}

World world_of(const std::string& entities) {
  const Bundle bundle = compile_source();
  auto data = Entities::from_json(bundle, entities);
  if (!data) FAIL(data.error().to_text());
  auto made = World::link(bundle, *data);
  if (!made) FAIL(made.error().to_text());
  return *made;
}

const char* const kEntities = R"({
  "Team::a": {"labels": {"b": "2", "a": "1"}, "quotas": {"prod": {"cpu": 9}, "dev": {"cpu": 1, "note": "n"}}},
  "Team::b": {"other": {"x": [1, {"y": null}]}},
  "Team::c": {"labels": {}, "quotas": {}}
})";

struct Asked {
  explicit Asked(const World& of) : world(of), memory(admit.request_bytes()), verdict_memory(admit.verdict_bytes()) {}

  /// "allow", or the rules that denied without their policy, or code and path.
  std::string outcome() {
    Verdict verdict(verdict_memory);
    std::string out;
    switch (decide(admit, request, verdict)) {
      case Outcome::Invalid: return std::string(verdict.code()) + ' ' + std::string(verdict.path());
      case Outcome::Allow: return "allow";
      case Outcome::Deny: break;
    }
    for (const RuleId rule : verdict.by()) {
      const std::string_view name = admit.rule(rule).name;
      out += (out.empty() ? "" : " ") + std::string(name.substr(name.rfind('.') + 1));
    }
    return out;
  }

  World world;
  Decision admit = *world.decision("admit");
  std::vector<std::byte> memory, verdict_memory;
  Request request{admit, memory};
};

std::string decide_json(const std::string& json) {
  static const World world = world_of(kEntities);
  Asked asked(world);
  (void)asked.request.read_json(json);
  return asked.outcome();
}

std::string with(const std::string& fields) {
  return R"({"team": "Team::c", "tiers": {})" + (fields.empty() ? "" : ", " + fields) + "}";
}

}  // namespace

TEST_CASE("maps of a request") {
  CHECK(decide_json(with(R"("labels": {})")) == "allow");
  CHECK(decide_json(with(R"("labels": {"z": "1", "app": "web", "b": "2"})")) == "app");
  CHECK(decide_json(with(R"("labels": {"z": "1", "app": "api", "b": "web"})")) == "allow");
  CHECK(decide_json(R"({"team": "Team::c", "labels": {}})") == "prod");
  CHECK(decide_json(R"({"team": "Team::c", "labels": {}, "tiers": {"prod": 5}})") == "allow");
  CHECK(decide_json(with(R"("labels": {}, "nested": {"a": {"y": []}, "b": {"x": [{"cpu": 1}, {"cpu": 4}]}})")) ==
        "nested");
  CHECK(decide_json(with(R"("labels": {}, "nested": {"a": {}, "b": {"x": []}})")) == "allow");
}

TEST_CASE("what a map of a request cannot hold is told by key, whatever the order") {
  CHECK(decide_json(with("")) == "R0102 labels");
  CHECK(decide_json(with(R"("labels": null)")) == "R0107 labels");
  CHECK(decide_json(with(R"("labels": [])")) == "R0103 labels");
  CHECK(decide_json(with(R"("labels": {"b": 1, "a": 2})")) == "R0103 labels.a");
  CHECK(decide_json(with(R"("labels": {"a.b/c": null})")) == "R0107 labels[\"a.b/c\"]");
  CHECK(decide_json(R"({"team": "Team::c", "labels": {}, "tiers": {"production": 1, "devel": 2}})") ==
        "R0104 tiers.devel");
  CHECK(decide_json(R"({"team": "Team::c", "labels": {}, "tiers": {"devel": 2, "prod": "x"}})") == "R0103 tiers.prod");
  CHECK(decide_json(R"({"team": "Team::c", "labels": {}, "tiers": {"prod": 1, "dev": 1, "test": 1}})") ==
        "R0003 tiers");
  CHECK(decide_json(with(R"("labels": {}, "nested": {"a": {"x": [{"cpu": "1"}]}})")) == "R0103 nested.a.x[0].cpu");
  CHECK(decide_json(with(R"("labels": {"a": "1", "a": "2"})")) == "R0002 labels.a");
}

TEST_CASE("what is skipped is JSON all the same") {
  CHECK(decide_json(with(R"("labels": {}, "spec": [1e400, {"a": {"b": "\ud83d\ude00"}}])")) == "spec");
  CHECK(decide_json(with(R"("labels": {}, "spec": null)")) == "allow");
  CHECK(decide_json(with(R"("labels": {}, "spec": {"a": [{"b": 1, "b": 2}]})")) == "R0002 spec.a[0].b");
  CHECK(decide_json(with(R"("labels": {}, "spec": {"a": "\ud83d"})")) == "R0001 ");
  CHECK(decide_json(with(R"("labels": {}, "spec": )" + std::string(80, '[') + std::string(80, ']'))) == "R0003 ");
}

TEST_CASE("maps of entity data, and of entities that a request describes") {
  const auto of = [](const std::string& team) {
    return decide_json(R"({"labels": {}, "tiers": {}, "team": )" + team + "}");
  };
  CHECK(of(R"("Team::a")") == "quota");
  CHECK(of(R"("Team::b")") == "from spec");
  CHECK(of(R"("Team::c")") == "allow");
  CHECK(of(R"({"id": "a", "quotas": {"dev": {"cpu": 2}}})") == "allow");
  CHECK(of(R"({"id": "a", "quotas": null})") == "allow");
  CHECK(of(R"({"id": "new", "in": []})") == "from");
  CHECK(of(R"({"id": "new", "in": [], "labels": {}, "other": 7})") == "spec");
  CHECK(of(R"({"id": "new", "in": [], "labels": {"a": 1}})") == "R0103 team.labels.a");
}

TEST_CASE("a host sets a map as it sets a record") {
  Asked asked(world_of(kEntities));
  const auto set = [&](const char* path, const Value& value) { asked.request.set(*asked.admit.slot(path), value); };
  set("team", Value(Entity{.id = "c"}));
  set("tiers", Value(std::vector<Attribute>{{"prod", 6}}));
  const std::vector<Attribute> labels = {{"z", "1"}, {"app", "web"}};
  set("labels", Value(labels));
  CHECK(asked.outcome() == "app prod");
}

TEST_CASE("a host cannot give a key twice") {
  Asked asked(world_of(kEntities));
  const auto set = [&](const char* path, const Value& value) { asked.request.set(*asked.admit.slot(path), value); };
  const std::vector<Attribute> labels = {{"app", "api"}, {"b", "1"}, {"app", "web"}};
  set("team", Value(Entity{.id = "c"}));
  set("labels", Value(labels));
  CHECK(asked.outcome() == "R0002 labels.app");
}
