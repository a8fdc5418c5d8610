#include "bylaw/bylaw.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

#include "access.h"
#include "fill.h"
#include "format/layout.h"
#include "format/text_forms.h"
#include "request_data.h"
#include "small_bundle.h"

using namespace bylaw;
using namespace bylaw::test;
using format::Kind;

namespace {

/// Every kind of field, as the decision `d`.
Bundle make_bundle(Limits limits = {}) {
  SmallBundle b;
  const TypeId boolean = b.scalar(Kind::Bool), integer = b.scalar(Kind::Int), text = b.scalar(Kind::String);
  const TypeId time = b.scalar(Kind::Time), duration = b.scalar(Kind::Duration);
  const TypeId action = b.enumeration("Action", {"create", "regenerate", "extend"});
  const TypeId scope = b.enumeration("Scope", {"code", "code_write"}, format::kEnumOpen | format::kEnumScope);
  const std::uint32_t group = b.entity("Group"), user = b.entity("User");
  b.describe(group, {group}, {});
  b.describe(user, {group}, {});
  const TypeId token =
      b.record("Token", {{"scopes", b.set(scope)}, {"expires", time}, {"note", text, "the-note", true}});
  const TypeId meta = b.record("Meta", {{"name", text}}, true);
  b.decision("d", {{"principal", b.entities({user})},
                   {"action", action},
                   {"token", token},
                   {"count", integer, "", false, false, {}, b.constant(integer, {7})},
                   {"flag", boolean, "", true},
                   {"lifespan", duration, "", true},
                   {"names", b.set(text, 3), "", true},
                   {"numbers", b.list(integer, 3), "", true},
                   {"metas", b.list(meta), "", true},
                   {"meta", meta, "", true},
                   {"actions", b.set(action), "", true},
                   {"groups", b.set(b.entities({group})), "", true},
                   {"any_", b.set(b.entities({group, user})), "any", true}});
  return b.finish(limits);
}

const char* const kGood =
    R"({"principal": {"id": "bo", "in": []}, "action": "create", "token": {"scopes": ["code"], "expires": "2025-09-10T12:00:00Z"}})";

/// kGood with some of its text replaced.
std::string with(std::string_view what, std::string_view by) {
  std::string out = kGood;
  out.replace(out.find(what), what.size(), by);
  return out;
}

/// kGood with one more key.
std::string plus(std::string_view member) {
  return "{" + std::string(member) + ", " + std::string(kGood).substr(1);
}

struct RequestCase {
  std::string json;
  std::string outcome;
};

const RequestCase kCases[] = {
    {kGood, "valid"},
    {"[]", "R0103 "},
    {"null", "R0107 "},
    {"{}", "R0102 principal"},
    {"{", "R0001 "},
    {R"({"a":1,"b":1,"b":1,"a":1})", "R0002 a"},
    // enums
    {with("\"create\"", "\"Create\""), "R0104 action"},
    {with("\"create\"", "1"), "R0103 action"},
    {with("\"create\"", "null"), "R0107 action"},
    {with("\"code\"", "\"vso.new\""), "valid"},
    {with("\"code\"", "1"), "R0103 token.scopes[0]"},
    {with("\"code\"", "\"code\", null"), "R0107 token.scopes[1]"},
    {with("[\"code\"]", "\"code\""), "R0103 token.scopes"},
    {with("[\"code\"]", "{}"), "R0103 token.scopes"},
    // records
    {with(R"({"scopes": ["code"], "expires": "2025-09-10T12:00:00Z"})", "[]"), "R0103 token"},
    {with("\"expires\"", "\"expired\""), "R0102 token.expires"},
    {with("\"expires\":", "\"the_note\": \"x\", \"expires\":"), "R0101 token.the_note"},
    {with("\"expires\":", "\"note\": \"x\", \"expires\":"), "R0101 token.note"},
    {with("\"expires\":", "\"the-note\": \"x\", \"expires\":"), "valid"},
    {with("\"expires\":", "\"the-note\": null, \"expires\":"), "valid"},
    {with("\"expires\":", "\"the-note\": 1, \"expires\":"), "R0103 token.the-note"},
    // times and durations
    {with("2025-09-10T12:00:00Z", "2025-09-10"), "R0106 token.expires"},
    {with("2025-09-10T12:00:00Z", "9999-12-31T23:59:59.9999999Z"), "valid"},
    {with("\"2025-09-10T12:00:00Z\"", "1757505600"), "R0103 token.expires"},
    {plus(R"("lifespan": "P30DT12H")"), "valid"},
    {plus(R"("lifespan": "30d")"), "valid"},
    {plus(R"("lifespan": "30")"), "R0106 lifespan"},
    {plus(R"("lifespan": "999999999999w")"), "R0105 lifespan"},
    {plus(R"("lifespan": null)"), "valid"},
    // integers
    {plus(R"("count": 9223372036854775807)"), "valid"},
    {plus(R"("count": -9223372036854775808)"), "valid"},
    {plus(R"("count": 9223372036854775808)"), "R0105 count"},
    {plus(R"("count": -0)"), "valid"},
    {plus(R"("count": 5.0)"), "R0103 count"},
    {plus(R"("count": 1e3)"), "R0103 count"},
    {plus(R"("count": "5")"), "R0103 count"},
    {plus(R"("count": true)"), "R0103 count"},
    {plus(R"("count": null)"), "R0107 count"},
    {plus(R"("flag": 1)"), "R0103 flag"},
    {plus(R"("flag": null)"), "valid"},
    // sets and lists
    {plus(R"("names": ["b", "a", "b", "c", "a"])"), "valid"},
    {plus(R"("names": ["b", "a", "d", "c"])"), "R0003 names"},
    {plus(R"("names": ["b", 1, "d", "c"])"), "R0103 names[1]"},
    {plus(R"("numbers": [1, 1, 1])"), "valid"},
    {plus(R"("numbers": [1, 1, 1, 1])"), "R0003 numbers"},
    {plus(R"("actions": ["create", "create"])"), "valid"},
    {plus(R"("actions": ["create", "destroy"])"), "R0104 actions[1]"},
    // open records
    {plus(R"("meta": {"name": "x", "other": [{}, 1]})"), "valid"},
    {plus(R"("meta": {"other": {}})"), "R0102 meta.name"},
    {plus(R"("metas": [{"name": "x"}, {"nam": "y"}])"), "R0102 metas[1].name"},
    {plus(R"("metas": [{"name": "x"}, 1])"), "R0103 metas[1]"},
    {plus(R"("meta": {"name": "x", "other": {"k": 1, "k": 1}})"), "R0002 meta.other.k"},
    // undeclared keys
    {plus(R"("x": 1, "b": 1)"), "R0101 b"},
    {plus(R"("a b": 1)"), R"(R0101 ["a b"])"},
    {plus(R"("any": [])"), "valid"},
    {plus(R"("any_": [])"), "R0101 any_"},
    // entities
    {with(R"({"id": "bo", "in": []})", R"({"type": "User", "id": "bo", "in": []})"), "valid"},
    {with(R"({"id": "bo", "in": []})", R"({"type": "m.User", "id": "bo", "in": []})"), "valid"},
    {with(R"({"id": "bo", "in": []})", R"({"type": "Usr", "id": "bo", "in": []})"), "R0202 principal.type"},
    {with(R"({"id": "bo", "in": []})", R"({"type": "Group", "id": "bo", "in": []})"), "R0202 principal.type"},
    {with(R"({"id": "bo", "in": []})", R"({"type": 1, "id": "bo", "in": []})"), "R0103 principal.type"},
    {with(R"({"id": "bo", "in": []})", R"({"in": []})"), "R0102 principal.id"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "", "in": []})"), "R0203 principal.id"},
    {with(R"({"id": "bo", "in": []})", R"({"id": 7, "in": []})"), "R0103 principal.id"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo"})"), "R0102 principal.in"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo", "in": null})"), "R0107 principal.in"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo", "in": "Group::a"})"), "R0103 principal.in"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo", "in": ["Group::a", "User::b"]})"), "R0202 principal.in[1]"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo", "in": ["Group::a", "b"]})"), "R0203 principal.in[1]"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo", "in": ["Group::a", {"id": "b"}]})"), "R0102 principal.in[1].in"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo", "in": [{"id": "b", "in": []}]})"), "valid"},
    {with(R"({"id": "bo", "in": []})", R"({"id": "bo", "in": [], "level": 3})"), "R0101 principal.level"},
    {with(R"({"id": "bo", "in": []})", R"("User::bo")"), "R0201 principal"},
    {with(R"({"id": "bo", "in": []})", R"("User::")"), "R0203 principal"},
    {with(R"({"id": "bo", "in": []})", R"("bo")"), "R0203 principal"},
    {with(R"({"id": "bo", "in": []})", R"("Usr::bo")"), "R0202 principal"},
    {with(R"({"id": "bo", "in": []})", "7"), "R0103 principal"},
    {with(R"({"id": "bo", "in": []})", "null"), "R0107 principal"},
    {plus(R"("groups": ["Group::a", "Group::\"b c\""])"), "valid"},
    {plus(R"("groups": ["Group::\"b c"])"), "R0203 groups[0]"},
    {plus(R"("any": [{"id": "a", "in": []}])"), "R0102 any[0].type"},
    {plus(R"("any": [{"type": "User", "id": "a", "in": []}, "Group::g"])"), "valid"},
    // the order of mistakes is that of the declaration
    {R"({"token": 1, "action": "x", "zzz": 1, "principal": {"id": "", "in": 3}})", "R0203 principal.id"},
    {R"({"zzz": 1, "token": 1, "action": "x", "principal": {"id": "bo", "in": []}})", "R0104 action"},
    {R"({"zzz": 1, "token": 1, "action": "create", "principal": "User::nobody"})", "R0103 token"},
    {R"({"zzz": 1, "action": "create", "principal": "User::nobody", "token": {"scopes": [], "expires": "2025-01-01T00:00:00Z"}})",
     "R0101 zzz"},
};

const RequestData& data_of(const Request& request) {
  return *Access::data(request);
}

/// Where a field of decision `d` lies.
struct Field {
  const format::FieldRecord& record;
  Place place;
  Field(const Request& request, std::string_view name) : record(find(request, name)), place(at(request)) {}

  bool present() const { return place.bit(record.presence); }
  Word word() const { return place.slots[record.slot]; }

 private:
  static const format::FieldRecord& find(const Request& request, std::string_view name) {
    const BundleView& view = data_of(request).world->view();
    for (const format::FieldRecord& field : fields_of(view, view.decisions[0].shape)) {
      if (view.symbol_text(field.name) == name) return field;
    }
    FAIL("no such field");
    return view.fields[0];
  }
  static Place at(const Request& request) {
    const BundleView& view = data_of(request).world->view();
    return place_of(view, view.decisions[0].shape, data_of(request).frame);
  }
};

Collection collection_of(const Request& request, std::string_view field) {
  return collection(memory_of(data_of(request)), Field(request, field).word());
}

std::vector<std::string> texts_of(const Request& request, std::string_view field) {
  const Collection set = collection_of(request, field);
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < set.count; ++i) {
    out.emplace_back(symbol_text(memory_of(data_of(request)), static_cast<Symbol>(set.data[i])));
  }
  return out;
}

}  // namespace

TEST_CASE("what makes a request invalid, and where") {
  const World world = world_of(make_bundle());
  for (const RequestCase& c : kCases) {
    CAPTURE(c.json);
    CHECK(outcome_of(world, "d", c.json) == c.outcome);
  }
}

TEST_CASE("values arrive in the frame") {
  const World world = world_of(make_bundle());
  OwnedRequest owned(*world.decision("d"));
  const std::string json = plus(
      R"("flag": true, "lifespan": "1d", "names": ["b", "a", "ab", "b"], "numbers": [3, 1, -2], "actions": ["extend", "create"], "groups": ["Group::b", "Group::a", "Group::b"], "any": ["User::a", "Group::z"])");
  REQUIRE(owned.request.read_json(json));
  const Request& r = owned.request;
  CHECK(Field(r, "action").word() == 0);
  CHECK(Field(r, "count").word() == 7);
  CHECK(Field(r, "flag").present());
  CHECK(Field(r, "flag").word() == 1);
  CHECK(Field(r, "lifespan").word() == Word(format::kDay));
  CHECK(texts_of(r, "names") == std::vector<std::string>{"a", "ab", "b"});
  CHECK(!Field(r, "meta").present());
  CHECK(Field(r, "actions").word() == 0b101);
  const Collection numbers = collection_of(r, "numbers");
  REQUIRE(numbers.count == 3);
  CHECK(static_cast<std::int64_t>(numbers.data[2]) == -2);
  const Collection groups = collection_of(r, "groups");
  REQUIRE(groups.count == 2);
  CHECK(entity_id(memory_of(data_of(r)), groups.data[0]) == "a");
  const Collection any = collection_of(r, "any_");
  REQUIRE(any.count == 2);
  CHECK(entity_id(memory_of(data_of(r)), any.data[0]) == "z");  // Group before User
}

TEST_CASE("unknown members of open sets keep their texts") {
  const World world = world_of(make_bundle());
  OwnedRequest owned(*world.decision("d"));
  const std::string json = with("[\"code\"]", R"(["z", "code_write", "y", "z"])");
  REQUIRE(owned.request.read_json(json));
  const Memory memory = memory_of(data_of(owned.request));
  const Field token(owned.request, "token");
  const Word* mask = token.place.slots + token.record.slot;
  CHECK(mask[0] == 0b110);
  const Collection unknown = collection(memory, mask[1]);
  REQUIRE(unknown.count == 2);
  CHECK(symbol_text(memory, static_cast<Symbol>(unknown.data[0])) == "y");
  CHECK(symbol_text(memory, static_cast<Symbol>(unknown.data[1])) == "z");
}

TEST_CASE("the order of keys never shows") {
  const World world = world_of(make_bundle());
  std::vector<std::string> members = {R"("principal": {"in": ["User::x"], "id": "bo", "extra": 1})",
                                      R"("action": "no")", R"("token": {"expires": "x", "scopes": [1]})", R"("zz": 1)",
                                      R"("aa": 2)"};
  std::sort(members.begin(), members.end());
  std::vector<std::string> first;
  do {
    std::string json = "{";
    for (const std::string& member : members) json += (json.size() > 1 ? "," : "") + member;
    OwnedRequest owned(*world.decision("d"));
    CHECK(!owned.request.read_json(json + "}"));
    std::vector<std::string> failures;
    for (const Failure& f : owned.request.failures()) failures.push_back(std::string(f.code) + std::string(f.path));
    if (first.empty()) first = failures;
    REQUIRE(failures == first);
  } while (std::next_permutation(members.begin(), members.end()));
  CHECK(first == std::vector<std::string>{"R0202principal.in[0]", "R0101principal.extra", "R0104action",
                                          "R0103token.scopes[0]", "R0106token.expires", "R0101aa", "R0101zz"});
}

TEST_CASE("texts of failures are for people") {
  const World world = world_of(make_bundle());
  const auto text = [&](const std::string& json) {
    OwnedRequest owned(*world.decision("d"));
    return std::string(owned.request.read_json(json).text());
  };
  CHECK(text(with("\"create\"", "\"crate\"")) == "`crate` is not a member of `Action`; did you mean `create`?");
  CHECK(text(with("\"action\"", "\"acton\"")) == "`action` is missing: it has no default");
  CHECK(text(with("\"create\"", "\"burn\"")) ==
        "`burn` is not a member of `Action`; it can be `create`, `regenerate` or `extend`");
  CHECK(text(plus(R"("flg": true)")) == "`flg` is not a field of `m.d`; did you mean `flag`?");
  CHECK(text("[" + std::string(kGood).substr(1)) == "not JSON: no `,` or `]` after an element at line 1, column 13");
}

TEST_CASE("limits belong to the bundle's host") {
  const World world = world_of(make_bundle({.text_bytes = 400, .depth = 4, .elements = 5}));
  CHECK(outcome_of(world, "d", kGood) == "valid");
  CHECK(outcome_of(world, "d", std::string(401, ' ')) == "R0003 ");
  CHECK(outcome_of(world, "d", "[[[[[]]]]]") == "R0003 ");
  CHECK(outcome_of(world, "d", "[1,1,1,1,1,1]") == "R0003 ");
  CHECK(outcome_of(world, "d", plus(R"("meta": {"name": "x", "o": [1,1,1,1,1]})")) == "R0003 ");
}

TEST_CASE("too little memory is R0901, a full arena is R0003, and both before any other mistake of shape") {
  const World world = world_of(make_bundle());
  const Decision decision = *world.decision("d");
  for (const std::size_t size : {0, 8, 1000, 14000, 15000, 16000}) {
    CAPTURE(size);
    std::vector<std::byte> memory(size);
    Request request(decision, memory);
    std::string names;
    for (int i = 0; i < 400; ++i) names += "\"name number " + std::to_string(i) + "\",";
    CHECK(request.read_json(plus("\"zzz\": [" + names + "1]")).code() == "R0901");
    CHECK(request.check().code() == "R0901");
  }
  const World narrow = world_of(make_bundle({.arena_bytes = 4096}));
  CHECK(outcome_of(narrow, "d", kGood) == "valid");
  std::string groups;
  for (int i = 0; i < 200; ++i) groups += "\"Group::" + std::to_string(i) + "\",";
  CHECK(outcome_of(narrow, "d", plus("\"zzz\": 1, \"groups\": [" + groups + "\"Group::x\"]")) == "R0003 ");
}

TEST_CASE("a failure sticks until clear") {
  const World world = world_of(make_bundle());
  OwnedRequest owned(*world.decision("d"));
  CHECK(owned.request.read_json("{").code() == "R0001");
  CHECK(owned.request.read_json(kGood).code() == "R0001");
  CHECK(owned.request.set(*world.decision("d")->slot("flag"), true).code() == "R0001");
  owned.request.clear();
  CHECK(owned.request.read_json(kGood));
  CHECK(owned.request.check());
}

TEST_CASE("hosts set fields without JSON") {
  const World world = world_of(make_bundle());
  const Decision d = *world.decision("d");
  OwnedRequest owned(d);
  Request& r = owned.request;
  const Value parents[] = {"Group::a"};
  const Entity bo{.type = "", .id = "bo", .in = parents, .attributes = {}};
  CHECK(r.check().code() == "R0102");
  r.clear();
  CHECK(r.set(*d.slot("principal"), bo));
  CHECK(r.set(*d.slot("action"), "extend"));
  CHECK(r.add(*d.slot("token.scopes"), "code"));
  CHECK(r.add(*d.slot("token.scopes"), "other"));
  CHECK(r.set(*d.slot("token.expires"), Time{5}));
  CHECK(r.set(*d.slot("lifespan"), Duration{-3}));
  CHECK(r.set(*d.slot("count"), 41));
  CHECK(r.set(*d.slot("count"), 42));
  CHECK(r.set(*d.slot("flag"), nullptr));
  CHECK(r.set(*d.slot("names"), std::array<Value, 2>{"x", "y"}));
  CHECK(r.add(*d.slot("numbers"), 1));
  CHECK(r.add(*d.slot("numbers"), 2));
  CHECK(r.check());
  CHECK(Field(r, "count").word() == 42);
  CHECK(Field(r, "action").word() == 2);
  CHECK(static_cast<std::int64_t>(Field(r, "lifespan").word()) == -3);
  CHECK(!Field(r, "flag").present());
  CHECK(collection_of(r, "numbers").count == 2);
  CHECK(texts_of(r, "names") == std::vector<std::string>{"x", "y"});
  // Filling goes on after a check, and after JSON.
  CHECK(r.add(*d.slot("numbers"), 3));
  CHECK(r.check());
  CHECK(collection_of(r, "numbers").count == 3);
  CHECK(r.add(*d.slot("numbers"), 4));
  CHECK(r.check().code() == "R0003");
  r.clear();
  CHECK(r.read_json(kGood));
  CHECK(r.set(*d.slot("token.the-note"), "n"));
  CHECK(r.set(*d.slot("count"), 1));
  CHECK(r.check());
  CHECK(Field(r, "count").word() == 1);
}

TEST_CASE("what a host sets is checked by type") {
  const World world = world_of(make_bundle());
  const Decision d = *world.decision("d");
  const auto outcome = [&](const char* slot, const Value& value) {
    OwnedRequest owned(d);
    CHECK(owned.request.read_json(kGood));
    CHECK(owned.request.set(*d.slot(slot), value));
    const Status status = owned.request.check();
    return status ? std::string("valid") : std::string(status.code()) + ' ' + std::string(status.path());
  };
  CHECK(outcome("count", "5") == "R0103 count");
  CHECK(outcome("count", Time{5}) == "R0103 count");
  CHECK(outcome("token.expires", 5) == "R0103 token.expires");
  CHECK(outcome("token.expires", Time{INT64_MAX}) == "R0105 token.expires");
  CHECK(outcome("token.expires", "2025-01-01T00:00:00Z") == "valid");
  CHECK(outcome("token.the-note", std::string_view("a\0b", 3)) == "R0106 token.the-note");
  CHECK(outcome("token.the-note", "\xff") == "R0106 token.the-note");
  CHECK(outcome("action", "\xff") == "R0106 action");
  CHECK(outcome("principal", "User::bo") == "R0201 principal");
  const Attribute unknown[] = {{"nam", "x"}};
  CHECK(outcome("meta", unknown) == "R0102 meta.name");
  const Attribute name[] = {{"name", "x"}};
  CHECK(outcome("meta", name) == "valid");
  std::vector<Value> deep{1};
  std::vector<std::vector<Value>> kept;
  kept.reserve(100);
  for (int i = 0; i < 100; ++i) {
    kept.push_back(deep);
    deep = {Value(kept.back())};
  }
  OwnedRequest owned(d);
  CHECK(owned.request.set(*d.slot("numbers"), deep).code() == "R0003");
  OwnedRequest other(d);
  CHECK(other.request.set(Slot(), 1).code() == "R0902");
}

TEST_CASE("names are found, or nearly so") {
  const World world = world_of(make_bundle());
  const Decision d = *world.decision("d");
  CHECK(d.name() == "m.d");
  CHECK(world.decision("m.d")->name() == "m.d");
  CHECK(world.decisions() == std::vector<std::string_view>{"m.d"});
  CHECK(world.decision("e").error().code == "R0004");
  CHECK(d.slot("token.expired").error().text == "`expired` is not a field of `m.d`; did you mean `expires`?");
  CHECK(!d.slot("token.expires.x"));
  CHECK(!d.slot(""));
  CHECK(d.slot("any"));
  CHECK(d.slot("any_"));
}
