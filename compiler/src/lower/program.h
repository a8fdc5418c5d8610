#pragma once
// The tables of a bundle from a program and its IR. Runs twice for one bundle, see symbols.h.

#include <bylaw/compiler/compile.h>
#include <bylaw/compiler/decision_ir.h>

#include <set>

#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

class ProgramLowering {
 public:
  ProgramLowering(const Program& program, const ir::ProgramIr& ir, const grammar::Sources& sources, Symbols& symbols,
                  grammar::Diagnostics& diagnostics);

  /// All sections but those of texts and sources; incomplete if something was reported.
  format::BundleTables& run();

 private:
  /// A policy while its rules are lowered.
  struct PolicyPlace {
    const ir::DecisionIr& ir;
    const Scope& scope;
    std::uint32_t decision;  // index
    std::uint32_t policy;    // index
  };
  /// What a block belongs to, and what it is called in messages.
  struct BlockOwner {
    format::BlockKind kind;
    std::uint32_t type = format::kNone;
    std::uint32_t first_binder = 0, binder_count = 0;
    std::string name;
    Span span;
  };

  // program.cpp
  void add_lists();
  void add_decision(const ir::DecisionIr& ir);
  void add_obligations(const Decision& decision);
  std::uint32_t default_message(const ir::DecisionIr& ir, std::uint32_t decision);
  std::uint32_t span(Span span, bool with_text = false);

  // policy.cpp
  void add_policy(const ir::DecisionIr& ir, const ir::PolicyIr& policy, std::uint32_t decision);
  void place_window(format::PolicyRecord& record, const Policy& policy, const Window& window);
  format::RuleRecord rule_record(const ir::PolicyIr& policy, std::size_t number, const PolicyPlace& place,
                                 std::uint32_t first_rule);
  void add_binders(format::RuleRecord& record, const ir::RuleIr& rule, const ir::DecisionIr& ir);
  bool add_condition(format::RuleRecord& record, const ir::RuleIr& rule, std::uint32_t index, const PolicyPlace& place);
  void add_lifts(format::RuleRecord& record, const Rule& rule, std::uint32_t first_rule, const ir::PolicyIr& policy);
  void add_notes(format::RuleRecord& record, const Rule& rule);

  // blocks.cpp
  void tell_loops(const BlockOwner& owner);
  std::uint32_t add_block(const Lowering& lowering, const PolicyPlace& place, const BlockOwner& owner);
  std::uint32_t skeleton(const ir::Condition& condition, const PolicyPlace& place, std::uint32_t rule,
                         const BlockOwner& owner);
  void add_occurrence(ir::OccurrenceId id, const PolicyPlace& place, std::uint32_t rule, const BlockOwner& owner);
  void bind_elements(Lowering& lowering, ir::TermId term, const PolicyPlace& place, BlockOwner& owner) const;
  std::uint32_t value_block(ir::TermId term, const PolicyPlace& place, const BlockOwner& owner);
  std::uint32_t message(const ir::Message& message, const PolicyPlace& place, const BlockOwner& owner);

  const Program& program_;
  const ir::ProgramIr& ir_;
  const grammar::Sources& sources_;
  Symbols& symbols_;
  grammar::Diagnostics& diagnostics_;
  format::BundleTables tables_;
  Types types_;
  Constants constants_;
  std::vector<std::uint32_t> lists_;  // by ListId
  std::map<std::pair<Span, bool>, std::uint32_t> spans_;
  std::set<Span> told_;  // owners of blocks that are too large
};

}  // namespace bylaw::compiler::lowering
