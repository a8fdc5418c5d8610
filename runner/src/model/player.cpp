#include "model/player.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/inherited.h"
#include "names.h"

namespace bylaw::runner {
namespace {

std::unique_ptr<ir::ProgramIr> elaborated(const Program& program) {
  grammar::Diagnostics told;  // all of it was told when the program was lowered
  return std::make_unique<ir::ProgramIr>(ir::elaborate(program, told));
}

}  // namespace

Player::Player(const Program& program) : program_(program), ir_(elaborated(program)), recording_(program, *ir_) {
  for (const ir::DecisionIr& decision : ir_->decisions)
    named_[decision.decision] = named_entities(program, *ir_, decision);
}

std::optional<CaseRecord> Player::record(Engine& engine, compiler::DecisionId decision, const std::string& request_json,
                                         const std::string& entities_json, PolicyChoiceOrAll policies) const {
  const Inspection inspection =
      engine.inspect(full_name(program_, decision), request_json, entities_json, named_.at(decision));
  if (!inspection.valid) return std::nullopt;
  CaseModel model = make_model(program_, decision_ir(*ir_, decision), inspection);
  model.policies = std::move(policies);
  if (given_engine_) model.given = given(inspection, full_name(program_, decision), request_json, entities_json);
  return recording_.record(std::move(model));
}

bool Player::note_given(const compiler::Input& input) {
  grammar::Diagnostics told;
  given_program_ = std::make_unique<Program>(without_inheritance(program_));
  const auto bundle = compiler::lower(*given_program_, input, told);
  if (!bundle) return false;
  Result<Engine> engine = Engine::open(bundle->bytes);
  if (engine) given_engine_ = std::make_unique<Engine>(*std::move(engine));
  return given_engine_ != nullptr;
}

/// Of the entities that were inspected, and of all above them.
EntityFacts Player::given(const Inspection& inspection, const std::string& decision, const std::string& request_json,
                          const std::string& entities_json) const {
  std::set<EntityName> names;
  for (const InspectedEntity& entity : inspection.entities) {
    names.insert(entity.name);
    names.insert(entity.above.begin(), entity.above.end());
  }
  const Inspection given = given_engine_->inspect(decision, request_json, entities_json, {names.begin(), names.end()});
  return entity_facts(*given_program_, given);
}

CaseOutcome Player::outcome(const CaseRecord& record) const {
  return runner::outcome(program_, *record.model.decision, facts(record));
}

std::string Player::disagreement(const CaseOutcome& outcome, const Report& report) const {
  std::vector<std::string> by;
  for (const compiler::RuleId rule : outcome.by) by.push_back(full_name(program_, rule));
  if (report.verdict == outcome.verdict && report.would_be == outcome.would_be && report.by == by) return "";
  return fmt::format("the decision IR decides by [{}], the engine by [{}]", fmt::join(by, ", "),
                     fmt::join(report.by, ", "));
}

}  // namespace bylaw::runner
