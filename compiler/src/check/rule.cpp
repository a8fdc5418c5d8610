// Rules: exempt, allow, deny, oblige. What a rule's `when` makes known flows into its message and value, never to
// another rule.

#include <algorithm>

#include <bylaw/grammar/diagnostics/policies.h>

#include "check/decision.h"
#include "check/expressions.h"
#include "check/policy.h"

namespace bylaw::compiler {

namespace {

bool is_rule(NodeKind kind) {
  return kind == NodeKind::ExemptRule || kind == NodeKind::AllowRule || kind == NodeKind::DenyRule ||
         kind == NodeKind::ObligeRule;
}

RuleKind rule_kind(NodeKind kind) {
  if (kind == NodeKind::ExemptRule) return RuleKind::Exempt;
  if (kind == NodeKind::AllowRule) return RuleKind::Allow;
  return kind == NodeKind::DenyRule ? RuleKind::Deny : RuleKind::Oblige;
}

std::string kind_noun(const Rule& rule) {
  switch (rule.kind) {
    case RuleKind::Exempt: return "an exempt rule";
    case RuleKind::Allow: return "an allow rule";
    case RuleKind::Deny: return "a deny rule";
    case RuleKind::Oblige: return "an oblige rule";
  }
  return "a rule";
}

class Rules {
 public:
  Rules(Checker& checker, Policy& policy, PolicyId id, const Environment& environment)
      : checker_(checker), program_(checker.program), policy_(policy), id_(id), around_(environment) {}

  void check(NodeRef policy) {
    for (NodeRef node : policy.children())
      if (is_rule(node.kind())) declare(node);
    for (std::size_t i = 0; i < nodes_.size(); ++i) check_rule(rules_[i], nodes_[i]);
    policy_.rules = rules_;
  }

 private:
  // --- names first, for exempt rules name deny rules that stand below ---

  void declare(NodeRef node) {
    Rule rule{.policy = id_, .kind = rule_kind(node.kind()), .span = node.span()};
    const NodeRef otherwise = node.child(NodeKind::Otherwise);
    const NodeRef name = otherwise ? otherwise : node.child(NodeKind::Name);
    rule.otherwise = static_cast<bool>(otherwise);
    rule.name = std::string(name.text());
    rule.name_span = name.span();
    if (const NodeRef doc = node.child(NodeKind::Doc)) rule.doc = grammar::doc_text(doc);
    tell_twice(rule);
    rules_.push_back(program_.rules.add(std::move(rule)));
    nodes_.push_back(node);
  }

  void tell_twice(const Rule& rule) {
    const RuleId other = named(rule.name);
    if (!other) return;
    const Code code = rule.otherwise ? codes::OtherwiseTwice : codes::RuleTwice;
    const std::string& policy_name = policy_.name;
    auto told = rule.otherwise
                    ? checker_.diagnostics.report(code, rule.name_span, {{"policy", policy_name}})
                    : checker_.diagnostics.report(code, rule.name_span, {{"rule", rule.name}, {"policy", policy_name}});
    told.note(program_.rules[other].name_span, "first here");
  }

  RuleId named(std::string_view name) const {
    for (RuleId id : rules_)
      if (program_.rules[id].name == name) return id;
    return {};
  }

  // --- one rule ---

  void check_rule(RuleId id, NodeRef node) {
    Rule rule = program_.rules[id];
    rule.notes = notes_of(node);
    switch (rule.kind) {
      case RuleKind::Exempt: check_exempt(rule, node); break;
      case RuleKind::Allow: check_allow(rule, node); break;
      case RuleKind::Deny: check_deny(rule, node); break;
      case RuleKind::Oblige: check_oblige(rule, node); break;
    }
    program_.rules[id] = std::move(rule);
  }

  /// Its own notes, and those of the policy that it has not.
  std::vector<Note> notes_of(NodeRef node) {
    std::vector<Note> notes = check_notes(checker_, policy_.module, node.children(NodeKind::Note), constant_locals());
    for (const Note& note : policy_.notes) {
      const auto same = [&](const Note& own) { return own.annotation == note.annotation; };
      if (std::none_of(notes.begin(), notes.end(), same)) notes.push_back(note);
    }
    return notes;
  }

  /// The parameters of a template: constants, which its notes may name.
  std::vector<LocalId> constant_locals() const {
    std::vector<LocalId> parameters;
    for (LocalId id : around_.locals)
      if (program_.locals[id].kind == LocalKind::Parameter) parameters.push_back(id);
    return parameters;
  }

  /// The rule's `when`; what it makes known is added to `environment`.
  ExprId check_when(Environment& environment, NodeRef node) {
    const NodeRef when = node.child(NodeKind::When);
    if (!when) return {};
    const Checked checked = check_condition(checker_, environment, when.expression());
    environment.facts = Facts::both(environment.facts, checked.if_true);
    return checked.expr;
  }

  /// The rule's own names, which hide none of those around it.
  void check_own_lets(Rule& rule, Environment& environment, NodeRef node) {
    rule.lets = check_lets(checker_, environment, node.children(NodeKind::Let));
  }

  void check_because(Rule& rule, const Environment& environment, NodeRef node) {
    const NodeRef message = node.child(NodeKind::Message);
    if (message) rule.message = check_message(checker_, environment, message);
  }

  void check_exempt(Rule& rule, NodeRef node) {
    if (const NodeRef lifts = node.child(NodeKind::Lifts))
      check_lifts(rule, lifts);
    else
      rule.lifts_all = true;
    Environment environment = around_;
    check_own_lets(rule, environment, node);
    rule.when = check_when(environment, node);
    check_because(rule, environment, node);
  }

  void check_lifts(Rule& rule, NodeRef lifts) {
    for (NodeRef target : lifts.children()) {
      const RuleId lifted = named(target.text());
      if (!lifted || program_.rules[lifted].kind != RuleKind::Deny)
        tell_not_lifted(target, lifted);
      else if (std::find(rule.lifts.begin(), rule.lifts.end(), lifted) != rule.lifts.end())
        checker_.diagnostics.report(codes::LiftedTwice, target.span(), {{"rule", std::string(target.text())}});
      else
        rule.lifts.push_back(lifted);
    }
  }

  void tell_not_lifted(NodeRef target, RuleId other) {
    const std::string name(target.text());
    if (other) {
      checker_.diagnostics
          .report(codes::NotLifted, target.span(), {{"rule", name}, {"kind", kind_noun(program_.rules[other])}})
          .note(program_.rules[other].name_span, "an exemption lifts deny rules alone");
      return;
    }
    std::vector<std::string> denies;
    for (RuleId id : rules_)
      if (program_.rules[id].kind == RuleKind::Deny) denies.push_back(program_.rules[id].name);
    auto told =
        checker_.diagnostics.report(codes::LiftsUnknown, target.span(), {{"policy", policy_.name}, {"rule", name}});
    const std::string meant = grammar::nearest(name, denies);
    if (!meant.empty())
      told.fix("did you mean `" + meant + "`?", target.span(), meant);
    else
      told.help(name == "otherwise" ? "only a `deny otherwise` can be lifted, and the policy has none"
                                    : "an exempt lifts deny rules of its own policy alone");
  }

  void check_allow(Rule& rule, NodeRef node) {
    check_grants(checker_, policy_, {node.span().source, word_begin(node), rule.name_span.end});
    Environment environment = around_;
    if (rule.otherwise && refused_on_otherwise(node)) return;
    check_own_lets(rule, environment, node);
    rule.when = check_when(environment, node);
    check_because(rule, environment, node);
  }

  /// Where `allow` or `deny` itself stands, behind documentation and notes.
  static std::uint32_t word_begin(NodeRef node) {
    std::uint32_t begin = node.span().begin;
    for (NodeRef child : node.children()) {
      if (!child.is(NodeKind::Doc) && !child.is(NodeKind::Note)) break;
      begin = child.span().end;
    }
    const std::string_view bytes = node.tree().bytes;
    while (begin < bytes.size() && std::string_view(" \t\r\n").find(bytes[begin]) != std::string_view::npos) ++begin;
    return begin;
  }

  /// True and told if an `otherwise` has a condition.
  bool refused_on_otherwise(NodeRef node) {
    for (NodeKind kind : {NodeKind::ForEach, NodeKind::When, NodeKind::Unless})
      if (const NodeRef part = node.child(kind)) {
        checker_.diagnostics.report(codes::OtherwiseCondition, part.span());
        return true;
      }
    return false;
  }

  void check_deny(Rule& rule, NodeRef node) {
    if (rule.otherwise && refused_on_otherwise(node)) return;
    Environment environment = around_;
    if (!check_for_each(rule, environment, node.child(NodeKind::ForEach))) return;
    check_own_lets(rule, environment, node);
    rule.when = check_when(environment, node);
    if (const NodeRef unless = node.child(NodeKind::Unless)) {
      const Checked checked = check_condition(checker_, environment, unless.expression());
      rule.unless = checked.expr;
      environment.facts = Facts::both(environment.facts, checked.if_false);
    }
    check_because(rule, environment, node);
  }

  /// False if the rule cannot be read on without its binder.
  bool check_for_each(Rule& rule, Environment& environment, NodeRef for_each) {
    if (!for_each) return true;
    const std::vector<NodeRef> binders = for_each.children(NodeKind::Binder);
    if (binders.size() > kMostBinders) return told_too_many_binders(checker_, binders);
    for (NodeRef binder : binders) {
      const auto bound = check_binder(checker_, environment, binder);
      if (!bound) return false;
      rule.binders.push_back({bound->local, bound->collection});
      environment.locals.push_back(bound->local);
      know_element(checker_, environment, *bound);
    }
    return true;
  }

  void check_oblige(Rule& rule, NodeRef node) {
    const std::vector<NodeRef> names = node.children(NodeKind::Name);
    rule.on_deny = node.has(NodeKind::OnDeny);
    rule.obligation = std::string(names[1].text());
    Environment environment = around_;
    check_own_lets(rule, environment, node);
    rule.when = check_when(environment, node);
    const TypeId type = obligation_type(names[1]);
    if (type)
      rule.value = check_expression_as(checker_, environment, node.expression(), type).expr;
    else
      check_expression(checker_, environment, node.expression());
  }

  const Obligation* find_obligation(DecisionId id, std::string_view name) const {
    for (const Obligation& obligation : program_.decisions[id].obligations)
      if (obligation.name == name) return &obligation;
    return nullptr;
  }

  /// The type of an obligation that all decisions of the policy declare alike; none if told.
  TypeId obligation_type(NodeRef name) {
    const Obligation* first = nullptr;
    for (DecisionId id : policy_.decisions) {
      const Obligation* found = find_obligation(id, name.text());
      if (!found) {
        tell_no_obligation(name, id);
        return {};
      }
      if (program_.types[found->type].kind == TypeKind::Error) return {};
      if (!first) first = found;
      if (found->type == first->type && found->strategy == first->strategy) continue;
      checker_.diagnostics
          .report(codes::ObligationDiffers, name.span(),
                  {{"obligation", std::string(name.text())},
                   {"first", program_.decisions[policy_.decisions[0]].name},
                   {"second", program_.decisions[id].name}})
          .note(first->span, "declared here")
          .note(found->span, "and differently here");
      return {};
    }
    return first ? first->type : TypeId{};
  }

  void tell_no_obligation(NodeRef name, DecisionId id) {
    const Decision& decision = program_.decisions[id];
    std::vector<std::string> known;
    for (const Obligation& obligation : decision.obligations) known.push_back(obligation.name);
    auto told = checker_.diagnostics.report(codes::NoObligation, name.span(),
                                            {{"decision", decision.name}, {"obligation", std::string(name.text())}});
    const std::string meant = grammar::nearest(name.text(), known);
    if (!meant.empty())
      told.fix("did you mean `" + meant + "`?", name.span(), meant);
    else
      told.note(decision.name_span,
                "a decision declares what may come back: `obliges " + std::string(name.text()) + ": .. by ..`");
  }

  Checker& checker_;
  Program& program_;
  Policy& policy_;
  PolicyId id_;
  const Environment& around_;
  std::vector<RuleId> rules_;
  std::vector<NodeRef> nodes_;
};

void tell_grants(Checker& checker, const Decision& decision, NodeRef clause, Span span, Span rule) {
  std::string paths;
  for (const GrantPath& grant : decision.grants) paths += (paths.empty() ? "`" : ", `") + grant_text(grant) + "`";
  const grammar::SourceFile& file = checker.input.sources[clause.span().source];
  const std::string place = file.path() + ":" + std::to_string(file.place(clause.span().begin).line);
  auto told = checker.diagnostics.report(codes::GrantsOnly, span,
                                         {{"paths", paths}, {"decision", decision.name}, {"place", place}});
  if (rule.known()) told.note(rule, "the template allows here");
}

}  // namespace

void check_grants(Checker& checker, const Policy& policy, Span span, Span rule) {
  const std::string& module = checker.program.modules[policy.module].name;
  for (DecisionId id : policy.decisions) {
    const Decision& decision = checker.program.decisions[id];
    const auto fits = [&](const GrantPath& grant) { return grants(grant, module); };
    if (decision.grants.empty() || std::any_of(decision.grants.begin(), decision.grants.end(), fits)) continue;
    tell_grants(checker, decision, checker.decision_nodes[id.index].child(NodeKind::Grants), span, rule);
  }
}

void check_rules(Checker& checker, Policy& policy, PolicyId id, NodeRef node, const Environment& environment) {
  Rules(checker, policy, id, environment).check(node);
}

}  // namespace bylaw::compiler
