#include "model/obliged.h"

#include <algorithm>

namespace bylaw::runner {

using compiler::Strategy;
using compiler::Value;
using compiler::ValueKind;

namespace {

Value folded(Strategy strategy, const Value& a, const Value& b) {
  switch (strategy) {
    case Strategy::Min: return compiler::comes_before(b, a) ? b : a;
    case Strategy::Max: return compiler::comes_before(a, b) ? b : a;
    case Strategy::Any: return Value::boolean(a.is_true() || b.is_true());
    case Strategy::All: return Value::boolean(a.is_true() && b.is_true());
    case Strategy::Union: {
      std::vector<Value> items = a.items;
      items.insert(items.end(), b.items.begin(), b.items.end());
      return Value::set(std::move(items));
    }
    case Strategy::Intersect: {
      std::vector<Value> items;
      std::set_intersection(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), std::back_inserter(items),
                            [](const Value& x, const Value& y) { return (x <=> y) < 0; });
      return Value::set(std::move(items));
    }
    case Strategy::None:
    case Strategy::Nearest:
    case Strategy::Farthest:
    case Strategy::Collect: break;
  }
  return a;
}

}  // namespace

Value merged(Strategy strategy, const std::vector<Value>& values) {
  if (strategy == Strategy::Collect) return Value::set(values);
  Value result = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) result = folded(strategy, result, values[i]);
  return result;
}

std::map<std::uint32_t, Value> obligations(const Obliging& obliging, const CaseModel& model,
                                           const CaseOutcome& outcome) {
  std::map<std::uint32_t, std::vector<Value>> given;
  ir::Evaluation evaluation = model.evaluation(obliging.program, obliging.ir.lists);
  for (const ir::PolicyIr& policy : model.decision->policies) {
    for (const ir::RuleIr& rule : policy.rules) {
      if (std::find(outcome.obliging.begin(), outcome.obliging.end(), rule.rule) == outcome.obliging.end()) continue;
      const auto other = obliging.values.find(rule.rule);
      const ir::TermId term = other == obliging.values.end() ? rule.value : other->second;
      given[rule.obligation].push_back(ir::evaluate(evaluation, term));
    }
  }
  std::map<std::uint32_t, Value> result;
  const auto& declared = obliging.program.decisions[model.decision->decision].obligations;
  for (const auto& [obligation, values] : given) {
    const auto other = obliging.strategies.find(obligation);
    result[obligation] =
        merged(other == obliging.strategies.end() ? declared[obligation].strategy : other->second, values);
  }
  return result;
}

}  // namespace bylaw::runner
