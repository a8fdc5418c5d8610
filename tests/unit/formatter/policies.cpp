// How a module comes to look.
#include "unit/formatter/formatted.h"

namespace bylaw::formatter {
namespace {

std::string module(const std::string& bytes) {
  return formatted("m.bylaw", bytes);
}

/// A policy's rules, without the lines around them.
std::string rules(const std::string& bytes) {
  const std::string before = "module m\n\npolicy p for d {\n";
  const std::string text = module("module m\npolicy p for d {\n" + bytes + "}\n");
  CHECK(text.starts_with(before));
  CHECK(text.ends_with("}\n"));
  return text.size() < before.size() + 2 ? text : text.substr(before.size(), text.size() - before.size() - 2);
}

struct Case {
  std::string before;
  std::string after;
};

TEST_CASE("the names of a rule stand among its clauses") {
  CHECK(rules("deny a for each c in cs let q=f(c) let r = 1 when q>r because \"x\"\ndeny bb let n=1 unless n>2 because "
              "\"y\"\n"
              "oblige o let n = 1 m=n when n>1\nallow all_of_them\nlet z=1\n") ==
        "  deny   a   for each c in cs let q = f(c) let r = 1 when q > r  because \"x\"\n"
        "  deny   bb  let n = 1 unless n > 2                              because \"y\"\n"
        "  oblige o   let n = 1  m = n  when n > 1\n"
        "  allow  all_of_them\n"
        "  let z = 1\n");
}

TEST_CASE("blanks, and empty lines") {
  const Case cases[] = {
      {"module m", "module m\n"},
      {"\n\n module   a.b\nimport x.{y,z}\nimport w\nconst  a:Int=-1\n\n\n\nconst b : Set<Int> ={1,2 , 3,}\n\n",
       "module a.b\n\nimport x.{y, z}\nimport w\n\nconst a: Int = -1\n\nconst b: Set<Int> = {1, 2, 3}\n"},
      {"module m const a:Map<String,Int> ={\"a\":1} const c:T=x.f[ k ]+f( 1,2 )-3*-4..5",
       "module m\n\nconst a: Map<String, Int> = {\"a\": 1}\nconst c: T = x.f[k] + f(1, 2) - 3 * -4..5\n"},
      {"module m\nconst a: List<T> max 3=xs\nconst b: Bool = x is set and not(y is A|B)and z not in{}",
       "module m\n\nconst a: List<T> max 3 = xs\nconst b: Bool = x is set and not (y is A | B) and z not in {}\n"},
      {"module m\ndef f(a:Int,b:T?):Bool=any x in a,y in b:(x==y??3)\nclaim c:never allow d when x",
       "module m\n\ndef f(a: Int, b: T?): Bool = any x in a, y in b: (x == y ?? 3)\nclaim c: never allow d when x\n"},
      {"module m\n@ code ( \"x\" )\n@ask\nprivate  open   enum E{a,b}",
       "module m\n\n@code(\"x\") @ask\nprivate open enum E { a, b }\n"},
  };
  for (const Case& c : cases) CHECK(module(c.before) == c.after);
}

TEST_CASE("bodies on one line stay there while they fit, and other fields stand in columns") {
  CHECK(module("module m\nrecord R{a:Int=3 b:T?}\nenum E{a<b<c}\nentity A in one B\nentity C{}\n") ==
        "module m\n\nrecord R { a: Int = 3  b: T? }\nenum E { a < b < c }\nentity A in one B\nentity C {}\n");
  CHECK(module("module m\ndecision d {\n principal:User\n x as \"x-y\":Set<Int> ={}\n obliges o:Int by min\n"
               " grants only from a.*,b\n default deny because \"no\" }\n") ==
        "module m\n\ndecision d {\n  principal:  User\n  x as \"x-y\": Set<Int> = {}\n  obliges     o: Int by min\n"
        "  grants      only from a.*, b\n  default     deny  because \"no\"\n}\n");
  CHECK(module("module m\nentity A { b:Bool\n long_name:Duration? inherit min\n c:Set<T> = {} inherit union }") ==
        "module m\n\nentity A {\n  b:         Bool\n  long_name: Duration?    inherit min\n"
        "  c:         Set<T> = {}  inherit union\n}\n");
}

TEST_CASE("members of scopes stand in columns, those of enums where the author has put them") {
  CHECK(
      module("module m\nscope S {\n code as \"vso.code\"\n code_write as \"vso.code_write\" includes code\n}\n") ==
      "module m\n\nscope S {\n  code        as \"vso.code\"\n  code_write  as \"vso.code_write\"  includes code\n}\n");
  CHECK(module("module m\nenum E {\n a  bbb\n cc d\n}\nopen enum F {\n a as \"A\" bb as \"B\"\n}\n") ==
        "module m\n\nenum E {\n  a   bbb\n  cc  d\n}\nopen enum F {\n  a   as \"A\"\n  bb  as \"B\"\n}\n");
}

TEST_CASE("rules: effect, name, conditions and `because` in columns") {
  CHECK(rules("let a=1\nlet long=a\nexempt listed when x in y\nallow packaging when a\ndeny otherwise because \"no\"\n"
              "deny b when longer or other because \"why\"\noblige cap on deny f=3 when x\n") ==
        "  let a    = 1\n  let long = a\n  exempt listed     when x in y\n  allow  packaging  when a\n"
        "  deny   otherwise  because \"no\"\n  deny   b          when longer or other  because \"why\"\n"
        "  oblige cap        on deny f = 3  when x\n");
  // A blank line divides columns; a comment does not.
  CHECK(rules("deny a when x\n// c\ndeny bcd when y\n\nallow z when y\n") ==
        "  deny a    when x\n  // c\n  deny bcd  when y\n\n  allow z  when y\n");
}

TEST_CASE("indices, calls and brackets behind words") {
  CHECK(rules("deny a when xs [0]==1 and not(ys[\"k\"])and(zs[1])[2] is set and f (x)[1] in{qs[1]} because \"{ xs[0] "
              "}: {f(xs [1])}\"\n") ==
        "  deny a  when xs[0] == 1 and not (ys[\"k\"]) and (zs[1])[2] is set and f(x)[1] in {qs[1]}  because "
        "\"{xs[0]}: {f(xs[1])}\"\n");
  CHECK(rules("deny a when [1][0] == -xs[0] or not -x in [ [1],[2] ]\n") ==
        "  deny a  when [1][0] == -xs[0] or not -x in [[1], [2]]\n");
}

TEST_CASE("a rule that is too long: `because` below its conditions, then a line for each clause and each operand") {
  const std::string c(50, 'c');
  const std::string text = "\"" + std::string(60, 't') + "\"";
  CHECK(rules("deny a when " + c + " because " + text + "\ndeny bb when x because \"y\"\n") ==
        "  deny a   when " + c + "\n           because " + text + "\n  deny bb  when x  because \"y\"\n");
  CHECK(rules("deny a for each s in xs when " + c + " and (" + c + " or not x) unless " + c + "\n") ==
        "  deny a  for each s in xs\n          when " + c + "\n               and (" + c +
            " or not x)\n          unless " + c + "\n");
  CHECK(rules("deny a when " + c + " and " + c + " and (" + c + " or " + c + " or x)\n") ==
        "  deny a  when " + c + "\n               and " + c + "\n               and (" + c +
            "\n                    or " + c + "\n                    or x)\n");
}

TEST_CASE("a policy's clauses: one on its line, several on lines of their own") {
  CHECK(module("module m\npolicy a for b,c when x{deny otherwise}\npolicy d is t(x:{1},y:2)mode off\n") ==
        "module m\n\npolicy a for b, c when x { deny otherwise }\npolicy d is t(x: {1}, y: 2) mode off\n");
  CHECK(module("module m\npolicy a for b in force from 2026-01-01 mode audit until 2027-01-01 when x {\n deny y }\n") ==
        "module m\n\npolicy a for b\n  in force from 2026-01-01\n  mode audit until 2027-01-01\n  when x\n{\n  deny "
        "y\n}\n");
}

TEST_CASE("lists: needs on a line of their own, entries in columns") {
  CHECK(
      module(
          "module m\nallowlist a:User requires owner,until<=since+1d{\n User::\"ab\" since 2026-01-01 owner o\n"
          " User::\"b\" through 2026-01-02 owner o because \"x\"\n}\nlist l{a:Int}requires until\nfrom \"x.csv\"\n") ==
      "module m\n\nallowlist a: User\n  requires owner, until <= since + 1d\n{\n"
      "  User::\"ab\"  since 2026-01-01                      owner o\n"
      "  User::\"b\"                     through 2026-01-02  owner o  because \"x\"\n}\n"
      "list l { a: Int } requires until\n  from \"x.csv\"\n");
}

TEST_CASE("literals that are too long: as many items a line as fit, or one if they are long") {
  std::string names, filled = "const s: T = {\n  ";
  for (int i = 0; i < 30; ++i) names += "member" + std::to_string(i) + ", ";
  const std::string text = module("module m\nconst s: T = {" + names + "}");
  CHECK(text.find("= {\n  member0, member1") != std::string::npos);
  CHECK(text.find(",\n}\n") != std::string::npos);
  CHECK(module("module m\nconst s: T = {\n a, b}\nconst m: T = {\n \"a\":1, \"b\":2}") ==
        "module m\n\nconst s: T = {\n  a, b,\n}\nconst m: T = {\n  \"a\": 1,\n  \"b\": 2,\n}\n");
}

TEST_CASE("comments stay: behind lines, before them, and inside of what then keeps its lines") {
  CHECK(module(
            "// head\n\n/// doc  \nmodule m // m\nimport a // i\n\n\n// free\n\n// b\nrecord R { // open\n // first\n\n"
            " a:Int // one\n bbb:Int // two\n // last\n} // closed\n// end") ==
        "// head\n\n/// doc\nmodule m  // m\n\nimport a  // i\n\n// free\n\n// b\nrecord R {  // open\n  // first\n\n"
        "  a:   Int  // one\n  bbb: Int  // two\n  // last\n}  // closed\n// end\n");
  CHECK(rules("deny a when x // why\n  and  y\n// own\n because \"z\" // end\ndeny bcd when y\n") ==
        "  deny a when x    // why\n      and y\n      // own\n      because \"z\"  // end\n  deny bcd  when y\n");
  CHECK(module("module m\nconst s:T={ // a\nx, // b\n  y\n// c\n}") ==
        "module m\n\nconst s: T = {  // a\n  x,            // b\n  y\n// c\n}\n");
}

TEST_CASE("line ends, the byte order mark, wide letters") {
  CHECK(module("\xEF\xBB\xBFmodule m\r\nconst a:Int=1 // c\r\n") == "module m\r\n\r\nconst a: Int = 1  // c\r\n");
  CHECK(module("module m\nenum E {\n a as \"日本\" // x\n b as \"ab\" // y\n}") ==
        "module m\n\nenum E {\n  a  as \"日本\"  // x\n  b  as \"ab\"    // y\n}\n");
}

TEST_CASE("what cannot be read is left alone, and told") {
  CHECK(module("module m\nconst a Int = 3\n").find("error[E0021]") != std::string::npos);
}

}  // namespace
}  // namespace bylaw::formatter
