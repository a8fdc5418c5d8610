#include "format/codes.h"

#include <doctest/doctest.h>

#include <array>

using namespace bylaw::format;

TEST_CASE("a code's text takes its arguments by name") {
  CHECK(text(Code::KeyTwice, {{"key", "scopes"}}) == "the key `scopes` stands here twice");
  CHECK(text(Code::NotJson, {{"line", "2"}, {"column", "7"}, {"what", "a value is missing"}}) ==
        "not JSON: a value is missing at line 2, column 7");
}

TEST_CASE("a text that does not fit is cut between characters") {
  std::array<char, 12> out{};
  CHECK(write_text(Code::KeyTwice, {{"key", "x"}}, out) == "the key `x` ");
  CHECK(write_text(Code::KeyTwice, {{"key", "a\xc3\xa4\xc3\xa4"}}, out) == "the key `a\xc3\xa4");
}

TEST_CASE("codes are R or B and four digits, texts follow the house style") {
  for (const CodeInfo& code : kCodes) {
    CAPTURE(code.name);
    CHECK(code.code.size() == 5);
    CHECK((code.code[0] == 'R' || code.code[0] == 'B'));
    CHECK(code.text.back() != '.');
  }
}
