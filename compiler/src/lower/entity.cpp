#include "format/layout.h"
#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

/// The base that is bound to the attributes of an entity, as of this type.
unsigned Lowering::row(TermId entity, EntityTypeId type) {
  const std::uint32_t index = scope_.types.entity_type(type);
  const Known known{entity.index, index};
  if (const auto place = block_.find(known)) return format::base_of(*place);
  const std::uint16_t operand = value(entity);
  const Pin pin(block_, operand);
  const unsigned base = block_.take_base();
  block_.value(Op::Row, format::operand(base, 0), operand, 0, index);
  block_.remember(known, format::operand(base, 0));
  return base;
}

void Lowering::listed(TermId id, Label t, Label f) {
  const ListId list{terms_[id].b};
  const std::uint16_t entry = value(terms_.operand(id, 0));
  const bool address = terms_.type_of(terms_.operand(id, 0)).kind == TypeKind::Ip &&
                       scope_.program.types[scope_.program.lists[list].element].kind == TypeKind::Cidr;
  const Op op = address ? Op::ListedIp : terms_[id].op == ir::Op::Listed ? Op::Listed : Op::ListedDirectly;
  block_.test(op, entry, instant_of(list), scope_.lists[list.index], t, f);
}

}  // namespace bylaw::compiler::lowering
