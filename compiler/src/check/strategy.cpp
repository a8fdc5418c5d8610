#include "check/strategy.h"
#include <bylaw/grammar/diagnostics/types.h>

#include <algorithm>

#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// What types a strategy merges, and where it may stand (strategies.def).
enum class Merged : std::uint8_t { Ordered, Bool, Set, ScalarOrSet, Any };
enum class Use : std::uint8_t { Both, Inherit, Oblige };

struct StrategyInfo {
  Strategy strategy;
  std::string_view spelling;
  Merged merged;
  Use use;
  std::string_view meaning;
};

constexpr StrategyInfo kStrategies[] = {
#define BYLAW_STRATEGY(name, spelling, merged, use, meaning) \
  {Strategy::name, spelling, Merged::merged, Use::use, meaning},
#include <bylaw/compiler/strategies.def>
#undef BYLAW_STRATEGY
};

bool merges(const Program& program, Merged merged, const Type& type) {
  switch (merged) {
    case Merged::Ordered: return is_ordered(program, type);
    case Merged::Bool: return type.kind == TypeKind::Bool;
    case Merged::Set: return type.kind == TypeKind::Set;
    case Merged::ScalarOrSet: return type.kind == TypeKind::Set || is_scalar(type);
    case Merged::Any: return true;
  }
  return false;
}

bool stands(Use use, StrategyPlace place) {
  return use == Use::Both || (use == Use::Inherit) == (place == StrategyPlace::Inherit);
}

/// "`min` (the least), `max` (the greatest)": those that merge the type, for the author to choose from.
std::string choices(const Program& program, const Type& type, StrategyPlace place) {
  std::string text;
  for (const StrategyInfo& info : kStrategies)
    if (merges(program, info.merged, type) && stands(info.use, place))
      text += (text.empty() ? "`" : ", `") + std::string(info.spelling) + "` (" + std::string(info.meaning) + ")";
  return text;
}

Strategy unknown(Checker& checker, NodeRef name, const Type& type, StrategyPlace place) {
  std::vector<std::string> known;
  for (const StrategyInfo& info : kStrategies) known.emplace_back(info.spelling);
  auto told = checker.diagnostics.report(codes::UnknownStrategy, name.span(), {{"name", std::string(name.text())}});
  const std::string meant = grammar::nearest(name.text(), known);
  const std::string fitting = choices(checker.program, type, place);
  if (!meant.empty())
    told.fix("did you mean `" + meant + "`?", name.span(), meant);
  else if (!fitting.empty())
    told.help("there are " + fitting);
  return Strategy::None;
}

}  // namespace

Strategy check_strategy(Checker& checker, NodeRef name, TypeId type_id, StrategyPlace place) {
  const Type& type = checker.program.types[type_id];
  for (const StrategyInfo& info : kStrategies) {
    if (name.text() != info.spelling) continue;
    const bool here = stands(info.use, place);
    if (here && (type.kind == TypeKind::Error || merges(checker.program, info.merged, type))) return info.strategy;
    const std::string fitting = choices(checker.program, type, place);
    auto told = here ? checker.diagnostics.report(
                           codes::StrategyType, name.span(),
                           {{"strategy", std::string(info.spelling)}, {"type", a_type(checker.program, type_id)}})
                     : checker.diagnostics.report(
                           codes::StrategyPlace, name.span(),
                           {{"strategy", std::string(info.spelling)},
                            {"what", place == StrategyPlace::Inherit ? "attributes inherit" : "rules oblige"},
                            {"where", info.use == Use::Inherit ? "attributes of entities" : "obligations"}});
    if (!fitting.empty()) told.help("its values are merged by " + fitting);
    return Strategy::None;
  }
  return unknown(checker, name, type, place);
}

std::vector<EntityTypeId> types_above(const Program& program, EntityTypeId id) {
  std::vector<EntityTypeId> above = program.entities[id].parents;
  for (std::size_t i = 0; i < above.size(); ++i)
    for (EntityTypeId parent : program.entities[above[i]].parents)
      if (std::find(above.begin(), above.end(), parent) == above.end()) above.push_back(parent);
  return above;
}

std::vector<Strategy> inherit_strategies(const Program& program, EntityTypeId entity, TypeId type) {
  std::vector<EntityTypeId> chain = types_above(program, entity);
  chain.push_back(entity);
  const bool one_chain = std::all_of(chain.begin(), chain.end(), [&](EntityTypeId id) {
    return program.entities[id].one_parent || program.entities[id].parents.empty();
  });
  std::vector<Strategy> strategies;
  for (const StrategyInfo& info : kStrategies) {
    const bool by_distance = info.strategy == Strategy::Nearest || info.strategy == Strategy::Farthest;
    if (!stands(info.use, StrategyPlace::Inherit) || (by_distance && !one_chain)) continue;
    if (merges(program, info.merged, program.types[program.without_optional(type)]))
      strategies.push_back(info.strategy);
  }
  return strategies;
}

std::string_view spelling(Strategy strategy) {
  for (const StrategyInfo& info : kStrategies)
    if (info.strategy == strategy) return info.spelling;
  return "";
}

}  // namespace bylaw::compiler
