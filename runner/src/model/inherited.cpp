#include "model/inherited.h"

#include <bylaw/compiler/strategies.h>

#include <algorithm>
#include <set>

#include "model/obliged.h"
#include "model/terms.h"

namespace bylaw::runner {
namespace {

using compiler::EntityTypeId;
using compiler::Field;
using compiler::Strategy;
using compiler::Value;
using compiler::ValueKind;

bool is_read(const ir::Term& term, AttributeName attribute) {
  return term.op == ir::Op::Select && EntityTypeId{term.c} == attribute.entity && term.b == attribute.field;
}

}  // namespace

std::optional<Value> inherited(const Program& program, const CaseModel& model, const Value& entity,
                               AttributeName attribute, Strategy strategy) {
  const Field& wanted = program.entities[attribute.entity].fields[attribute.field];
  std::vector<Value> values;  // the entity's own first
  for (const Value& one : model.given.lineage(entity)) {
    const std::vector<Field>& fields = program.entities[one.entity_type].fields;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name != wanted.name) continue;
      if (program.without_optional(fields[i].type) != program.without_optional(wanted.type)) continue;
      Value value = model.given.attribute(one, i);
      if (value.kind != ValueKind::Absent) values.push_back(std::move(value));
    }
  }
  if (values.empty()) return std::nullopt;
  if (strategy == Strategy::Nearest) return values.front();
  if (strategy == Strategy::Farthest) return values.back();
  return merged(strategy, values);
}

bool reads(const ir::DecisionIr& decision, ir::TermId term, AttributeName attribute) {
  bool found = false;
  for_each_term(decision.terms, term, [&](ir::TermId id) { found = found || is_read(decision.terms[id], attribute); });
  return found;
}

bool reads(const ir::DecisionIr& decision, AttributeName attribute) {
  for (ir::TermId id{0}; id.index < decision.terms.size(); ++id.index)
    if (is_read(decision.terms[id], attribute)) return true;
  return false;
}

Program without_inheritance(const Program& program) {
  Program result = program;
  std::set<std::string> inherited_names;
  for (std::uint32_t i = 0; i < program.entities.size(); ++i)
    for (const Field& field : program.entities[EntityTypeId{i}].fields)
      if (field.inherit != Strategy::None) inherited_names.insert(field.name);
  for (std::uint32_t i = 0; i < result.entities.size(); ++i) {
    for (Field& field : result.entities[EntityTypeId{i}].fields) {
      if (!inherited_names.contains(field.name)) continue;
      field.inherit = Strategy::None;
      field.default_value = {};
      if (!result.is_optional(field.type)) field.type = result.optional(field.type);
    }
  }
  for (std::uint32_t i = 0; i < result.policies.size(); ++i) result.policies[compiler::PolicyId{i}].decisions.clear();
  for (std::uint32_t i = 0; i < result.decisions.size(); ++i)
    result.decisions[compiler::DecisionId{i}].default_message.reset();
  return result;
}

}  // namespace bylaw::runner
