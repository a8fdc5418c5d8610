// Maps: their types, entries in constants, and `lookup`; see verify_cases.h.
#include <doctest/doctest.h>

#include "format/layout.h"
#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

/// The sample with `Map<String, Duration>`, and what is changed in it before it is laid out.
struct WithMap {
  BundleTables t = sample();
  std::uint32_t shape = 0, entry = 0, map = 0;

  explicit WithMap(const std::function<void(WithMap&)>& change = {}) {
    shape = static_cast<std::uint32_t>(t.shapes.size());
    entry = static_cast<std::uint32_t>(t.types.size());
    map = entry + 1;
    t.shapes.push_back({symbol(t, "m.ask"), static_cast<std::uint32_t>(t.fields.size()), 2, 0, 0, 0});
    t.fields.push_back(field("user", kText, 0));
    t.fields.push_back(field("life", kDuration, kFieldOptional));
    t.types.push_back({Kind::Record, shape, 0, 0});
    t.types.push_back({Kind::Map, entry, 10, 0});
    if (change) change(*this);
    lay_out({t.enums, t.types, t.shapes, t.fields});
  }

  FieldRecord& key() { return t.fields[t.shapes[shape].first_field]; }
  FieldRecord& value() { return t.fields[t.shapes[shape].first_field + 1]; }

  FieldRecord field(const char* name, std::uint32_t type, std::uint32_t flags) const {
    FieldRecord record{};
    record.name = record.wire = symbol(t, name);
    record.type = type;
    record.flags = flags;
    record.default_constant = kNone;
    return record;
  }

  /// A map of these keys in the constants; where its word stands.
  std::uint32_t add(const std::vector<const char*>& keys) {
    const auto first = static_cast<Word>(t.constants.size());
    for (const char* text : keys) add_constant(t, entry, {1, symbol(t, text), 7});
    return add_constant(t, map, {Word{2} << 62 | first << 32 | keys.size()});
  }
};

std::string types(const std::function<void(WithMap&)>& change) {
  return verdict_on(WithMap(change).t);
}

std::string in_map(const std::string& what) {
  return "B0008: Types 13: " + what;
}

/// `too_long` with these instructions; constant 0 is a map, 1 a text, 2 a set of users.
std::string code(const std::function<std::vector<Instruction>(const WithMap&)>& make) {
  WithMap with;
  const std::uint32_t map = with.add({"ana", "bo"});
  add_constant(with.t, kText, {symbol(with.t, "ana")});
  add_constant(with.t, kUsers, {Word{2} << 62});
  with.t.policies[kLife].constants = map;
  with.t.policies[kLife].constant_count = 3;
  replace(with.t, kTooLong, make(with));
  replace(with.t, kCap, {instruction(Op::Give, {.a = request(with.t, kLifeField)})});
  return verdict_on(with.t);
}

Instruction lookup(const WithMap& with, std::uint16_t map, std::uint16_t key, unsigned base = 1) {
  return instruction(Op::Lookup, {.dst = bound(base), .a = map, .b = key, .imm = with.map, .t = 1});
}

}  // namespace

TEST_CASE("types of maps") {
  CHECK(types({}) == "fine");
  CHECK(types([](WithMap& m) { m.t.types[m.map].ref = kInt; }) == in_map("its entries are no records"));
  CHECK(types([](WithMap& m) { m.t.types[m.map].ref = 99; }) == in_map("its element type: beyond the table"));
  const std::string no_entry = in_map("its entries have no key and value");
  CHECK(types([](WithMap& m) { m.key().type = kInt; }) == no_entry);
  CHECK(types([](WithMap& m) { m.key().flags = kFieldOptional; }) == no_entry);
  CHECK(types([](WithMap& m) { m.value().flags = 0; }) == no_entry);
  CHECK(types([](WithMap& m) { m.value().default_constant = 3; }) == no_entry);
  CHECK(types([](WithMap& m) { m.t.shapes[m.shape].flags = kShapeOpen; }) == no_entry);
  CHECK(types([](WithMap& m) {
          m.t.fields.pop_back();
          m.t.shapes[m.shape].field_count = 1;
        }) == no_entry);
  CHECK(types([](WithMap& m) { m.key().type = kScope; }) == "fine");
  CHECK(types([](WithMap& m) {
          m.t.types.push_back({Kind::Set, m.map, 5, 0});
        }) == "B0008: Types 14: its elements cannot be in a set");
}

TEST_CASE("what holds whatever stands there has no words") {
  CHECK(types([](WithMap& m) {
          m.t.types.push_back({Kind::Any, kNone, 0, 0});
          m.t.types.push_back({Kind::List, m.map + 1, 5, 0});
        }) == "B0008: Types 15: its elements are nothing");
  CHECK(types([](WithMap& m) {
          m.t.types.push_back({Kind::Any, kNone, 0, 0});
          m.value().type = m.map + 1;
        }) == "fine");
  // What stands at a key is there by its bit alone: without the bit there is no telling.
  CHECK(types([](WithMap& m) {
          m.t.types.push_back({Kind::Any, kNone, 0, 0});
          m.value().type = m.map + 1;
          m.value().flags = 0;
        }) == in_map("its entries have no key and value"));
  CHECK(types([](WithMap& m) {
          m.t.types.push_back({Kind::Any, kNone, 0, 0});
          m.key().type = m.map + 1;
        }) == in_map("its entries have no key and value"));
}

TEST_CASE("maps in constants") {
  WithMap with;
  with.add({"ana", "bo"});
  CHECK(verdict_on(with.t) == "fine");
  WithMap twice;
  twice.add({"ana", "ana"});
  CHECK(verdict_on(twice.t) == "B0008: Constants 15: its keys do not ascend");
  WithMap descending;
  descending.add({"bo", "ana"});
  CHECK(verdict_on(descending.t) == "B0008: Constants 15: its keys do not ascend");
  WithMap many;
  many.t.types[many.map].max = 1;
  many.add({"ana", "bo"});
  CHECK(verdict_on(many.t) == "B0008: Constants 15: it has more elements than its type allows");
}

TEST_CASE("lookups") {
  const Instruction hold = instruction(Op::Hold), end = instruction(Op::End);
  const auto present = [](std::uint32_t bit) { return instruction(Op::Present, {.a = bound(1, bit), .t = 1, .f = 2}); };
  const auto less = [](const WithMap& with) {
    return instruction(Op::Lt, {.a = bound(1, 2), .b = request(with.t, kLifeField), .t = 1, .f = 2});
  };
  CHECK(code([&](const WithMap& m) {
          return std::vector{lookup(m, constant(0), constant(1)), present(0), hold, end};
        }) == "fine");
  CHECK(code([&](const WithMap& m) {
          return std::vector{lookup(m, constant(0), constant(1)), less(m), hold, end};
        }) == "fine");
  CHECK(code([&](const WithMap& m) {
          return std::vector{lookup(m, constant(0), constant(1)), present(1), hold, end};
        }) == "B0009: block 0, instruction 1 (present): it reads a presence bit that is not there");
  const std::string first = "B0009: block 0, instruction 0 (lookup): ";
  const auto refused = [&](std::uint16_t map, std::uint16_t key, unsigned base = 1) {
    return code([&](const WithMap& m) { return std::vector{lookup(m, map, key, base), end}; });
  };
  CHECK(refused(constant(2), constant(1)) == first + "it reads another map");
  CHECK(refused(constant(1), constant(1)) == first + "it reads a value of another class");
  CHECK(refused(constant(0), constant(2)) == first + "it reads no single word");
  CHECK(refused(constant(0), request(sample(), kLifeField)) == first + "its key is of another class");
  const Instruction part = instruction(Op::Whole, {.dst = reg(0), .a = constant(1), .imm = 2, .t = 1});
  CHECK(code([&](const WithMap& m) {
          return std::vector{part, lookup(m, constant(0), reg(0)), present(0), hold, end};
        }) == "fine");
  WithMap of_members([](WithMap& m) { m.key().type = kScope; });
  const std::uint32_t text = add_constant(of_members.t, kText, {symbol(of_members.t, "ana")});
  of_members.t.policies[kLife].constants = text;
  of_members.t.policies[kLife].constant_count = 2;
  add_constant(of_members.t, of_members.map, {Word{2} << 62});
  replace(of_members.t, kCap, {instruction(Op::Give, {.a = request(of_members.t, kLifeField)})});
  Instruction whole = part;
  whole.a = constant(0);
  replace(of_members.t, kTooLong, {whole, lookup(of_members, constant(1), reg(0)), present(0), hold, end});
  CHECK(verdict_on(of_members.t) == "B0009: block 0, instruction 1 (lookup): its key is of another class");
  CHECK(refused(constant(0), constant(1), 14) == first + "it binds no base");
  for (const std::uint32_t type : {std::uint32_t{kText}, std::uint32_t{99}})
    CHECK(code([&](const WithMap& m) {
            Instruction in = lookup(m, constant(0), constant(1));
            in.imm = type;
            return std::vector{in, end};
          }) == first + "its type is no map");
}
