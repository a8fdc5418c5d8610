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

TEST_CASE("a part of a text is written where a text stands, and read as a text alone") {
  const Instruction hold = instruction(Op::Hold), end = instruction(Op::End);
  const auto part = [](std::uint16_t dst, std::uint16_t a, std::uint16_t b, std::uint32_t imm, std::uint16_t f) {
    return instruction(Op::Part, {.dst = dst, .a = a, .b = b, .imm = imm, .t = 1, .f = f});
  };
  const auto test = [](Op op, std::uint16_t a, std::uint16_t b, std::uint32_t imm) {
    return instruction(op, {.a = a, .b = b, .imm = imm, .t = 1, .f = 2});
  };
  const std::uint16_t text = constant(0), there = reg(0);
  const auto verdict = [&](const Instruction& first, const Instruction& second) {
    return verdict_on_code({first, second, hold, end});
  };
  const Instruction known = part(there, text, text, 0, 3);
  const auto second = [](const std::string& op, const std::string& what) {
    return "B0009: block 0, instruction 1 (" + op + "): " + what;
  };
  CHECK(verdict(known, test(Op::EqFolded, there, text, 0)) == "fine");
  CHECK(verdict(known, test(Op::Prefix, text, there, 0)) == "fine");
  CHECK(verdict(part(there, text, text, kTextParts * kTextModes * kTextModes - 1, 3),
                test(Op::EqFolded, there, there, 8)) == "fine");
  CHECK(verdict(part(there, text, text, kTextParts * kTextModes * kTextModes, 3), end) ==
        in_first(Op::Part, "there is no such part of a text"));
  CHECK(verdict(part(there, kNowSlot, text, 0, 3), end) == in_first(Op::Part, "it reads a value of another class"));
  CHECK(verdict(part(there, text, kNowSlot, 0, 3), end) == in_first(Op::Part, "it reads a value of another class"));
  CHECK(verdict(part(reg(63), text, text, 0, 3), end) == in_first(Op::Part, "its result goes beyond the registers"));
  CHECK(verdict(part(text, text, text, 0, 3), end) == in_first(Op::Part, "its result goes beyond the registers"));

  // Where it is absent, and beside its first word, there is none.
  CHECK(verdict(part(there, text, text, 0, 1), test(Op::EqFolded, there, text, 0)) ==
        second("eq_folded", "it reads what is not there"));
  CHECK(verdict(known, test(Op::EqFolded, reg(1), text, 0)) == second("eq_folded", "it reads what is not there"));

  // It is no text that is kept, nor a value of another kind.
  CHECK(verdict(known, test(Op::Eq, there, text, 0)) == second("eq", "it reads no single word"));
  CHECK(verdict(known, test(Op::Eq2, there, there, 2)) == second("eq2", "it reads no value of several words"));
  CHECK(verdict(known, test(Op::Lt, there, there, 0)) == second("lt", "it reads no number"));
  CHECK(verdict(known, test(Op::Has, there, constant(1), 0)) == second("has", "it reads no single word"));
  CHECK(verdict(known, test(Op::HasFolded, text, there, 0)) ==
        second("has_folded", "it reads a value of another class"));

  const Instruction copied = instruction(Op::Move, {.dst = reg(2), .a = there, .imm = 2, .t = 1});
  CHECK(verdict_on_code({part(there, text, text, 0, 4), copied, test(Op::EqFolded, reg(2), there, 0), hold, end}) ==
        "fine");
  CHECK(verdict_on_code({part(there, text, text, 0, 4),
                         instruction(Op::Move, {.dst = reg(2), .a = there, .imm = 1, .t = 1}),
                         test(Op::EqFolded, reg(2), there, 0), hold, end}) ==
        second("move", "its value has another number of words"));

  const Instruction whole = instruction(Op::Whole, {.dst = there, .a = text, .imm = 2, .t = 1});
  CHECK(verdict(whole, test(Op::EqFolded, there, there, 0)) == "fine");
  CHECK(verdict(instruction(Op::Whole, {.dst = there, .a = kLifeSlot, .imm = 2, .t = 1}), end) ==
        in_first(Op::Whole, "it reads a value of another class"));
  CHECK(verdict(instruction(Op::Whole, {.dst = reg(63), .a = text, .imm = 2, .t = 1}), end) ==
        in_first(Op::Whole, "its result goes beyond the registers"));
  // Half of it overwritten is none.
  CHECK(verdict_on_code({whole, instruction(Op::Whole, {.dst = reg(1), .a = text, .imm = 2, .t = 1}),
                         test(Op::EqFolded, there, text, 0), hold, end}) ==
        "B0009: block 0, instruction 2 (eq_folded): it reads what is not there");
}

TEST_CASE("a text is put together of parts and digits that stand where `join` looks") {
  const Instruction hold = instruction(Op::Hold), end = instruction(Op::End);
  const std::uint16_t text = constant(0);
  const auto whole = [&](unsigned dst, std::uint16_t from, std::uint32_t words) {
    return instruction(Op::Whole, {.dst = reg(dst), .a = from, .imm = words, .t = 1});
  };
  const auto join = [](unsigned dst, std::uint32_t count) {
    return instruction(Op::Join, {.dst = reg(dst), .imm = count, .t = 1});
  };
  const auto same = [&](std::uint16_t a) { return instruction(Op::EqFolded, {.a = a, .b = text, .t = 1, .f = 2}); };
  const auto verdict = [&](std::vector<Instruction> code) {
    code.insert(code.end(), {hold, end});
    return verdict_on_code(code);
  };
  const auto at = [](int index, const std::string& op, const std::string& what) {
    return "B0009: block 0, instruction " + std::to_string(index) + " (" + op + "): " + what;
  };
  const Instruction first = whole(2, text, 2), second = whole(4, text, 2);
  CHECK(verdict({first, second, join(0, 2), same(reg(0))}) == "fine");
  CHECK(verdict({first, join(0, 2), same(reg(0))}) == at(1, "join", "one of its pieces is no part"));
  CHECK(verdict({first, second, join(0, 0), same(reg(0))}) == at(2, "join", "it puts together none or too many"));
  CHECK(verdict({first, second, join(0, kMostPieces + 1), same(reg(0))}) ==
        at(2, "join", "it puts together none or too many"));
  CHECK(verdict({first, join(62, 1), same(reg(0))}) == at(1, "join", "its result goes beyond the registers"));
  CHECK(verdict({first, second, join(1, 2), same(reg(0))}) == at(2, "join", "one of its pieces is no part"));

  // What is put together is no piece, and has its size.
  CHECK(verdict({first, join(0, 1), whole(8, reg(0), 4), join(6, 1), same(reg(6))}) ==
        at(3, "join", "one of its pieces is no part"));
  CHECK(verdict({first, second, join(0, 2), whole(10, reg(0), 4), same(reg(10))}) ==
        at(3, "whole", "its part has more words"));
  CHECK(verdict({first, second, join(0, 2), whole(10, reg(0), 6), same(reg(10))}) == "fine");
  CHECK(verdict({whole(0, text, 1), same(reg(0))}) == at(0, "whole", "its part has another number of words"));
  CHECK(verdict({whole(0, text, words_of_pieces(kMostPieces) + 1), same(reg(0))}) ==
        at(0, "whole", "its part has another number of words"));
  const Instruction part = instruction(Op::Part, {.dst = reg(60), .a = reg(0), .b = text, .t = 1, .f = 1});
  CHECK(verdict({first, second, join(0, 2), part, same(reg(0))}) ==
        at(3, "part", "its result goes beyond the registers"));
  const Instruction inside = instruction(Op::Part, {.dst = reg(10), .a = reg(0), .b = text, .t = 1, .f = 2});
  CHECK(verdict({first, second, join(0, 2), inside, same(reg(10))}) == "fine");

  // Digits are a piece, and nothing else; so are what a member and an entity give.
  const auto from = [&](Op op, std::uint16_t a, std::uint32_t imm) {
    return instruction(op, {.dst = reg(2), .a = a, .imm = imm, .t = 1});
  };
  const Instruction length = instruction(Op::Length, {.dst = reg(9), .a = text, .t = 1});
  const std::uint16_t action = request(kSample, kActionField), user = request(kSample, kUserField);
  CHECK(verdict({length, from(Op::Digits, reg(9), 0), join(0, 1), same(reg(0))}) == "fine");
  CHECK(verdict({length, from(Op::Digits, reg(9), 0), same(reg(2))}) ==
        at(2, "eq_folded", "it reads a value of another class"));
  CHECK(verdict({from(Op::Digits, kLifeSlot, 0), same(reg(2))}) ==
        at(0, "digits", "it reads a value of another class"));
  CHECK(verdict({from(Op::Id, user, 0), join(0, 1), same(reg(0))}) == "fine");
  CHECK(verdict({from(Op::Id, text, 0), same(reg(2))}) == at(0, "id", "it reads a value of another class"));
  CHECK(verdict({from(Op::Spelling, action, 0), join(0, 1), same(reg(0))}) == "fine");
  CHECK(verdict({from(Op::Spelling, action, 1), same(reg(2))}) ==
        at(0, "spelling", "it reads a member or mask of another enum"));
  CHECK(verdict({from(Op::Spelling, user, 0), same(reg(2))}) == at(0, "spelling", "it reads a value of another class"));
}

TEST_CASE("an integer that a text writes is an Int, where there is one") {
  const Instruction hold = instruction(Op::Hold), end = instruction(Op::End);
  const auto integer = [](std::uint16_t a, std::uint16_t f) {
    return instruction(Op::Integer, {.dst = reg(0), .a = a, .t = 1, .f = f});
  };
  const Instruction less = instruction(Op::Lt, {.a = reg(0), .b = reg(0), .t = 1, .f = 2});
  CHECK(verdict_on_code({integer(constant(0), 3), less, hold, end}) == "fine");
  CHECK(verdict_on_code({integer(constant(0), 1), less, hold, end}) ==
        "B0009: block 0, instruction 1 (lt): it reads what is not there");
  CHECK(verdict_on_code({integer(kLifeSlot, 1), end}) == in_first(Op::Integer, "it reads a value of another class"));
}

TEST_CASE("a block of kind Text gives a text or a part, to messages alone") {
  const std::uint16_t text = constant(0);
  const auto given = [&](BlockKind kind, std::uint16_t value, bool first_part) {
    BundleTables tables = sample();
    const std::uint32_t place = add_constant(tables, kText, {symbol(tables, "ana")});
    add_constant(tables, kUsers, {Word{2} << 62});
    tables.policies[kLife].constants = place;
    tables.policies[kLife].constant_count = 2;
    replace(tables, kTooLong, {instruction(Op::End)});
    replace(tables, kCap, {instruction(Op::Give, {.a = kLifeSlot})});
    const std::uint32_t printed = tables.message_parts[0].value;
    const Instruction part = instruction(Op::Part, {.dst = reg(0), .a = text, .b = text, .t = 1, .f = 1});
    const Instruction whole = instruction(Op::Whole, {.dst = reg(0), .a = text, .imm = 2, .t = 1});
    replace(tables, printed, {first_part ? part : whole, instruction(Op::Give, {.a = value})});
    tables.blocks[printed].kind = kind;
    if (kind == BlockKind::Text) tables.blocks[printed].type = kNone;
    return verdict_on(tables);
  };
  CHECK(given(BlockKind::Text, text, false) == "fine");
  CHECK(given(BlockKind::Text, reg(0), false) == "fine");
  const std::string refused =
      "B0009: block " + std::to_string(sample().message_parts[0].value) + ", instruction 1 (give): ";
  CHECK(given(BlockKind::Text, reg(0), true) == refused + "it reads what is not there");
  CHECK(given(BlockKind::Text, kLifeSlot, false) == refused + "it gives no text");
  CHECK(given(BlockKind::Value, reg(0), false) == refused + "its value is of another type than its block");
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
