// Deciding, to the letter of the language reference: outcomes of policies, then the verdict over them.
#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <tuple>

#include "reference/model.h"

namespace bylaw::reference {

using compiler::Decision;
using compiler::Effect;
using compiler::ExprKind;
using compiler::Message;
using compiler::Mode;
using compiler::Policy;
using compiler::Rule;
using compiler::RuleKind;
using compiler::Strategy;
using nlohmann::json;

namespace {

enum class Outcome { Off, Abstain, Deny, Allow };

/// out(P), and the sets it came from.
struct PolicyOutcome {
  PolicyId policy;
  bool audited = false;
  Outcome outcome = Outcome::Off;
  std::vector<RuleId> by;
  std::vector<RuleId> exempts;              // held
  std::vector<std::vector<RuleId>> lifted;  // by exempts[i]
  std::vector<RuleId> obliges;              // held, of both sides
};

struct Judge {
  const Situation& situation;
  const Program& program;
  const Decision& decision;
  std::int64_t now;

  bool rule_holds(const Rule& rule) const;
  /// A name that was bound: to an element of a collection, or, with `value`, to what a comprehension gives there.
  struct Step {
    LocalId local;
    ExprId source;
    std::size_t index = 0;
    bool value = false;
  };
  struct Bound {
    Locals locals;
    std::vector<Step> steps;
  };
  using Next = std::function<void(const Bound&)>;
  std::vector<Bound> elements(const Rule& rule) const;
  void bind(LocalId local, ExprId source, const Bound& outer, const Next& next) const;
  void bind_call(LocalId local, const compiler::Expr& expr, const Bound& outer, const Next& next) const;
  void bind_comprehension(LocalId local, const compiler::Expr& expr, const Bound& outer, const Next& next) const;
  json finding_elements(const std::string& rule_name, const Bound& bound) const;
  bool condition(const Rule& rule, const Locals& locals) const;
  PolicyOutcome outcome(PolicyId id) const;
  std::string name(RuleId id) const;
  std::tuple<std::string, std::string, std::string> order(RuleId id) const;
  std::vector<RuleId> sorted(std::vector<RuleId> rules) const;
  json names(const std::vector<RuleId>& rules) const;
  json messages(const std::vector<RuleId>& rules) const;
  json row(ExprId source, const std::string& rule_name, std::size_t number) const;
  json findings(const std::vector<RuleId>& rules) const;
  json annotations(const std::vector<RuleId>& rules) const;
  json entries(const std::vector<RuleId>& rules) const;
  json exemptions(const PolicyOutcome& outcome) const;
  json obligations(const std::vector<PolicyOutcome>& outcomes, Effect answer) const;
  json collection_path(ExprId collection, const std::map<LocalId, json>& elements) const;
};

bool Judge::condition(const Rule& rule, const Locals& locals) const {
  situation.policy = rule.policy;
  if (rule.when && !holds(situation, rule.when, locals)) return false;
  return !rule.unless || !holds(situation, rule.unless, locals);
}

/// Each value that the name is bound to. A finding names the elements that were gone through, so of a comprehension
/// those of its own collections.
void Judge::bind(LocalId local, ExprId source, const Bound& outer, const Next& next) const {
  const compiler::Expr& expr = program.exprs[through_lets(program, source)];
  if (expr.kind == ExprKind::Comprehension) return bind_comprehension(local, expr, outer, next);
  if (expr.kind == ExprKind::Call && program.types[expr.type].gathered) return bind_call(local, expr, outer, next);
  std::vector<Value> items;
  const auto is_constant = [&](ExprId item) {
    return program.exprs[item].operands.empty() && program.exprs[item].kind != ExprKind::RequestField &&
           program.exprs[item].kind != ExprKind::LocalUse;
  };
  if (expr.kind == ExprKind::SetLiteral && !std::all_of(expr.operands.begin(), expr.operands.end(), is_constant)) {
    // In the order in which they are written, each value once.
    for (ExprId item : expr.operands) {
      const Value value = evaluate(situation, item, outer.locals);
      if (std::none_of(items.begin(), items.end(), [&](const Value& other) { return equal(other, value); }))
        items.push_back(value);
    }
  } else {
    items = gone_through(evaluate(situation, source, outer.locals));
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    Bound inner = outer;
    inner.locals[local] = items[i];
    inner.steps.push_back({local, source, i});
    next(inner);
  }
}

/// What a def gives is what its body gives, where its parameters are the arguments.
void Judge::bind_call(LocalId local, const compiler::Expr& expr, const Bound& outer, const Next& next) const {
  const compiler::Function& function = program.functions[expr.function];
  Bound inner = outer;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    inner.locals[function.parameters[i]] = evaluate(situation, expr.operands[i], outer.locals);
    inner.steps.push_back({function.parameters[i], expr.operands[i], 0, true});
  }
  bind(local, function.body, inner, next);
}

void Judge::bind_comprehension(LocalId local, const compiler::Expr& expr, const Bound& outer, const Next& next) const {
  const std::size_t count = expr.binders.size();
  const bool once = program.types[expr.type].kind == compiler::TypeKind::Set;
  std::vector<Value> seen;
  const std::function<void(std::size_t, const Bound&)> from = [&](std::size_t binder, const Bound& bound) {
    if (binder < count)
      return bind(expr.binders[binder], expr.operands[binder], bound,
                  [&](const Bound& inner) { from(binder + 1, inner); });
    if (expr.operands.size() > count + 1 && !holds(situation, expr.operands[count + 1], bound.locals)) return;
    Bound inner = bound;
    const Value value = evaluate(situation, expr.operands[count], bound.locals);
    const bool again = once && std::any_of(seen.begin(), seen.end(), [&](const Value& o) { return equal(o, value); });
    if (once) seen.push_back(value);
    inner.locals[local] = value;
    inner.steps.push_back({local, expr.operands[count], 0, true});
    if (!again) next(inner);
  };
  from(0, outer);
}

/// The elements of a `for each` with which its condition is true, in the order of the collections.
std::vector<Judge::Bound> Judge::elements(const Rule& rule) const {
  std::vector<Bound> open{{}};
  for (const compiler::Binder& binder : rule.binders) {
    std::vector<Bound> more;
    for (const Bound& outer : open)
      bind(binder.local, binder.source, outer, [&](const Bound& inner) { more.push_back(inner); });
    open = std::move(more);
  }
  std::vector<Bound> found;
  for (const Bound& bound : open)
    if (condition(rule, bound.locals)) found.push_back(bound);
  return found;
}

bool Judge::rule_holds(const Rule& rule) const {
  if (rule.otherwise) return false;  // decided by what the others did
  return rule.binders.empty() ? condition(rule, {}) : !elements(rule).empty();
}

PolicyOutcome Judge::outcome(PolicyId id) const {
  const Policy& policy = program.policies[id];
  PolicyOutcome out{.policy = id};
  const Mode mode = policy.audit_until ? (now < *policy.audit_until ? Mode::Audit : Mode::Enforce) : policy.mode;
  out.audited = mode == Mode::Audit;
  if (mode == Mode::Off) return out;
  if ((policy.from && now < *policy.from) || (policy.until && now >= *policy.until)) return out;
  situation.policy = id;
  if (policy.guard && !holds(situation, policy.guard, {})) return out;

  std::vector<RuleId> denies, allows, exempts;
  RuleId otherwise;
  for (RuleId rule_id : policy.rules) {
    const Rule& rule = program.rules[rule_id];
    if (rule.otherwise) otherwise = rule_id;
    if (!rule_holds(rule)) continue;
    switch (rule.kind) {
      case RuleKind::Exempt: exempts.push_back(rule_id); break;
      case RuleKind::Deny: denies.push_back(rule_id); break;
      case RuleKind::Allow: allows.push_back(rule_id); break;
      case RuleKind::Oblige: out.obliges.push_back(rule_id); break;
    }
  }
  const auto lifts = [&](RuleId exempt, RuleId rule) {
    const Rule& e = program.rules[exempt];
    return e.lifts_all || std::find(e.lifts.begin(), e.lifts.end(), rule) != e.lifts.end();
  };
  const auto is_lifted = [&](RuleId rule) {
    return std::any_of(exempts.begin(), exempts.end(), [&](RuleId e) { return lifts(e, rule); });
  };

  const bool denies_otherwise = otherwise && program.rules[otherwise].kind == RuleKind::Deny;
  std::vector<RuleId> standing;
  for (RuleId rule : denies)
    if (!is_lifted(rule)) standing.push_back(rule);
  out.exempts = sorted(exempts);
  for (RuleId exempt : out.exempts) {
    std::vector<RuleId> lifted;
    for (RuleId rule : denies)
      if (lifts(exempt, rule)) lifted.push_back(rule);
    if (denies_otherwise && allows.empty() && lifts(exempt, otherwise)) lifted.push_back(otherwise);
    out.lifted.push_back(sorted(lifted));
  }

  if (!standing.empty()) {
    out.outcome = Outcome::Deny;
    out.by = standing;
  } else if (!allows.empty()) {
    out.outcome = Outcome::Allow;
    out.by = allows;
  } else if (denies_otherwise && is_lifted(otherwise)) {
    out.outcome = Outcome::Abstain;
  } else if (otherwise) {
    out.outcome = denies_otherwise ? Outcome::Deny : Outcome::Allow;
    out.by = {otherwise};
  } else {
    out.outcome = Outcome::Abstain;
  }
  return out;
}

std::tuple<std::string, std::string, std::string> Judge::order(RuleId id) const {
  const Rule& rule = program.rules[id];
  const Policy& policy = program.policies[rule.policy];
  return {program.modules[policy.module].name, policy.name, rule.name};
}

std::string Judge::name(RuleId id) const {
  const auto [module, policy, rule] = order(id);
  return module + "." + policy + "." + rule;
}

std::vector<RuleId> Judge::sorted(std::vector<RuleId> rules) const {
  std::sort(rules.begin(), rules.end(), [&](RuleId a, RuleId b) { return order(a) < order(b); });
  return rules;
}

json Judge::names(const std::vector<RuleId>& rules) const {
  json list = json::array();
  for (RuleId rule : sorted(rules)) list.push_back(name(rule));
  return list;
}

json Judge::messages(const std::vector<RuleId>& rules) const {
  json list = json::array();
  for (RuleId id : sorted(rules)) {
    const Rule& rule = program.rules[id];
    if (!rule.message) continue;
    situation.policy = rule.policy;
    if (rule.binders.empty()) {
      list.push_back({{"rule", name(id)}, {"text", render(situation, *rule.message, {})}});
      continue;
    }
    for (const Bound& bound : elements(rule))
      list.push_back({{"rule", name(id)}, {"text", render(situation, *rule.message, bound.locals)}});
  }
  return list;
}

/// Where the collection stands in the request, by wire names; null if it does not stand there. `elements` says where
/// those of the binders before stand.
json Judge::collection_path(ExprId id, const std::map<LocalId, json>& elements) const {
  const compiler::Expr& expr = program.exprs[id];
  switch (expr.kind) {
    case ExprKind::RequestField: return program.find_field(decision.fields, expr.text)->wire;
    case ExprKind::LocalUse: {
      const auto bound = elements.find(expr.local);
      if (bound != elements.end()) return bound->second;
      return program.locals[expr.local].value ? collection_path(program.locals[expr.local].value, elements) : json();
    }
    case ExprKind::Get: return collection_path(expr.operands.at(0), elements);
    case ExprKind::Select: {
      const compiler::Type& base = program.types[program.without_optional(program.exprs[expr.operands.at(0)].type)];
      if (base.kind != compiler::TypeKind::Record) return {};
      const json before = collection_path(expr.operands.at(0), elements);
      if (before.is_null()) return {};
      return before.get<std::string>() + "." + program.find_field(program.records[base.record].fields, expr.text)->wire;
    }
    default: return {};
  }
}

/// Of a list that is gone through: its live entry with this number. Null for other collections.
json Judge::row(ExprId source, const std::string& rule_name, std::size_t number) const {
  const compiler::Expr& expr = program.exprs[source];
  if (expr.kind != ExprKind::ListUse) return {};
  const compiler::List& list = program.lists[expr.list];
  for (const compiler::Row& row : list.rows)
    if (is_live(situation, row) && number-- == 0)
      return told_entry(program, list, row, evaluate(situation, row.value, {}), rule_name);
  return {};
}

json Judge::findings(const std::vector<RuleId>& rules) const {
  json list = json::array();
  for (RuleId id : sorted(rules)) {
    const Rule& rule = program.rules[id];
    if (rule.binders.empty()) continue;
    for (const Bound& bound : elements(rule))
      list.push_back({{"rule", name(id)},
                      {"elements", finding_elements(name(id), bound)},
                      {"text", rule.message ? json(render(situation, *rule.message, bound.locals)) : json()}});
  }
  return list;
}

json Judge::finding_elements(const std::string& rule_name, const Bound& bound) const {
  json list = json::array();
  std::map<LocalId, json> paths;
  for (const Step& step : bound.steps) {
    json path = collection_path(step.source, paths);
    const bool list_element = program.types[program.exprs[step.source].type].kind == compiler::TypeKind::List;
    if (path.is_string() && !step.value && list_element)
      path = path.get<std::string>() + "[" + std::to_string(step.index) + "]";
    paths[step.local] = path;
    if (step.value) continue;
    const TypeId type = program.locals[step.local].type;
    list.push_back({{"path", path},
                    {"value", to_json(program, type, bound.locals.at(step.local))},
                    {"entry", row(step.source, rule_name, step.index)}});
  }
  return list;
}

json Judge::annotations(const std::vector<RuleId>& rules) const {
  json all = json::object();
  for (RuleId id : rules)
    for (const compiler::Note& note : program.rules[id].notes)
      all[name(id)][program.annotations[note.annotation].name] =
          note.value ? to_json(program, program.annotations[note.annotation].type, evaluate(situation, note.value, {}))
                     : json(true);
  return all;
}

/// Null where the judge does not say.
json Judge::entries(const std::vector<RuleId>& rules) const {
  json list = json::array();
  for (RuleId id : sorted(rules)) {
    const Rule& rule = program.rules[id];
    std::vector<Locals> places;
    if (rule.binders.empty()) places.push_back({});
    if (!rule.binders.empty())
      for (const Bound& bound : elements(rule)) places.push_back(bound.locals);
    const std::optional<json> of_rule = list_entries(situation, rule, name(id), places);
    if (!of_rule) return {};
    list.insert(list.end(), of_rule->begin(), of_rule->end());
  }
  return list;
}

json Judge::exemptions(const PolicyOutcome& outcome) const {
  json list = json::array();
  for (std::size_t i = 0; i < outcome.exempts.size(); ++i)
    list.push_back({{"rule", name(outcome.exempts[i])},
                    {"lifted", names(outcome.lifted[i])},
                    {"entries", entries({outcome.exempts[i]})}});
  return list;
}

json Judge::obligations(const std::vector<PolicyOutcome>& outcomes, Effect answer) const {
  json all = json::object();
  for (const compiler::Obligation& obligation : decision.obligations) {
    Value merged;
    std::vector<Value> values;
    for (const PolicyOutcome& outcome : outcomes) {
      if (outcome.audited) continue;
      for (RuleId id : outcome.obliges) {
        const Rule& rule = program.rules[id];
        if (rule.obligation != obligation.name || rule.on_deny != (answer == Effect::Deny)) continue;
        situation.policy = rule.policy;
        const Value value = evaluate(situation, rule.value, {});
        values.push_back(value);
        if (!merged.present()) merged = value;
        switch (obligation.strategy) {
          case Strategy::Min: merged = before(value, merged) ? value : merged; break;
          case Strategy::Max: merged = before(merged, value) ? value : merged; break;
          case Strategy::Any: merged.number = std::max(merged.number, value.number); break;
          case Strategy::All: merged.number = std::min(merged.number, value.number); break;
          case Strategy::Union:
          case Strategy::Intersect: merged = merge_sets(obligation.strategy, merged, value); break;
          case Strategy::Collect: break;
          case Strategy::Nearest:
          case Strategy::Farthest:
          case Strategy::None: impossible("an obligation without strategy");
        }
      }
    }
    if (!merged.present()) continue;
    json& told = all[obligation.name];
    if (obligation.strategy != Strategy::Collect) {
      told = to_json(program, obligation.type, merged);
      continue;
    }
    told = json::array();
    for (const Value& value : distinct(values)) told.push_back(to_json(program, obligation.type, value));
  }
  return all;
}

struct Verdict {
  Effect answer;
  std::vector<RuleId> by;
};

Verdict verdict(const std::vector<PolicyOutcome>& outcomes, bool with_audited, Effect default_effect) {
  Verdict deny{Effect::Deny, {}}, allow{Effect::Allow, {}};
  for (const PolicyOutcome& out : outcomes) {
    if (out.audited && !with_audited) continue;
    if (out.outcome == Outcome::Deny) deny.by.insert(deny.by.end(), out.by.begin(), out.by.end());
    if (out.outcome == Outcome::Allow) allow.by.insert(allow.by.end(), out.by.begin(), out.by.end());
  }
  if (!deny.by.empty()) return deny;
  if (!allow.by.empty()) return allow;
  return {default_effect, {}};
}

const char* word(Effect effect) {
  return effect == Effect::Allow ? "allow" : "deny";
}

}  // namespace

json decide(const Situation& situation) {
  const Program& program = *situation.program;
  const Decision& decision = program.decisions[situation.decision];
  const auto now = situation.fields.find("now");
  const Judge judge{situation, program, decision, now == situation.fields.end() ? 0 : now->second.number};

  std::vector<PolicyOutcome> outcomes;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i) {
    const Policy& policy = program.policies[PolicyId{i}];
    if (std::find(policy.decisions.begin(), policy.decisions.end(), situation.decision) != policy.decisions.end())
      outcomes.push_back(judge.outcome(PolicyId{i}));
  }
  std::sort(outcomes.begin(), outcomes.end(), [&](const PolicyOutcome& a, const PolicyOutcome& b) {
    const Policy& p = program.policies[a.policy];
    const Policy& q = program.policies[b.policy];
    return std::tie(program.modules[p.module].name, p.name) < std::tie(program.modules[q.module].name, q.name);
  });

  const Verdict answer = verdict(outcomes, false, decision.default_effect);
  const Verdict would_be = verdict(outcomes, true, decision.default_effect);
  json result;
  result["decision"] = program.qualified(decision);
  result["verdict"] = word(answer.answer);
  result["by"] = judge.names(answer.by);
  result["messages"] = judge.messages(answer.by);
  if (answer.by.empty() && decision.default_message)
    result["messages"].push_back({{"rule", nullptr}, {"text", render(situation, *decision.default_message, {})}});
  result["findings"] = judge.findings(answer.by);
  result["annotations"] = judge.annotations(answer.by);
  result["entries"] = judge.entries(answer.by);
  result["obligations"] = judge.obligations(outcomes, answer.answer);
  result["exemptions"] = json::array();
  result["audit"] = json::array();
  for (const PolicyOutcome& out : outcomes) {
    if (out.outcome == Outcome::Off) continue;
    if (!out.audited) {
      for (const json& exemption : judge.exemptions(out)) result["exemptions"].push_back(exemption);
      continue;
    }
    const Policy& policy = program.policies[out.policy];
    result["audit"].push_back(
        {{"policy", program.qualified(policy)},
         {"verdict", out.outcome == Outcome::Abstain ? json() : json(out.outcome == Outcome::Deny ? "deny" : "allow")},
         {"by", judge.names(out.by)},
         {"until", policy.audit_until ? json(print_time(*policy.audit_until)) : json()},
         {"messages", judge.messages(out.by)},
         {"findings", judge.findings(out.by)},
         {"annotations", judge.annotations(out.by)},
         {"entries", judge.entries(out.by)},
         {"exemptions", judge.exemptions(out)}});
  }
  result["would_be"] = {{"verdict", word(would_be.answer)}, {"by", judge.names(would_be.by)}};
  result["error"] = nullptr;
  return result;
}

}  // namespace bylaw::reference
