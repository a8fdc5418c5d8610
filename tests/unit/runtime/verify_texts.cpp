// The instructions that read texts, and messages that print them read; see verify_cases.h.
#include <doctest/doctest.h>

#include "format/text_reading.h"
#include "verify_cases.h"

using namespace bylaw;
using namespace bylaw::test;
using namespace bylaw::format;

namespace {

const BundleTables kSample = sample();
const std::uint16_t kNowSlot = request(kSample, kNowField), kLifeSlot = request(kSample, kLifeField),
                    kScopesSlot = request(kSample, kScopesField);

/// The rule `too_long` asks this of the constants: 0 is a text, 1 a set of entities.
std::string verdict_on_code(const std::vector<Instruction>& code) {
  BundleTables tables = sample();
  const std::uint32_t text = add_constant(tables, kText, {symbol(tables, "ana")});
  add_constant(tables, kUsers, {Word{2} << 62});
  tables.policies[kLife].constants = text;
  tables.policies[kLife].constant_count = 2;
  replace(tables, kTooLong, code);
  replace(tables, kCap, {instruction(Op::Give, {.a = kLifeSlot})});
  return verdict_on(tables);
}

std::string test_of(Op op, std::uint16_t a, std::uint16_t b, std::uint32_t imm) {
  return verdict_on_code(
      {instruction(op, {.a = a, .b = b, .imm = imm, .t = 1, .f = 2}), instruction(Op::Hold), instruction(Op::End)});
}

std::string in_first(Op op, const std::string& what) {
  return "B0009: block 0, instruction 0 (" + std::string(info(op).name) + "): " + what;
}

}  // namespace

TEST_CASE("tests of texts take texts, and ways to read that there are") {
  for (const Op op : {Op::Prefix, Op::Suffix, Op::Contains, Op::EqFolded}) {
    CHECK(test_of(op, constant(0), constant(0), text_modes(TextMode::Fold, TextMode::Lower)) == "fine");
    CHECK(test_of(op, constant(0), kNowSlot, 0) == in_first(op, "it reads a value of another class"));
    CHECK(test_of(op, kNowSlot, constant(0), 0) == in_first(op, "it reads a value of another class"));
    CHECK(test_of(op, constant(0), constant(0), 9) == in_first(op, "its way to read two texts is not known"));
  }
  CHECK(test_of(Op::HasFolded, constant(0), constant(1), 1) ==
        in_first(Op::HasFolded, "its elements are of another class"));
  CHECK(test_of(Op::HasFolded, constant(0), kScopesSlot, 1) ==
        in_first(Op::HasFolded, "it reads a value of another class"));
  CHECK(test_of(Op::HasFolded, constant(1), constant(1), 1) ==
        in_first(Op::HasFolded, "it reads a value of another class"));
  CHECK(test_of(Op::HasFolded, constant(0), constant(1), 3) ==
        in_first(Op::HasFolded, "its way to read a text is not known"));
}

TEST_CASE("the length of a text is an Int") {
  const auto length = [](std::uint16_t dst, std::uint16_t a) {
    return instruction(Op::Length, {.dst = dst, .a = a, .t = 1});
  };
  const auto compare = [](std::uint16_t b) { return instruction(Op::Lt, {.a = reg(0), .b = b, .t = 1, .f = 2}); };
  const Instruction hold = instruction(Op::Hold), end = instruction(Op::End);
  CHECK(verdict_on_code({length(reg(0), constant(0)), compare(reg(0)), hold, end}) == "fine");
  CHECK(verdict_on_code({length(reg(0), constant(0)), compare(kLifeSlot), hold, end}) ==
        "B0009: block 0, instruction 1 (lt): its operands are of two classes");
  CHECK(verdict_on_code({length(reg(0), kNowSlot), end}) == in_first(Op::Length, "it reads a value of another class"));
  CHECK(verdict_on_code({length(reg(64), constant(0)), end}) ==
        in_first(Op::Length, "its result goes beyond the registers"));
}

TEST_CASE("only a text is printed as it is read") {
  const std::string no_text = "B0008: MessageParts 0: its value is no text that could be read in another way";
  check_all({
      {"a duration", no_text, [](auto& t) { t.message_parts[0].flags = kPartLower; }},
      {"no value", no_text,
       [](auto& t) {
         t.message_parts[0].flags = kPartFold;
         t.message_parts[0].value = kNone;
       }},
      {"a condition", no_text,
       [](auto& t) {
         t.message_parts[0].flags = kPartFold;
         t.message_parts[0].value = kTooLong;
       }},
      {"two ways", "B0008: MessageParts 0: its flags are not known",
       [](auto& t) { t.message_parts[0].flags = kPartLower | kPartFold; }},
  });
}
