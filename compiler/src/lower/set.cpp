#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

/// The enum whose members a mask holds.
std::uint32_t Lowering::enum_of(TermId term) const {
  return scope_.types.record(scope_.types.record(type(term)).ref).ref;
}

/// Elements of several words, which no test of a whole set compares but the one for equality.
bool Lowering::has_wide_elements(TermId collection) const {
  const TypeId element = terms_.type_of(collection).element;
  const TypeKind kind = element ? scope_.program.types[element].kind : TypeKind::Error;
  return kind == TypeKind::Ip || kind == TypeKind::Cidr || kind == TypeKind::Version;
}

void Lowering::contains(TermId element, TermId collection, Label t, Label f) {
  if (scope_.types.is_mask(type(collection)))
    both(Op::InMask, element, collection, enum_of(collection), t, f);
  else if (const Text read = text(element); read.mode != format::TextMode::AsIs || terms_.is_part(element))
    both(Op::HasFolded, read.term, collection, static_cast<std::uint32_t>(read.mode), t, f);
  else if (has_wide_elements(collection))
    both(Op::Has2, element, collection, words(element), t, f);
  else
    both(Op::Has, element, collection, 0, t, f);
}

void Lowering::is_empty(TermId collection, Label t, Label f) {
  if (is_rows(collection)) return no_rows(collection, t, f);
  if (scope_.types.is_mask(type(collection)))
    block_.test(Op::EmptyMask, value(collection), 0, enum_of(collection), t, f);
  else
    block_.test(Op::Empty, value(collection), 0, 0, t, f);
}

void Lowering::equal_sets(TermId a, TermId b, Label t, Label f) {
  compare_sets(Op::EqMask, Op::EqSet, a, b, t, f);
}

/// Two masks, or two collections whose elements have one word; false if they are neither.
bool Lowering::compare_sets(Op masks, Op collections, TermId a, TermId b, Label t, Label f) {
  const bool left = scope_.types.is_mask(type(a));
  if (left != scope_.types.is_mask(type(b))) return false;
  if (!left && terms_.type_of(a).element && scope_.program.types[terms_.type_of(a).element].kind == TypeKind::Record)
    return false;
  if (!left && has_wide_elements(a)) {
    if (collections != Op::EqSet) return false;
    both(Op::EqSet2, a, b, scope_.types.stride(scope_.types.record(type(a)).ref), t, f);
    return true;
  }
  both(left ? masks : collections, a, b, left ? enum_of(a) : 0, t, f);
  return true;
}

}  // namespace bylaw::compiler::lowering
