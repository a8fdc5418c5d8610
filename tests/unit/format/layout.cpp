#include "format/layout.h"
#include "format/layout_hash.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace bylaw::format;

namespace {

struct Tables {
  std::vector<EnumRecord> enums;
  std::vector<TypeRecord> types;
  std::vector<ShapeRecord> shapes;
  std::vector<FieldRecord> fields;

  std::optional<LayoutFault> run() { return lay_out({enums, types, shapes, fields}); }
  std::uint32_t type(Kind kind, std::uint32_t ref = kNone) {
    types.push_back({kind, ref, 0, 0});
    return static_cast<std::uint32_t>(types.size() - 1);
  }
  void field(std::uint32_t type, std::uint32_t flags = 0) {
    FieldRecord record{};
    record.type = type;
    record.flags = flags;
    record.default_constant = kNone;
    fields.push_back(record);
  }
  /// A shape of the fields added since the last one.
  std::uint32_t shape() {
    std::uint32_t first = shapes.empty() ? 0 : shapes.back().first_field + shapes.back().field_count;
    shapes.push_back({0, first, static_cast<std::uint32_t>(fields.size()) - first, 0, 0, 0});
    return static_cast<std::uint32_t>(shapes.size() - 1);
  }
};

}  // namespace

TEST_CASE("a scalar field takes one slot, an optional one a bit too") {
  Tables t;
  const auto integer = t.type(Kind::Int);
  t.field(integer);
  t.field(integer, kFieldOptional);
  t.shape();
  REQUIRE_FALSE(t.run());
  CHECK(t.fields[0].slot == 0);
  CHECK(t.fields[0].presence == kNone);
  CHECK(t.fields[1].slot == 1);
  CHECK(t.fields[1].presence == 0);
  CHECK(t.fields[1].nested_presence == kNone);
  CHECK(frame_words(t.shapes[0]) == 3);
}

TEST_CASE("a nested record lies inline, its bits behind its own") {
  Tables t;
  const auto integer = t.type(Kind::Int);
  t.field(integer, kFieldOptional);
  t.field(integer);
  const auto inner = t.shape();
  const auto record = t.type(Kind::Record, inner);
  t.field(integer);
  t.field(record, kFieldOptional);
  t.field(integer, kFieldOptional);
  t.shape();
  REQUIRE_FALSE(t.run());
  CHECK(t.types[record].words == 2);
  CHECK(t.fields[3].slot == 1);
  CHECK(t.fields[3].presence == 0);
  CHECK(t.fields[3].nested_presence == 1);
  CHECK(t.fields[4].slot == 3);
  CHECK(t.fields[4].presence == 2);
  CHECK(t.shapes[1].slots == 4);
  CHECK(t.shapes[1].presence_bits == 3);
}

TEST_CASE("explicit values lie behind all fields") {
  Tables t;
  const auto integer = t.type(Kind::Int);
  t.field(integer, kFieldOptional | kFieldExplicit);
  t.field(integer);
  t.shape();
  REQUIRE_FALSE(t.run());
  CHECK(t.fields[0].explicit_slot == 2);
  CHECK(t.fields[0].explicit_presence == 1);
  CHECK(t.fields[1].explicit_slot == kNone);
  CHECK(t.shapes[0].slots == 3);
}

TEST_CASE("words of a mask") {
  struct Row {
    std::uint32_t members, flags, words;
  };
  for (const Row& row : {Row{3, 0, 1}, {64, 0, 1}, {65, 0, 2}, {63, kEnumOpen, 2}, {64, kEnumOpen, 3}, {0, 0, 0}}) {
    CAPTURE(row.members);
    Tables t;
    t.enums.push_back({0, 0, 0, row.members, row.flags, kNone});
    const auto set = t.type(Kind::Set, t.type(Kind::Enum, 0));
    REQUIRE_FALSE(t.run());
    CHECK(t.types[set].words == row.words);
  }
}

TEST_CASE("the elements of a list of records are whole frames") {
  Tables t;
  const auto integer = t.type(Kind::Int);
  t.field(integer, kFieldOptional);
  t.field(integer);
  const auto record = t.type(Kind::Record, t.shape());
  const auto list = t.type(Kind::List, record);
  REQUIRE_FALSE(t.run());
  CHECK(t.types[list].words == 1);
  CHECK(stride(t.types[record], t.shapes) == 3);
  CHECK(stride(t.types[integer], t.shapes) == 1);
}

TEST_CASE("what cannot be laid out") {
  using FaultKind = LayoutFault::Kind;
  SUBCASE("a record in itself") {
    Tables t;
    const auto record = t.type(Kind::Record, 0);
    t.field(record);
    t.shape();
    CHECK(t.run()->kind == FaultKind::Cycle);
  }
  SUBCASE("a record in itself through a list") {
    Tables t;
    const auto record = t.type(Kind::Record, 0);
    t.field(t.type(Kind::List, record));
    t.shape();
    CHECK(t.run()->kind == FaultKind::Cycle);
  }
  SUBCASE("a type of a type beyond the table") {
    Tables t;
    t.type(Kind::List, 7);
    CHECK(t.run()->kind == FaultKind::BadIndex);
  }
  SUBCASE("fields beyond the table") {
    Tables t;
    t.shapes.push_back({0, 0xfffffff0, 0x20, 0, 0, 0});
    CHECK(t.run()->kind == FaultKind::BadIndex);
  }
  SUBCASE("a frame too large") {
    Tables t;
    const auto integer = t.type(Kind::Int);
    for (std::uint32_t i = 0; i <= kMaxSlots; ++i) t.field(integer);
    t.shape();
    CHECK(t.run()->kind == FaultKind::TooLarge);
  }
  SUBCASE("empty records that double at each level") {
    Tables t;
    auto record = t.type(Kind::Record, t.shape());
    for (int i = 0; i < 40; ++i) {
      t.field(record);
      t.field(record);
      record = t.type(Kind::Record, t.shape());
    }
    CHECK(t.run()->kind == FaultKind::TooLarge);
  }
  SUBCASE("lists in lists without end") {
    Tables t;
    auto inner = t.type(Kind::Int);
    for (std::uint32_t i = 0; i < 2 * kMaxNesting; ++i) inner = t.type(Kind::List, inner);
    std::reverse(t.types.begin(), t.types.end());
    for (std::uint32_t i = 0; i + 1 < t.types.size(); ++i) t.types[i].ref = i + 1;
    CHECK(t.run()->kind == FaultKind::TooDeep);
  }
}

TEST_CASE("the layout hash sees names and types of entities, not symbol numbers, and nothing else") {
  Tables t;
  const auto integer = t.type(Kind::Int);
  t.field(integer);
  t.fields[0].name = t.fields[0].wire = 1;
  t.shape();
  REQUIRE_FALSE(t.run());
  std::vector<EntityTypeRecord> entities = {{1, 1, 0, 0, 0, 0}};
  std::vector<Word> constants = {7, 8};
  const std::vector<StringRecord> strings = {{0, 1}, {1, 1}}, swapped = {{1, 1}, {0, 1}};
  const auto hash = [&](const std::vector<StringRecord>& table) {
    return layout_hash(
        {t.types, t.enums, {}, {}, entities, t.shapes, t.fields, {}, table, constants, std::string_view("ab")});
  };
  const auto before = hash(strings);
  CHECK(hash(swapped) != before);
  t.fields[0].name = t.fields[0].wire = 0;
  t.shapes[0].name = 1;
  entities[0].name = 0;
  CHECK(hash(swapped) == before);

  t.type(Kind::String);  // of something else
  CHECK(hash(swapped) == before);
  t.fields[0].default_constant = 0;
  const auto with_default = hash(swapped);
  CHECK(with_default != before);
  t.fields[0].default_constant = 1;
  CHECK(hash(swapped) != with_default);
}
