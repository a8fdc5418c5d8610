// Whether the value of a param, and its default, are in the range that it declares.

#include <bylaw/compiler/decision_evaluate.h>
#include <bylaw/grammar/diagnostics/params.h>

#include "elaborate/elaborator.h"

namespace bylaw::compiler::ir {
namespace {

bool in_range(const Program& program, const Constant& param, Value value) {
  grammar::Diagnostics unused;
  DecisionIr decision(program, {});
  Elaborator elaborator(program, decision, unused);
  elaborator.bind(param.asked, decision.terms.constant(std::move(value), param.type));
  // What depends on entities (`in Group::"x"`) is asked of a world that knows none.
  const std::vector<ListIr> no_lists;
  const std::vector<Value> no_request;
  Evaluation evaluation{program, decision.terms, no_lists, no_request, 0, empty_world(), {}};
  const TermId condition = elaborator.expression(param.range);
  return evaluate(evaluation, condition).is_true();
}

}  // namespace

void check_params(const Program& program, grammar::Diagnostics& diagnostics) {
  const auto check = [&](const Constant& param, ExprId written) {
    const Value value = constant_value(program, written);
    if (in_range(program, param, value)) return;
    diagnostics
        .report(
            grammar::codes::ParamRange, program.exprs[written].span,
            {{"param", param.name}, {"value", print_value(program, value, param.type)}, {"range", param.range_text}})
        .note(param.range_span, "declared here");
  };
  for (const Constant& param : program.constants) {
    if (!param.range) continue;
    check(param, param.value);
    if (param.default_value && param.default_value != param.value) check(param, param.default_value);
  }
}

}  // namespace bylaw::compiler::ir
