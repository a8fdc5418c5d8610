// Modules, imports, what hides what, and the declarations of types and constants.

#include <doctest/doctest.h>

#include "unit/check/checking.h"

namespace grammar = bylaw::grammar;
using bylaw::compiler::Input;
using bylaw::compiler::testing::check_modules;
using bylaw::compiler::testing::check_source;

namespace {

struct Row {
  const char* source;
  const char* codes;
};

void check_rows(const Row* begin, const Row* end) {
  for (const Row* row = begin; row != end; ++row) {
    const auto checked = check_source(row->source);
    CAPTURE(std::string(row->source));
    CAPTURE(checked.rendered());
    CHECK(checked.codes() == std::string(row->codes));
  }
}

}  // namespace

TEST_CASE("names of one module") {
  const Row rows[] = {
      {"const a: Int = 1\nconst b: Int = a", ""},
      {"const a: Int = 1\nconst a: Int = 2", "E0106"},
      {"const a: Int = 1\nrecord a { x: Int }", "E0106"},
      {"const a: Int = 1\ndef a(): Int = 2\nannotation a", ""},  // namespaces of their own
      {"record Time { x: Int }", "E0107"},
      {"const a: Int = b", "E0108"},
      {"const a: Nothing = 1", "E0108"},
      {"const a: Strin = \"x\"", "E0108"},
      {"const a: Int = 1\nconst b: a = 1", "E0523"},
      {"record R { x: Int }\nconst a: Int = R", "E0110"},
      {"const a: Int = 1\ndef f(a: Int): Int = a", "E0111"},
      {"def f(x: Int, x: Int): Int = x", "E0111"},
      {"record R { x: Int }\ndef f(R: Int): Bool = true", "E0111"},
      {"decision x { x: Int  y: Int  default allow }\npolicy y for x { deny y when x > y because \"x\" }", ""},
      {"enum E { a b }\nconst a: Int = 1\ndef f(e: E): Bool = e == a", "E0112"},
      {"enum E { a b }\nconst a: Int = 1\ndef f(e: E): Bool = e == E.a", ""},
      {"enum E { a b }\ndef f(a: E): Bool = a == b", ""},
      {"enum E { a b }\ndef f(a: E, e: E): Bool = e == a", "E0112"},
      {"list l { a: Int } { }", ""},
      {"const a: Decimal = 1.5", ""},
  };
  check_rows(std::begin(rows), std::end(rows));
}

TEST_CASE("enums and scopes") {
  const Row rows[] = {
      {"enum E { a b a }", "E0501"},
      {"enum E { a as \"b\" b }", "E0502"},
      {"enum E { a as \"x\" b as \"x\" }", "E0502"},
      {"enum E { a as \"b\" c as \"a\" }", "E0502"},
      {"enum E { a < b < c }", ""},
      {"enum E { a < b c }", "E0503"},
      {"open enum E { a < b }", "E0504"},
      {"enum E { }", "E0520"},
      {"open enum E { }", ""},
      {"scope S { a b includes a c includes b }", ""},
      {"scope S { a includes x }", "E0505"},
      {"scope S { a includes b b includes a }", "E0506"},
      {"scope S { a includes a }", "E0506"},
      {"scope S { a b includes a, a }", ""},
  };
  check_rows(std::begin(rows), std::end(rows));
}

TEST_CASE("records and entities") {
  const Row rows[] = {
      {"record R { x: Int x: Bool }", "E0507"},
      {"record R { x as \"y\": Int y: Bool }", "E0502"},
      {"record R { in as \"from\": Int }", ""},
      {"record R { x: Int? = 1 }", "E0509"},
      {"record R { x: Int = 1 }", ""},
      {"record R { x: Int = \"a\" }", "E0202"},
      {"record R { x: Duration = 5 }", "E0202"},
      {"record R { xs: Set<Int> = {} ys: List<Int> = [] }", ""},
      {"record R { x: Int inherit min }", "E0518"},
      {"record R { xs: Set<R> }", "E0510"},
      {"record R { r: R }", "E0514"},
      {"record R { rs: List<S> }\nrecord S { r: R? }", "E0514"},
      {"record R { xs: List<Int> max 10 }", ""},
      {"record R { xs: List<Int> max 0 }", "E0513"},
      {"record R { xs: List<Int> max 100000 }", "E0513"},
      {"@secret record R { x: Int }", "E0116"},
      {"record R { @secret x: String }", ""},
      {"record R { @code x: String }", "E0519"},
      {"record R { x: A | Int }\nentity A", "E0512"},
      {"record R { x: A | A }\nentity A", "E0521"},
      {"entity A in B\nentity B in A", ""},
      {"entity A in B, B\nentity B", "E0521"},
      {"entity A in R\nrecord R { x: Int }", "E0110"},
      {"entity A { lineage: Int }", "E0508"},
      {"entity A { in: Int }", "E0508"},
      {"entity A { id as \"ident\": Int }", ""},
      {"entity A { x: Int inherit min }\n", "W0501"},
      {"entity A in B { x: Int inherit min }\nentity B { x: Int? }", ""},
      {"entity A in B { x: Int inherit min }\nentity B in C\nentity C { x: Duration }", "E0517"},
      {"entity A in B { x: Int inherit any }\nentity B { x: Int }", "E0516"},
      {"entity A in B { x: Bool inherit all }\nentity B { x: Bool }", ""},
      {"entity A in B { x: Int inherit best }\nentity B { x: Int }", "E0515"},
      {"entity A in B { x: Int inherit nearest }\nentity B { x: Int }", "E0541"},
      {"entity A\nrecord R { a: A = A::\"x\" }", ""},
      {"entity A { n: Int }\nrecord R { a: A = A::\"x\" }", "E0213"},
  };
  check_rows(std::begin(rows), std::end(rows));
}

TEST_CASE("constants, functions, notes") {
  const Row rows[] = {
      {"const a: Int = b\nconst b: Int = a", "E0224"},
      {"def f(): Int = g()\ndef g(): Int = h()\ndef h(): Int = f()", "E0224"},
      {"const a: Int = f()\ndef f(): Int = a", "E0224"},
      {"def f(): Int = f()", "E0224"},
      {"const a: Int = f(2)\ndef f(x: Int): Int = x * 2", ""},
      {"const a: Int? = 1", "E0236"},
      {"record R { x: Int  y: Int?  z: Int = 3 }\nconst r: R = {x: 1}", ""},
      {"record R { x: Int  y: Int? }\nconst r: R = {y: 1}", "E0230"},
      {"record R { x: Int }\nconst r: R = {x: 1, x: 2}", "E0231"},
      {"record R { x: Int }\nconst r: R = {x: 1, z: 2}", "E0209"},
      {"record R { x: Int }\nconst r: R = {}", "E0230"},
      {"record R { x: Int }\nconst rs: List<R> = [{x: 1}, {x: 2}]", ""},
      {"record R { x: Int }\nconst r: R = {x: 1, 2}", "E0233"},
      {"const s: Set<Int> = {x: 1}", "E0218"},
      {"const s: Set<Int> max 2 = {1, 2, 3}", "E0235"},
      {"const s: Set<Int> = 1", "E0202"},
      {"enum E { a b }\nconst s: Set<E> = a", "E0202"},
      {"enum E { a b }\nconst s: Set<E> = {a, b}", ""},
      {"entity A { n: Int }\nconst a: A = A::\"x\"\ndef f(): Int = a.n", "E0213"},
      {"entity A { n: Int }\nconst s: Set<A> = {A::\"x\"}\ndef f(): Bool = any a in s: a.n > 1", "E0213"},
      {"entity A { n: Int }\ndef g(a: A): Int = a.n\ndef f(): Int = g(A::\"x\")", "E0213"},
      {"entity A\nentity B\nconst s: Set<A | B> = {A::\"x\", B::\"y\"}\ndef f(a: A): Bool = a in s", ""},
      {"entity A\nentity B\ndef g(x: A | B): Bool = true\ndef f(a: A): Bool = g(a)", ""},
      {"entity A\nentity B\ndef g(x: A): Bool = true\ndef f(a: A | B): Bool = g(a)", "E0202"},
      {"entity A\nentity B\ndef g(x: A): Bool = true\ndef f(a: A | B): Bool = a is A and g(a)", ""},
      {"annotation code: String\n@code(\"x\") const a: Int = 1", ""},
      {"annotation code: String\n@code const a: Int = 1", "E0117"},
      {"annotation code: String\n@code(1) const a: Int = 1", "E0202"},
      {"annotation code\n@code(1) const a: Int = 1", "E0118"},
      {"annotation code\n@code @code const a: Int = 1", "E0119"},
      {"@code const a: Int = 1", "E0116"},
  };
  check_rows(std::begin(rows), std::end(rows));
}

TEST_CASE("modules and imports") {
  using Modules = std::vector<std::pair<std::string, std::string>>;
  struct Case {
    Modules modules;
    const char* codes;
  };
  const std::string a =
      "module a\nconst x: Int = 1\nprivate const hidden: Int = 2\nenum E { one two }\ndef f(): Int = 1\n";
  const Case cases[] = {
      {{{"a", a}, {"b", "module b\nimport a.{x, f, E}\nconst y: Int = x + f()\nconst e: E = one"}}, ""},
      {{{"a", a}, {"b", "module b\nimport a\nconst y: Int = a.x + a.f()\nconst e: a.E = a.E.one"}}, ""},
      {{{"a", a}, {"b", "module b\nimport a.{z}\nconst y: Int = z"}}, "E0113"},
      {{{"a", a}, {"b", "module b\nimport a.{hidden}\nconst y: Int = hidden"}}, "E0109"},
      {{{"a", a}, {"b", "module b\nimport a\nconst y: Int = a.hidden"}}, "E0109"},
      {{{"a", a}, {"b", "module b\nimport a\nconst y: Int = a.z"}}, "E0113"},
      {{{"a", a}, {"b", "module b\nimport a\nconst y: a.E = a.E.three"}}, "E0211"},
      {{{"a", a}, {"b", "module b\nimport a\nconst y: Int = a.E"}}, "E0110"},
      {{{"a", a}, {"b", "module b\nimport aa.{x}\nconst y: Int = x"}}, "E0104"},
      {{{"a", a}, {"b", "module b\nimport a.x\nconst y: Int = x"}}, "E0104"},
      {{{"a", a}, {"b", "module b\nimport a.{x}\nconst x: Int = 1"}}, "E0106"},
      {{{"a", a}, {"b", "module b\nimport a\nconst a: Int = 1"}}, "E0106"},
      {{{"a", a}, {"b", "module b\nimport a.{x, x}"}}, "E0106"},
      {{{"a", "module c\nconst x: Int = 1"}, {"b", "module b\nimport a.{x}\nconst y: Int = x"}}, "E0101"},
      {{{"a", "module c\nconst x: Int = 1"}, {"b", "module b\nimport c.{x}\nconst y: Int = x"}}, "E0101"},
      {{{"std.mine", "module std.mine"}}, "E0103"},
      {{{"a", "module a\nimport b.{y}\nconst x: Int = 1"}, {"b", "module b\nimport a.{x}\nconst y: Int = 1"}}, "E0105"},
      {{{"a", "module a\nimport a.{x}\nconst x: Int = 1"}}, "E0105 E0106"},
      {{{"a", a}, {"a", a}}, "E0102"},
      {{{"b", "module b\nimport std.identity.{User}\nconst u: User = User::\"a\""}}, ""},
      {{{"b", "module b\nimport std.identity\nconst u: identity.User = identity.User::\"a\""}}, ""},
      {{{"b", "module b\nimport std.identty.{User}\nconst u: User = User::\"a\""}}, "E0104"},
  };
  for (const Case& each : cases) {
    const auto checked = check_modules(each.modules);
    CAPTURE(each.modules.back().second);
    CAPTURE(checked.rendered());
    CHECK(checked.codes() == std::string(each.codes));
  }
}

TEST_CASE("a file that cannot be read whole is told of once, and so are those who need it") {
  const auto checked = check_modules({{"a", "module a\nconst x: Int = = 1\n"},
                                      {"b", "module b\nimport a.{x, y}\nconst z: Int = x + y + w\n"},
                                      {"c", "module c\nconst z: Int = w\n"}});
  CAPTURE(checked.rendered());
  REQUIRE(checked.diagnostics.errors() == 2);
  CHECK(checked.codes().ends_with("E0108"));  // of c alone
}

TEST_CASE("an import is offered for a name that another module has") {
  const auto checked = check_source("const u: User = 1\n");
  CHECK(checked.rendered().find("import std.identity.{User}") != std::string::npos);
}

TEST_CASE("defs that call each other twice are checked in time") {
  std::string source = "def f0(x: Int): Bool = x > 0\n";
  for (int i = 1; i <= 40; ++i) {
    const std::string before = "f" + std::to_string(i - 1);
    source += "def f" + std::to_string(i) + "(x: Int): Bool = " + before + "(x + 1) or " + before + "(x + 2)\n";
  }
  CHECK(check_source(source).codes().empty());
}

TEST_CASE("an enum of very many members is refused") {
  std::string source = "enum E {";
  for (int i = 0; i < 5000; ++i) source += " m" + std::to_string(i);
  CHECK(check_source(source + " }\n").codes() == "E0522");
}

TEST_CASE("long chains of operators are read or refused, never a crash") {
  std::string conditions = "b", sum = "i";
  for (int i = 0; i < 20000; ++i) {
    conditions += " or b";
    sum += " + i";
  }
  CHECK(check_source("def f(b: Bool): Bool = " + conditions).codes().empty());
  CHECK(!check_source("def f(i: Int): Int = " + sum).codes().empty());
}

namespace {

/// The codes of the project `team`, which calls `base` `ground`, and of `shared`, on which it depends.
std::string codes_of_projects(const std::string& team, const std::string& shared, const std::string& base,
                              std::string* rendered = nullptr) {
  Input input;
  input.projects = {
      {"", "", {{"ground", 2}, {"shared", 1}}}, {"shared", "../shared", {{"base", 2}}}, {"ground", "../base", {}}};
  input.modules.push_back({input.sources.add("a.bylaw", "module a\n" + team), "a", false, 0});
  input.modules.push_back({input.sources.add("../shared/x/y.bylaw", "module x.y\n" + shared), "x.y", false, 1});
  input.modules.push_back({input.sources.add("../shared/z.bylaw", "module z\n"), "z", false, 1});
  input.modules.push_back({input.sources.add("../base/b.bylaw", "module b\n" + base), "b", false, 2});
  grammar::Diagnostics diagnostics;
  check(input, diagnostics);
  std::string codes;
  for (const auto& each : diagnostics.sorted(input.sources))
    if (grammar::info(each.code).severity == grammar::Severity::Error)
      codes += (codes.empty() ? "" : " ") + std::string(grammar::info(each.code).id);
  if (rendered) *rendered = grammar::render(diagnostics.sorted(input.sources), input.sources);
  return codes;
}

void check_tells(const std::string& team, const std::string& shared, const std::string& base, const std::string& text) {
  std::string rendered;
  codes_of_projects(team, shared, base, &rendered);
  CHECK_MESSAGE(rendered.find(text) != std::string::npos, rendered);
}

}  // namespace

TEST_CASE("dependencies: each project imports by the names that it gives") {
  const std::string base = "entity Team\nprivate const secret: Int = 1\n";
  const std::string shared = "import base.b.{Team}\nimport z\ndecision ask { team: Team  default deny }\n";
  const std::string policy = "policy p for ask { deny x when team == Team::\"t\" because \"x\" }\n";
  CHECK(codes_of_projects("import shared.x.y.{ask}\nimport ground.b.{Team}\n" + policy, shared, base) == "");
  CHECK(codes_of_projects("import base.b\n", "", base) == "E0104");
  CHECK(codes_of_projects("import x.y\n", "", base) == "E0104");
  CHECK(codes_of_projects("", "import ground.b\n", base) == "E0104");
  CHECK(codes_of_projects("", "import a\n", base) == "E0104");
  CHECK(codes_of_projects("import ground.b.{secret}\n", "", base) == "E0109");
  CHECK(codes_of_projects("import shared.x.y\n", "import z\n", base) == "");
}

TEST_CASE("dependencies: mends are written as the project writes them") {
  check_tells("import shared.x.z\n", "", "", "did you mean `shared.x.y`?");
  check_tells("", "import base.c\n", "", "did you mean `base.b`?");
  check_tells("const t: Team = Team::\"x\"\n", "", "entity Team\n", "`import ground.b.{Team}`");
  check_tells("", "const t: Team = Team::\"x\"\n", "entity Team\n", "`import base.b.{Team}`");
}

TEST_CASE("dependencies: `grants only from` speaks of the modules of its own project") {
  const std::string shared = "decision ask { n: Int  grants only from x.*  default deny }\n";
  const std::string own = "policy q for ask { allow y when n > 1 }\n";
  const std::string team = "import shared.x.y.{ask}\npolicy p for ask { allow x when n > 2 }\n";
  CHECK(codes_of_projects("", shared + own, "") == "");
  CHECK(codes_of_projects(team, shared + own, "") == "E0306");
  CHECK(codes_of_projects("", "decision ask { n: Int  grants only from x.*, a  default deny }\n", "") == "E0305");
  CHECK(codes_of_projects("decision own { n: Int  grants only from shared.x.*  default deny }\n", "", "") == "");
}
