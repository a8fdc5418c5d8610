// Lists whose entries are gone through.

#include "format/layout.h"
#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::TermId;

/// Where the time lies that says which entries live; zero for a list without dates.
std::uint16_t Lowering::instant_of(ListId list) const {
  if (!scope_.program.lists[list].dated() || !scope_.ir.now) return 0;
  const std::uint32_t shape = scope_.types.shape(scope_.ir.decision);
  return format::operand(format::kRequestBase, format::presence_words(scope_.types.shape_record(shape)) +
                                                   scope_.types.field(shape, *scope_.ir.now).slot);
}

std::size_t Lowering::open_rows(TermId rows, std::uint32_t level) {
  const ListId list{terms_[rows].a};
  const unsigned base = block_.take_base();
  if (elements_.size() <= level) elements_.resize(level + 1);
  elements_[level] = {base, scope_.types.type(scope_.program.lists[list].element)};
  const auto forget = [&](const Known& known) { return terms_.reads_element(TermId{known.term}, level); };
  return block_.open_loop(Op::EachRow, base, instant_of(list), static_cast<std::uint16_t>(scope_.lists[list.index]),
                          forget);
}

/// No entry lives: the loop ends before it begins.
void Lowering::no_rows(TermId rows, Label t, Label f) {
  const auto level = static_cast<std::uint32_t>(elements_.size());
  const std::vector<Element> outer = elements_;
  const std::size_t loop = open_rows(rows, level);
  block_.end(Op::Stop);
  block_.close_loop(loop, f, t);
  elements_ = outer;
}

}  // namespace bylaw::compiler::lowering
