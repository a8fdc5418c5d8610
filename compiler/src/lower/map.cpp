#include "format/layout.h"
#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

/// The entry of a map at a key: a frame of its own, as the attributes of an entity are.
Place Lowering::lookup(TermId id) {
  const TermId map = terms_.operand(id, 0), key = terms_.operand(id, 1);
  const std::uint32_t slots = format::presence_words(scope_.types.shape_record(scope_.types.record(type(id)).ref));
  const Known known{id.index};
  if (const auto place = block_.find(known)) return {format::base_of(*place), slots, 0};
  const std::uint16_t entries = value(map);
  const Pin pin_map(block_, entries);
  const std::uint16_t wanted = value(key);
  const Pin pin_key(block_, wanted, words(key));
  const unsigned base = block_.take_base();
  block_.value(Op::Lookup, format::operand(base, 0), entries, wanted, type(map));
  block_.remember(known, format::operand(base, 0));
  return {base, slots, 0};
}

}  // namespace bylaw::compiler::lowering
