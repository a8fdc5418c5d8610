// Loops inside of loops: what multiplies, and what counts together.

#include <doctest/doctest.h>

#include "unit/check/checking.h"

using bylaw::compiler::testing::check_source;

namespace {

constexpr const char* kDecision = R"(
record Mount { path: String }
record Container { mounts: List<Mount>  ports: Set<Int> }
record Pod { containers: List<Container>  more: List<Container> = [] }
record Given { ns: List<Int> = [1, 2] }
const two: List<Int> = [1, 2]
const small: Set<Int> = {1, 2, 3}
param given: Given = {}
const teams: List<Given> = [{ns: [1]}, {ns: [1, 2, 3]}, {}]
const by_name: Map<String, List<Int>> = {"a": [1], "b": []}
def boxed(p: Pod): List<Container> = [c for c in p.containers where not (c.ports is empty)]
def full(p: Pod): List<Container> = p.containers + p.more
def rooted(c: Container): Bool = any m in c.mounts: m.path == "/"
def unsafe(p: Pod): Bool = any c in p.containers: rooted(c)
def doubled(ns: List<Int>): List<Int> = ns + ns
entity Box { parts: Set<Int> }
decision go { xs: List<Int>  few: List<Int> max 16  pods: List<Pod>  boxes: List<Box>  default allow }
def pairs(a: List<Int>, b: List<Int>): Bool = any x in a, y in b: x == y
)";

std::string codes(const std::string& condition) {
  return check_source(kDecision + ("policy p for go { deny a when " + condition + " because \"x\" }")).codes();
}

}  // namespace

TEST_CASE("two full collections may be compared with each other, three may not") {
  CHECK(codes("any a in xs, b in xs: a != b") == "");
  CHECK(codes("any a in xs, b in xs, c in few: a + b == c") == "E0246");
  CHECK(codes("any a in xs, b in few, c in few: a + b == c") == "");
  CHECK(codes("any a in xs: (any b in xs: a == b and any c in few: c == b)") == "E0246");
  CHECK(codes("any a in xs: (any b in xs: a == b) and (any c in xs: a == c)") == "");
}

TEST_CASE("parts of parts of one collection are no more than the request holds") {
  CHECK(codes("any p in pods, c in p.containers, m in c.mounts: m.path == \"/\"") == "");
  CHECK(codes("any p in pods, c in p.containers, m in c.mounts, n in few: n == 3 and m.path == \"/\"") == "");
  CHECK(codes("any p in pods, c in p.containers, m in c.mounts, n in xs: n == 3 and m.path == \"/\"") == "E0246");
  CHECK(codes("any b in boxes, x in b.parts, y in few: x == y") == "E0246");  // an entity stands for many
}

TEST_CASE("a condition that has a name counts as it does where it stands") {
  CHECK(codes("any p in pods, c in p.containers, n in few: n == 3 and rooted(c)") == "");
  CHECK(codes("any p in pods, n in few: n == 3 and unsafe(p)") == "");
  CHECK(codes("any p in pods, n in xs: n == 3 and unsafe(p)") == "E0246");
  CHECK(codes("any n in xs: n == 3 and any p in pods: unsafe(p) and p.more is empty") == "E0246");
}

TEST_CASE("what is constant in this build counts with the elements that it has") {
  CHECK(codes("any a in xs, b in xs, c in two: a + b == c") == "E0246");
  CHECK(codes("any a in xs, b in small, c in two: a + b == c") == "");
  CHECK(codes("any a in xs, b in small, c in given.ns: a + b == c") == "");
  CHECK(codes("any a in xs, b in small, t in teams, n in t.ns: a + b == n") == "");
  CHECK(codes("any a in xs, b in given.ns, c in (by_name[\"a\"] ?? []), d in few: a + b + c == d") == "");
  CHECK(codes("any a in xs, b in small, n in by_name: n == \"\" and a == b") == "");
}

TEST_CASE("what a def gives counts where it is gone through") {
  CHECK(codes("any p in pods, c in boxed(p), n in few: n == 3 and c.ports is empty") == "");
  CHECK(codes("any p in pods, c in full(p), m in c.mounts, n in few: n == 3 and m.path == \"\"") == "");
  CHECK(codes("any x in doubled(xs), y in xs: x == y") == "E0246");
  CHECK(codes("any x in doubled(few), y in xs: x == y") == "");
  CHECK(codes("any p in pods, c in p.containers + p.more, n in few: n == 3 and c.ports is empty") == "");
  CHECK(codes("any c in [c for p in pods, c in p.containers] + [d for q in pods, d in q.more], n in few: n == 3 and "
              "c.ports is empty") == "");
}

TEST_CASE("a let of a rule goes on from the loops around it") {
  const auto of_rule = [](const std::string& rule) {
    return check_source(kDecision + ("policy p for go { deny a " + rule + " because \"x\" }")).codes();
  };
  CHECK(of_rule("for each p in pods let bad = any c in p.containers, m in c.mounts: m.path == \"/\" when bad") == "");
  CHECK(of_rule("for each p in pods let bad = any x in xs, n in few: x == n when bad") == "E0246");
}

TEST_CASE("the message tells what was multiplied") {
  const auto checked = check_source(
      kDecision +
      std::string(
          "policy p for go { deny a for each x in xs, y in xs when any n in few: n == x and x == y because \"x\" }"));
  CHECK(checked.rendered().find("268,435,456 times, and 16,777,216") != std::string::npos);
  CHECK(checked.rendered().find("`xs` 4,096 x `xs` 4,096 x `few` 16") != std::string::npos);
}

TEST_CASE("functions and lets bring their loops") {
  CHECK(codes("pairs(xs, xs)") == "");
  CHECK(codes("any n in few: n == 3 and pairs(xs, xs)") == "E0246");
  CHECK(
      check_source(kDecision + std::string("policy p for go { let found = pairs(xs, xs)  deny a for each n in few when "
                                           "found and n == 3 because \"x\" }"))
          .codes() == "E0246");
  CHECK(check_source(kDecision +
                     std::string("policy p for go { deny a for each n in few, x in xs when any y in xs: y == x "
                                 "because \"x\" }"))
            .codes() == "E0246");
}

TEST_CASE("comprehensions and joined lists bring their loops") {
  CHECK(codes("any a in [x for x in xs, y in few where x > y], b in xs: a == b") == "E0246");
  CHECK(codes("any a in [x for x in xs where x > 1], b in xs: a == b") == "");
  CHECK(codes("any a in xs + xs, b in xs: a == b") == "E0246");
  CHECK(codes("count(xs + xs + few) > 3") == "");
  CHECK(codes("any n in few: n == 3 and count([1 for a in xs, b in xs where a == b]) > 3") == "E0246");
  CHECK(codes("sum([1 for p in pods, c in p.containers, m in c.mounts]) > 3") == "");
  CHECK(codes("any c in [c for p in pods, c in p.containers], m in c.mounts: m.path == \"/\"") == "");
  CHECK(
      check_source(kDecision + std::string("policy p for go { let parts = [c for q in pods, c in q.containers]  deny a "
                                           "for each c in parts, m in c.mounts when m.path == \"/\" because \"x\" }"))
          .codes() == "");
}
