#include "coverage/reasons.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <format/text_forms.h>

#include <algorithm>

#include "coverage/points.h"
#include "names.h"

namespace bylaw::runner {
namespace {

using compiler::RuleKind;

constexpr std::size_t kMostNamed = 3;

std::string times(std::size_t count) {
  return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
}

std::string in_scenarios(std::size_t count) {
  return fmt::format("in {} scenario{}", count, count == 1 ? "" : "s");
}

/// Why a policy has never applied; empty if it has.
std::string never_applied(const Program& program, const PolicyTally& tally, compiler::PolicyId id) {
  const compiler::Policy& policy = program.policies[id];
  if (tally.asked == 0) {
    std::vector<std::string> names;
    for (const compiler::DecisionId decision : policy.decisions) names.push_back(program.decisions[decision].name);
    return fmt::format("never reached: no scenario asks `{}`", fmt::join(names, "` or `"));
  }
  if (tally.forced == 0) {
    std::string period;
    if (policy.from) period += " from " + format::print_instant(*policy.from);
    if (policy.until) period += " until " + format::print_instant(*policy.until);
    return fmt::format("never reached: `now` of no scenario lies in the policy's time, in force{}", period);
  }
  if (tally.guard_true == 0) return fmt::format("never reached: the `when` of policy {} is never true", policy.name);
  return "";
}

std::string names(const Program& program, const std::map<compiler::RuleId, std::size_t>& rules) {
  std::vector<std::pair<std::size_t, std::string>> counted;
  for (const auto& [rule, count] : rules) counted.emplace_back(count, short_name(program, rule));
  std::sort(counted.begin(), counted.end(), [](const auto& a, const auto& b) {
    return a.first > b.first || (a.first == b.first && a.second < b.second);
  });
  std::vector<std::string> list;
  for (const auto& [count, name] : counted) list.push_back(name);
  const std::string more = list.size() > kMostNamed ? fmt::format(" and {} more", list.size() - kMostNamed) : "";
  list.resize(std::min(list.size(), kMostNamed));
  return fmt::format("{}{}", fmt::join(list, ", "), more);
}

std::string shadowed(const Program& program, const compiler::Rule& rule, const RuleTally& tally) {
  if (!tally.lifted_by.empty())
    return fmt::format("shadowed: holds {}, lifted each time by {}", times(tally.held),
                       names(program, tally.lifted_by));
  if (rule.kind == RuleKind::Exempt)
    return fmt::format("holds {}, but never lifts anything: no deny of its policy held then", times(tally.held));
  if (rule.kind == RuleKind::Oblige)
    return fmt::format("holds {}, but the verdict is never {} then", times(tally.held),
                       rule.on_deny ? "deny" : "allow");
  const std::string others = names(program, tally.overruled_by);
  if (rule.otherwise)
    return others.empty() ? "shadowed: another rule always comes before it"
                          : fmt::format("shadowed: {} always came before it", others);
  return others.empty() ? fmt::format("holds {}, but never decides", times(tally.held))
                        : fmt::format("shadowed: holds {}, overruled each time by {}", times(tally.held), others);
}

std::string never_held(const grammar::Sources& sources, const RuleTally& tally) {
  if (tally.near_cases == 0 || tally.missing_leaves.empty())
    return "never true: several conditions are wrong each time";
  std::vector<std::string> texts;
  for (const std::size_t leaf : tally.missing_leaves)
    texts.push_back("`" + one_line(sources, tally.conditions[leaf].definition) + "`");
  const std::string more = texts.size() > kMostNamed ? fmt::format(" or {} more", texts.size() - kMostNamed) : "";
  texts.resize(std::min(texts.size(), kMostNamed));
  return fmt::format("never true: nearest, {} only {}{} kept it from holding", in_scenarios(tally.near_cases),
                     fmt::join(texts, " or "), more);
}

}  // namespace

std::string why_not(const Program& program, const grammar::Sources& sources, compiler::RuleId id, const Tally& tally) {
  const compiler::Rule& rule = program.rules[id];
  const RuleTally& told = tally.rules.at(id);
  if (const std::string never = never_applied(program, tally.policies.at(rule.policy), rule.policy); !never.empty())
    return never;
  if (told.elements == 0) return "never reached: its `for each` never has an element";
  return told.held == 0 ? never_held(sources, told) : shadowed(program, rule, told);
}

std::string why_not(const Program& program, const PolicyTally& tally, compiler::PolicyId id, const Tally&) {
  if (tally.forced == 0) return never_applied(program, tally, id);
  return tally.guard_true == 0 ? "never true" : "never false";
}

std::string why_not(const Program& program, compiler::ListId list, std::uint32_t row, const Tally& tally) {
  const compiler::Row& entry = program.lists[list].rows[row];
  const EntryTally& told = tally.entries.at({list, row});
  if (!tally.lists.contains(list)) return "never reached: no rule asks this list";
  if (told.live != 0) return fmt::format("never true: live {}, matched in none", in_scenarios(told.live));
  const std::string since = entry.since ? " from " + format::print_instant(*entry.since) : "";
  const std::string until = entry.until ? " until " + format::print_instant(*entry.until) : "";
  if (since.empty() && until.empty()) return "never reached: no scenario was played";
  return fmt::format("never reached: live{}{}, at no scenario's `now`", since, until);
}

std::string why_not(const Program& program, const ConditionTally& condition, compiler::PolicyId policy,
                    const compiler::RuleId* rule, const Tally& tally) {
  const PolicyTally& told = tally.policies.at(policy);
  if (rule == nullptr && told.forced == 0) return never_applied(program, told, policy);
  if (rule != nullptr) {
    if (const std::string never = never_applied(program, told, policy); !never.empty()) return never;
    if (tally.rules.at(*rule).elements == 0) return "never reached: its `for each` never has an element";
  }
  if (condition.shown() == 0) return "never reached: what it reads is always unset";
  if (condition.constant) return fmt::format("always {}: it reads nothing that could change", *condition.constant);
  if (condition.shown_true == 0) return "never true";
  if (condition.shown_false == 0) return "never false";
  return "shadowed: never decisive, the conditions beside it always settle the matter";
}

}  // namespace bylaw::runner
