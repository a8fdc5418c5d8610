#include "near_miss.h"

#include <fmt/format.h>

#include <algorithm>

#include "condition_values.h"

namespace bylaw::runner {
namespace {

/// A rule with its policy, as the explanation tells of both.
struct Candidate {
  const PolicyTrace* policy = nullptr;
  const RuleTrace* rule = nullptr;

  explicit operator bool() const { return rule != nullptr; }
  std::uint32_t distance() const { return policy->guard_distance + rule->distance; }
  bool applies() const { return policy->state == PolicyState::Applies; }
};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Search {
 public:
  Search(const Context& context, const Expectations& expected, const Asked& asked)
      : context_(context),
        program_(context.program),
        expected_(expected),
        asked_(asked),
        report_(asked.report),
        explanation_(asked.explanation) {}

  Hints run() {
    add_deciders();
    if (report_.verdict == Outcome::Invalid) {
      note_invalid();
    } else if (const Candidate named = first_named()) {
      tell_named(named);
    } else if (expected_.expect == Verdict::Deny && report_.verdict != Outcome::Deny) {
      tell_denied();
    } else if (expected_.expect == Verdict::Allow && report_.verdict != Outcome::Allow) {
      tell_allowed();
    }
    note_instances();
    return std::move(hints_);
  }

 private:
  std::string name(const std::string& rule) const { return short_rule_name(program_, rule); }

  /// The rules that decided; of a right verdict those that were not expected.
  void add_deciders() {
    for (const std::string& full : report_.by) {
      const RuleId rule = find_full(program_, full);
      if (!rule || expects(rule)) continue;
      const Span span = program_.rules[rule].name_span;
      const grammar::SourceFile& file = context_.sources[span.source];
      Decider decider{full, file.path(), file.place(span.begin).line, ""};
      for (const Message& message : report_.messages)
        if (decider.message.empty() && message.rule == full) decider.message = message.text;
      hints_.deciders.push_back(std::move(decider));
    }
  }

  bool expects(RuleId rule) const {
    if (!expected_.by) return false;
    const std::vector<RuleId>& rules = expected_.by->rules;
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
  }

  template <class Wanted>
  Candidate nearest(Wanted wanted) const {
    Candidate best;
    for (const PolicyTrace& policy : explanation_.policies) {
      if (policy.state != PolicyState::Applies && policy.state != PolicyState::GuardFalse) continue;
      for (const RuleTrace& rule : policy.rules) {
        const Candidate candidate{&policy, &rule};
        if (candidate.distance() == 0 || !wanted(candidate)) continue;
        if (!best || candidate.distance() < best.distance()) best = candidate;
      }
    }
    return best;
  }

  /// A rule that `by` or `exempt` names, and that did not do what was expected of it.
  Candidate first_named() const {
    for (const auto* rules : {&expected_.by, &expected_.exempt}) {
      if (!*rules) continue;
      for (const RuleId rule : (*rules)->rules) {
        const std::string full = full_name(program_, rule);
        if (!contains(report_.by, full) && !exempted(full))
          if (const Candidate found = find(full)) return found;
      }
    }
    return {};
  }

  bool exempted(const std::string& rule) const {
    return std::any_of(report_.exemptions.begin(), report_.exemptions.end(),
                       [&](const ReportedExemption& e) { return e.rule == rule; });
  }

  Candidate find(const std::string& full) const {
    for (const PolicyTrace& policy : explanation_.policies)
      for (const RuleTrace& rule : policy.rules)
        if (rule.name == full) return {&policy, &rule};
    return {};
  }

  // --- a named rule ---

  void tell_named(const Candidate& named) {
    const std::string rule = name(named.rule->name);
    const auto note = [&](const std::string& why) {
      hints_.notes.push_back(fmt::format("{} did not decide: {}", rule, why));
    };
    switch (named.policy->state) {
      case PolicyState::Audited:
        return note(fmt::format("it is audited{}; to assert that:  audit: [{}]",
                                named.policy->audited_until ? " until " + *named.policy->audited_until : "", rule));
      case PolicyState::Off: return note("its policy is off");
      case PolicyState::NotInForce: return note(period(*named.policy));
      case PolicyState::GuardFalse:
      case PolicyState::Applies: break;
    }
    if (named.distance() != 0) return tell(named, named_headline(*named.rule));
    if (const std::string lifting = lifted_by(named.rule->name); !lifting.empty())
      return note(fmt::format("{} lifted it", name(lifting)));
    if (named.rule->kind == RuleKindName::Allow) return note("it holds, but a rule that denies is stronger");
    if (named.rule->otherwise) note("another rule of its policy decides, so nothing is left to `otherwise`");
  }

  /// What the rule would have brought; if the verdict is right, only that it does not hold.
  std::string_view named_headline(const RuleTrace& rule) const {
    const bool right = report_.verdict == (expected_.expect == Verdict::Allow ? Outcome::Allow : Outcome::Deny);
    if (right) return "{} does not hold";
    switch (rule.kind) {
      case RuleKindName::Exempt: return "nearest: the exemption {} would lift it";
      case RuleKindName::Allow: return "nearest rule that would allow: {}";
      case RuleKindName::Deny: return "nearest rule that would deny: {}";
      case RuleKindName::Oblige: break;
    }
    return "{} does not hold";
  }

  static std::string period(const PolicyTrace& policy) {
    std::string text = "its policy is in force";
    if (policy.in_force_from) text += " from " + *policy.in_force_from;
    if (policy.in_force_until) text += " until " + *policy.in_force_until;
    return text;
  }

  std::string lifted_by(const std::string& rule) const {
    for (const ReportedExemption& exemption : report_.exemptions)
      if (contains(exemption.lifted, rule)) return exemption.rule;
    return {};
  }

  // --- an expected deny ---

  void tell_denied() {
    for (const ReportedExemption& exemption : report_.exemptions)
      for (const std::string& lifted : exemption.lifted)
        hints_.notes.push_back(fmt::format("{} did not decide: {} lifted it", name(lifted), name(exemption.rule)));
    if (!hints_.notes.empty()) return;
    tell(nearest([](const Candidate& c) { return c.rule->kind == RuleKindName::Deny && !c.rule->otherwise; }),
         "nearest rule that would deny: {}");
  }

  // --- an expected allow ---

  void tell_allowed() {
    if (report_.by.empty()) {
      tell(nearest([](const Candidate& c) { return c.rule->kind == RuleKindName::Allow && !c.rule->otherwise; }),
           "nearest rule that would allow: {}");
      return;
    }
    const Candidate lifting = nearest([&](const Candidate& c) { return would_lift(c); });
    const Candidate granting = nearest([&](const Candidate& c) { return would_pass_otherwise(c); });
    if (granting && (!lifting || granting.distance() <= lifting.distance()))
      return tell(granting, "nearest rule that would allow: {}");
    tell(lifting, "nearest: the exemption {} would lift it");
  }

  bool would_lift(const Candidate& candidate) const {
    if (candidate.rule->kind != RuleKindName::Exempt) return false;
    const RuleId exempt = find_full(program_, candidate.rule->name);
    if (!exempt) return false;
    const compiler::Rule& rule = program_.rules[exempt];
    return std::any_of(report_.by.begin(), report_.by.end(), [&](const std::string& denied) {
      const RuleId deny = find_full(program_, denied);
      if (!deny || program_.rules[deny].policy != rule.policy) return false;
      return rule.lifts_all || std::find(rule.lifts.begin(), rule.lifts.end(), deny) != rule.lifts.end();
    });
  }

  /// An allow of the policy whose `deny otherwise` decided.
  bool would_pass_otherwise(const Candidate& candidate) const {
    if (candidate.rule->kind != RuleKindName::Allow) return false;
    return std::any_of(candidate.policy->rules.begin(), candidate.policy->rules.end(),
                       [&](const RuleTrace& other) { return other.otherwise && contains(report_.by, other.name); });
  }

  // --- telling ---

  void add_marks(NearMiss& near, const std::vector<ConditionTrace>& conditions, std::size_t first_false) const {
    const RuleId rule = find_full(program_, near.rule);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const ConditionTrace& condition = conditions[i];
      const bool fits = condition.value == condition.wanted;
      if (!fits && i != first_false) continue;
      near.marks.push_back({condition.place, fits, fits ? "" : describe(condition, rule)});
      if (fits) continue;
      near.place = condition.place;
      near.condition = condition.text;
      for (std::size_t r = 1; r < condition.remarks.size(); ++r) near.remarks.push_back(condition.remarks[r]);
    }
  }

  std::string describe(const ConditionTrace& condition, RuleId rule) const {
    const char* word = condition.value ? "true" : "false";
    if (!condition.remarks.empty()) return fmt::format("{}: {}", word, condition.remarks.front());
    if (!rule) return word;
    const compiler::Policy& policy = program_.policies[program_.rules[rule].policy];
    const std::string values =
        condition_values(program_, context_.sources, asked_.decision, policy, condition.text, asked_.request_json);
    return values.empty() ? word : fmt::format("{}: {}", word, values);
  }

  static std::size_t first_unfit(const std::vector<ConditionTrace>& conditions) {
    const auto unfit =
        std::find_if(conditions.begin(), conditions.end(), [](const ConditionTrace& c) { return c.value != c.wanted; });
    return static_cast<std::size_t>(unfit - conditions.begin());
  }

  void tell(const Candidate& candidate, std::string_view headline) {
    if (!candidate) return;
    NearMiss near;
    near.rule = candidate.rule->name;
    near.place = candidate.rule->place;
    near.headline = fmt::format(fmt::runtime(headline), name(near.rule));
    if (candidate.policy->guard_distance != 0) {
      near.headline += ", whose policy does not apply";
      add_marks(near, candidate.policy->guard, first_unfit(candidate.policy->guard));
    } else {
      near.headline += count_held(candidate.rule->conditions);
      add_marks(near, candidate.rule->conditions,
                candidate.rule->first_false.value_or(first_unfit(candidate.rule->conditions)));
    }
    hints_.near_miss = std::move(near);
  }

  static std::string count_held(const std::vector<ConditionTrace>& conditions) {
    if (conditions.size() < 2) return "";
    const auto held = std::count_if(conditions.begin(), conditions.end(),
                                    [](const ConditionTrace& c) { return c.value == c.wanted; });
    return fmt::format(", {} of {} conditions {}", held, conditions.size(), held == 1 ? "holds" : "hold");
  }

  /// A rule of an instance stands in a template: who reads its line wants to know where it is used.
  void note_instances() {
    std::vector<std::string> rules;
    for (const Decider& decider : hints_.deciders) rules.push_back(decider.rule);
    if (hints_.near_miss) rules.push_back(hints_.near_miss->rule);
    std::vector<std::string> told;
    for (const std::string& rule : rules)
      if (const RuleId id = find_full(program_, rule))
        note_instance(program_.policies[program_.rules[id].policy], told);
  }

  void note_instance(const compiler::Policy& policy, std::vector<std::string>& told) {
    if (!policy.template_span.known() || contains(told, policy.name)) return;
    told.push_back(policy.name);
    const grammar::SourceFile& file = context_.sources[policy.template_span.source];
    hints_.notes.push_back(fmt::format("policy {} is {}(..): {}:{}", policy.name,
                                       context_.sources.text(policy.template_span), file.path(),
                                       file.place(policy.template_span.begin).line));
  }

  void note_invalid() {
    if (!report_.error || expected_.expect == Verdict::Invalid) return;
    const Error& error = *report_.error;
    hints_.notes.push_back(
        fmt::format("{} {}: {}", error.code, error.path.empty() ? "the request" : error.path, error.text));
    const std::string describe_it = error.code == "R0201" ? "describe it in `entities`; " : "";
    hints_.notes.push_back(
        fmt::format("help: {}if the refusal is what you test:  expect: invalid   and   invalid: {{path: {}, code: {}}}",
                    describe_it, error.path.empty() ? "\"\"" : error.path, error.code));
  }

  const Context& context_;
  const Program& program_;
  const Expectations& expected_;
  const Asked& asked_;
  const Report& report_;
  const Explanation& explanation_;
  Hints hints_;
};

}  // namespace

Hints find_hints(const Context& context, const Expectations& expected, const Asked& asked) {
  return Search(context, expected, asked).run();
}

}  // namespace bylaw::runner
