#pragma once
// From played cases to records: the engine reads the request, the decision IR is asked condition by condition, and both
// must come to the same verdict.

#include <bylaw/compiler/compile.h>
#include <bylaw/report.hpp>

#include <memory>
#include <string>

#include "engine.h"
#include "model/outcome.h"
#include "model/record.h"

namespace bylaw::runner {

class Player {
 public:
  /// `program` was lowered without errors.
  explicit Player(const Program& program);

  /// The case's record; nothing if the request is invalid: then no policy was asked.
  std::optional<CaseRecord> record(Engine& engine, compiler::DecisionId decision, const std::string& request_json,
                                   const std::string& entities_json, PolicyChoiceOrAll policies = {}) const;
  /// From now on records also tell what was given of each entity, without what it inherits. False if that cannot be
  /// known.
  bool note_given(const compiler::Input& input);
  CaseOutcome outcome(const CaseRecord& record) const;
  /// What the engine says otherwise; empty if both agree. Anything else is a bug in Bylaw.
  std::string disagreement(const CaseOutcome& outcome, const Report& report) const;

  const Program& program() const { return program_; }
  const ir::ProgramIr& ir() const { return *ir_; }
  ir::ProgramIr& ir() { return *ir_; }  // terms may be added
  const Recording& recording() const { return recording_; }

 private:
  EntityFacts given(const Inspection& inspection, const std::string& decision, const std::string& request_json,
                    const std::string& entities_json) const;

  const Program& program_;
  std::unique_ptr<ir::ProgramIr> ir_;
  Recording recording_;
  std::map<compiler::DecisionId, std::vector<EntityName>> named_;
  std::unique_ptr<Program> given_program_;  // without inheritance
  std::unique_ptr<Engine> given_engine_;    // of that
};

}  // namespace bylaw::runner
