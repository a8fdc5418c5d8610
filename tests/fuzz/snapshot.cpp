// Mutated snapshots of entity data, their checksum made right again: opening or linking refuses them, or they are
// harmless. What is accepted decides requests; memory errors are the sanitizers' to find. BYLAW_FUZZ_SEED and
// BYLAW_FUZZ_RUNS choose other runs.

#include <bylaw/compiler/compile.h>
#include <doctest/doctest.h>
#include <bylaw/bylaw.hpp>
#include <bylaw/explain.hpp>
#include <bylaw/report.hpp>

#include <string>

#include "fuzz/mutator.h"

using namespace bylaw;
using namespace bylaw::fuzz;

namespace {

const char* const kSource = R"(module fuzzed
enum Level { low < high }
open scope Area { code as "a.code"  docs as "a.docs" includes code }
record Note { text: String  at: Time?  tags: List<String> max 4 = [] }
entity Tenant { limit: Duration?  level: Level = low }
entity Folder in one Tenant { limit: Duration? inherit min  areas: Set<Area> = {}  notes: List<Note> = [] }
entity Group in Group
entity User in Group { level: Level?  home: Folder?  nets: Set<Cidr> = {}  version: Version?  friends: Set<User> = {} }
decision open { who: User  folder: Folder  area: Area  ip: Ip  now: Time  default deny }
policy p for open {
  allow near    when who.home is set and who.home == folder and who.level is set and who.level == high
  allow friends when any f in who.friends: f.level is set and f.level == high
  deny far      unless any n in who.nets: ip in n         because "{ip} is no address of {who}"
  deny late     when (folder.limit ?? 1d) < 2h            because "{folder} opens for {folder.limit ?? 1d}"
  deny noted    for each n in folder.notes when n.at is set and n.at > now because "{n.text}"
  exempt group  when who in Group::"all" and area in folder.areas
}
)";

const char* const kData = R"({
  "Tenant::t": {"limit": "5h", "level": "high"},
  "Folder::f": {"in": "Tenant::t", "limit": "9h", "areas": ["a.code", "a.future"],
                "notes": [{"text": "one", "at": "2026-01-01T00:00:00Z"}, {"text": "two", "tags": ["x", "y"]}]},
  "Group::a": {"in": ["Group::b"]}, "Group::b": {"in": ["Group::a", "Group::all"]},
  "User::ana": {"in": ["Group::a"], "level": "high", "home": "Folder::f", "nets": ["10.0.0.0/8", "::/0"],
                "version": "1.2.3-rc.1", "friends": ["User::bo", "User::ana"]},
  "User::bo": {"in": [], "friends": []}
})";

const std::string kRequests[] = {
    R"({"who": "User::ana", "folder": "Folder::f", "area": "a.code", "ip": "10.1.2.3", "now": "2025-01-01T00:00:00Z"})",
    R"({"who": "User::bo", "folder": "Folder::f", "area": "new", "ip": "::1", "now": "2027-01-01T00:00:00Z"})",
    R"({"who": {"type": "User", "id": "ana", "in": ["Group::all"], "level": null}, "folder": "Folder::f",
        "area": "a.docs", "ip": "10.1.2.3", "now": "2025-01-01T00:00:00Z"})"};

Bundle example() {
  compiler::Input input;
  input.modules.push_back({input.sources.add("fuzzed.bylaw", kSource), ""});
  grammar::Diagnostics diagnostics;
  const auto compiled = compiler::compile(input, diagnostics);
  REQUIRE_MESSAGE(compiled, grammar::render(diagnostics.all(), input.sources));
  return *Bundle::from(compiled->bytes);
}

Bytes snapshot_of(const Bundle& bundle) {
  const auto entities = Entities::from_json(bundle, kData);
  REQUIRE_MESSAGE(entities, entities.error().to_text());
  return {entities->bytes().begin(), entities->bytes().end()};
}

/// Everything that a host can do with it; false if it was refused.
bool use(const Bundle& bundle, const Bytes& file) {
  const auto entities = Entities::from(file);
  if (!entities) return false;
  CHECK(entities->counts().described <= entities->counts().entities);
  const auto world = World::link(bundle, *entities);
  if (!world) return false;
  CHECK_FALSE(entities_to_json(*world).empty());
  const auto decision = world->decision("open");
  std::vector<std::byte> request_memory(decision->request_bytes()), verdict_memory(decision->verdict_bytes());
  Request request(*decision, request_memory);
  Verdict verdict(verdict_memory);
  for (const std::string& text : kRequests) {
    request.clear();
    (void)request.read_json(text);
    const Outcome outcome = decide(*decision, request, verdict);
    CHECK(verdict.outcome() == outcome);
    CHECK_FALSE(to_json(report(*decision, request, verdict)).empty());
    CHECK((outcome == Outcome::Invalid || !to_text(explain(*decision, request, verdict)).empty()));
  }
  return true;
}

}  // namespace

TEST_CASE("a snapshot, mutated") {
  const Bundle bundle = example();
  const Bytes original = snapshot_of(bundle);
  REQUIRE(use(bundle, original));
  const std::uint64_t seed = from_environment("BYLAW_FUZZ_SEED", 1), runs = from_environment("BYLAW_FUZZ_RUNS", 3000);
  std::uint64_t accepted = 0;
  for (std::uint64_t i = 0; i < runs; ++i) {
    CAPTURE(seed + i);
    Mutator mutator(seed + i);
    Bytes file = original;
    mutator.mutate(file);
    seal(file);
    accepted += use(bundle, file) ? 1 : 0;
  }
  MESSAGE(accepted << " of " << runs << " mutated snapshots were accepted, and harmless");
}

TEST_CASE("a snapshot with a byte changed or an end missing is refused without a new checksum") {
  const Bundle bundle = example();
  const Bytes original = snapshot_of(bundle);
  each_unsealed(original, 500, [](std::span<const std::byte> file) { CHECK_FALSE(Entities::from(file)); });
}
