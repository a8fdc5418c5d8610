// Blocks, the skeletons that say what they test, and messages.

#include "analysis/nested_loops.h"
#include "lower/program.h"

#include <bylaw/grammar/diagnostics/limits.h>

namespace bylaw::compiler::lowering {

using format::kNone;

namespace {

std::uint32_t count(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

void report(grammar::Diagnostics& diagnostics, Limit limit, const std::string& part, Span span) {
  switch (limit) {
    case Limit::None: return;
    case Limit::Instructions:
      diagnostics.report(grammar::codes::BlockTooLong, span, {{"part", part}}).help("split it into several rules");
      return;
    case Limit::Loops: return;  // tell_loops
    case Limit::Pieces:
      diagnostics
          .report(grammar::codes::TooManyPieces, span, {{"part", part}, {"most", std::to_string(format::kMostPieces)}})
          .help("a part of a text that is put together is no piece of another one");
      return;
    case Limit::Values:
      diagnostics.report(grammar::codes::TooManyValues, span, {{"part", part}}).help("split it into several rules");
      return;
  }
}

format::SkeletonKind skeleton_kind(ir::NodeKind kind) {
  switch (kind) {
    case ir::NodeKind::True: return format::SkeletonKind::True;
    case ir::NodeKind::False: return format::SkeletonKind::False;
    case ir::NodeKind::Leaf: return format::SkeletonKind::Leaf;
    case ir::NodeKind::Not: return format::SkeletonKind::Not;
    case ir::NodeKind::And: return format::SkeletonKind::And;
    case ir::NodeKind::Or: return format::SkeletonKind::Or;
  }
  return format::SkeletonKind::False;
}

}  // namespace

/// With the loops, where a rule has them.
void ProgramLowering::tell_loops(const BlockOwner& owner) {
  std::string loops;
  for (const Rule& rule : program_.rules) {
    if (rule.name_span != owner.span) continue;
    for (const Span span : deepest_loops(program_, rule))
      loops += (loops.empty() ? "`" : ", in it `") + std::string(sources_.text(span)) + "`";
    break;
  }
  auto told = diagnostics_.report(grammar::codes::LoopsTooDeep, owner.span, {{"part", owner.name}});
  if (!loops.empty()) told.help("it goes through " + loops);
  told.help(
      "ask what does not hang on the element outside in a rule of its own, or let the request bring it in one list");
}

std::uint32_t ProgramLowering::add_block(const Lowering& lowering, const PolicyPlace& place, const BlockOwner& owner) {
  const Block& block = lowering.block();
  // What is too much for a rule is often too much for one of its conditions, which has a block of its own.
  if (block.failed() && told_.insert(owner.span).second) {
    if (block.limit() == Limit::Loops)
      tell_loops(owner);
    else
      report(diagnostics_, block.limit(), owner.name, owner.span);
  }
  tables_.blocks.push_back({count(tables_.code.size()), count(block.code().size()), owner.kind, place.policy,
                            place.decision, owner.type, owner.first_binder, owner.binder_count});
  tables_.code.insert(tables_.code.end(), block.code().begin(), block.code().end());
  tables_.test_map.insert(tables_.test_map.end(), block.test_map().begin(), block.test_map().end());
  return count(tables_.blocks.size() - 1);
}

std::uint32_t ProgramLowering::skeleton(const ir::Condition& condition, const PolicyPlace& place, std::uint32_t rule,
                                        const BlockOwner& owner) {
  const auto first = count(tables_.skeletons.size());
  for (const ir::Node& node : condition) {
    const bool leaf = node.kind == ir::NodeKind::Leaf;
    const std::uint32_t occurrence = leaf ? place.scope.first_occurrence + node.occurrence.index : kNone;
    tables_.skeletons.push_back({skeleton_kind(node.kind), node.subtree, occurrence});
    if (leaf) add_occurrence(node.occurrence, place, rule, owner);
  }
  return first;
}

void ProgramLowering::add_occurrence(ir::OccurrenceId id, const PolicyPlace& place, std::uint32_t rule,
                                     const BlockOwner& owner) {
  const ir::Occurrence& occurrence = place.ir.occurrences[id];
  BlockOwner explain = owner;
  Lowering lowering(place.scope);
  bind_elements(lowering, occurrence.term, place, explain);
  lowering.leaf(occurrence.term);
  tables_.occurrences[place.scope.first_occurrence + id.index] = {rule,
                                                                  place.policy,
                                                                  symbols_.of(occurrence.path),
                                                                  span(occurrence.use, true),
                                                                  span(occurrence.definition, true),
                                                                  add_block(lowering, place, explain)};
}

/// Binds the elements of the rule if the term reads one; else the block has no binders.
void ProgramLowering::bind_elements(Lowering& lowering, ir::TermId term, const PolicyPlace& place,
                                    BlockOwner& owner) const {
  bool reads = false;
  std::vector<std::uint32_t> types;
  for (std::uint32_t i = 0; i < owner.binder_count; ++i) {
    reads = reads || place.ir.terms.reads_element(term, i);
    types.push_back(tables_.binders[owner.first_binder + i].type);
  }
  if (reads)
    lowering.bound_elements(types);
  else
    owner.first_binder = owner.binder_count = 0;
}

std::uint32_t ProgramLowering::value_block(ir::TermId term, const PolicyPlace& place, const BlockOwner& owner) {
  BlockOwner value = owner;
  if (place.ir.terms.is_part(term))
    value.kind = format::BlockKind::Text;
  else if (value.type == kNone)
    value.type = types_.type(place.ir.terms.type(term));
  Lowering lowering(place.scope);
  bind_elements(lowering, term, place, value);
  lowering.give(term);
  return add_block(lowering, place, value);
}

std::uint32_t ProgramLowering::message(const ir::Message& message, const PolicyPlace& place, const BlockOwner& owner) {
  const auto first = count(tables_.message_parts.size());
  for (const ir::MessagePart& part : message.parts) {
    std::uint32_t flags = part.secret ? static_cast<std::uint32_t>(format::kPartSecret) : 0U;
    ir::TermId printed = part.value;
    if (printed && place.ir.terms.is_read_text(printed)) {
      flags |= place.ir.terms[printed].op == ir::Op::Lower ? format::kPartLower : format::kPartFold;
      printed = place.ir.terms.operand(printed, 0);
    }
    const std::uint32_t value = printed ? value_block(printed, place, owner) : kNone;
    tables_.message_parts.push_back({symbols_.of(part.text), value, flags});
  }
  tables_.messages.push_back({first, count(message.parts.size())});
  return count(tables_.messages.size() - 1);
}

}  // namespace bylaw::compiler::lowering
