// `policy x is t(..)`: a policy of its own, whose expressions are those of the template with its parameters replaced by
// constants. The template was checked once, for any values; what stands nowhere below a parameter is shared.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/policies.h>

#include <algorithm>
#include <map>

#include "check/mode.h"
#include "check/period.h"
#include "check/policy.h"
#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// Of all instances of a program together: a long body used many times would fill the memory otherwise.
constexpr std::uint32_t kMostCopied = 400000;

class Instance {
 public:
  Instance(Checker& checker, PolicyId id, const Template& from)
      : checker_(checker),
        program_(checker.program),
        id_(id),
        from_(from),
        node_(checker.policy_nodes[id.index]),
        policy_(checker.program.policies[id]) {}

  void check() {
    const NodeRef instance = node_.child(NodeKind::Instance);
    policy_.template_span = instance.child(NodeKind::Path).span();
    policy_.decisions = from_.policy.decisions;
    policy_.notes = check_notes(checker_, policy_.module, node_.children(NodeKind::Note));
    const bool given = check_arguments(instance);
    check_header();
    if (given) fill();
    program_.policies[id_] = policy_;
    if (given) require_time_of_lists(checker_, id_);
  }

 private:
  // --- arguments ---

  LocalId parameter(std::string_view name) const {
    for (LocalId id : from_.parameters)
      if (program_.locals[id].name == name) return id;
    return {};
  }

  /// True if each parameter has its value.
  bool check_arguments(NodeRef instance) {
    const std::vector<NodeRef> parts = instance.children();
    bool all_good = true;
    for (std::size_t i = 1; i + 1 < parts.size(); i += 2) all_good &= check_argument(parts[i], parts[i + 1]);
    return tell_missing(instance) && all_good;
  }

  bool check_argument(NodeRef name, NodeRef value) {
    const LocalId local = parameter(name.text());
    if (!local) return tell_no_parameter(name);
    const auto given = arguments_.find(local);
    if (given != arguments_.end()) {
      checker_.diagnostics.report(codes::FieldGivenTwice, name.span(), {{"field", std::string(name.text())}})
          .note(program_.constants[given->second].name_span, "first here");
      return false;
    }
    Constant constant;
    constant.name = policy_.name + "." + std::string(name.text());
    constant.module = policy_.module;
    constant.name_span = name.span();
    constant.span = value.span();
    constant.is_private = true;
    constant.type = program_.locals[local].type;
    constant.value = check_constant(checker_, policy_.module, value, constant.type);
    arguments_.emplace(local, program_.constants.add(std::move(constant)));
    return true;
  }

  bool tell_no_parameter(NodeRef name) {
    std::vector<std::string> known;
    for (LocalId id : from_.parameters) known.push_back(program_.locals[id].name);
    auto told = checker_.diagnostics.report(codes::NoParameter, name.span(),
                                            {{"template", from_.policy.name}, {"parameter", std::string(name.text())}});
    const std::string meant = grammar::nearest(name.text(), known);
    if (!meant.empty())
      told.fix("did you mean `" + meant + "`?", name.span(), meant);
    else
      told.note(from_.policy.name_span, "declared here");
    misspelt_ = misspelt_ || !meant.empty();
    return false;
  }

  bool tell_missing(NodeRef instance) {
    std::string missing;
    for (LocalId id : from_.parameters) {
      if (arguments_.contains(id)) continue;
      const Local& local = program_.locals[id];
      missing += (missing.empty() ? "`" : ", `") + local.name + ": " + program_.type_name(local.type) + "`";
    }
    if (!missing.empty() && !misspelt_)
      checker_.diagnostics
          .report(codes::ParameterMissing, instance.child(NodeKind::Path).span(),
                  {{"template", from_.policy.name}, {"parameters", missing}})
          .note(from_.policy.name_span, "declared here");
    return missing.empty();
  }

  // --- header: both parts count ---

  void check_header() {
    const NodeRef mode = node_.child(NodeKind::Mode);
    check_period_and_mode(checker_, policy_, node_);
    if (mode && from_.mode_span.known())
      checker_.diagnostics.report(codes::ModeTwice, mode.span(), {{"template", from_.policy.name}})
          .note(from_.mode_span, "the mode of all its instances");
    if (!mode) take_mode();
    join_periods();
    Environment environment{.module = policy_.module, .decisions = policy_.decisions, .in_policy = true};
    guard_ = check_guard(checker_, environment, node_.child(NodeKind::When));
  }

  /// Of the template; its parameter has been given a value, or that it has none was told.
  void take_mode() {
    policy_.mode = from_.policy.mode;
    policy_.mode_from = from_.policy.mode_from;
    policy_.audit_until = from_.policy.audit_until;
    const auto argument = arguments_.find(from_.mode_parameter);
    if (argument != arguments_.end()) set_mode(checker_, policy_, argument->second);
  }

  void join_periods() {
    const bool own = policy_.from || policy_.until;
    if (from_.policy.from) policy_.from = std::max(policy_.from.value_or(*from_.policy.from), *from_.policy.from);
    if (from_.policy.until && (!policy_.until || *from_.policy.until < *policy_.until)) {
      policy_.until = from_.policy.until;
      policy_.until_span = from_.policy.until_span;
    }
    if (!own || !from_.policy.decisions.size()) return;
    const End end{.at = policy_.until, .span = node_.child(NodeKind::InForce).span()};
    check_order(checker_, policy_.from, end, "policy `" + policy_.name + "`, together with its template,");
  }

  // --- the body ---

  void fill() {
    policy_.lets = copy_lets(from_.policy.lets);
    const ExprId guard = copy(from_.policy.guard);
    policy_.guard = guard && guard_ ? both(guard, guard_) : guard ? guard : guard_;
    const std::uint32_t first = program_.rules.size();
    bool told_grants = false;
    for (const Rule& rule : from_.rules) {
      if (rule.kind == RuleKind::Allow && !std::exchange(told_grants, true))
        check_grants(checker_, policy_, policy_.template_span, rule.name_span);
      policy_.rules.push_back(program_.rules.add(copy_rule(rule, first)));
    }
    tell_budget();
  }

  ExprId both(ExprId a, ExprId b) {
    return add_expr(checker_, {.kind = ExprKind::Operation,
                               .operation = Operation::And,
                               .type = program_.simple(TypeKind::Bool),
                               .span = program_.exprs[b].span,
                               .operands = {a, b}});
  }

  std::vector<LocalId> copy_lets(const std::vector<LocalId>& lets) {
    std::vector<LocalId> copied;
    for (LocalId id : lets) copied.push_back(copy_let(id));
    return copied;
  }

  /// The let itself, if it names no parameter.
  LocalId copy_let(LocalId id) {
    Local let = program_.locals[id];
    let.value = copy(let.value);
    if (let.value == program_.locals[id].value) return id;
    return lets_[id] = program_.locals.add(std::move(let));
  }

  Rule copy_rule(const Rule& rule, std::uint32_t first) {
    Rule made = rule;
    made.policy = id_;
    for (RuleId& lifted : made.lifts) lifted.index = lifted.index - from_.first_rule + first;
    for (Binder& binder : made.binders) binder.source = copy(binder.source);
    made.lets = copy_lets(rule.lets);
    for (ExprId* part : {&made.when, &made.unless, &made.value}) *part = copy(*part);
    if (made.message)
      for (MessagePart& part : made.message->parts) part.value = copy(part.value);
    made.notes = notes_of(rule);
    return made;
  }

  /// The rule's own, then the instance's, then the template's: of one name the first.
  std::vector<Note> notes_of(const Rule& rule) {
    std::vector<Note> notes;
    const auto add = [&](const Note& note) {
      const auto same = [&](const Note& other) { return other.annotation == note.annotation; };
      if (std::none_of(notes.begin(), notes.end(), same)) notes.push_back(note);
    };
    const auto own = [&](const Note& note) {
      return note.span.begin >= rule.span.begin && note.span.end <= rule.span.end;
    };
    for (const Note& note : rule.notes)
      if (own(note)) add(copy_note(note));
    for (const Note& note : policy_.notes) add(note);
    for (const Note& note : rule.notes) add(copy_note(note));
    return notes;
  }

  Note copy_note(Note note) {
    note.value = copy(note.value);
    return note;
  }

  /// The expression with constants for parameters: itself, if it has none below it.
  ExprId copy(ExprId id) {
    if (!id || over_budget()) return id;
    Expr expr = program_.exprs[id];
    bool changed = false;
    if (expr.kind == ExprKind::LocalUse) changed = replace(expr);
    for (ExprId& operand : expr.operands) {
      const ExprId copied = copy(operand);
      changed = changed || copied != operand;
      operand = copied;
    }
    if (!changed) return id;
    ++checker_.copied_exprs;
    return add_expr(checker_, std::move(expr));
  }

  bool replace(Expr& use) {
    if (const auto argument = arguments_.find(use.local); argument != arguments_.end()) {
      use.kind = ExprKind::ConstantUse;
      use.constant = argument->second;
      return true;
    }
    const auto let = lets_.find(use.local);
    if (let == lets_.end()) return false;
    use.local = let->second;
    return true;
  }

  bool over_budget() const { return checker_.copied_exprs > kMostCopied; }

  /// Told once, for the instance that is too much.
  void tell_budget() {
    if (!over_budget() || std::exchange(checker_.copies_told, true)) return;
    checker_.diagnostics
        .report(codes::TemplateBudget, policy_.name_span,
                {{"policy", policy_.name}, {"limit", std::to_string(kMostCopied)}})
        .help("one policy with a list of what the instances differ in says the same");
  }

  Checker& checker_;
  Program& program_;
  PolicyId id_;
  const Template& from_;
  NodeRef node_;
  Policy policy_;
  ExprId guard_;
  bool misspelt_ = false;
  std::map<LocalId, ConstantId> arguments_;
  std::map<LocalId, LocalId> lets_;
};

}  // namespace

void check_instance(Checker& checker, PolicyId id) {
  const NodeRef path = checker.policy_nodes[id.index].child(NodeKind::Instance).child(NodeKind::Path);
  const ModuleId module = checker.program.policies[id].module;
  const Declaration* found = find_kind(checker, module, path, DeclarationKind::Template, "a template");
  if (!found || !checker.templates[found->index].sound) return;
  Instance(checker, id, checker.templates[found->index]).check();
}

}  // namespace bylaw::compiler
