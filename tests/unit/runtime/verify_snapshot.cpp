// Each check of a snapshot, by one that breaks just it: while it is opened, or while it is linked to a bundle.

#include "verify_snapshot.h"

#include <doctest/doctest.h>

#include <cstring>
#include <functional>

#include "format/snapshot.h"
#include "memory.h"
#include "small_bundle.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

/// Group in Group; Team in one Team, with a level, a set of members and a colour; User in Group and Team.
Bundle make_bundle() {
  SmallBundle b;
  const TypeId boolean = b.scalar(Kind::Bool), time = b.scalar(Kind::Time), text = b.scalar(Kind::String),
               range = b.scalar(Kind::Cidr);
  const TypeId colour = b.enumeration("Colour", {"red", "green"});
  const std::uint32_t group = b.entity("Group"), team = b.entity("Team"), user = b.entity("User");
  b.describe(group, {group}, {});
  b.describe(team, {team},
             {{"flag", boolean},
              {"at", time},
              {"title", text},
              {"net", range},
              {"colour", colour},
              {"colours", b.set(colour)},
              {"members", b.set(b.entities({user}), 3)}},
             true);
  b.describe(user, {group, team}, {});
  b.decision("d", {{"who", b.entities({user}), "", true}});
  return b.finish();
}

const char* const kData = R"({
  "Group::a": {"in": ["Group::b"]}, "Group::b": {"in": ["Group::a"]},
  "Team::t": {"in": [], "flag": true, "at": "2026-01-01T00:00:00Z", "title": "T", "net": "10.0.0.0/8", "colour": "red",
              "colours": ["red", "green"], "members": ["User::u", "User::v"]},
  "User::u": {"in": ["Group::a", "Team::t"]}
})";

SnapshotTables tables_of(const Bundle& bundle, std::uint64_t& layout_hash) {
  const auto entities = Entities::from_json(bundle, kData);
  REQUIRE_MESSAGE(entities, entities.error().to_text());
  std::vector<Word> memory(entities->bytes().size() / sizeof(Word) + 1);
  std::memcpy(memory.data(), entities->bytes().data(), entities->bytes().size());
  SnapshotView view;
  REQUIRE_FALSE(verify_snapshot({reinterpret_cast<const std::byte*>(memory.data()), entities->bytes().size()}, view));
  SnapshotTables tables;
#define BYLAW_SNAPSHOT_SECTION(name, record, member, says) tables.member.assign(view.member.begin(), view.member.end());
#include "format/snapshot_sections.def"
#undef BYLAW_SNAPSHOT_SECTION
  layout_hash = view.header->layout_hash;
  return tables;
}

std::string verdict_on(const Bundle& bundle, const SnapshotTables& tables, std::uint64_t layout_hash) {
  const auto entities = Entities::from(write_snapshot(tables, layout_hash));
  if (!entities) return entities.error().to_text();
  const auto world = World::link(bundle, *entities);
  return world ? "fine" : world.error().to_text();
}

struct SnapshotCase {
  std::string expected;
  std::function<void(SnapshotTables&)> change;
};

// Rows by type and id: Group a, Group b, Team t, User u, User v. The frame of Team has one presence word or none.
constexpr std::size_t kA = 0, kB = 1, kTeam = 2, kUser = 3;

Word& word_of(SnapshotTables& t, Word value) {
  for (Word& word : t.words)
    if (word == value) return word;
  FAIL("there is no such word");
  return t.words[0];
}

TEST_CASE("a snapshot as it is") {
  const Bundle bundle = make_bundle();
  std::uint64_t hash = 0;
  const SnapshotTables tables = tables_of(bundle, hash);
  REQUIRE(tables.rows.size() == 5);
  CHECK(verdict_on(bundle, tables, hash) == "fine");
}

TEST_CASE("snapshots that are refused") {
  const SnapshotCase cases[] = {
      {"B0008: Strings 1: its text is not where the last ended", [](auto& t) { ++t.strings[1].offset; }},
      {"B0008: Strings 0: its text is not where the last ended", [](auto& t) { t.strings[0].length = 1000; }},
      {"B0008: Strings 0: its text is not UTF-8", [](auto& t) { t.text[0] = '\xff'; }},
      {"B0008: Strings 1: texts do not ascend", [](auto& t) { t.text[0] = '~'; }},
      {"there is text behind the last one", [](auto& t) { t.text.push_back('x'); }},
      {"B0008: Types 0: its name is beyond the table", [](auto& t) { t.types[0].name = 99; }},
      {"B0008: Types 0: reserved words are not zero", [](auto& t) { t.types[0].reserved = 1; }},
      {"B0008: Types 1: types do not ascend", [](auto& t) { t.types[1].name = t.types[0].name; }},
      {"B0008: Closures 1: its rows are not where the last ended", [](auto& t) { ++t.closures[1].first; }},
      {"B0008: Closures 0: reserved words are not zero", [](auto& t) { t.closures[0].reserved = 1; }},
      {"B0008: Closures 0: its rows do not ascend, or are none", [](auto& t) { std::swap(t.above[0], t.above[1]); }},
      {"B0008: Closures 0: its rows do not ascend, or are none", [](auto& t) { t.above[1] = 6; }},
      {"B0008: Closures 0: its rows do not ascend, or are none", [](auto& t) { t.above[0] = 0; }},
      {"there are rows of no closure", [](auto& t) { t.above.push_back(1); }},
      {"B0008: Rows 0: its type is beyond the table", [](auto& t) { t.rows[kA].type = 9; }},
      {"B0008: Rows 0: it has no id", [](auto& t) { t.rows[kA].id = 99; }},
      {"B0008: Rows 0: its flags are not known", [](auto& t) { t.rows[kA].flags |= 4; }},
      {"B0008: Rows 4: it has a frame and is not described", [](auto& t) { t.rows[4].frame = 1; }},
      {"B0008: Rows 0: its closure is beyond the table", [](auto& t) { t.rows[kA].closure = 99; }},
      {"B0008: Rows 1: its parents are not where the last ended", [](auto& t) { ++t.rows[kB].first_parent; }},
      {"B0008: Rows 3: its parents do not ascend, or are none", [](auto& t) { std::swap(t.parents[2], t.parents[3]); }},
      {"B0008: Rows 1: entities do not ascend", [](auto& t) { t.rows[kB].id = t.rows[kA].id; }},
      {"there are parents of no entity", [](auto& t) { t.parents.push_back(1); }},
      // By the types of the bundle, while it is linked.
      {"B0008: Rows 2: its frame is not where the last one ended", [](auto& t) { ++t.rows[kTeam].frame; }},
      {"B0008: Rows 0: its parents cannot be those of its type", [](auto& t) { t.parents[0] = 3; }},
      {"B0008: Rows 2: its parents cannot be those of its type",
       [](auto& t) {
         t.parents.insert(t.parents.begin() + 2, 1);
         t.rows[kTeam].parent_count = 1;
         ++t.rows[kUser].first_parent;
         ++t.rows[4].first_parent;
       }},
      {"B0008: Rows 5: there are words of no entity", [](auto& t) { t.words.push_back(0); }},
      {"B0008: Rows 2: a Bool is neither 0 nor 1",
       [](auto& t) {
         // The only word that is 1 in the frame: flags and members come after what is larger.
         for (Word& word : t.words)
           if (word == 1) {
             word = 2;
             return;
           }
       }},
      {"B0008: Rows 2: a Time lies outside all years",
       [](auto& t) { word_of(t, 1767225600000000) = 0x7fffffffffffffff; }},
  };
  const Bundle bundle = make_bundle();
  std::uint64_t hash = 0;
  const SnapshotTables tables = tables_of(bundle, hash);
  for (const SnapshotCase& c : cases) {
    CAPTURE(c.expected);
    SnapshotTables changed = tables;
    c.change(changed);
    const std::string verdict = verdict_on(bundle, changed, hash);
    CHECK(verdict.find(c.expected) != std::string::npos);
    if (verdict.find(c.expected) == std::string::npos) MESSAGE(verdict);
  }
}

TEST_CASE("a snapshot of another layout is refused, and by the name of what differs") {
  const Bundle bundle = make_bundle();
  std::uint64_t hash = 0;
  SnapshotTables tables = tables_of(bundle, hash);
  CHECK(verdict_on(bundle, tables, hash + 1) ==
        "B0101: this entity data was made by other declarations: its layout hash is not that of its types; build it "
        "again");
  tables.types[1].hash ^= 1;
  CHECK(verdict_on(bundle, tables, hash + 1).find("`m.Team` was declared otherwise") != std::string::npos);
}

}  // namespace
