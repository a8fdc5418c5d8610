// Mutated requests against the reader of JSON and of shapes: nothing crashes, hangs or changes from run to run, in
// memory of any size; what another JSON library refuses is refused. BYLAW_FUZZ_SEED and BYLAW_FUZZ_RUNS choose other
// runs.

#include <doctest/doctest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "unit/runtime/small_bundle.h"

using namespace bylaw;
using namespace bylaw::test;
using format::Kind;

namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

Bundle make_bundle() {
  SmallBundle b;
  const TypeId integer = b.scalar(Kind::Int), text = b.scalar(Kind::String), time = b.scalar(Kind::Time);
  const TypeId scope = b.enumeration("Scope", {"code", "packaging"}, format::kEnumOpen | format::kEnumScope);
  const std::uint32_t group = b.entity("Group"), org = b.entity("Org"), user = b.entity("User");
  b.describe(group, {group}, {{"limit", integer, "", true, false, format::MergeStrategy::Min}});
  b.describe(org, {}, {{"open", b.scalar(Kind::Bool)}, {"users", b.set(b.entities({group, user}))}});
  b.describe(user, {group}, {});
  const TypeId item = b.record("Item", {{"name", text}, {"scopes", b.set(scope)}, {"note", text, "", true}}, true);
  b.decision("d", {{"who", b.entities({user})},
                   {"org", b.entities({org})},
                   {"items", b.list(item, 4)},
                   {"names", b.set(text, 4), "", true},
                   {"at", time},
                   {"life", b.scalar(Kind::Duration), "", true}});
  return b.finish();
}

const char* const kSeeds[] = {
    R"({"who": "User::bo", "org": {"id": "a", "open": true, "users": ["User::x", {"type": "Group", "id": "g", "in": [], "limit": 3}]},
       "items": [{"name": "n", "scopes": ["code", "other", "code"], "note": null, "more": {"x": [1.5e3, -0]}}], "names": ["b", "a"],
       "at": "2025-09-10T12:00:00Z", "life": "1d12h"})",
    R"({"who": {"id": "new", "in": [{"id": "r1", "in": ["Group::r2"]}, {"id": "r2", "in": [{"id": "r1"}]}]}, "org": "Org::o",
       "items": [], "names": ["\u00e4", "\ud83d\ude00", "\\\"/"], "at": "9999-12-31T23:59:59.9999999Z", "life": "PT1S"})"};

const char* const kData = R"({"User::bo": {"in": "Group::k"}, "Group::k": {"in": ["Group::k"], "limit": 7},
                              "Org::o": {"open": false, "users": []}})";

const char* const kPieces[] = {"{",
                               "}",
                               "[",
                               "]",
                               ",",
                               ":",
                               "\"",
                               "\\",
                               "null",
                               "true",
                               "1",
                               "-",
                               "1e9",
                               "\\u",
                               "\\ud800",
                               "\"id\"",
                               "\"in\"",
                               "\"type\"",
                               "\"bo\"",
                               "[]",
                               "[1,2]",
                               "\xff",
                               "\xc3",
                               " ",
                               "\n",
                               "\"Group::g\"",
                               "\"User::\\\"a\\\"\"",
                               "\"a\":1,",
                               "{\"id\":\"g\"}",
                               "99999999999999999999"};

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::string mutate(std::string text) {
    for (std::size_t count = 1 + below(4); count > 0; --count) change(text);
    return text;
  }

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

 private:
  void change(std::string& text) {
    if (text.empty()) text = "{}";
    const std::size_t at = below(text.size());
    const std::size_t length = std::min(text.size() - at, 1 + below(12));
    switch (below(5)) {
      case 0: text[at] = static_cast<char>(random_()); break;
      case 1: text.erase(at, length); break;
      case 2: text.insert(at, kPieces[below(std::size(kPieces))]); break;
      case 3: text.insert(below(text.size()), text.substr(at, length)); break;
      case 4: text.replace(at, length, kPieces[below(std::size(kPieces))]); break;
    }
  }

  std::mt19937_64 random_;
};

std::string outcome(Request& request, std::string_view text) {
  request.clear();
  std::string out(request.read_json(text).code());
  for (const Failure& failure : request.failures()) {
    out.append(" ").append(failure.code).append(failure.path).append(failure.text);
  }
  return out;
}

}  // namespace

TEST_CASE("mutated requests") {
  const World world = world_of(make_bundle(), kData);
  const Decision decision = *world.decision("d");
  OwnedRequest owned(decision);
  Mutator mutator(from_environment("BYLAW_FUZZ_SEED", 1));
  for (const char* seed : kSeeds) REQUIRE(outcome(owned.request, seed) == "");

  std::string text;
  for (std::uint64_t run = from_environment("BYLAW_FUZZ_RUNS", 15000); run > 0; --run) {
    text = mutator.mutate(text.empty() || mutator.below(8) == 0 ? kSeeds[mutator.below(2)] : text);
    if (text.size() > 4000) text.clear();
    CAPTURE(text);
    const std::string first = outcome(owned.request, text);
    REQUIRE(outcome(owned.request, text) == first);
    if (!nlohmann::json::accept(text)) REQUIRE(first.substr(0, 5) == "R0001");

    std::vector<std::byte> little(mutator.below(20000));
    Request small(decision, little);
    const std::string code(small.read_json(text).code());
    if (code != "R0901") REQUIRE(code == first.substr(0, code.size()));
  }
}

TEST_CASE("mutated entity data") {
  const Bundle bundle = make_bundle();
  Mutator mutator(from_environment("BYLAW_FUZZ_SEED", 2));
  std::string text;
  for (std::uint64_t run = from_environment("BYLAW_FUZZ_RUNS", 5000) / 4; run > 0; --run) {
    text = mutator.mutate(text.empty() || mutator.below(8) == 0 ? kData : text);
    CAPTURE(text);
    const auto data = Entities::from_json(bundle, text);
    if (data) CHECK(World::link(bundle, *data));
    if (!nlohmann::json::accept(text)) CHECK(!data);
  }
}
