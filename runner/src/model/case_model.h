#pragma once
// A case as the decision IR sees it: the request's values and the entities, as plain values. What coverage, mutation
// and generation work conditions out with, one by one, whatever the engine would skip.

#include <bylaw/compiler/decision_evaluate.h>
#include <bylaw/inspect.hpp>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "policy_choice.h"

namespace bylaw::runner {

namespace ir = compiler::ir;

/// What is known of the entities of one case.
class EntityFacts final : public ir::World {
 public:
  void add(const compiler::Value& entity, std::vector<compiler::Value> attributes, std::set<compiler::Value> above,
           std::set<compiler::Value> parents);

  /// Another value of an attribute; false if nothing is known of the entity.
  bool set(const compiler::Value& entity, std::uint32_t field, const compiler::Value& value);
  /// Those of which attributes are known, or that lie above others.
  std::vector<compiler::Value> all() const;

  compiler::Value attribute(const compiler::Value& entity, std::uint32_t field) const override;
  bool reaches(const compiler::Value& lower, const compiler::Value& upper) const override;
  bool is_parent(const compiler::Value& child, const compiler::Value& parent) const override;
  /// At one distance in the order of values: no outcome depends on it.
  std::vector<compiler::Value> lineage(const compiler::Value& entity) const override;

 private:
  struct Known {
    std::vector<compiler::Value> attributes;
    std::set<compiler::Value> above, parents;
  };
  using Map = std::map<compiler::Value, Known>;
  std::shared_ptr<Map> known_ = std::make_shared<Map>();  // shared by copies until one is changed
};

struct CaseModel {
  const ir::DecisionIr* decision = nullptr;
  std::vector<compiler::Value> request;
  std::int64_t now = 0;
  EntityFacts entities;
  EntityFacts given;                    // the same before anything is inherited; empty unless the player notes it
  PolicyChoiceOrAll policies;           // those that take part
  std::optional<ir::OtherEntry> other;  // a list entry that is not as it is declared

  ir::Evaluation evaluation(const Program& program, const std::vector<ir::ListIr>& lists) const {
    ir::Evaluation evaluation{program, decision->terms, lists, request, now, entities};
    evaluation.other = other ? &*other : nullptr;
    return evaluation;
  }
};

/// The IR of a decision.
const ir::DecisionIr& decision_ir(const ir::ProgramIr& program, compiler::DecisionId decision);

/// The entities that policies and lists name: what an inspection must tell of beside those of the request.
std::vector<EntityName> named_entities(const Program& program, const ir::ProgramIr& ir, const ir::DecisionIr& decision);

/// A value of that type that was inspected.
compiler::Value inspected_value(const Program& program, const Inspected& held, compiler::TypeId type);

/// The entities that were inspected. `program`: by whose types.
EntityFacts entity_facts(const Program& program, const Inspection& inspection);

CaseModel make_model(const Program& program, const ir::DecisionIr& decision, const Inspection& inspection);

}  // namespace bylaw::runner
