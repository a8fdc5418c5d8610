// The instructions of functions that are built in; see verify_cases.h.
#include <doctest/doctest.h>

#include "format/calendar.h"
#include "format/lineage.h"
#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

using Code_ = std::vector<Instruction>;

const BundleTables kSample = sample();
const std::uint16_t kLifeSlot = request(kSample, kLifeField), kNowSlot = request(kSample, kNowField),
                    kActionSlot = request(kSample, kActionField), kUserSlot = request(kSample, kUserField);

std::string refused(const Code_& code) {
  BundleTables tables = sample();
  replace(tables, kTooLong, code);
  return verdict_on(tables);
}

/// One instruction, then the end.
std::string refused(Op op, Fields fields) {
  fields.t = 1;
  return refused({instruction(op, fields), instruction(Op::End)});
}

std::string in_block(const std::string& what) {
  return "B0009: block 0, instruction " + what;
}

const Instruction kYear = instruction(Op::Calendar, {.dst = reg(0), .a = kNowSlot, .imm = 0, .t = 1});

}  // namespace

TEST_CASE("functions that are refused") {
  CHECK(refused(Op::Min, {.dst = reg(0), .a = kLifeSlot, .b = kNowSlot}) ==
        in_block("0 (min): its operands are of two kinds"));
  CHECK(refused(Op::Max, {.dst = bound(1), .a = kLifeSlot, .b = kLifeSlot}) ==
        in_block("0 (max): its result goes beyond the registers"));
  for (const Op op : {Op::Div, Op::Mod})
    CHECK(refused(op, {.dst = reg(0), .a = kLifeSlot, .b = kLifeSlot}) ==
          in_block("0 (" + std::string(info(op).name) + "): it reads a value of another class"));
  CHECK(refused(Op::ToDecimal, {.dst = reg(0), .a = kLifeSlot}) ==
        in_block("0 (decimal): it reads a value of another class"));
  CHECK(refused(Op::AddMonths, {.dst = reg(0), .a = kNowSlot, .b = kLifeSlot}) ==
        in_block("0 (add_months): it reads a value of another class"));
  CHECK(refused(Op::Calendar, {.dst = reg(0), .a = kNowSlot, .imm = kCalendarParts}) ==
        in_block("0 (calendar): there is no such part"));
  CHECK(refused(Op::Weekday, {.dst = reg(0), .a = kNowSlot, .imm = 0}) ==
        in_block("0 (weekday): its enum has other members than seven days"));
  CHECK(refused(Op::Weekday, {.dst = reg(0), .a = kNowSlot, .imm = 9}) ==
        in_block("0 (weekday): its enum is beyond the table"));
  CHECK(refused(Op::Quantity, {.dst = reg(0), .a = kActionSlot}) ==
        in_block("0 (quantity): it reads a value of another class"));
}

TEST_CASE("a lineage is a list of entities, and long enough") {
  BundleTables tables = sample();
  const auto list_of = [&](Kind element, std::uint32_t max) {
    std::uint32_t type = 0;
    while (tables.types[type].kind != element) ++type;
    tables.types.push_back({.kind = Kind::List, .ref = type, .max = max, .words = 1});
    return static_cast<std::uint32_t>(tables.types.size()) - 1;
  };
  const std::uint32_t people = list_of(Kind::Entity, kMostInLineage), few = list_of(Kind::Entity, kMostInLineage - 1),
                      numbers = list_of(Kind::Duration, kMostInLineage);
  const auto refused_with = [&](std::uint16_t a, std::uint32_t type) {
    BundleTables changed = tables;
    replace(changed, kTooLong,
            {instruction(Op::Lineage, {.dst = reg(0), .a = a, .imm = type, .t = 1}),
             instruction(Op::Empty, {.a = reg(0), .t = 1, .f = 2}), instruction(Op::Hold), instruction(Op::End)});
    return verdict_on(changed);
  };
  CHECK(refused_with(kUserSlot, people) == "fine");
  for (const std::uint32_t type : {few, numbers, 9999u})
    CHECK(refused_with(kUserSlot, type) == in_block("0 (lineage): its type is no list of entities, or too short"));
  CHECK(refused_with(kLifeSlot, people) == in_block("0 (lineage): it reads a value of another class"));
}

TEST_CASE("what a function gives is of its own class, and only where it gives something") {
  const Instruction end = instruction(Op::End), hold = instruction(Op::Hold);
  const auto lt = [](std::uint16_t a, std::uint16_t b) {
    return instruction(Op::Lt, {.a = a, .b = b, .t = 1, .f = 2});
  };
  CHECK(refused({kYear, lt(reg(0), kLifeSlot), hold, end}) == in_block("1 (lt): its operands are of two classes"));
  BundleTables tables = sample();
  const std::uint32_t text = add_constant(tables, kText, {symbol(tables, "ana")});
  tables.policies[kLife].constants = text;
  tables.policies[kLife].constant_count = 1;
  replace(tables, kCap, {instruction(Op::Give, {.a = kLifeSlot})});
  const auto quantity = [](std::uint16_t t, std::uint16_t f) {
    return instruction(Op::Quantity, {.dst = reg(0), .a = constant(0), .t = t, .f = f});
  };
  replace(tables, kTooLong, {quantity(1, 2), lt(reg(0), reg(0)), hold, end});
  CHECK(verdict_on(tables) == "fine");
  replace(tables, kTooLong, {quantity(1, 1), lt(reg(0), reg(0)), hold, end});
  CHECK(verdict_on(tables) == in_block("1 (lt): it reads what is not there"));
  replace(tables, kTooLong, {quantity(1, 9), hold, end});
  CHECK(verdict_on(tables) == in_block("0 (quantity): a jump leads back or out of its region"));
}
