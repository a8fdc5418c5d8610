// Unions of values: shapes of which one field is set; see verify_cases.h.
#include <doctest/doctest.h>

#include "format/layout.h"
#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

/// The sample with the shape of `Int | String`, and what is changed in it before it is laid out.
struct WithUnion {
  BundleTables t = sample();
  std::uint32_t shape = 0, type = 0;

  explicit WithUnion(const std::function<void(WithUnion&)>& change = {}) {
    shape = static_cast<std::uint32_t>(t.shapes.size());
    type = static_cast<std::uint32_t>(t.types.size());
    t.shapes.push_back({symbol(t, "m.ask"), static_cast<std::uint32_t>(t.fields.size()), 0, 0, 0, kShapeEither});
    add("life", kInt);
    add("user", kText);
    t.types.push_back({Kind::Record, shape, 0, 0});
    if (change) change(*this);
    lay_out({t.enums, t.types, t.shapes, t.fields});
  }

  void add(const char* name, std::uint32_t of) {
    FieldRecord record{};
    record.name = record.wire = symbol(t, name);
    record.type = of;
    record.flags = kFieldOptional;
    record.default_constant = kNone;
    t.fields.push_back(record);
    ++t.shapes[shape].field_count;
  }
  FieldRecord& first() { return t.fields[t.shapes[shape].first_field]; }
  FieldRecord& second() { return t.fields[t.shapes[shape].first_field + 1]; }
};

std::string verdict(const std::function<void(WithUnion&)>& change) {
  return verdict_on(WithUnion(change).t);
}

}  // namespace

TEST_CASE("shapes of unions") {
  CHECK(verdict({}) == "fine");
  const std::string where = "B0008: Shapes " + std::to_string(WithUnion().shape) + ": ";
  const std::string untold = where + "its fields are not told from each other";
  CHECK(verdict([](WithUnion& u) { u.first().type = kText; }) == untold);
  CHECK(verdict([](WithUnion& u) { std::swap(u.first().type, u.second().type); }) == untold);
  CHECK(verdict([](WithUnion& u) { u.first().flags = 0; }) == untold);
  CHECK(verdict([](WithUnion& u) { u.second().flags |= kFieldSecret; }) == untold);
  CHECK(verdict([](WithUnion& u) { u.second().default_constant = 3; }) == untold);
  CHECK(verdict([](WithUnion& u) { u.t.shapes[u.shape].flags |= kShapeOpen; }) == untold);
  CHECK(verdict([](WithUnion& u) { u.t.shapes[u.shape].flags = kShapeEither << 1U; }) ==
        where + "its flags are not known");
  CHECK(verdict([](WithUnion& u) {
          u.t.fields.pop_back();
          u.t.shapes[u.shape].field_count = 1;
        }) == untold);
}

TEST_CASE("what shows no type of its own is in no union") {
  const std::string untold =
      "B0008: Shapes " + std::to_string(WithUnion().shape) + ": its fields are not told from each other";
  CHECK(verdict([](WithUnion& u) {
          u.t.types.push_back({Kind::Any, kNone, 0, 0});
          u.second().type = u.type + 1;
        }) == untold);
  CHECK(verdict([](WithUnion& u) { u.second().type = kUser; }) == untold);
}

TEST_CASE("a union within a union would be read at the wrong place") {
  CHECK(verdict([](WithUnion& u) {
          const auto outer = static_cast<std::uint32_t>(u.t.shapes.size());
          u.t.shapes.push_back(
              {symbol(u.t, "m.ask"), static_cast<std::uint32_t>(u.t.fields.size()), 2, 0, 0, kShapeEither});
          FieldRecord number = u.first(), object = u.second();
          object.type = u.type;
          u.t.fields.push_back(number);
          u.t.fields.push_back(object);
          u.t.types.push_back({Kind::Record, outer, 0, 0});
        }) == "B0008: Shapes " + std::to_string(WithUnion().shape + 1) + ": its fields are not told from each other");
}

TEST_CASE("decisions and entity types have fields of their own") {
  BundleTables decision = sample();
  decision.shapes[decision.decisions[0].shape].flags = kShapeEither;
  CHECK(verdict_on(decision) != "fine");
  BundleTables entity = sample();
  entity.shapes[entity.entity_types[0].shape].flags = kShapeEither;
  CHECK(verdict_on(entity) != "fine");
}
