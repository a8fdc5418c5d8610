#include <cassert>

#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

void Lowering::test(TermId id, Label t, Label f) {
  if (block_.failed() || !block_.reachable()) return;
  const ir::Term& term = terms_[id];
  const auto operand = [&](unsigned field) { return terms_.operand(id, field); };
  switch (term.op) {
    case ir::Op::Constant:
    case ir::Op::Request:
    case ir::Op::Element:
    case ir::Op::Select:
    case ir::Op::Get: return block_.test(Op::True, value(id), 0, 0, t, f);
    case ir::Op::IsSet:
      if (is_function(operand(0))) {
        attempt(operand(0), t, f);
        return;
      }
      return block_.test(Op::Present, present(operand(0)), 0, 0, t, f);
    case ir::Op::If: return test_if(id, t, f);
    case ir::Op::Not: return test(operand(0), f, t);
    case ir::Op::And: {
      if (within(id, t, f)) return;
      const Label next = block_.label();
      test(operand(0), next, f);
      block_.bind(next);
      return test(operand(1), t, f);
    }
    case ir::Op::Or: {
      const Label next = block_.label();
      test(operand(0), t, next);
      block_.bind(next);
      return test(operand(1), t, f);
    }
    case ir::Op::Equal: return equal(id, t, f);
    case ir::Op::Less: {
      const bool versions = terms_.type_of(operand(0)).kind == TypeKind::Version;
      return both(versions ? Op::LtVersion : Op::Lt, operand(0), operand(1), 0, t, f);
    }
    case ir::Op::Inside: return inside(operand(0), operand(1), t, f);
    case ir::Op::Contains: return contains(operand(0), operand(1), t, f);
    case ir::Op::Includes:
      return both(Op::Includes, operand(0), operand(1), scope_.types.record(type(operand(0))).ref, t, f);
    case ir::Op::IsType:
      return block_.test(Op::IsType, value(operand(0)), 0, scope_.types.entity_set(terms_.types(id)), t, f);
    case ir::Op::IsUnknown: {
      const EnumId declared = terms_.type_of(operand(0)).enum_id;
      const auto members = static_cast<std::uint32_t>(scope_.program.enums[declared].members.size());
      return block_.test(Op::Unknown, value(operand(0)), 0, members, t, f);
    }
    case ir::Op::IsEmpty: return is_empty(operand(0), t, f);
    case ir::Op::Reach: return both(Op::Reach, operand(0), operand(1), 0, t, f);
    case ir::Op::ReachAny: return both(Op::ReachAny, operand(0), operand(1), 0, t, f);
    case ir::Op::Parent: return both(Op::Parent, operand(0), operand(1), 0, t, f);
    case ir::Op::Listed:
    case ir::Op::ListedDirectly: return listed(id, t, f);
    case ir::Op::Any: return any(id, t, f);
    case ir::Op::Matches: return matches(id, t, f);
    case ir::Op::HasPart: return two_texts(Op::Contains, id, t, f);
    case ir::Op::StartsWith: return two_texts(Op::Prefix, id, t, f);
    case ir::Op::EndsWith: return two_texts(Op::Suffix, id, t, f);
    case ir::Op::Add:
    case ir::Op::Subtract:
    case ir::Op::Multiply:
    case ir::Op::Negate:
    case ir::Op::Rows:
    case ir::Op::Lineage:
    case ir::Op::Elements:
    case ir::Op::Min:
    case ir::Op::Max:
    case ir::Op::Divide:
    case ir::Op::Modulo:
    case ir::Op::ToDecimal:
    case ir::Op::AddMonths:
    case ir::Op::Calendar:
    case ir::Op::Weekday:
    case ir::Op::Lookup:
    case ir::Op::Lower:
    case ir::Op::Fold:
    case ir::Op::Length:
    case ir::Op::Flat:
    case ir::Op::Chain:
    case ir::Op::Distinct:
    case ir::Op::Count:
    case ir::Op::Sum:
    case ir::Op::Least:
    case ir::Op::Greatest:
    case ir::Op::Spelling:
    case ir::Op::Id:
    case ir::Op::Digits:
    case ir::Op::Compose:
    case ir::Op::Part:
    case ir::Op::Integer:
    case ir::Op::Quantity: break;
  }
  assert(!"a condition is a Bool");
}

void Lowering::test_if(TermId id, Label t, Label f) {
  const Label then = block_.label(), otherwise = block_.label();
  test(terms_.operand(id, 0), then, otherwise);
  block_.bind(then);
  test(terms_.operand(id, 1), t, f);
  block_.bind(otherwise);
  test(terms_.operand(id, 2), t, f);
}

/// A test of two values.
void Lowering::both(Op op, TermId a, TermId b, std::uint32_t imm, Label t, Label f) {
  const std::uint16_t left = value(a);
  const Pin pin(block_, left, words(a));
  const std::uint16_t right = value(b);
  block_.test(op, left, right, imm, t, f);
}

void Lowering::equal(TermId id, Label t, Label f) {
  const TermId a = terms_.operand(id, 0), b = terms_.operand(id, 1);
  if (terms_.type_of(a).kind == TypeKind::Set) return equal_sets(a, b, t, f);
  const auto as_read = [&](TermId text) { return terms_.is_read_text(text) || terms_.is_part(text); };
  if (as_read(a) || as_read(b)) return two_texts(Op::EqFolded, id, t, f);
  if (words(a) > 1) return both(Op::Eq2, a, b, words(a), t, f);
  both(Op::Eq, a, b, 0, t, f);
}

/// `a in b`, where b says a range.
void Lowering::inside(TermId a, TermId b, Label t, Label f) {
  const TypeKind kind = terms_.type_of(a).kind;
  both(kind == TypeKind::Version ? Op::InVersions : kind == TypeKind::Ip ? Op::InCidr : Op::CidrInCidr, a, b, 0, t, f);
}

/// `xs within r` as it was worded, where one instruction says it.
bool Lowering::within(TermId id, Label t, Label f) {
  const auto inside_not = [&](TermId term, ir::Op op) {
    if (terms_[term].op != ir::Op::Not) return TermId{};
    const TermId inner = terms_.operand(term, 0);
    return terms_[inner].op == op ? inner : TermId{};
  };
  const TermId empty = inside_not(terms_.operand(id, 0), ir::Op::IsEmpty);
  const TermId any = inside_not(terms_.operand(id, 1), ir::Op::Any);
  if (!empty || !any || terms_.operand(empty, 0) != terms_.operand(any, 0)) return false;
  const TermId contains = inside_not(terms_.operand(any, 1), ir::Op::Contains);
  const std::uint32_t level = terms_[any].c;
  if (!contains || !is_element(terms_.operand(contains, 0), level)) return false;
  const TermId all = terms_.operand(contains, 1);
  return !terms_.reads_element(all, level) &&
         compare_sets(Op::SubsetMask, Op::SubsetSet, terms_.operand(any, 0), all, t, f);
}

}  // namespace bylaw::compiler::lowering
