// The instructions behind comprehensions and folds; see verify_cases.h.
#include <doctest/doctest.h>

#include "format/scratch.h"
#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

using Code_ = std::vector<Instruction>;

const BundleTables kSample = sample();
const std::uint16_t kLifeSlot = request(kSample, kLifeField), kNowSlot = request(kSample, kNowField),
                    kScopesSlot = request(kSample, kScopesField), kUserSlot = request(kSample, kUserField),
                    kActionSlot = request(kSample, kActionField);
const Instruction kHold_ = instruction(Op::Hold), kEnd_ = instruction(Op::End), kNext_ = instruction(Op::Next);

/// The sample, with a list of users as the one constant of block 0.
std::string verdict_with(const Code_& code) {
  BundleTables tables = sample();
  const std::uint32_t users = add_constant(tables, kUsers, {0});
  tables.policies[kLife].constants = users;
  tables.policies[kLife].constant_count = 1;
  replace(tables, kCap, {instruction(Op::Give, {.a = kLifeSlot})});
  replace(tables, kTooLong, code);
  return verdict_on(tables);
}

std::string in_block(const std::string& what) {
  return "B0009: block 0, instruction " + what;
}

Instruction chain(std::uint16_t links, std::uint32_t body) {
  const auto out = static_cast<std::uint16_t>(body + 1);
  return instruction(Op::EachChain, {.dst = bound(1), .b = links, .imm = body, .t = out, .f = out});
}
Instruction link(std::uint16_t a, std::uint16_t stride) {
  return instruction(Op::Link, {.a = a, .b = stride});
}
Instruction members(std::uint32_t body) {
  const auto out = static_cast<std::uint16_t>(body + 1);
  return instruction(Op::EachMember, {.dst = bound(1), .a = kScopesSlot, .b = 1, .imm = body, .t = out, .f = out});
}
Instruction forget(std::uint16_t size, std::uint32_t at = 0) {
  return instruction(Op::Forget, {.b = size, .imm = at, .t = 1});
}
Instruction fresh(std::uint16_t a, std::uint16_t size, std::uint32_t at = 0) {
  return instruction(Op::Fresh, {.a = a, .b = size, .imm = at, .t = 1, .f = 1});
}
Instruction one(Op op, Fields fields) {
  fields.t = 1;
  return instruction(op, fields);
}

const std::uint16_t kHundred = table_size(100, 1);

}  // namespace

TEST_CASE("chains") {
  CHECK(verdict_with({chain(2, 3), link(constant(0), 1), link(kUserSlot, 0), kNext_, kEnd_}) == "fine");
  CHECK(verdict_with({chain(2, 2), link(constant(0), 1), link(kUserSlot, 0), kEnd_}) ==
        in_block("0 (each_chain): it has no operand, or no body behind them"));
  CHECK(verdict_with({chain(0, 1), kNext_, kEnd_}) ==
        in_block("0 (each_chain): it has no operand, or no body behind them"));
  CHECK(verdict_with({chain(2, 3), link(constant(0), 1), kNext_, kNext_, kEnd_}) ==
        in_block("0 (each_chain): one of its operands is no link"));
  CHECK(verdict_with({chain(1, 2), instruction(Op::Link, {.a = constant(0), .b = 1, .imm = 1}), kNext_, kEnd_}) ==
        in_block("0 (each_chain): one of its operands is no link"));
  CHECK(verdict_with({chain(1, 2), link(constant(1), 1), kNext_, kEnd_}) ==
        in_block("0 (each_chain): it reads what is not there"));
  CHECK(verdict_with({chain(1, 2), link(constant(0), 2), kNext_, kEnd_}) ==
        in_block("0 (each_chain): one of its operands has another stride"));
  CHECK(verdict_with({chain(1, 2), link(kLifeSlot, 1), kNext_, kEnd_}) ==
        in_block("0 (each_chain): one of its operands has another stride"));
  CHECK(verdict_with({chain(2, 3), link(constant(0), 1), link(kLifeSlot, 0), kNext_, kEnd_}) ==
        in_block("0 (each_chain): its operands have elements of two classes"));
  CHECK(verdict_with({link(constant(0), 1), kEnd_}) == in_block("0 (link): it ends no path"));
  // An operand that the loop itself binds would be read as something else.
  CHECK(verdict_with({instruction(Op::Each, {.dst = bound(1), .a = constant(0), .b = 1, .imm = 4, .t = 5, .f = 5}),
                      chain(1, 2), link(bound(1), 0), kNext_, kNext_, kEnd_}) ==
        in_block("1 (each_chain): one of its operands lies in what it binds"));
}

TEST_CASE("the instant of a list that is gone through lies outside of what its loop binds") {
  BundleTables tables = sample();
  const std::uint32_t times = static_cast<std::uint32_t>(tables.types.size());
  tables.types.push_back({Kind::List, kTime, 4, 1});
  const std::uint32_t none = add_constant(tables, times, {0});
  tables.policies[kLife].constants = none;
  tables.policies[kLife].constant_count = 1;
  replace(tables, kCap, {instruction(Op::Give, {.a = kLifeSlot})});
  const auto rows = [](unsigned base) {
    return instruction(Op::EachRow, {.dst = bound(base), .a = bound(1), .b = 0, .imm = 1, .t = 2, .f = 2});
  };
  const auto each = instruction(Op::Each, {.dst = bound(1), .a = constant(0), .b = 1, .imm = 3, .t = 4, .f = 4});
  replace(tables, kTooLong, {each, rows(2), kNext_, kNext_, kEnd_});
  CHECK(verdict_on(tables) == "fine");
  replace(tables, kTooLong, {each, rows(1), kNext_, kNext_, kEnd_});
  CHECK(verdict_on(tables) == in_block("1 (each_row): its instant lies in what it binds"));
}

TEST_CASE("counts and totals") {
  const auto clamp = [](Arithmetic kind) {
    return one(Op::Clamp, {.dst = reg(2), .a = reg(0), .imm = static_cast<std::uint32_t>(kind)});
  };
  const auto widen = one(Op::Widen, {.dst = reg(0), .a = kLifeSlot});
  const auto sum = one(Op::Sum, {.dst = reg(0), .a = kLifeSlot});
  CHECK(verdict_with({widen, members(2), sum, kNext_, clamp(Arithmetic::Duration), kEnd_}) == "fine");
  CHECK(verdict_with({sum, kEnd_}) == in_block("0 (sum): it adds to what is no total"));
  CHECK(verdict_with({one(Op::Move, {.dst = reg(0), .a = kLifeSlot, .imm = 1}), sum, kEnd_}) ==
        in_block("1 (sum): it adds to what is no total"));
  CHECK(verdict_with({widen, clamp(Arithmetic::Time), kEnd_}) == in_block("1 (clamp): it gives a Time"));
  CHECK(verdict_with({one(Op::Clamp, {.dst = reg(0), .a = kLifeSlot}), kEnd_}) ==
        in_block("0 (clamp): it reads a value of another class"));
  CHECK(verdict_with({one(Op::Widen, {.dst = reg(63), .a = kLifeSlot}), kEnd_}) ==
        in_block("0 (widen): its result goes beyond the registers"));
  CHECK(verdict_with({one(Op::Widen, {.dst = reg(0), .a = kUserSlot}), kEnd_}) ==
        in_block("0 (widen): it reads no number"));
  CHECK(verdict_with({widen, instruction(Op::Lt, {.a = reg(0), .b = reg(0), .t = 1, .f = 2}), kHold_, kEnd_}) ==
        in_block("1 (lt): it reads no number"));
  CHECK(verdict_with({widen, instruction(Op::Eq, {.a = reg(0), .b = reg(0), .t = 1, .f = 2}), kHold_, kEnd_}) ==
        in_block("1 (eq): it reads no single word"));
  CHECK(verdict_with({one(Op::Count, {.dst = reg(0), .a = kScopesSlot}), kEnd_}) ==
        in_block("0 (count): it reads a value of another class"));
  CHECK(verdict_with({one(Op::CountMask, {.dst = reg(0), .a = kScopesSlot, .imm = 0}), kEnd_}) ==
        in_block("0 (count_mask): it reads a member or mask of another enum"));
}

TEST_CASE("tables in scratch memory") {
  CHECK(verdict_with({forget(kHundred), members(2), fresh(kActionSlot, kHundred), kNext_, kEnd_}) == "fine");
  CHECK(verdict_with({members(2), fresh(kActionSlot, kHundred), kNext_, kEnd_}) ==
        in_block("1 (fresh): its table was not emptied before"));
  CHECK(verdict_with({forget(kHundred), members(2), fresh(kActionSlot, kHundred, 8), kNext_, kEnd_}) ==
        in_block("2 (fresh): its table was not emptied before"));
  CHECK(verdict_with({forget(kHundred), members(2), fresh(kActionSlot, table_size(10, 1)), kNext_, kEnd_}) ==
        in_block("2 (fresh): its table was not emptied before"));
  CHECK(verdict_with({members(2), forget(kHundred), kNext_, fresh(kActionSlot, kHundred), kEnd_}) ==
        in_block("3 (fresh): its table was not emptied before"));
  const std::uint16_t small = table_size(49, 1);  // 128 slots, and at most 100 scopes, twice
  CHECK(verdict_with({forget(small), members(3), fresh(kActionSlot, small), fresh(kActionSlot, small), kNext_,
                      kEnd_}) == in_block("3 (fresh): its table has too little room"));
  const std::uint16_t wide = table_size(100, 2);
  CHECK(verdict_with({forget(wide), fresh(kActionSlot, wide), kEnd_}) ==
        in_block("1 (fresh): its table holds values of another size"));
  CHECK(verdict_with({forget(kHundred), fresh(kScopesSlot, kHundred), kEnd_}) ==
        in_block("1 (fresh): its table holds values of another size"));
  for (const std::uint16_t size : {std::uint16_t{18}, std::uint16_t{1 << 8 | 18}, std::uint16_t{4 << 8 | 3}})
    CHECK(verdict_with({forget(size), kEnd_}) == in_block("0 (forget): the size of its table is not known"));
  CHECK(verdict_with({forget(kHundred, kMaxScratchWords), kEnd_}) ==
        in_block("0 (forget): its table goes beyond the scratch memory"));
  CHECK(verdict_with({forget(kHundred, UINT32_MAX), kEnd_}) ==
        in_block("0 (forget): its table goes beyond the scratch memory"));
}

TEST_CASE("the scratch memory of a decision is that of its greediest block") {
  BundleTables tables = sample();
  replace(tables, kTooLong, {forget(kHundred, 3), kEnd_});
  const auto file = write_bundle(tables);
  std::vector<Word> memory(file.size() / sizeof(Word) + 1);
  std::copy(file.begin(), file.end(), reinterpret_cast<std::byte*>(memory.data()));
  BundleView view;
  std::vector<DecisionBounds> bounds;
  REQUIRE_FALSE(verify({reinterpret_cast<const std::byte*>(memory.data()), file.size()}, view, bounds));
  CHECK(bounds[0].scratch == 3 + 256 / 64 + 256);
}
