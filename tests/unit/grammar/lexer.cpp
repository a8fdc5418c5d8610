#include <doctest/doctest.h>

#include "unit/grammar/parsed.h"

namespace bylaw::grammar {
namespace {

std::string kinds_of(const std::string& bytes) {
  static constexpr const char* kNames[] = {
#define BYLAW_TOKEN(name, text) #name,
#define BYLAW_KEYWORD(name, text, reserved) #name,
#include <bylaw/grammar/keywords.def>
#undef BYLAW_KEYWORD
#undef BYLAW_TOKEN
  };
  const Parsed parsed(bytes);
  std::string text;
  for (const Token& token : parsed.tree.tokens) {
    if (token.kind == TokenKind::EndOfFile) continue;
    text += (text.empty() ? "" : " ") + std::string(kNames[static_cast<std::size_t>(token.kind)]);
  }
  return text;
}

TEST_CASE("bytes become tokens") {
  const struct {
    const char* bytes;
    const char* kinds;
  } cases[] = {
      {"", ""},
      {"  \t\r\n", ""},
      {"// a comment\n//// another", ""},
      {"/// a\n/// b", "Doc Doc"},
      {"a _b c1", "Identifier Identifier Identifier"},
      {"Set set sets", "SetOf Set Identifier"},
      {"policy deny in", "Policy Deny In"},
      {"0 7 1_000 10", "Int Int Int Int"},
      {"007 0_1 12abc 1d2", "Bad Bad Bad Bad"},
      {"1.5 0.0001 1.23456", "Decimal Decimal Decimal"},
      {"80..443", "Int DotDot Int"},
      {"1.x 1.", "Int Dot Identifier Int Dot"},
      {"30d 1d12h 5ms 5m 7us 1w2d3h4m5s6ms7us", "Duration Duration Duration Duration Duration Duration"},
      {"2026-01-31 2026-01-31T09:00:00Z 2026-01-31T09:00:00.5+01:00", "Date DateTime DateTime"},
      {"2026-1-5", "Int Minus Int Minus Int"},
      {"2026-01-31x 2026-01-31T09:00", "Bad Bad"},
      {"\"\" \"a\\\"b\" \"\\u{1F512}\"", "String String String"},
      {"glob\"a\" re\"\\d\" ip\"\" cidr\"x\" v\"1\" versions\">1\"",
       "Prefixed Prefixed Prefixed Prefixed Prefixed Prefixed"},
      {"glob \"a\"", "Identifier String"},
      {"because\"a\"", "Because String"},
      {"because \"a {b} c\"",
       "Because MessageBegin MessageText InterpolationBegin Identifier InterpolationEnd MessageText MessageEnd"},
      {"because \"{b}{c}\"",
       "Because MessageBegin InterpolationBegin Identifier InterpolationEnd InterpolationBegin Identifier "
       "InterpolationEnd MessageEnd"},
      {"because \"{ {a} }\"",
       "Because MessageBegin InterpolationBegin LeftBrace Identifier RightBrace InterpolationEnd MessageEnd"},
      {"because \"{\"x\"}\"", "Because MessageBegin InterpolationBegin String InterpolationEnd MessageEnd"},
      {"because \"\\{a}\"", "Because String"},
      {"because \"{a\n b", "Because MessageBegin InterpolationBegin Identifier InterpolationEnd MessageEnd Identifier"},
      {"\"{a}\"", "MessageBegin InterpolationBegin Identifier InterpolationEnd MessageEnd"},
      {"\"{a\"", "String"},
      {"{ } ( ) [ ] , . .. : :: ? ?"
       "?",
       "LeftBrace RightBrace LeftParen RightParen LeftBracket RightBracket Comma Dot DotDot Colon ColonColon Question "
       "QuestionQuestion"},
      {"= == != < <= > >= + - * | @",
       "Assign EqualEqual NotEqual Less LessEqual Greater GreaterEqual Plus Minus Star Bar At"},
      {"Set<Set<A>>", "SetOf Less SetOf Less Identifier Greater Greater"},
      {"&& || ! & === !== <> =< => := ->",
       "And Or Not And EqualEqual NotEqual NotEqual LessEqual GreaterEqual Assign Colon"},
      {"a; b", "Identifier Identifier"},
      {"# a comment", ""},
      {"a /* b\n c */ d", "Identifier Identifier"},
      {"'a'", "String"},
      {"a $ \xC3\xA9 b", "Identifier Bad Bad Identifier"},
      {"a \xFF b", "Identifier Bad Identifier"},
      {"\xEF\xBB\xBF"
       "a",
       "Identifier"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.bytes));
    CHECK(kinds_of(c.bytes) == c.kinds);
  }
}

TEST_CASE("texts mean what their escapes say") {
  const struct {
    const char* written;
    const char* meant;
  } cases[] = {
      {"\"\"", ""},
      {"\"a b\"", "a b"},
      {"\"\\n\\t\\\"\\\\\\{\"", "\n\t\"\\{"},
      {"\"\\u{41}\\u{e4}\\u{20AC}\\u{1F512}\"", "A\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x92"},
  };
  for (const auto& c : cases) {
    const Parsed parsed = parsed_expression(c.written);
    CHECK(parsed.codes().empty());
    CHECK(string_value(parsed.root().child(NodeKind::ConstDecl).child(NodeKind::StringLiteral)) == c.meant);
  }
  const Parsed pattern = parsed_expression("re\"^\\d+\\.\"");
  CHECK(prefixed_value(pattern.root().child(NodeKind::ConstDecl).expression()).empty());  // the type comes first
  CHECK(prefixed_value(pattern.root().child(NodeKind::ConstDecl).child(NodeKind::PrefixedLiteral)) == "^\\d+\\.");
}

TEST_CASE("documentation is its text") {
  const Parsed parsed("module m\n/// One.\n// not this\n///  Two.\r\n///\nenum E { a }\n");
  CHECK(parsed.codes().empty());
  CHECK(doc_text(parsed.root().child(NodeKind::EnumDecl).child(NodeKind::Doc)) == "One.\n Two.\n");
}

TEST_CASE("dates are those of the calendar") {
  const struct {
    const char* written;
    const char* codes;
  } cases[] = {
      {"2024-02-29", ""},
      {"2026-02-29", "E0017"},
      {"1900-02-29", "E0017"},
      {"2000-02-29", ""},
      {"2026-04-31", "E0017"},
      {"2026-00-01", "E0017"},
      {"2026-12-32", "E0017"},
      {"0000-01-01", "E0017"},
      {"2026-12-31T23:59:59Z", ""},
      {"2026-12-31T24:00:00Z", "E0018"},
      {"2026-12-31T23:60:00Z", "E0018"},
      {"2026-12-31T23:59:60Z", "E0018"},
      {"2026-12-31T23:59:59+24:00", "E0018"},
      {"2026-12-31T23:59:59.123456Z", ""},
      {"2026-12-31T23:59:59.1234567Z", "E0018"},
      {"1d1d", "E0016"},
      {"1h1d", "E0016"},
      {"1ms1us", ""},
      {"1us1ms", "E0016"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.written));
    CHECK(parsed_expression(c.written).codes() == c.codes);
  }
}

TEST_CASE("a file that is too large or no text ends at once") {
  CHECK(Parsed(std::string((std::size_t{16} << 20U) + 1, 'x')).codes() == "E0001");
  CHECK(Parsed(std::string(100000, '\0')).codes() == "E0002");
  CHECK(Parsed(std::string("module m\n// \xFF \xFF \xFF\n")).codes() == "E0003");
  CHECK(Parsed(std::string("module m\nconst x: String = \"\xE2\x80\xAE\"\n")).codes() == "E0004");
}

}  // namespace
}  // namespace bylaw::grammar
