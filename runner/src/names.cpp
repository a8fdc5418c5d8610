#include "names.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace bylaw::runner {
namespace {

using compiler::Policy;
using compiler::PolicyId;
using compiler::Rule;
using compiler::RuleKind;

template <class T>
std::vector<compiler::Id<T>> matching(const std::vector<compiler::Id<T>>& all, std::string_view name,
                                      const std::function<std::string(compiler::Id<T>)>& full) {
  std::vector<compiler::Id<T>> found;
  for (const compiler::Id<T> id : all) {
    const std::string text = full(id);
    if (text == name) return {id};
    if (is_tail(name, text)) found.push_back(id);
  }
  return found;
}

/// The id if it is alone; if there are several, they are told.
template <class T>
compiler::Id<T> only(Context& context, const std::vector<compiler::Id<T>>& found, std::string_view name, Span place,
                     const std::function<std::string(compiler::Id<T>)>& full) {
  if (found.size() == 1) return found.front();
  std::vector<std::string> names;
  for (const compiler::Id<T> id : found) names.push_back(fmt::format("`{}`", full(id)));
  std::sort(names.begin(), names.end());
  context.report(codes::AmbiguousName, place,
                 {{"name", std::string(name)}, {"candidates", fmt::format("{}", fmt::join(names, " or "))}});
  return {};
}

std::string policy_name(const Program& program, PolicyId policy) {
  return program.qualified(program.policies[policy]);
}

/// What a rule can be called: "x.y", "m.x.y", for the nearest to a name that means none.
std::vector<std::string> rule_names(const Program& program, DecisionId decision) {
  std::vector<std::string> names;
  for (const RuleId rule : rules_of(program, decision)) names.push_back(short_name(program, rule));
  return names;
}

const char* word(RuleKind kind) {
  switch (kind) {
    case RuleKind::Exempt: return "exempt";
    case RuleKind::Allow: return "allow";
    case RuleKind::Deny: return "deny";
    case RuleKind::Oblige: return "oblige";
  }
  return "";
}

/// "listed, emergency (exempt), packaging (allow), otherwise (deny)": neighbours of one kind share the word.
std::string list_rules(const Program& program, const Policy& policy) {
  std::string text;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const Rule& rule = program.rules[policy.rules[i]];
    const bool last_of_kind = i + 1 == policy.rules.size() || program.rules[policy.rules[i + 1]].kind != rule.kind;
    text += fmt::format("{}{}", i ? ", " : "", rule.name);
    if (last_of_kind) text += fmt::format(" ({})", word(rule.kind));
  }
  return text;
}

/// The policy that the name speaks of, by what stands before its last dot, or before the dot of what is nearest.
const Policy* policy_meant(const Program& program, std::string_view name, std::string_view near) {
  for (const std::string_view text : {name, near}) {
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos) continue;
    for (const Policy& policy : program.policies)
      if (is_tail(text.substr(0, dot), program.qualified(policy))) return &policy;
  }
  return nullptr;
}

void report_no_rule(Context& context, DecisionId decision, std::string_view name, Span place) {
  const Program& program = context.program;
  const std::string near = grammar::nearest(name, rule_names(program, decision));
  auto builder = context.report(codes::NoSuchRule, place,
                                {{"decision", program.decisions[decision].name},
                                 {"name", std::string(name)},
                                 {"suggestion", near.empty() ? "" : fmt::format("; did you mean `{}`?", near)}});
  const Policy* policy = policy_meant(program, name, near);
  if (!policy) return;
  const auto& decisions = policy->decisions;
  if (std::find(decisions.begin(), decisions.end(), decision) == decisions.end()) {
    std::vector<std::string> names;
    for (const DecisionId id : decisions) names.push_back(program.decisions[id].name);
    builder.note(policy->name_span, fmt::format("`{}` is a policy for {}", policy->name, fmt::join(names, ", ")));
  } else {
    builder.note(policy->name_span, fmt::format("the rules of {}: {}", policy->name, list_rules(program, *policy)));
  }
  if (!near.empty() && context.sources.text(place) == name) builder.fix(fmt::format("write `{}`", near), place, near);
}

}  // namespace

bool is_tail(std::string_view name, std::string_view full) {
  if (name.empty() || name.size() > full.size() || full.substr(full.size() - name.size()) != name) return false;
  return name.size() == full.size() || full[full.size() - name.size() - 1] == '.';
}

std::string full_name(const Program& program, RuleId rule) {
  return policy_name(program, program.rules[rule].policy) + "." + program.rules[rule].name;
}

std::string full_name(const Program& program, DecisionId decision) {
  return program.qualified(program.decisions[decision]);
}

std::string short_name(const Program& program, RuleId rule) {
  return short_rule_name(program, full_name(program, rule));
}

std::string short_rule_name(const Program& program, std::string_view full) {
  const std::size_t rule_dot = full.rfind('.');
  if (rule_dot == std::string_view::npos || rule_dot == 0) return std::string(full);
  std::size_t begin = rule_dot;
  while (begin != 0) {
    const std::size_t dot = full.rfind('.', begin - 1);
    begin = dot == std::string_view::npos ? 0 : dot;
    const std::string_view policy = full.substr(begin ? begin + 1 : 0, rule_dot - (begin ? begin + 1 : 0));
    std::size_t meant = 0;
    for (const Policy& p : program.policies) meant += is_tail(policy, program.qualified(p)) ? 1 : 0;
    if (meant <= 1) break;
  }
  return std::string(full.substr(begin ? begin + 1 : 0));
}

RuleId find_full(const Program& program, std::string_view full) {
  for (std::uint32_t i = 0; i < program.rules.size(); ++i)
    if (full_name(program, RuleId{i}) == full) return {i};
  return {};
}

std::string kind_of(const Rule& rule) {
  const bool vowel = rule.kind != RuleKind::Deny;
  return fmt::format("{} {} rule", vowel ? "an" : "a", word(rule.kind));
}

std::vector<RuleId> rules_of(const Program& program, DecisionId decision) {
  std::vector<RuleId> rules;
  for (const Policy& policy : program.policies) {
    if (std::find(policy.decisions.begin(), policy.decisions.end(), decision) == policy.decisions.end()) continue;
    rules.insert(rules.end(), policy.rules.begin(), policy.rules.end());
  }
  return rules;
}

DecisionId find_decision(Context& context, std::string_view name, Span place) {
  const Program& program = context.program;
  std::vector<DecisionId> all;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < program.decisions.size(); ++i) {
    all.push_back({i});
    names.push_back(program.decisions[DecisionId{i}].name);
  }
  const std::function<std::string(DecisionId)> full = [&](DecisionId id) { return full_name(program, id); };
  const std::vector<DecisionId> found = matching(all, name, full);
  if (!found.empty()) return only(context, found, name, place, full);
  context.report(codes::NoSuchDecision, place, {{"name", std::string(name)}, {"suggestion", suggestion(name, names)}});
  return {};
}

RuleId find_rule(Context& context, DecisionId decision, std::string_view name, Span place) {
  const std::function<std::string(RuleId)> full = [&](RuleId id) { return full_name(context.program, id); };
  const std::vector<RuleId> found = matching(rules_of(context.program, decision), name, full);
  if (!found.empty()) return only(context, found, name, place, full);
  report_no_rule(context, decision, name, place);
  return {};
}

compiler::PolicyId find_policy(Context& context, std::string_view name, Span place) {
  const Program& program = context.program;
  std::vector<compiler::PolicyId> all;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i) {
    all.push_back({i});
    names.push_back(program.policies[compiler::PolicyId{i}].name);
  }
  const std::function<std::string(compiler::PolicyId)> full = [&](compiler::PolicyId id) {
    return program.qualified(program.policies[id]);
  };
  const std::vector<compiler::PolicyId> found = matching(all, name, full);
  if (!found.empty()) return only(context, found, name, place, full);
  context.report(codes::NoSuchPolicy, place, {{"name", std::string(name)}, {"suggestion", suggestion(name, names)}});
  return {};
}

EntityTypeId find_entity_type(Context& context, std::string_view name, const std::vector<EntityTypeId>& possible,
                              Span place) {
  const Program& program = context.program;
  const std::function<std::string(EntityTypeId)> full = [&](EntityTypeId id) {
    return program.qualified(program.entities[id]);
  };
  const std::vector<EntityTypeId> found = matching(possible, name, full);
  if (!found.empty()) return only(context, found, name, place, full);
  std::vector<std::string> names;
  for (const EntityTypeId id : possible) names.push_back(program.entities[id].name);
  if (const auto elsewhere = matching(all_entity_types(program), name, full); !elsewhere.empty()) {
    context.report(codes::EntityTypeNotHere, place,
                   {{"name", std::string(name)}, {"wanted", fmt::format("{}", fmt::join(names, " or "))}});
  } else {
    context.report(codes::NoSuchEntityType, place,
                   {{"name", std::string(name)}, {"suggestion", suggestion(name, names)}});
  }
  return {};
}

std::vector<EntityTypeId> all_entity_types(const Program& program) {
  std::vector<EntityTypeId> all;
  for (std::uint32_t i = 0; i < program.entities.size(); ++i) all.push_back({i});
  return all;
}

}  // namespace bylaw::runner
