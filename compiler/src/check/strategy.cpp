#include "check/strategy.h"

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

std::string with_article(const std::string& type) {
  return (std::string_view("AEIOU").find(type[0]) != std::string_view::npos ? "an " : "a ") + type;
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
  auto told = checker.diagnostics.report(Code::UnknownStrategy, name.span(), {{"name", std::string(name.text())}});
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
        Code::StrategyType, name.span(),
        {{"strategy", std::string(info.spelling)}, {"type", with_article(checker.program.type_name(type_id))}});
    if (!fitting.empty()) told.help("its values are merged by " + fitting);
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
