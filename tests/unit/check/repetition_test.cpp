// Loops inside of loops: what multiplies, and what counts together.

#include <doctest/doctest.h>

#include "unit/check/checking.h"

using bylaw::compiler::testing::check_source;

namespace {

constexpr const char* kDecision = R"(
record Mount { path: String }
record Container { mounts: List<Mount>  ports: Set<Int> }
record Pod { containers: List<Container> }
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
