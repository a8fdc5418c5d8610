#include "property/constants.h"

#include <algorithm>
#include <set>

#include "model/record.h"
#include "model/terms.h"

namespace bylaw::runner {
namespace {

using compiler::Value;
using compiler::ValueKind;
using ir::Op;
using ir::TermId;

class Collector {
 public:
  Collector(const Program& program, const ir::ProgramIr& ir, const ir::DecisionIr& decision)
      : program_(program), ir_(ir), decision_(decision) {}

  DecisionConstants run() {
    for (const ir::PolicyIr& policy : decision_.policies) {
      const compiler::Policy& declared = program_.policies[policy.policy];
      for (const auto& instant : {declared.from, declared.until, declared.audit_until})
        if (instant) add_time(*instant);
      add_condition(policy.guard, {});
      for (const ir::RuleIr& rule : policy.rules) {
        for (const TermId collection : rule.collections) add({collection});
        add_condition(rule.condition, rule.collections);
      }
    }
    return std::move(result_);
  }

 private:
  /// With the collections that the rule goes through: the condition speaks of their elements.
  void add_condition(const ir::Condition& condition, const std::vector<TermId>& collections) {
    for (const ir::OccurrenceId leaf : leaves(condition)) {
      std::vector<TermId> terms = collections;
      terms.push_back(decision_.occurrences[leaf].term);
      add(terms);
    }
  }

  void add(const std::vector<TermId>& terms) {
    SeenValues seen;
    std::set<std::string> fields;
    for (const TermId root : terms) {
      add_seen(program_, ir_.lists, decision_.terms, root, seen);
      for_each_term(decision_.terms, root, [&](TermId id) {
        const ir::Term& term = decision_.terms[id];
        if (term.op == Op::Request) fields.insert(program_.decisions[decision_.decision].fields[term.a].wire);
        if (term.op == Op::Select) fields.insert(decision_.terms.field(id).wire);
      });
    }
    for (const Value& constant : seen.constants) {
      add_unique(result_.all.constants, constant);
      for (const std::string& field : fields) add_unique(result_.by_field[field].constants, constant);
      if (constant.kind == ValueKind::Time) add_time(constant.integer);
    }
  }

  /// Periods and the lives of list entries are about the request's `now`.
  void add_time(std::int64_t instant) {
    const Value value = Value::number(ValueKind::Time, instant);
    add_unique(result_.all.constants, value);
    if (decision_.now)
      add_unique(result_.by_field[program_.decisions[decision_.decision].fields[*decision_.now].wire].constants, value);
  }

  const Program& program_;
  const ir::ProgramIr& ir_;
  const ir::DecisionIr& decision_;
  DecisionConstants result_;
};

}  // namespace

const SeenValues& DecisionConstants::of(const std::string& field, std::initializer_list<ValueKind> kinds) const {
  const auto known = by_field.find(field);
  if (known == by_field.end()) return all;
  const bool fits =
      std::any_of(known->second.constants.begin(), known->second.constants.end(),
                  [&](const Value& value) { return std::find(kinds.begin(), kinds.end(), value.kind) != kinds.end(); });
  return fits ? known->second : all;
}

std::shared_ptr<const DecisionConstants> decision_constants(const Program& program, compiler::DecisionId decision) {
  grammar::Diagnostics told;  // all of it was told when the program was lowered
  const ir::ProgramIr ir = ir::elaborate(program, told);
  return std::make_shared<const DecisionConstants>(Collector(program, ir, decision_ir(ir, decision)).run());
}

}  // namespace bylaw::runner
