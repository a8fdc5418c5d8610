// Code; see verify_cases.h. Each case puts other code into a block of the sample.
#include <doctest/doctest.h>

#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

using Code_ = std::vector<Instruction>;

std::string verdict_with(std::uint32_t block, const Code_& code) {
  BundleTables tables = sample();
  replace(tables, block, code);
  return verdict_on(tables);
}

const BundleTables kSample = sample();
const std::uint16_t kLifeSlot = request(kSample, kLifeField), kNowSlot = request(kSample, kNowField),
                    kOrgSlot = request(kSample, kOrgField), kScopesSlot = request(kSample, kScopesField),
                    kUserSlot = request(kSample, kUserField), kActionSlot = request(kSample, kActionField);

const Instruction kHold_ = instruction(Op::Hold), kEnd_ = instruction(Op::End), kNext_ = instruction(Op::Next),
                  kStop_ = instruction(Op::Stop), kFind_ = instruction(Op::Find);
Instruction lt(std::uint16_t a, std::uint16_t b, std::uint16_t t = 1, std::uint16_t f = 2) {
  return instruction(Op::Lt, {.a = a, .b = b, .t = t, .f = f});
}
Instruction move(std::uint16_t dst, std::uint16_t a, std::uint16_t t = 1, std::uint32_t words = 1) {
  return instruction(Op::Move, {.dst = dst, .a = a, .imm = words, .t = t});
}
Instruction members(std::uint32_t body, unsigned base = 1) {
  const auto out = static_cast<std::uint16_t>(body + 1);
  return instruction(Op::EachMember, {.dst = bound(base), .a = kScopesSlot, .b = 1, .imm = body, .t = out, .f = out});
}
Instruction unknown(unsigned base, std::uint16_t t, std::uint16_t f) {
  return instruction(Op::Unknown, {.a = bound(base), .imm = 3, .t = t, .f = f});
}

/// In block 0, whose decision and policy have everything that the cases read.
struct CodeCase {
  std::string expected;  // behind "B0009: block 0, instruction "
  Code_ code;
};

}  // namespace

TEST_CASE("code that is refused") {
  const std::vector<CodeCase> cases = {
      // form
      {"0 (999): the operation is not known", {{999, 0, 0, 0, 0, 0, 0}}},
      {"0 (end): a field that it does not use is not zero", {instruction(Op::End, {.a = 1})}},
      {"0 (end): it has an exit too many", {instruction(Op::End, {.t = 1})}},
      {"0 (move): it has an exit too many",
       {instruction(Op::Move, {.dst = reg(0), .a = kLifeSlot, .imm = 1, .t = 1, .f = 1}), kEnd_}},
      // jumps
      {"0 (lt): a jump leads back or out of its region", {lt(kLifeSlot, kLifeSlot, 0, 1), kEnd_}},
      {"0 (lt): a jump leads back or out of its region", {lt(kLifeSlot, kLifeSlot, 1, 2), kEnd_}},
      {"1 (each_member): a jump leads into its body",
       {lt(kLifeSlot, kLifeSlot, 1, 3), members(2), unknown(1, 1, 1), kNext_, kEnd_}},
      {"0 (each_member): its body is empty or goes beyond its region", {members(0), kEnd_}},
      {"0 (each_member): its body is empty or goes beyond its region", {members(3), kNext_, kEnd_}},
      {"0 (each_member): an exit leads into its body",
       {instruction(Op::EachMember, {.dst = bound(1), .a = kScopesSlot, .b = 1, .imm = 2, .t = 2, .f = 3}), kNext_,
        kNext_, kEnd_}},
      {"1 (unknown): a jump leads back or out of its region", {members(2), unknown(1, 1, 2), kNext_, kEnd_}},
      {"1 (each_member): no path leads to this loop", {kEnd_, members(1), kNext_, kEnd_}},
      // ends
      {"0 (next): it stands in no loop", {kNext_}},
      {"0 (stop): it stands in no loop", {kStop_}},
      {"0 (find): its rule is no `for each`", {kFind_}},
      {"1 (hold): it stands in a loop", {members(1), kHold_, kEnd_}},
      {"0 (give): it ends another kind of block", {instruction(Op::Give, {.a = kLifeSlot})}},
      // operands
      {"0 (lt): it reads what is not there", {lt(reg(0), kLifeSlot), kHold_, kEnd_}},
      {"0 (lt): it reads what is not there", {lt(bound(1), kLifeSlot), kHold_, kEnd_}},
      {"0 (lt): it reads what is not there", {lt(operand(0, 99), kLifeSlot), kHold_, kEnd_}},
      {"0 (lt): it reads what is not there", {lt(constant(1), kLifeSlot), kHold_, kEnd_}},
      {"0 (lt): it reads what is not there", {lt(reg(64), kLifeSlot), kHold_, kEnd_}},
      {"0 (lt): it reads what is not there",
       {lt(static_cast<std::uint16_t>(kScopesSlot + 1), kLifeSlot), kHold_, kEnd_}},
      {"0 (lt): it reads no number", {lt(kUserSlot, kLifeSlot), kHold_, kEnd_}},
      {"0 (lt): its operands are of two classes", {lt(kNowSlot, kLifeSlot), kHold_, kEnd_}},
      {"0 (eq): it reads no single word",
       {instruction(Op::Eq, {.a = kScopesSlot, .b = kScopesSlot, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (eq): its operands are of two classes",
       {instruction(Op::Eq, {.a = kUserSlot, .b = kLifeSlot, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (true): it reads a value of another class",
       {instruction(Op::True, {.a = kLifeSlot, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (present): it reads a presence bit that is not there",
       {instruction(Op::Present, {.a = operand(0, 0), .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (present): it reads a presence bit that is not there",
       {instruction(Op::Present, {.a = bound(1), .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (present): it reads a presence bit that is not there",
       {instruction(Op::Present, {.a = reg(0), .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (move): its result goes beyond the registers", {move(operand(1, 0), kLifeSlot), kEnd_}},
      {"0 (move): its result goes beyond the registers", {move(reg(63), kScopesSlot, 1, 2), kEnd_}},
      {"0 (move): its value has another number of words", {move(reg(0), kScopesSlot, 1, 1), kEnd_}},
      {"0 (add): its kind is not known",
       {instruction(Op::Add, {.dst = reg(0), .a = kLifeSlot, .b = kLifeSlot, .imm = kArithmeticKinds, .t = 1}), kEnd_}},
      {"0 (row): it binds no base", {instruction(Op::Row, {.dst = bound(14), .a = kOrgSlot, .imm = 1, .t = 1}), kEnd_}},
      {"0 (row): it binds no base",
       {instruction(Op::Row, {.dst = bound(1, 1), .a = kOrgSlot, .imm = 1, .t = 1}), kEnd_}},
      {"0 (row): its entity type is beyond the table",
       {instruction(Op::Row, {.dst = bound(1), .a = kOrgSlot, .imm = 3, .t = 1}), kEnd_}},
      {"0 (row): it reads a value of another class",
       {instruction(Op::Row, {.dst = bound(1), .a = kLifeSlot, .imm = 1, .t = 1}), kEnd_}},
      {"0 (is_type): its entity set is beyond the table",
       {instruction(Op::IsType, {.a = kOrgSlot, .imm = 2, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (in_mask): its enum is beyond the table",
       {instruction(Op::InMask, {.a = kActionSlot, .b = kScopesSlot, .imm = 2, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (in_mask): it reads a member or mask of another enum",
       {instruction(Op::InMask, {.a = kActionSlot, .b = kScopesSlot, .imm = 1, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (includes): its enum has no order of inclusion",
       {instruction(Op::Includes, {.a = kActionSlot, .b = kActionSlot, .imm = 0, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (unknown): it does not fit its enum",
       {instruction(Op::Unknown, {.a = kActionSlot, .imm = 2, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"1 (unknown): it does not fit its enum",
       {members(2), instruction(Op::Unknown, {.a = bound(1), .imm = 2, .t = 1, .f = 1}), kNext_, kEnd_}},
      {"0 (each_member): it reads a member or mask of another enum",
       {instruction(Op::EachMember, {.dst = bound(1), .a = kScopesSlot, .b = 0, .imm = 1, .t = 2, .f = 2}), kNext_,
        kEnd_}},
      {"0 (each): it reads a value of another class",
       {instruction(Op::Each, {.dst = bound(1), .a = kScopesSlot, .b = 1, .imm = 1, .t = 2, .f = 2}), kNext_, kEnd_}},
      {"0 (listed): its list is beyond the table",
       {instruction(Op::Listed, {.a = kUserSlot, .b = kNowSlot, .imm = 1, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (listed): its instant is no Time",
       {instruction(Op::Listed, {.a = kUserSlot, .b = kLifeSlot, .t = 1, .f = 2}), kHold_, kEnd_}},
      {"0 (listed): its list has entries of another class",
       {instruction(Op::Listed, {.a = kLifeSlot, .b = kNowSlot, .t = 1, .f = 2}), kHold_, kEnd_}},
      // what paths know
      {"3 (lt): it reads what is not there",
       {lt(kLifeSlot, kLifeSlot, 1, 2), move(reg(0), kLifeSlot), lt(kLifeSlot, kLifeSlot, 1, 1), lt(reg(0), kLifeSlot),
        kHold_, kEnd_}},
      {"4 (lt): it reads what is not there",
       {lt(kLifeSlot, kLifeSlot, 1, 2), move(reg(0), kLifeSlot, 2), move(reg(0), kNowSlot, 1),
        move(reg(1), kNowSlot, 1), lt(reg(0), kLifeSlot), kHold_, kEnd_}},
      {"2 (empty_mask): it reads what is not there",
       {move(reg(0), kScopesSlot, 1, 2), move(reg(1), kLifeSlot),
        instruction(Op::EmptyMask, {.a = reg(0), .imm = 1, .t = 1, .f = 1}), kEnd_}},
      {"3 (lt): it reads what is not there",
       {move(reg(0), kScopesSlot, 1, 2), move(reg(0), kLifeSlot), move(reg(2), kLifeSlot), lt(reg(1), kLifeSlot),
        kHold_, kEnd_}},
      {"3 (unknown): it reads what is not there", {members(2), unknown(1, 1, 1), kNext_, unknown(1, 1, 1), kEnd_}},
      {"3 (next): its loop changes what a register holds",
       {move(reg(0), kLifeSlot), members(2), move(reg(0), kNowSlot), kNext_, kEnd_}},
      {"4 (next): its loop binds a base that was bound before to something else",
       {instruction(Op::Row, {.dst = bound(2), .a = kOrgSlot, .imm = kOrgType, .t = 1}), members(3), unknown(1, 1, 1),
        instruction(Op::Row, {.dst = bound(2), .a = kUserSlot, .imm = kUserType, .t = 1}), kNext_, kEnd_}},
      {"3 (lt): it reads what is not there",
       {members(2), move(reg(0), kLifeSlot), kNext_, lt(reg(0), kLifeSlot), kHold_, kEnd_}},
      {"4 (each_member): loops are nested too deeply",
       {members(9, 1), members(8, 2), members(7, 3), members(6, 4), members(5, 5), kNext_, kNext_, kNext_, kNext_,
        kNext_, kEnd_}},
  };
  for (const CodeCase& c : cases) CHECK(verdict_with(kTooLong, c.code) == "B0009: block 0, instruction " + c.expected);
}

TEST_CASE("code that is fine") {
  const std::vector<Code_> cases = {
      // registers that both paths set
      {lt(kLifeSlot, kLifeSlot, 1, 2), move(reg(0), kLifeSlot, 2), move(reg(0), constant(0)), lt(reg(0), kLifeSlot),
       kHold_, kEnd_},
      // an accumulator, and what was found where the loop stopped
      {move(reg(0), kLifeSlot), members(4),
       instruction(Op::Add, {.dst = reg(0),
                             .a = reg(0),
                             .b = kLifeSlot,
                             .imm = static_cast<std::uint32_t>(Arithmetic::Duration),
                             .t = 1}),
       unknown(1, 1, 2), kStop_, kNext_, lt(reg(0), kLifeSlot), kHold_, kEnd_},
      // a register that only `stop` has set is there where it leads to
      {instruction(Op::EachMember, {.dst = bound(1), .a = kScopesSlot, .b = 1, .imm = 2, .t = 3, .f = 5}),
       move(reg(0), kLifeSlot), kStop_, lt(reg(0), kLifeSlot), kHold_, kEnd_},
      // four loops
      {members(7, 1), members(5, 2), members(3, 3), members(1, 4), kNext_, kNext_, kNext_, kNext_, kEnd_},
      // code that no path reaches
      {kEnd_, lt(kLifeSlot, kLifeSlot), kHold_, kEnd_},
  };
  for (const Code_& code : cases) CHECK(verdict_with(kTooLong, code) == "fine");
}

TEST_CASE("blocks that give a value, and `find`") {
  CHECK(verdict_with(kCap, {kEnd_}) == "B0009: block 2, instruction 0 (end): it ends another kind of block");
  CHECK(verdict_with(kCap, {instruction(Op::Give, {.a = kNowSlot})}) ==
        "B0009: block 2, instruction 0 (give): its value is of another type than its block");
  CHECK(verdict_with(kUnknown, {kFind_}) ==
        "B0009: block 6, instruction 0 (find): it does not stand in its rule's loops");
  CHECK(verdict_with(kUnknown, {kHold_}) == "B0009: block 6, instruction 0 (hold): its rule is a `for each`");
  CHECK(verdict_with(kUnknown, {members(4), members(2, 2), unknown(1, 1, 1), kFind_, kNext_, kEnd_}) ==
        "B0009: block 6, instruction 3 (find): it does not stand in its rule's loops");
  BundleTables tables = sample();
  const std::uint32_t users = add_constant(tables, kUsers, {Word{2} << 62 | Word{3} << 32 | 2});
  tables.policies[kTexts].constants = users;
  tables.policies[kTexts].constant_count = 1;
  const auto each = instruction(Op::Each, {.dst = bound(1), .a = constant(0), .b = 1, .imm = 1, .t = 2, .f = 2});
  replace(tables, kUnknown, {each, kFind_, kEnd_});
  CHECK(verdict_on(tables) == "B0009: block 6, instruction 1 (find): its loops run over other elements than its rule");
}

TEST_CASE("a block that is the condition of a rule that loops and one that does not") {
  BundleTables tables = sample();
  RuleRecord& rule = tables.rules[kPackagingRule];
  tables.policies[kRestrict].rule_count = 2;  // `packaging` moves to `texts`, beside `unknown`
  tables.policies[kTexts].first_rule = 4;
  tables.policies[kTexts].rule_count = 2;
  rule.policy = kTexts;
  rule.condition = kUnknown;
  CHECK(verdict_on(tables) == "B0008: Blocks 6: it is the condition of two rules, one of them a `for each`");
}

TEST_CASE("cost: each instruction once, those of a loop once for each element there can be") {
  const auto file = write_bundle(sample());
  std::vector<Word> memory(file.size() / sizeof(Word) + 1);
  std::copy(file.begin(), file.end(), reinterpret_cast<std::byte*>(memory.data()));
  BundleView view;
  std::vector<DecisionBounds> bounds;
  REQUIRE_FALSE(verify({reinterpret_cast<const std::byte*>(memory.data()), file.size()}, view, bounds));
  CHECK(bounds[0].instructions == 7 + 1 + 5 + 3 + 3 + (2 + 100 * 3));
  CHECK(bounds[0].exempts == 1);
  CHECK(bounds[0].lifted == 3 + 1);
}
