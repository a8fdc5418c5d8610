#include "near_miss.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "element_text.h"
#include "yaml_text.h"

namespace bylaw::runner {
namespace {

constexpr std::size_t kMostNamed = 3;

/// A rule with its policy, as the explanation tells of both.
struct Candidate {
  const PolicyTrace* policy = nullptr;
  const RuleTrace* rule = nullptr;

  explicit operator bool() const { return rule != nullptr; }
  std::uint32_t distance() const { return policy->guard_distance + rule->distance; }
  bool applies() const { return policy->guard_distance == 0; }
};

/// Of what the expectations want, the rules that come nearest: the one that is told, and those that are as near.
struct Nearest {
  Candidate first;
  std::vector<std::string> also;

  explicit operator bool() const { return static_cast<bool>(first); }
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
      Decider decider{full, file.path(), file.place(span.begin).line, "", "", 0, {}};
      for (const Message& message : report_.messages)
        if (decider.message.empty() && message.rule == full) decider.message = message.text;
      for (const ReportedFinding& finding : report_.findings) {
        if (finding.rule != full) continue;
        if (decider.elements++ == 0) decider.element = bound_text(program_, rule, finding.elements);
      }
      if (const Candidate made = find(full)) decider.marks = held_marks(made, rule);
      hints_.deciders.push_back(std::move(decider));
    }
  }

  /// The conditions that made a rule hold, its policy's first, with what they read; without any the rule itself.
  std::vector<ConditionMark> held_marks(const Candidate& made, RuleId rule) const {
    std::vector<ConditionMark> marks;
    for (const auto* conditions : {&made.policy->guard, &made.rule->conditions})
      for (const ConditionTrace& condition : *conditions)
        if (condition.value == condition.wanted)
          marks.push_back({condition.place, true, told_of(condition, rule, made.rule->elements)});
    if (marks.empty()) marks.push_back({made.rule->place, true, ""});
    return marks;
  }

  bool expects(RuleId rule) const {
    if (!expected_.by) return false;
    const std::vector<RuleId>& rules = expected_.by->rules;
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
  }

  /// The fewest conditions to change; among equals policies that apply come first, then the order of reports.
  template <class Wanted>
  Nearest nearest(Wanted wanted) const {
    Nearest best;
    for (const PolicyTrace& policy : explanation_.policies) {
      if (policy.state != PolicyState::Applies && policy.state != PolicyState::GuardFalse) continue;
      for (const RuleTrace& rule : policy.rules) {
        const Candidate candidate{&policy, &rule};
        if (candidate.distance() == 0 || !wanted(candidate)) continue;
        const auto rank = [](const Candidate& c) { return std::pair(c.distance(), c.applies() ? 0 : 1); };
        if (!best || rank(candidate) < rank(best.first))
          best = {candidate, {}};
        else if (rank(candidate) == rank(best.first))
          best.also.push_back(rule.name);
      }
    }
    return best;
  }

  /// A rule that an expectation names, and that did not do what was expected of it.
  Candidate first_named() const {
    for (const RuleId rule : named()) {
      const std::string full = full_name(program_, rule);
      if (!contains(report_.by, full) && !exempted(full))
        if (const Candidate found = find(full)) return found;
    }
    return {};
  }

  /// Rules that the expectations want to decide or to lift, those of `by` first.
  std::vector<RuleId> named() const {
    std::vector<RuleId> rules;
    for (const auto* expected : {&expected_.by, &expected_.exempt})
      if (*expected) rules.insert(rules.end(), (*expected)->rules.begin(), (*expected)->rules.end());
    if (expected_.findings)
      for (const ExpectedFinding& finding : expected_.findings->by_rule)
        if (!finding.elements.empty() || finding.count.value_or(0) != 0) rules.push_back(finding.rule);
    for (const ExpectedMessage& message : expected_.messages)
      if (message.rule) rules.push_back(message.rule);
    for (const ExpectedAnnotation& annotation : expected_.annotations)
      if (annotation.rule) rules.push_back(annotation.rule);
    return rules;
  }

  bool expects_default() const { return expected_.by && expected_.by->named == 0 && !expected_.by->includes; }

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
    if (named.distance() != 0) return tell({named, {}}, named_headline(*named.rule));
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
    // What the default shall deny no rule shall.
    if (!hints_.notes.empty() || expects_default()) return;
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
    const Nearest lifting = nearest([&](const Candidate& c) { return would_lift(c); });
    const Nearest granting = nearest([&](const Candidate& c) { return would_pass_otherwise(c); });
    if (granting && (!lifting || granting.first.distance() <= lifting.first.distance()))
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

  void add_marks(NearMiss& near, const std::vector<ConditionTrace>& conditions, std::size_t first_false,
                 const std::vector<FoundElement>& elements) const {
    const RuleId rule = find_full(program_, near.rule);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const ConditionTrace& condition = conditions[i];
      const bool fits = condition.value == condition.wanted;
      if (!fits && i != first_false) continue;
      near.marks.push_back({condition.place, fits, fits ? "" : describe(condition, rule, elements)});
      if (fits) continue;
      near.place = condition.place;
      near.condition = condition.text;
      for (std::size_t r = 1; r < condition.remarks.size(); ++r) near.remarks.push_back(condition.remarks[r]);
    }
  }

  std::string describe(const ConditionTrace& condition, RuleId rule, const std::vector<FoundElement>& elements) const {
    const char* word = condition.value ? "true" : "false";
    const std::string values = told_of(condition, rule, elements);
    return values.empty() ? word : fmt::format("{}: {}", word, values);
  }

  /// What the condition read.
  std::string told_of(const ConditionTrace& condition, RuleId rule, const std::vector<FoundElement>& elements) const {
    if (!condition.remarks.empty()) return condition.remarks.front();
    if (!rule) return "";
    return condition_values(program_, context_.sources, asked_.values, rule, elements, condition.text);
  }

  static std::size_t first_unfit(const std::vector<ConditionTrace>& conditions) {
    const auto unfit =
        std::find_if(conditions.begin(), conditions.end(), [](const ConditionTrace& c) { return c.value != c.wanted; });
    return static_cast<std::size_t>(unfit - conditions.begin());
  }

  void tell(const Nearest& nearest, std::string_view headline) {
    if (!nearest) return;
    const Candidate& candidate = nearest.first;
    NearMiss near;
    near.rule = candidate.rule->name;
    near.place = candidate.rule->place;
    near.also = nearest.also;
    near.headline = fmt::format(fmt::runtime(headline), name(near.rule));
    if (candidate.policy->guard_distance != 0) {
      near.headline += ", whose policy does not apply";
      add_marks(near, candidate.policy->guard, first_unfit(candidate.policy->guard), {});
    } else {
      near.headline += count_held(candidate.rule->conditions);
      add_marks(near, candidate.rule->conditions,
                candidate.rule->first_false.value_or(first_unfit(candidate.rule->conditions)),
                candidate.rule->elements);
      add_element(near, *candidate.rule);
    }
    if (!near.also.empty()) near.headline += fmt::format("; as near: {}", names(near.also));
    hints_.near_miss = std::move(near);
  }

  /// What the conditions are told of, or that a `for each` has nothing to look at.
  void add_element(NearMiss& near, const RuleTrace& rule) const {
    const RuleId id = find_full(program_, rule.name);
    if (!id || program_.rules[id].binders.empty()) return;
    near.element = bound_text(program_, id, rule.elements);
    near.remarks.push_back(rule.elements.empty() ? "its `for each` has no elements" : "for " + near.element);
  }

  std::string names(const std::vector<std::string>& rules) const {
    std::string text;
    for (std::size_t i = 0; i < rules.size() && i < kMostNamed; ++i) text += (i == 0 ? "" : ", ") + name(rules[i]);
    return rules.size() <= kMostNamed ? text : text + fmt::format(" and {} more", rules.size() - kMostNamed);
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
                    describe_it, yaml_text(error.path), error.code));
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
