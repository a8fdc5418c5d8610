// Which operands each operator takes, and what is said of the others.

#include <doctest/doctest.h>

#include "unit/check/checking.h"

using bylaw::compiler::testing::check_source;
using bylaw::compiler::testing::codes_of_condition;

namespace {

const char* const kPrelude = R"(
import std.identity.{User, Group, ServicePrincipal}
entity Tenant
entity Project in one Tenant
entity Repo in Project
open scope Scope { code as "vso.code"  write as "vso.write" includes code }
scope Other { a  b includes a }
enum Level { low < medium < high }
enum Color { red green }
open enum Kind { first second }
record Pair { x: Int  y: Int }
record Parts { of: List<Pair>  more: Map<String, Pair> }
allowlist people: User | Group { User::"ana" }
allowlist words: String { "a" }
allowlist office: Cidr { cidr"10.0.0.0/8" }
const some: Set<Scope> = {code, write}
)";
const char* const kParameters =
    "i: Int, j: Int, s: String, t: Time, d: Duration, b: Bool, u: User, g: Group, w: User | ServicePrincipal, te: "
    "Tenant, "
    "pr: Project, re: Repo, sc: Scope, ot: Other, le: Level, co: Color, ki: Kind, pa: Pair, pt: Parts, ss: Set<Scope>, "
    "is_: "
    "Set<Int>, "
    "il: List<Int>, us: Set<User>, gs: Set<Group | User>, ps: List<Pair>, rs: Set<Repo>, ts: Set<String>, ls: "
    "List<Level>, ip: Ip, ne: Cidr, ve: Version, vr: Versions, ns: Set<Cidr>, vl: List<Versions>";

struct Row {
  const char* condition;
  const char* codes;
};

const Row kRows[] = {
    // == !=
    {"i == j", ""},
    {"s != \"x\"", ""},
    {"t == 2026-01-01", ""},
    {"b == true", ""},
    {"co == red", ""},
    {"red == co", ""},
    {"co == Color.red", ""},
    {"sc == code", ""},
    {"u == User::\"ana\"", ""},
    {"w == u", ""},
    {"us == {User::\"ana\"}", ""},
    {"ss == some", ""},
    {"ss == {}", ""},
    {"{code} == ss", ""},
    {"i == s", "E0201"},
    {"i == d", "E0201"},
    {"u == g", "E0201"},
    {"sc == ot", "E0201"},
    {"sc == \"vso.code\"", "E0201"},
    {"u == \"ana\"", "E0201"},
    {"us == rs", "E0201"},
    {"pa == pa", ""},
    {"pa != pa", ""},
    {"pt == pt", "E0207"},
    {"pt.more == pt.more", ""},
    {"pt.more within pt.more", ""},
    {"pt.more overlaps pt.more", "E0204"},
    {"pt.more == pa", "E0201"},
    {"pt in [pt]", "E0204"},
    {"pa within pa", "E0204"},
    {"pa < pa", "E0206"},
    {"il == il", "E0207"},
    {"co == blue", "E0108"},
    {"co == Color.blue", "E0211"},
    {"co == code", "E0108"},
    {"blue == blue", "E0108"},
    // order
    {"i < j", ""},
    {"d >= 30d", ""},
    {"t <= 2026-01-01T12:00:00Z", ""},
    {"le > low", ""},
    {"low < le", ""},
    {"s < \"x\"", "E0206"},
    {"b < true", "E0206"},
    {"co < red", "E0206"},
    {"sc > code", "E0206"},
    {"u < u", "E0206"},
    {"d > 365", "E0201"},
    {"t > d", "E0201"},
    // in
    {"i in is_", ""},
    {"i in {1, 2}", ""},
    {"i in [1, 2]", ""},
    {"i not in il", ""},
    {"sc in {code}", ""},
    {"code in ss", ""},
    {"co in {red, green}", ""},
    {"co in {red, blue}", "E0108"},
    {"co in [red, green]", ""},
    {"nothing in {red, green}", "E0108"},
    {"nothing == red", "E0108"},
    {"i in 1..5", ""},
    {"d in 1d..2d", ""},
    {"le in low..high", ""},
    {"co in red..green", "E0206"},
    {"s in \"a\"..\"b\"", "E0206"},
    {"i in 1d..2d", "E0204"},
    {"u in g", ""},
    {"u in us", ""},
    {"u in gs", ""},
    {"w in us", ""},
    {"g in us", "E0208"},
    {"u in people", ""},
    {"g in people", ""},
    {"u not in people", ""},
    {"s in words", ""},
    {"i in words", "E0204"},
    {"re in te", ""},
    {"te in re", "E0208"},
    {"u in te", "E0208"},
    {"te in te", ""},
    {"u in {Group::\"a\", User::\"b\"}", ""},
    {"s in \"abc\"", "E0204"},
    {"i in j", "E0204"},
    {"co in red", "E0204"},
    {"is_ in is_", "E0204"},
    {"i in ts", "E0204"},
    {"pa in ps", ""},
    {"pa not in pt.of", ""},
    {"pa in pa", "E0204"},
    {"u in 1..2", "E0204"},
    {"i == 1..2", "E0222"},
    {"words == s", "E0223"},
    // directly in
    {"u directly in g", ""},
    {"re directly in te", "E0208"},
    {"re directly in pr", ""},
    {"u directly in us", ""},
    {"u directly in people", ""},
    {"g directly in us", "E0208"},
    {"i directly in is_", "E0204"},
    // within, overlaps
    {"ss within some", ""},
    {"ss within {code, write}", ""},
    {"{code} within ss", ""},
    {"is_ within 1..5", ""},
    {"ls within low..medium", ""},
    {"us within g", ""},
    {"us within people", ""},
    {"us overlaps gs", ""},
    {"ts overlaps words", ""},
    {"rs within te", ""},
    {"rs overlaps us", "E0208"},
    {"sc within some", "E0204"},
    {"ss within code", "E0204"},
    {"ss within is_", "E0204"},
    {"ps within ps", "E0204"},
    // includes
    {"sc includes code", ""},
    {"ss includes code", ""},
    {"write includes sc", ""},
    {"ot includes code", "E0108"},
    {"co includes red", "E0204"},
    {"is_ includes 1", "E0204"},
    {"us includes u", "E0204"},
    {"ss includes ot", "E0204"},
    // is empty, is unknown
    {"is_ is empty", ""},
    {"il is empty", ""},
    {"s is empty", "E0205"},
    {"i is empty", "E0215"},
    {"sc is unknown", ""},
    {"ki is unknown", ""},
    {"co is unknown", "E0217"},
    {"ss is unknown", "E0205"},
    // and or not
    {"b and not b", ""},
    {"b and i", "E0202"},
    {"not i", "E0202"},
    {"i", "E0202"},
    // arithmetic
    {"i + j * 2 - -i > 0", ""},
    {"d + 1d - d * 2 > -1d", ""},
    {"t + d > t - 1d", ""},
    {"t - t > 1d", ""},
    {"i + d > d", "E0204"},
    {"d * d > d", "E0204"},
    {"2 * d > d", "E0204"},
    {"t + t > t", "E0204"},
    {"t + 30 > t", "E0204"},
    {"s + s == s", "E0204"},
    {"-s == s", "E0205"},
    {"-t < t", "E0205"},
    {"i > 9223372036854775807", ""},
    {"i > -9223372036854775808", ""},
    {"i > 9223372036854775808", "E0221"},
    {"d > 99999999999999w", "E0221"},
    // any, all, no
    {"any x in is_: x > 1", ""},
    {"all x in us: x in g", ""},
    {"no x in ps: x.x == x.y", ""},
    {"any x in ss: x == code", ""},
    {"any x in i: true", "E0215"},
    {"any i in is_: i > 1", "E0111"},
    {"any x in words: true", ""},
    {"any x in is_: x", "E0202"},
    {"any v in is_: any x in is_: any y in is_: any z in is_: v == z", ""},
    // if
    {"(if b then 1 else 2) > i", ""},
    {"(if b then red else co) == red", ""},
    {"(if b then co else red) == red", ""},
    {"(if b then 1 else s) == 1", "E0229"},
    {"(if b then u else g) in g", ""},
    {"(if i then 1 else 2) == 1", "E0202"},
    // literals
    {"{} == {}", "E0218"},
    {"i in {1, \"a\"}", "E0228"},
    {"u in {User::\"\"}", "E0234"},
    {"u in {Nobody::\"x\"}", "E0108"},
    {"u == Color::\"x\"", "E0110"},
    {"pa == {x: 1, y: 2}", "E0232"},
    // fields
    {"pa.x == 1", ""},
    {"pa.z == 1", "E0209"},
    {"i.x == 1", "E0210"},
    {"u.name == s", "E0209"},
    {"User::\"ana\".name == s", "E0213"},
    // later versions
    {"s matches glob\"a*\"", ""},
    {"s matches \"a*\"", "E0204"},
    {"s == glob\"a*\"", "E0201"},
    {"count(is_) > 1", ""},
    {"u.lineage is empty", ""},
    {"i > 1.5", "E0201"},
    {"any x in is_, y in is_: x == y", ""},
    {"i in {x for x in is_}", ""},
    {"i == is_[1]", "E0251"},
    // addresses and versions
    {"ip == ip\"10.0.0.1\"", ""},
    {"ip in ne", ""},
    {"ip in ns", ""},
    {"ip in {ip\"::1\"}", ""},
    {"ip in office", ""},
    {"ne in office", ""},
    {"ip not in cidr\"10.0.0.0/8\"", ""},
    {"ne in ne", ""},
    {"ne in ns", ""},
    {"ns within ne", ""},
    {"ns overlaps ns", ""},
    {"ns == ns", ""},
    {"{ip} within ns", ""},
    {"ve < v\"2\"", ""},
    {"ve in v\"1\"..v\"2\"", ""},
    {"ve in vr", ""},
    {"ve in vl", ""},
    {"vr == versions\"<1\"", ""},
    {"{ve} overlaps vl", ""},
    {"s == ip\"10.0.0.1\"", "E0201"},
    {"ip < ip", "E0206"},
    {"ne < ne", "E0206"},
    {"vr < vr", "E0206"},
    {"ip == ne", "E0201"},
    {"ve == vr", "E0201"},
    {"ip in ip", "E0204"},
    {"ne in ip", "E0204"},
    {"vr in vr", "E0204"},
    {"vr in vl", "E0204"},
    {"s in office", "E0204"},
    {"ve in office", "E0204"},
    {"ip directly in ns", "E0204"},
    {"ip within ns", "E0204"},
    {"ip + ip", "E0204"},
    // functions
    {"f()", "E0219"},
    {"unheard_of(i)", "E0115"},
};

}  // namespace

TEST_CASE("operators take what their table says") {
  for (const Row& row : kRows) {
    CAPTURE(std::string(row.condition));
    CHECK(codes_of_condition(kPrelude, kParameters, row.condition) == std::string(row.codes));
  }
}

TEST_CASE("a number beside a duration is mended") {
  const auto checked = check_source("def f(life: Duration): Bool = life > 365\n");
  CHECK(checked.rendered() == R"(test.bylaw:2:38: error[E0201]: a Duration cannot be compared with an Int
    2 | def f(life: Duration): Bool = life > 365
      |                               ----   ^^^ a Duration > an Int: nothing is converted silently
  fix: write `365d`
)");
}
