#include <bylaw/compiler/decision_evaluate.h>
#include <doctest/doctest.h>

#include <limits>

#include "format/text_forms.h"

using namespace bylaw::compiler;
using bylaw::format::kFirstInstant;
using bylaw::format::kLastInstant;

namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

struct World {
  Program program;
  TypeId boolean = program.simple(TypeKind::Bool);
  TypeId integer = program.simple(TypeKind::Int);
  TypeId time = program.simple(TypeKind::Time);
  TypeId duration = program.simple(TypeKind::Duration);
  ir::Terms terms{program};

  ir::TermId number(std::int64_t value) { return terms.constant(Value::number(ValueKind::Int, value), integer); }
  std::int64_t folded(ir::Op op, std::int64_t a, std::int64_t b, TypeId type) {
    const ir::TermId term = terms.arithmetic(op, number(a), number(b), type);
    REQUIRE(terms.constant_of(term));
    return terms.value(term).integer;
  }
};

}  // namespace

TEST_CASE("arithmetic on constants saturates") {
  World w;
  struct Case {
    ir::Op op;
    std::int64_t a, b, expected;
  };
  const Case cases[] = {
      {ir::Op::Add, 1, 2, 3},
      {ir::Op::Add, kMax, 1, kMax},
      {ir::Op::Add, kMax, kMax, kMax},
      {ir::Op::Add, kMin, -1, kMin},
      {ir::Op::Add, kMin, kMax, -1},
      {ir::Op::Add, kMax - 1, 1, kMax},
      {ir::Op::Subtract, kMin, 1, kMin},
      {ir::Op::Subtract, kMax, -1, kMax},
      {ir::Op::Subtract, 0, kMin, kMax},
      {ir::Op::Subtract, -1, kMin, kMax},
      {ir::Op::Subtract, kMin, kMin, 0},
      {ir::Op::Multiply, kMin, -1, kMax},
      {ir::Op::Multiply, -1, kMin, kMax},
      {ir::Op::Multiply, kMin, 1, kMin},
      {ir::Op::Multiply, kMin, 2, kMin},
      {ir::Op::Multiply, kMax, 2, kMax},
      {ir::Op::Multiply, kMax, -2, kMin},
      {ir::Op::Multiply, kMin, kMin, kMax},
      {ir::Op::Multiply, 3037000500, 3037000500, kMax},
      {ir::Op::Multiply, 3037000499, 3037000499, 9223372030926249001},
      {ir::Op::Multiply, kMin, 0, 0},
  };
  for (const Case& c : cases) {
    CAPTURE(info(c.op).name);
    CAPTURE(c.a);
    CAPTURE(c.b);
    CHECK(w.folded(c.op, c.a, c.b, w.integer) == c.expected);
    CHECK(w.folded(c.op, c.a, c.b, w.duration) == c.expected);
  }
  CHECK(w.terms.value(w.terms.negate(w.number(kMin))).integer == kMax);
  CHECK(w.terms.value(w.terms.negate(w.number(kMax))).integer == -kMax);
}

TEST_CASE("instants saturate at the ends of time") {
  World w;
  CHECK(w.folded(ir::Op::Add, kLastInstant, 1, w.time) == kLastInstant);
  CHECK(w.folded(ir::Op::Add, kLastInstant, kMax, w.time) == kLastInstant);
  CHECK(w.folded(ir::Op::Add, kFirstInstant, kMin, w.time) == kFirstInstant);
  CHECK(w.folded(ir::Op::Subtract, kFirstInstant, 1, w.time) == kFirstInstant);
  CHECK(w.folded(ir::Op::Subtract, kFirstInstant, kMin, w.time) == kLastInstant);
  CHECK(w.folded(ir::Op::Subtract, kFirstInstant, kLastInstant, w.duration) == kFirstInstant - kLastInstant);
}

TEST_CASE("saturating arithmetic is not reassociated") {
  World w;
  const ir::TermId x = w.terms.request(0, w.integer);
  const ir::TermId sum = w.terms.arithmetic(ir::Op::Add, x, w.number(kMax), w.integer);
  const ir::TermId term = w.terms.arithmetic(ir::Op::Subtract, sum, w.number(kMax), w.integer);
  CHECK(w.terms[term].op == ir::Op::Subtract);
  CHECK(w.terms.operand(term, 0) == sum);
  // 1 + max - max is 0, not 1.
  const std::vector<ir::ListIr> lists;
  const std::vector<Value> request{Value::number(ValueKind::Int, 1)};
  ir::Evaluation evaluation{w.program, w.terms, lists, request, 0, ir::empty_world(), {}};
  CHECK(evaluate(evaluation, term).integer == 0);
}

TEST_CASE("equal terms are one term, and conditions fold to what is left") {
  World w;
  const ir::TermId x = w.terms.request(0, w.integer), y = w.terms.request(1, w.integer);
  const ir::TermId less = w.terms.less(x, y), yes = w.terms.boolean(true), no = w.terms.boolean(false);
  CHECK(less == w.terms.less(x, y));
  CHECK(less != w.terms.less(y, x));
  CHECK(w.terms.both(yes, less) == less);
  CHECK(w.terms.both(less, no) == no);
  CHECK(w.terms.either(less, no) == less);
  CHECK(w.terms.either(yes, less) == yes);
  CHECK(w.terms.both(less, less) == less);
  CHECK(w.terms.negation(w.terms.negation(less)) == less);
  CHECK(w.terms.equal(x, x) == yes);
  CHECK(w.terms.less(x, x) == no);
  CHECK(w.terms.choose(less, yes, no) == less);
  CHECK(w.terms.choose(less, no, yes) == w.terms.negation(less));
  CHECK(w.terms.choose(w.terms.negation(less), x, y) == w.terms.choose(less, y, x));
  CHECK(w.terms.choose(less, x, x) == x);
}
