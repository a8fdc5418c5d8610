#include "lower/program.h"

#include <bylaw/grammar/diagnostics/limits.h>

#include <algorithm>

#include "format/layout.h"

namespace bylaw::compiler::lowering {

using format::kNone;

namespace {

std::uint32_t count(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

/// A source text on one line.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return line;
}

}  // namespace

ProgramLowering::ProgramLowering(const Program& program, const ir::ProgramIr& ir, const grammar::Sources& sources,
                                 Symbols& symbols, grammar::Diagnostics& diagnostics)
    : program_(program),
      ir_(ir),
      sources_(sources),
      symbols_(symbols),
      diagnostics_(diagnostics),
      types_(program, tables_, symbols),
      constants_(program, types_, tables_, symbols) {}

format::BundleTables& ProgramLowering::run() {
  if (!types_.declare(diagnostics_)) return tables_;
  constants_.place_closures();
  constants_.place_defaults();
  add_lists();
  for (const ir::DecisionIr& decision : ir_.decisions) add_decision(decision);
  return tables_;
}

void ProgramLowering::add_lists() {
  std::vector<ListId> order;
  for (std::uint32_t i = 0; i < program_.lists.size(); ++i) order.push_back({i});
  const auto name = [&](ListId id) { return program_.qualified(program_.lists[id]); };
  std::sort(order.begin(), order.end(), [&](ListId a, ListId b) { return name(a) < name(b); });
  lists_.resize(order.size());
  for (const ListId id : order) {
    const List& list = program_.lists[id];
    lists_[id.index] = count(tables_.lists.size());
    const std::uint32_t flags =
        (list.dated() ? format::kListDated : 0U) | (list.intent == ListIntent::Deny ? format::kListDenies : 0U);
    tables_.lists.push_back({symbols_.of(name(id)), symbols_.of(list.name), types_.type(list.element),
                             count(tables_.rows.size()), count(list.rows.size()), flags});
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
      const Row& row = list.rows[i];
      const auto text = [&](const auto& column) { return column ? symbols_.of(*column) : kNone; };
      tables_.rows.push_back({row.since.value_or(format::kNoStart), row.until.value_or(format::kNoEnd),
                              constants_.place(ir_.lists[id.index].values[i], list.element), text(row.owner),
                              text(row.because), row.through ? format::kRowThrough : 0U, span(row.span), 0});
    }
  }
}

std::uint32_t ProgramLowering::span(Span span, bool with_text) {
  if (!span.known()) return kNone;
  const auto [known, added] = spans_.try_emplace({span, with_text}, count(tables_.spans.size()));
  if (!added) return known->second;
  const grammar::SourceFile& file = sources_[span.source];
  const auto begin = file.place(span.begin), end = file.place(span.end);
  tables_.spans.push_back({symbols_.of(file.path()), begin.line, begin.column, end.line, end.column,
                           with_text ? symbols_.of(on_one_line(sources_.text(span))) : kNone});
  return known->second;
}

void ProgramLowering::add_decision(const ir::DecisionIr& ir) {
  const Decision& declared = program_.decisions[ir.decision];
  const auto index = count(tables_.decisions.size());
  const std::uint32_t shape = types_.shape(ir.decision);
  format::DecisionRecord record{
      .name = symbols_.of(program_.qualified(declared)),
      .short_name = symbols_.of(declared.name),
      .shape = shape,
      .default_effect = declared.default_effect == Effect::Deny ? format::EffectCode::Deny : format::EffectCode::Allow,
      .default_message = kNone,
      .first_policy = count(tables_.policies.size()),
      .policy_count = count(ir.policies.size()),
      .first_rule = count(tables_.rules.size()),
      .rule_count = 0,
      .first_obligation = count(tables_.obligations.size()),
      .obligation_count = count(declared.obligations.size()),
      .now_slot = kNone};
  if (ir.now) record.now_slot = format::presence_words(types_.shape_record(shape)) + types_.field(shape, *ir.now).slot;
  tables_.decisions.push_back(record);
  add_obligations(declared);
  tables_.occurrences.resize(tables_.occurrences.size() + ir.occurrences.size());
  for (const ir::PolicyIr& policy : ir.policies) add_policy(ir, policy, index);
  tables_.decisions[index].rule_count = count(tables_.rules.size()) - record.first_rule;
  if (ir.default_message) tables_.decisions[index].default_message = default_message(ir, index);
}

void ProgramLowering::add_obligations(const Decision& decision) {
  for (const Obligation& obligation : decision.obligations)
    tables_.obligations.push_back(
        {symbols_.of(obligation.name), types_.type(obligation.type), merge_strategy(obligation.strategy)});
}

std::uint32_t ProgramLowering::default_message(const ir::DecisionIr& ir, std::uint32_t decision) {
  Window window(constants_);
  const Scope scope{program_, ir, types_, window, lists_};
  const Decision& declared = program_.decisions[ir.decision];
  const BlockOwner owner{.kind = format::BlockKind::Value,
                         .name = "the default of `" + declared.name + "`",
                         .span = declared.default_message->span};
  const std::uint32_t result = message(*ir.default_message, {ir, scope, decision, kNone}, owner);
  // Constants belong to policies, and a default has none.
  if (window.size() != 0) diagnostics_.report(grammar::codes::ConstantInDefault, owner.span);
  return result;
}

}  // namespace bylaw::compiler::lowering
