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

namespace {

Bundle make_bundle() {
  SmallBundle b;
  const std::uint32_t group = b.entity("Group"), user = b.entity("User");
  b.describe(group, {group}, {});
  b.describe(user, {group}, {});
  const TypeId anyone = b.entities({group, user});
  b.decision("d", {{"x", anyone, "", true}, {"more", b.list(anyone), "", true}, {"set", b.set(anyone), "", true}});
  const TypeId users = b.entities({user}), groups = b.entities({group}), text = b.scalar(Kind::String);
  b.rows("people", users, {{b.literal(user, "bo")}, {b.literal(user, "cho"), 10, 20}, {b.literal(user, "bo"), 5, 30}});
  b.rows("groups", groups, {{b.literal(group, "top"), 10, 20}, {b.literal(group, "low")}, {b.literal(group, "other")}});
  b.rows("words", text, {{b.text("a")}, {b.text("b")}, {b.text("a")}});
  b.rows("empty", users, {});
  return b.finish();
}

const char* const kData = R"({
  "User::bo": {"in": ["Group::low"]},
  "Group::low": {"in": ["Group::mid"]},
  "Group::mid": {"in": ["Group::top"]},
  "Group::ring1": {"in": ["Group::ring2"]},
  "Group::ring2": {"in": ["Group::ring1"]},
  "User::dan": {"in": ["Group::ring1", "Group::named"]}
})";

/// A filled request over the data, and entities by their text.
struct Scene {
  World world = world_of(make_bundle(), kData);
  OwnedRequest owned{*world.decision("d")};
  std::string json;  // a request keeps views of it

  explicit Scene(std::string sent) : json(std::move(sent)) {
    if (const Status status = owned.request.read_json(json); !status) FAIL(status.text());
  }

  const RequestData& data() const { return *Access::data(owned.request); }
  Memory memory() const { return memory_of(data()); }

  Word entity(std::string_view text) const {
    const auto parts = *format::split_entity(text);
    const std::uint32_t type = parts.type == "Group" ? 0 : 1;
    return local_entity(*Access::data(owned.request), type, parts.id)->word;
  }

  bool below(std::string_view lower, std::string_view upper) const {
    return reaches(memory(), entity(lower), entity(upper));
  }

  std::string rows(std::uint32_t list, Word value, std::int64_t now, bool directly = false) const {
    std::uint32_t found[2];
    const std::uint32_t count = listed_rows(memory(), list, {{value}}, now, directly, found);
    std::string out = std::to_string(count) + ':';
    for (std::uint32_t i = 0; i < std::min(count, 2u); ++i) {
      out += ' ' + std::to_string(found[i] - data().world->view().lists[list].first_row);
    }
    CHECK((count != 0) == listed(memory(), list, {{value}}, now, directly));
    return out;
  }
};

struct ReachCase {
  std::string lower;
  std::string upper;
  bool below;
};

const ReachCase kReaches[] = {
    {"User::bo", "User::bo", true},
    {"User::bo", "Group::low", true},
    {"User::bo", "Group::top", true},
    {"Group::top", "User::bo", false},
    {"Group::low", "Group::low", true},
    {"Group::ring1", "Group::ring2", true},
    {"Group::ring2", "Group::ring1", true},
    {"User::dan", "Group::ring2", true},
    {"User::dan", "Group::named", true},
    {"User::dan", "Group::top", false},
    {"User::unknown", "Group::top", false},
    {"User::unknown", "User::unknown", true},
    // of the request
    {"User::new", "Group::mine", true},
    {"User::new", "Group::top", true},
    {"User::new", "Group::low", false},
    {"Group::mine", "Group::mid", true},
    {"Group::a", "Group::b", true},
    {"Group::b", "Group::a", true},
    {"Group::a", "Group::top", true},
    {"Group::b", "Group::top", true},
    {"Group::a", "Group::ring2", false},
    {"User::eve", "Group::top", true},
    {"User::eve", "Group::ring1", false},
};

const char* const kRequest = R"({"x": {"type": "User", "id": "new", "in": [{"id": "mine", "in": ["Group::mid"]}]},
  "more": [{"type": "Group", "id": "a", "in": ["Group::b"]}, {"type": "Group", "id": "b", "in": ["Group::a", "Group::top"]},
           {"type": "User", "id": "eve", "in": ["Group::b"]}, {"type": "User", "id": "dan"}]})";

}  // namespace

TEST_CASE("below: reflexive, transitive, through cycles, over data and request") {
  const Scene scene(kRequest);
  for (const ReachCase& c : kReaches) {
    CAPTURE(c.lower);
    CAPTURE(c.upper);
    CHECK(scene.below(c.lower, c.upper) == c.below);
    const Word upper = scene.entity(c.upper);
    CHECK(reaches_any(scene.memory(), scene.entity(c.lower), {&upper, 1}) == c.below);
    const Word two[] = {scene.entity("Group::nothing"), upper};
    CHECK(reaches_any(scene.memory(), scene.entity(c.lower), {two, 2}) == c.below);
    CHECK(!reaches_any(scene.memory(), scene.entity(c.lower), {two, 0}));
  }
}

TEST_CASE("the request's parents replace those of the data") {
  const Scene scene(R"({"x": {"type": "User", "id": "bo", "in": ["Group::ring1"]}})");
  CHECK(scene.below("User::bo", "Group::ring2"));
  CHECK(!scene.below("User::bo", "Group::top"));
  const Scene none(R"({"x": {"type": "User", "id": "bo", "in": []}})");
  CHECK(none.below("User::bo", "User::bo"));
  CHECK(!none.below("User::bo", "Group::low"));
  const Scene as_known(R"({"x": {"type": "User", "id": "bo"}})");
  CHECK(as_known.below("User::bo", "Group::top"));
}

TEST_CASE("declared parents") {
  const Scene scene(kRequest);
  const auto parent = [&](const char* child, const char* upper) {
    return has_parent(scene.memory(), scene.entity(child), scene.entity(upper));
  };
  CHECK(parent("User::bo", "Group::low"));
  CHECK(!parent("User::bo", "Group::mid"));
  CHECK(!parent("User::bo", "User::bo"));
  CHECK(parent("User::new", "Group::mine"));
  CHECK(!parent("User::new", "Group::mid"));
  CHECK(!parent("User::unknown", "Group::mid"));
}

TEST_CASE("marks survive very many walks") {
  const Scene scene(kRequest);
  scene.data().epoch = UINT32_MAX - 1;
  for (int i = 0; i < 4; ++i) {
    CHECK(scene.below("User::eve", "Group::top"));
    CHECK(!scene.below("User::eve", "Group::ring1"));
  }
}

TEST_CASE("long chains and wide cycles in a request") {
  std::string json = R"({"more": [)";
  for (int i = 0; i < 2000; ++i) {
    json += R"({"type": "Group", "id": ")" + std::to_string(i) + R"(", "in": ["Group::)" +
            std::to_string((i + 1) % 2000) + R"(", "Group::)" + std::to_string(i * 7 % 2000) + R"("]},)";
  }
  const Scene scene(json + R"({"type": "Group", "id": "last", "in": ["Group::low"]}]})");
  CHECK(scene.below("Group::0", "Group::1999"));
  CHECK(!scene.below("Group::0", "Group::top"));
}

TEST_CASE("lists of entities hold for what is below a live row") {
  const Scene scene(kRequest);
  const Word bo = scene.entity("User::bo"), cho = scene.entity("User::cho"), fresh = scene.entity("User::new");
  CHECK(scene.rows(0, bo, 4) == "1: 0");
  CHECK(scene.rows(0, bo, 5) == "2: 0 2");
  CHECK(scene.rows(0, bo, 30) == "1: 0");
  CHECK(scene.rows(0, cho, 9) == "0:");
  CHECK(scene.rows(0, cho, 10) == "1: 1");
  CHECK(scene.rows(0, cho, 20) == "0:");
  CHECK(scene.rows(1, bo, 15) == "2: 0 1");
  CHECK(scene.rows(1, bo, 20) == "1: 1");
  CHECK(scene.rows(1, bo, 15, true) == "0:");
  CHECK(scene.rows(1, fresh, 15) == "1: 0");
  CHECK(scene.rows(1, fresh, 9) == "0:");
  CHECK(scene.rows(1, scene.entity("Group::top"), 15, true) == "1: 0");
  CHECK(scene.rows(3, bo, 0) == "0:");
}

TEST_CASE("lists of values hold for equal ones") {
  const Scene scene("{}");
  RequestData& request = *Access::data(scene.owned.request);
  CHECK(scene.rows(2, intern(request, "a"), 0) == "2: 0 2");
  CHECK(scene.rows(2, intern(request, "b"), 0) == "1: 1");
  CHECK(scene.rows(2, intern(request, "c"), 0) == "0:");
}
