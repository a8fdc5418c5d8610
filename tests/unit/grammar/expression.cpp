#include <doctest/doctest.h>

#include "unit/grammar/parsed.h"

namespace bylaw::grammar {
namespace {

NodeRef expression_of(const Parsed& parsed) {
  for (const NodeRef child : parsed.root().child(NodeKind::ConstDecl).children()) {
    if (is_expression(child.kind())) return child;
  }
  return {};
}

TEST_CASE("operators bind by the one table") {
  const struct {
    const char* written;
    const char* read;
  } cases[] = {
      {"a or b or c", "(or (or a b) c)"},
      {"a and b and c and d", "(and (and a b) (and c d))"},
      {"not a and b", "(and (not a) b)"},
      {"not a in b", "(not (in a b))"},
      {"not not a == b", "(not (not (== a b)))"},
      {"a and not b == c", "(and a (not (== b c)))"},
      {"a + b - c", "(- (+ a b) c)"},
      {"a - b * c + d", "(+ (- a (* b c)) d)"},
      {"a * b * c", "(* (* a b) c)"},
      {"-a.b + -c", "(+ (- (Select a b)) (- c))"},
      {"- - a", "(- (- a))"},
      {"a ?? b ?? c",
       "(?"
       "? a (?"
       "? b c))"},
      {"x > a ?? b",
       "(> x (?"
       "? a b))"},
      {"x in 1..n ?? 3",
       "(in x (.. 1 (?"
       "? n 3)))"},
      {"a ?? b + c",
       "(?"
       "? a (+ b c))"},
      {"a not in b", "(not in a b)"},
      {"a directly in b", "(directly in a b)"},
      {"a within b and c overlaps d", "(and (within a b) (overlaps c d))"},
      {"a is set and b is unset", "(and (IsSet a) (IsUnset b))"},
      {"not a.b is empty", "(not (IsEmpty (Select a b)))"},
      {"a is unknown", "(IsUnknown a)"},
      {"a is A | b.C", "(IsType a (Path A) (Path b C))"},
      {"any x in xs: x == 1", "(AnyOf (Binder x xs) (== x 1))"},
      {"a and any x in xs: b and c", "(and a (AnyOf (Binder x xs) (and b c)))"},
      {"all x in xs, y in x.ys: y", "(AllOf (Binder x xs) (Binder y (Select x ys)) y)"},
      {"if a then b else if c then d else e + 1", "(If a b (If c d (+ e 1)))"},
      {"not if a then b else c", "(not (If a b c))"},
      {"a.b[c].d", "(Select (Index (Select a b) c) d)"},
      {"f(a, b)(", "(Call (Path f) a b)"},
      {"a.f(b).c", "(Select (Call (Path a f) b) c)"},
      {"User::\"x\".y", "(Select (EntityLiteral (Path User) \"x\") y)"},
      {"(a or b) and c", "(and (Paren (or a b)) c)"},
      {"{a, b}", "(Brace (Entry a) (Entry b))"},
      {"{a: b, \"c\": d}", "(Brace (Entry a b) (Entry \"c\" d))"},
      {"{in: b}", "(Brace (Entry in b))"},
      {"{x.y for x in xs where x.z}", "(BraceComprehension (Entry (Select x y)) (Binder x xs) (Where (Select x z)))"},
      {"[x for x in xs]", "(BracketComprehension x (Binder x xs))"},
      {"[a, b,]", "(Bracket a b)"},
      {"[]", "[]"},
      {"a.in.deny.because", "(Select (Select (Select a in) deny) because)"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.written));
    const Parsed parsed = parsed_expression(c.written);
    CHECK(folded(expression_of(parsed)) == c.read);
    if (std::string_view(c.written).find(")(") == std::string_view::npos) CHECK(parsed.codes().empty());
  }
}

TEST_CASE("what has no single reading is told") {
  const struct {
    const char* written;
    const char* codes;
  } cases[] = {
      {"a and b or c", "E0048"},
      {"a or b and c", "E0048"},
      {"(a or b) and c", ""},
      {"a and any x in xs: b or c", "E0048"},
      {"a or if b then c else d and e", "E0048"},
      {"a and (any x in xs: b or c)", ""},
      {"a and any x in xs: b or c and d", "E0048"},
      {"any x in xs: b or c", ""},
      {"a < b < c", "E0046"},
      {"a == b != c", "E0046"},
      {"a is set is set", "E0046"},
      {"a in b is set", "E0046"},
      {"a..b..c", "E0046"},
      {"(a < b) == c", ""},
      {"a == not b", "E0047"},
      {"- not b", "E0047"},
      {"a and not b", ""},
      {"a = b", "E0037"},
      {"a ==", "E0022"},
      {"a is not set", "E0039"},
      {"a not within b", "E0038"},
      {"a?.b", "E0036"},
      {"any x: b", "E0021"},
      {"if a then b", "E0022"},
      {"f(a, b", "E0025"},
      {"(a", "E0025"},
      {"[a b]", "E0024"},
      {"a adn b", "E0023"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.written));
    CHECK(parsed_expression(c.written).codes() == c.codes);
  }
}

}  // namespace
}  // namespace bylaw::grammar
