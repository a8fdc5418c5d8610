#include "check/strategy.h"
#include <bylaw/grammar/diagnostics/types.h>

#include "check/typing.h"

namespace bylaw::compiler {

namespace {

struct StrategyInfo {
  Strategy strategy;
  std::string_view spelling;
  OperandClass operands;
  std::string_view meaning;
};

constexpr StrategyInfo kStrategies[] = {
#define BYLAW_STRATEGY(name, spelling, operands, meaning) {Strategy::name, spelling, OperandClass::operands, meaning},
#include <bylaw/compiler/strategies.def>
#undef BYLAW_STRATEGY
};

bool merges(const Program& program, OperandClass operands, const Type& type) {
  if (operands == OperandClass::Bool) return type.kind == TypeKind::Bool;
  const bool ordered_enum = type.kind == TypeKind::Enum && program.enums[type.enum_id].ordered;
  return ordered_enum || type.kind == TypeKind::Int || type.kind == TypeKind::Time || type.kind == TypeKind::Duration;
}

bool is_later_strategy(std::string_view name) {
  return name == "union" || name == "intersect" || name == "collect" || name == "nearest" || name == "farthest";
}

/// "`min` (the least), `max` (the greatest)": those that merge the type, for the author to choose from.
std::string choices(const Program& program, const Type& type) {
  std::string text;
  for (const StrategyInfo& info : kStrategies)
    if (merges(program, info.operands, type))
      text += (text.empty() ? "`" : ", `") + std::string(info.spelling) + "` (" + std::string(info.meaning) + ")";
  return text;
}

Strategy unknown(Checker& checker, NodeRef name, const Type& type) {
  std::vector<std::string> known;
  for (const StrategyInfo& info : kStrategies) known.emplace_back(info.spelling);
  auto told = checker.diagnostics.report(codes::UnknownStrategy, name.span(), {{"name", std::string(name.text())}});
  const std::string meant = grammar::nearest(name.text(), known);
  const std::string fitting = choices(checker.program, type);
  if (!meant.empty())
    told.fix("did you mean `" + meant + "`?", name.span(), meant);
  else if (!fitting.empty())
    told.help("there are " + fitting);
  return Strategy::None;
}

}  // namespace

Strategy check_strategy(Checker& checker, NodeRef name, TypeId type_id) {
  const Type& type = checker.program.types[type_id];
  for (const StrategyInfo& info : kStrategies) {
    if (name.text() != info.spelling) continue;
    if (type.kind == TypeKind::Error || merges(checker.program, info.operands, type)) return info.strategy;
    const std::string fitting = choices(checker.program, type);
    auto told = checker.diagnostics.report(
        codes::StrategyType, name.span(),
        {{"strategy", std::string(info.spelling)}, {"type", a_type(checker.program, type_id)}});
    if (!fitting.empty()) told.help("its values are merged by " + fitting);
    return Strategy::None;
  }
  if (is_later_strategy(name.text())) {
    not_yet(checker, name, "merging by `" + std::string(name.text()) + "` is");
    return Strategy::None;
  }
  return unknown(checker, name, type);
}

std::string_view spelling(Strategy strategy) {
  for (const StrategyInfo& info : kStrategies)
    if (info.strategy == strategy) return info.spelling;
  return "";
}

}  // namespace bylaw::compiler
