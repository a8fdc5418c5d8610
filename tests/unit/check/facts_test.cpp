// What is known where: `is set` and `is T` through `and or not if`, paths, quantifiers and calls. Each row is a
// condition that must be accepted, or refused with just that code.

#include <doctest/doctest.h>

#include "unit/check/checking.h"

using bylaw::compiler::testing::check_source;
using bylaw::compiler::testing::codes_of_condition;

namespace {

const char* const kPrelude = R"(
import std.identity.{User, Group, ServicePrincipal}
record Limit { days: Int  note: String? }
record Owner { limit: Limit?  name: String }
entity Tenant { days: Int }
entity Team { days: Int  lead: User?  size: Int }
entity Squad { days: Int  size: Int? }
def positive(n: Int?): Bool = n is set and n > 0
def maybe(n: Int?): Int? = n
record Given { days: Int? }
const none: Given = {}
const five: Int = 5
const key: String = "a"
const lim: Map<String, Int> = {"a": 3}
)";
const char* const kParameters =
    "a: Int?, b: Int?, c: Bool, o: Owner, p: Owner?, x: User | Group | ServicePrincipal, y: Team | Squad, z: Team?, "
    "xs: List<Owner>, ys: Set<Int>";

struct Row {
  const char* condition;
  const char* codes;
};

const Row kRows[] = {
    // and, or, not
    {"a is set and a > 1", ""},
    {"a > 1", "E0203"},
    {"a > 1 and a is set", "E0203"},
    {"a > 1 and a > 2", "E0203"},
    {"a is unset or a > 1", ""},
    {"a is set or a > 1", "E0203"},
    {"not (a is unset) and a > 1", ""},
    {"not (a is set) or a > 1", ""},
    {"not (a is unset or b is unset) and a > b", ""},
    {"not (a is unset and b is unset) and a > 1", "E0203"},
    {"(a is set or b is set) and a > 1", "E0203"},
    {"(a is set and b is set) and a > b", ""},
    {"((a is set and c) or (a is set and b is set)) and a > 1", ""},
    {"((a is set and c) or (b is set and c)) and a > 1", "E0203"},
    {"(a is set and c) or a > 1", "E0203"},
    {"(a is unset or c) and a > 1", "E0203"},
    {"not (a is set and c) or a > 1", ""},
    {"not not (a is set) and a > 1", ""},
    // if, and literals whose one side is never reached
    {"if a is set then a > 1 else false", ""},
    {"if a is unset then c else a > 1", ""},
    {"if a is set then c else a > 1", "E0203"},
    {"(if a is set then true else false) and a > 1", ""},
    {"(if c then a is set else a is set) and a > 1", ""},
    {"(if c then a is set else b is set) and a > 1", "E0203"},
    {"(if c then a is set else false) and a > 1", ""},
    {"(if a is set then c else true) and a > 1", "E0203"},
    {"(a is set or false) and a > 1", ""},
    {"(a is set or true) and a > 1", "E0203"},
    // paths
    {"o.limit is set and o.limit.days > 1", ""},
    {"o.limit.days > 1", "E0203"},
    {"o.limit.days is set and o.limit.days > 1", ""},
    {"o.limit.note is set and o.limit.days > 1", ""},
    {"o.limit is set and o.limit.note == \"x\"", "E0203"},
    {"o.limit is set and o.limit.note is set and o.limit.note == \"x\"", ""},
    {"p.limit.days is set and p.limit.days > 1", ""},
    {"p is set and p.limit.days > 1", "E0203"},
    {"p.limit is set and p.name == \"x\"", ""},
    {"(o.limit.days ?? 0) > 1", ""},
    {"o.limit.days ?? 0 > 1", ""},
    {"p.name is set and o.name == p.name", ""},
    {"o.limit is set and p.limit.days > 1", "E0203"},
    {"z is set and z.lead is set and z.lead in Group::\"leads\"", ""},
    {"z.lead is set and z.days > 1", ""},
    // ??
    {"(a ?? 1) > 1", ""},
    {"(a ?? b) > 1", "E0203"},
    {"(a ?? b ?? 1) > 1", ""},
    {"a is set and (b ?? a) > 1", ""},
    {"a is set and (a ?? 1) > 1", ""},
    {"(o.name ?? \"x\") == \"x\"", "E0214"},
    {"o is set", "E0214"},
    // never into a def, never out of it; never out of a quantifier
    {"a is set and positive(a)", ""},
    {"positive(a) and a > 1", "E0203"},
    {"a is set and maybe(a) > 1", "E0203"},
    {"maybe(a) is set and maybe(b) > 1", "E0203"},
    // whatever has one value has it twice: calls, defaults, lookups, loops
    {"maybe(a) is set and maybe(a) > 1", ""},
    {"maybe(maybe(a)) is set and maybe(a) > 1", "E0203"},
    {"maybe(a) is set and a > 1", "E0203"},
    {"maybe(a ?? 1) is set and maybe(a ?? 1) > 1", ""},
    {"maybe(a ?? 1) is set and maybe(a ?? 2) > 1", "E0203"},
    {"maybe(a) is set and maybe(5) > 1", "E0203"},
    {"maybe(five) is set and maybe(5) > 1", ""},
    {"quantity(o.name) is set and quantity(o.name) > 2.0", ""},
    {"quantity(o.name) > 2.0", "E0203"},
    {"quantity(\"a:b\") is set and quantity(\"a%3ab\") > 2.0", "E0203"},
    {"(if c then a else b) is set and (if c then a else b) > 1", ""},
    {"(if c then a else b) is set and (if not c then a else b) > 1", "E0203"},
    {"min(ys) is set and min(ys) > 1", ""},
    {"min(ys) is set and max(ys) > 1", "E0203"},
    {"min([m + 1 for m in ys]) is set and min([n + 1 for n in ys]) > 1", ""},
    {"min([m + 1 for m in ys]) is set and min([n + 2 for n in ys]) > 1", "E0203"},
    {"any m in ys: maybe(m) is set and maybe(m) > 1", ""},
    // paths that begin at a constant or a param
    {"none.days is set and none.days > 1", ""},
    {"none.days > 1", "E0203"},
    {"lim[o.name] is set and lim[o.name] > 1", ""},
    {"lim[o.name] is set and lim[p.name ?? \"\"] > 1", "E0203"},
    {"lim[\"a\"] is set and lim[\"a\"] > 1", ""},
    {"lim[\"a\"] is set and lim[\"b\"] > 1", "E0203"},
    {"lim[\"a\"] is set and lim[key] > 1", ""},
    // the elements of a comprehension keep what its `where` asked
    {"any l in [e for e in xs where e.limit is set]: l.limit.days > 1", ""},
    {"any l in [e for e in xs where e.limit is set and c]: l.limit.days > 1", ""},
    {"any l in [e for e in xs where e.limit is set or c]: l.limit.days > 1", "E0203"},
    {"any l in [e for e in xs where e.limit is unset]: l.limit.days > 1", "E0203"},
    {"any l in [e for e in xs]: l.limit.days > 1", "E0203"},
    {"any l in [e for e in xs, f in xs where f.limit is set]: l.limit.days > 1", "E0203"},
    {"any l in [e.limit for e in xs where e.limit.note is set]: l.note == \"x\"", ""},
    {"any n in [e.limit.days for e in xs where e.limit is set]: n > 1", ""},
    {"any n in [e.limit.days for e in xs]: n > 1", "E0203"},
    {"any l in [k for k in [e for e in xs where e.limit is set]]: l.limit.days > 1", ""},
    {"any l in [e for e in xs where e.limit is set] + [e for e in xs where e.limit.note is set]: l.limit.days > 1", ""},
    {"any l in [e for e in xs where e.limit is set] + xs: l.limit.days > 1", "E0203"},
    {"any l in (if c then [e for e in xs where e.limit is set] else [e for e in xs where e.limit is set]): "
     "l.limit.days > 1",
     ""},
    {"any n in [lim[k] for k in lim]: n > 1", ""},
    {"a is set and (any l in xs: l.limit is set and l.limit.days > a)", ""},
    {"any l in xs: l.limit.days > 1", "E0203"},
    {"(any l in xs: a is set) and a > 1", "E0203"},
    {"(all l in xs: a is set) and a > 1", "E0203"},
    {"all l in xs: l.limit is unset or l.limit.days > 1", ""},
    // entity types
    {"y.days > 1", ""},
    {"y.size > 1", "E0212"},
    {"y is Team and y.size > 1", ""},
    {"y is Squad and y.size > 1", "E0203"},
    {"not (y is Squad) and y.size > 1", ""},
    {"y is Squad or y.size > 1", ""},
    {"y is Team or y.size > 1", "E0203"},
    {"if y is Team then y.size > 1 else y.size is set and y.size > 1", ""},
    {"(y is Team and c) or (y is Team and y.size > 1)", ""},
    {"((y is Team and c) or (y is Squad and c)) and y.size > 1", "E0212"},
    {"not (x is User | ServicePrincipal) and x is Group", "W0201"},
    {"x is User and x is Group", "W0201"},
    {"x is Tenant", "E0216"},
    {"x is User and x == Group::\"g\"", "E0201"},
    {"z is Team", "E0203"},
    {"z is set and z is Team", "W0201"},
    {"a is User", "E0205"},
};

}  // namespace

TEST_CASE("facts flow as the typing rules say") {
  for (const Row& row : kRows) {
    CAPTURE(std::string(row.condition));
    CHECK(codes_of_condition(kPrelude, kParameters, row.condition) == std::string(row.codes));
  }
}

TEST_CASE("a mended path reads") {
  const auto checked = check_source("record R { n: Int? }\ndef f(r: R): Bool = r.n > 3\n");
  CHECK(checked.rendered() == R"(test.bylaw:3:21: error[E0203]: `r.n` may be unset here
    2 | record R { n: Int? }
      |               ---- declared optional here
    3 | def f(r: R): Bool = r.n > 3
      |                     ^^^ say first what unset means
  help: `r.n is set and r.n > 3` is false if it is unset
  help: `r.n is unset or r.n > 3` is true if it is unset
  help: `(r.n ?? 0)` if unset means 0
)");
}
