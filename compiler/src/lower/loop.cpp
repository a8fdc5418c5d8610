#include <deque>

#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

bool Lowering::is_element(TermId term, std::uint32_t level) const {
  return terms_[term].op == ir::Op::Element && terms_[term].a == level;
}

void Lowering::any(TermId id, Label t, Label f) {
  const TermId collection = terms_.operand(id, 0), body = terms_.operand(id, 1);
  const std::uint32_t level = terms_[id].c;
  if (any_at_once(collection, body, level, t, f)) return;
  // An argument of a def may have brought a loop into another one of its level; the outer element comes back after it.
  const std::vector<Element> outer = elements_;
  const std::size_t loop = open(collection, level);
  const Label found = block_.label(), next = block_.label();
  test(body, found, next);
  block_.bind(found);
  block_.end(Op::Stop);
  block_.bind(next);
  block_.end(Op::Next);
  block_.close_loop(loop, t, f);
  elements_ = outer;
}

/// Begins the loop over a collection. What is no value in memory gets a loop instruction of its own here, by the
/// operation of its term.
std::size_t Lowering::open(TermId collection, std::uint32_t level) {
  if (is_rows(collection)) return open_rows(collection, level);
  if (terms_[collection].op == ir::Op::Chain) return open_chain(collection, level);
  const std::uint16_t operand = value(collection);
  const std::uint32_t collection_type = type(collection);
  const std::uint32_t element = scope_.types.record(collection_type).ref;
  const Pin pin(block_, operand, words(collection));
  const unsigned base = block_.take_base();
  bind_element(level, {base, element});
  const auto forget = [&](const Known& known) { return terms_.reads_element(TermId{known.term}, level); };
  if (scope_.types.is_mask(collection_type))
    return block_.open_loop(Op::EachMember, base, operand, static_cast<std::uint16_t>(enum_of(collection)), forget);
  return block_.open_loop(Op::Each, base, operand, static_cast<std::uint16_t>(scope_.types.stride(element)), forget);
}

void Lowering::bind_element(std::uint32_t level, const Element& element) {
  if (elements_.size() <= level) elements_.resize(level + 1);
  elements_[level] = element;
}

/// One loop over lists, and over values that are written out.
std::size_t Lowering::open_chain(TermId chain, std::uint32_t level) {
  const std::uint32_t element = scope_.types.record(type(chain)).ref;
  struct Operand {
    std::uint16_t place;
    std::uint16_t stride;
  };
  std::vector<Operand> operands;
  std::deque<Pin> pins;
  const auto take = [&](TermId term, std::uint32_t stride) {
    const std::uint16_t place = value(term);
    operands.push_back({place, static_cast<std::uint16_t>(stride)});
    pins.emplace_back(block_, place, words(term));
  };
  for (const TermId part : terms_.elements(chain)) {
    if (terms_[part].op == ir::Op::Elements)
      for (const TermId only : terms_.elements(part)) take(only, 0);
    else
      take(part, scope_.types.stride(element));
  }
  const unsigned base = block_.take_base();
  bind_element(level, {base, element});
  const auto forget = [&](const Known& known) { return terms_.reads_element(TermId{known.term}, level); };
  const std::size_t loop =
      block_.open_loop(Op::EachChain, base, 0, static_cast<std::uint16_t>(operands.size()), forget);
  for (const Operand& operand : operands) block_.link(operand.place, operand.stride);
  return loop;
}

/// What one instruction says of all elements: `xs overlaps ys`, `x in xs`, `scopes includes s`, and all of xs in ys.
bool Lowering::any_at_once(TermId collection, TermId body, std::uint32_t level, Label t, Label f) {
  if (is_rows(collection) || terms_[collection].op == ir::Op::Chain) return false;
  const ir::Term& inner = terms_[body];
  const auto other = [&](unsigned element, unsigned rest) {
    const TermId there = terms_.operand(body, rest);
    return is_element(terms_.operand(body, element), level) && !terms_.reads_element(there, level) ? there : TermId{};
  };
  if (inner.op == ir::Op::Contains) {
    const TermId all = other(0, 1);
    return all && compare_sets(Op::OverlapMask, Op::OverlapSet, collection, all, t, f);
  }
  if (inner.op == ir::Op::Equal && terms_.type_of(terms_.operand(body, 0)).kind != TypeKind::Set) {
    const TermId value = other(0, 1) ? other(0, 1) : other(1, 0);
    if (value) contains(value, collection, t, f);
    return static_cast<bool>(value);
  }
  if (inner.op == ir::Op::Includes && scope_.types.is_mask(type(collection))) {
    const TermId member = other(0, 1);
    if (member) both(Op::SetIncludes, collection, member, enum_of(collection), t, f);
    return static_cast<bool>(member);
  }
  if (inner.op != ir::Op::Not || terms_[terms_.operand(body, 0)].op != ir::Op::Contains) return false;
  // Some element of xs is outside of ys: xs is not empty and not within ys.
  const TermId contained = terms_.operand(body, 0), all = terms_.operand(contained, 1);
  if (!is_element(terms_.operand(contained, 0), level) || terms_.reads_element(all, level)) return false;
  if (scope_.types.is_mask(type(collection)) != scope_.types.is_mask(type(all))) return false;
  if (has_wide_elements(collection)) return false;
  const Label filled = block_.label();
  is_empty(collection, f, filled);
  block_.bind(filled);
  return compare_sets(Op::SubsetMask, Op::SubsetSet, collection, all, f, t);
}

}  // namespace bylaw::compiler::lowering
