#include "check/mode.h"

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/policies.h>

#include "check/typing.h"

namespace bylaw::compiler {

namespace {

constexpr std::string_view kWords[] = {"enforce", "audit", "off"};

/// The constant or param of that name and of type Mode.
ConstantId constant_named(Checker& checker, ModuleId module, const std::string& name) {
  const ModuleNames& names = checker.names[module.index];
  for (const auto* table : {&names.values, &names.imported}) {
    const auto found = table->find(name);
    if (found == table->end()) continue;
    const Declaration& declaration = found->second;
    const bool constant = declaration.kind == DeclarationKind::Constant || declaration.kind == DeclarationKind::Param;
    const ConstantId id{declaration.index};
    if (constant && checker.program.constants[id].type == mode_type(checker)) return id;
  }
  return {};
}

std::vector<std::string> visible_modes(Checker& checker, ModuleId module, const std::vector<LocalId>& parameters) {
  std::vector<std::string> names(std::begin(kWords), std::end(kWords));
  for (const LocalId id : parameters)
    if (checker.program.locals[id].type == mode_type(checker)) names.push_back(checker.program.locals[id].name);
  for (const auto* table : {&checker.names[module.index].values, &checker.names[module.index].imported})
    for (const auto& [name, declaration] : *table)
      if (constant_named(checker, module, name)) names.push_back(name);
  return names;
}

void tell_mode(Checker& checker, ModuleId module, NodeRef name, const std::vector<LocalId>& parameters) {
  auto told = checker.diagnostics.report(codes::UnknownMode, name.span(), {{"mode", std::string(name.text())}});
  const std::string meant = grammar::nearest(name.text(), visible_modes(checker, module, parameters));
  if (!meant.empty())
    told.fix("did you mean `" + meant + "`?", name.span(), meant);
  else
    told.help("what a deployment chooses is a param: `param rollout: Mode = audit`, then `mode rollout`");
}

/// What stands at the end of a row of constants that name each other; that they go in a circle is told elsewhere.
ExprId end_of_row(const Program& program, ExprId expr) {
  constexpr int kLongestRow = 100;
  for (int i = 0; i < kLongestRow && expr && program.exprs[expr].kind == ExprKind::ConstantUse; ++i)
    expr = program.constants[program.exprs[expr].constant].value;
  return expr;
}

}  // namespace

void set_mode(Checker& checker, Policy& policy, ConstantId id) {
  const ExprId end = end_of_row(checker.program, checker.program.constants[id].value);
  if (!end || is_error(checker, end)) return;
  const Expr& value = checker.program.exprs[end];
  policy.mode_from = id;
  if (value.kind == ExprKind::ConstantUse) return;  // a circle
  if (value.kind != ExprKind::MemberLiteral) {
    checker.diagnostics.report(codes::NotConstant, value.span,
                               {{"text", std::string(checker.input.sources.text(value.span))},
                                {"what", "worked out: what says the mode of a policy is `enforce`, `audit` or `off`"}});
    return;
  }
  policy.mode = static_cast<Mode>(value.integer);
}

LocalId read_mode(Checker& checker, Policy& policy, NodeRef name, const std::vector<LocalId>& parameters) {
  for (std::size_t i = 0; i < std::size(kWords); ++i)
    if (name.text() == kWords[i]) {
      policy.mode = static_cast<Mode>(i);
      return {};
    }
  for (const LocalId id : parameters)
    if (checker.program.locals[id].name == name.text() && checker.program.locals[id].type == mode_type(checker))
      return id;
  if (const ConstantId constant = constant_named(checker, policy.module, std::string(name.text())))
    set_mode(checker, policy, constant);
  else
    tell_mode(checker, policy.module, name, parameters);
  return {};
}

}  // namespace bylaw::compiler
