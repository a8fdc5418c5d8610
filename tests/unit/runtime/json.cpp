#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "input_tree.h"

using namespace bylaw;

namespace {

/// Prints a tree back, so that a test can compare what was read.
std::string print(const Arena& arena, InputId id) {
  const InputNode& input = node(arena, id);
  std::string out;
  switch (input.kind()) {
    case InputKind::Null: return "null";
    case InputKind::False: return "false";
    case InputKind::True: return "true";
    case InputKind::Number: return std::string(input.view());
    case InputKind::Text: return '<' + std::string(input.view()) + '>';
    case InputKind::Array:
      for (InputId e = input.first; e != kNone; e = node(arena, e).next) out += print(arena, e) + ' ';
      return '[' + out + std::to_string(input.size()) + ']';
    case InputKind::Object:
      for (InputId e = input.first; e != kNone; e = node(arena, e).next) out += print(arena, e) + ' ';
      return '{' + out + std::to_string(input.size()) + '}';
    case InputKind::Int:
    case InputKind::Time:
    case InputKind::Duration:
    case InputKind::Decimal: break;
  }
  return "?";
}

struct Reading {
  std::vector<Word> memory;
  Arena arena;
  std::vector<char> path = std::vector<char>(512);
  TextFault fault{format::Code::OverLimit, {}};
  InputId root;

  explicit Reading(std::string_view text, const Limits& limits = {}, std::size_t words = 1 << 16)
      : memory(words), arena{memory.data(), static_cast<std::uint32_t>(words), 0, false} {
    root = read_json_tree(text, limits, arena, path, fault);
  }

  std::string result() const {
    if (root != kNone) return print(arena, root);
    if (fault.what.empty() && fault.path.empty()) return "full";
    const std::string code(format::info(fault.code).code);
    if (fault.code == format::Code::KeyTwice) return code + ' ' + std::string(fault.path);
    if (fault.code == format::Code::NotJson) return code + " at " + std::to_string(fault.at);
    return code + ' ' + std::to_string(fault.limit);
  }
};

struct JsonCase {
  std::string text;
  std::string result;
};

const JsonCase kCases[] = {
    {"null", "null"},
    {" true ", "true"},
    {"[]", "[0]"},
    {"{}", "{0}"},
    {"[1, -2.5e+3, \"a\", [false]]", "[1 -2.5e+3 <a> [false 1] 4]"},
    {R"({"a": {"b": [1]}, "c": null})", "{<a> {<b> [1 1] 1} <c> null 2}"},
    {R"("\"\\\/\b\f\n\r\t\u0041\u00e4\u20ac\ud83d\ude00")", "<\"\\/\b\f\n\r\tA\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80>"},
    {"\"\xc3\xa4\"", "<\xc3\xa4>"},
    {"-0", "-0"},
    {"123456789012345678901234567890", "123456789012345678901234567890"},
    // syntax
    {"", "R0001 at 0"},
    {"  ", "R0001 at 2"},
    {"nul", "R0001 at 0"},
    {"nulll", "R0001 at 4"},
    {"01", "R0001 at 2"},
    {"-", "R0001 at 1"},
    {"1.", "R0001 at 2"},
    {"1e", "R0001 at 2"},
    {".5", "R0001 at 0"},
    {"+1", "R0001 at 0"},
    {"NaN", "R0001 at 0"},
    {"[1,]", "R0001 at 3"},
    {"[1 2]", "R0001 at 3"},
    {"[", "R0001 at 1"},
    {"]", "R0001 at 0"},
    {"{\"a\":1,}", "R0001 at 7"},
    {"{a:1}", "R0001 at 1"},
    {"{\"a\" 1}", "R0001 at 5"},
    {"{\"a\":1 \"b\":2}", "R0001 at 7"},
    {"{} {}", "R0001 at 3"},
    {"'a'", "R0001 at 0"},
    {"// c\n1", "R0001 at 0"},
    {"\xef\xbb\xbf{}", "R0001 at 0"},
    // texts
    {"\"abc", "R0001 at 0"},
    {"\"abc\\\"", "R0001 at 0"},
    {"\"a\nb\"", "R0001 at 2"},
    {"\"\\x41\"", "R0001 at 1"},
    {"\"\\u12g4\"", "R0001 at 1"},
    {"\"\\u0000\"", "R0001 at 1"},
    {"\"a\\ud800\"", "R0001 at 2"},
    {"\"\\udc00\"", "R0001 at 1"},
    {"\"\\ud800\\ud800\"", "R0001 at 1"},
    {std::string("\"a\0b\"", 5), "R0001 at 2"},
    {"\"\xff\"", "R0001 at 1"},
    {"\"\xed\xa0\x80\"", "R0001 at 1"},
    {"\"\xc0\x80\"", "R0001 at 1"},
    // keys that stand twice: the least path is told, whatever the order
    {R"({"a":1,"a":2})", "R0002 a"},
    {R"({"b":1,"b":1,"a":1,"a":1})", "R0002 a"},
    {R"({"x":{"b":1,"b":1},"c":{"a":1,"a":1}})", "R0002 c.a"},
    {R"({"a":1,"\u0061":2})", "R0002 a"},
    {R"({"x":[{"y":1},{"z":1,"z":2}]})", "R0002 x[1].z"},
    {R"({"x y":{"q\"":1,"q\"":1}})", R"(R0002 ["x y"]["q\""])"},
    {R"({"a":{"x":1,"x":2},"a":1})", "R0002 a"},
};

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string many_keys(std::size_t count, std::string_view last) {
  std::string out = "{";
  for (std::size_t i = 0; i < count; ++i) out += "\"k" + std::to_string(i) + "\":1,";
  return out + "\"" + std::string(last) + "\":1}";
}

}  // namespace

TEST_CASE("strict JSON") {
  for (const JsonCase& c : kCases) {
    CAPTURE(c.text);
    CHECK(Reading(c.text).result() == c.result);
  }
}

TEST_CASE("every control character in a text is refused") {
  for (char c = 1; c < 0x20; ++c) {
    const std::string text{'"', c, '"'};
    CHECK(Reading(text).result() == "R0001 at 1");
  }
}

TEST_CASE("depth is limited, and costs no stack") {
  CHECK(Reading(repeat("[", 64) + repeat("]", 64)).root != kNone);
  CHECK(Reading(repeat("[", 65) + repeat("]", 65)).result() == "R0003 64");
  CHECK(Reading(repeat("{\"a\":", 64) + "1" + repeat("}", 64)).root != kNone);
  CHECK(Reading(repeat("{\"a\":[", 100000)).result() == "R0003 64");
  CHECK(Reading("[[[]]]", {.depth = 2}).result() == "R0003 2");
  CHECK(Reading(repeat("[]", 100000)).result() == "R0001 at 2");
}

TEST_CASE("the first mistake of syntax or depth in the text is told before any limit") {
  CHECK(Reading("[1,1,1,1,x]", {.elements = 2}).result() == "R0001 at 9");
  CHECK(Reading("[1,1,1,1]", {.elements = 3}).result() == "R0003 3");
  CHECK(Reading("[[1,1],[1,1]]", {.elements = 6}).root != kNone);
  CHECK(Reading("[[1,1],[1,1]]", {.elements = 5}).result() == "R0003 5");
  CHECK(Reading("[1,1]", {.text_bytes = 4}).result() == "R0003 4");
  CHECK(Reading("not JSON at all", {.text_bytes = 4}).result() == "R0003 4");
}

TEST_CASE("a full arena is told after syntax and repeated keys") {
  CHECK(Reading("[1,1,1,1,1,1]", {}, 8).result() == "full");
  CHECK(Reading("[1,1,1,1,1,x]", {}, 8).result() == "R0001 at 11");
  CHECK(Reading(R"([1,1,1,1,1,{"b":1,"a":2,"b":3}])", {}, 8).result() == "R0002 [5].b");
  CHECK(Reading(many_keys(8000, "k7777"), {}, 8).result() == "R0002 k7777");
  CHECK(Reading(many_keys(8000, "new"), {}, 8).result() == "full");
  CHECK(Reading(many_keys(80000, "k77777")).result() == "R0002 k77777");
  CHECK(Reading(many_keys(80000, "new")).result() == "full");
}

TEST_CASE("objects of every size are searched for repeated keys") {
  for (const std::size_t count : {1, 7, 8, 9, 100, 2047, 2048, 5000}) {
    CAPTURE(count);
    CHECK(Reading(many_keys(count, "k0")).result() == "R0002 k0");
    CHECK(Reading(many_keys(count, "k")).root != kNone);
  }
}

TEST_CASE("garbage of any size fails fast") {
  const std::string garbage(100 << 20, '{');
  CHECK(Reading(garbage).result() == "R0003 1048576");
  CHECK(Reading(std::string_view(garbage).substr(0, 1 << 20)).result() == "R0001 at 1");
  CHECK(Reading(std::string(1 << 20, '9')).root != kNone);
}
