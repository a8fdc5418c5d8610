// Warnings about conditions by the way they push (check/polarity.h): defaults, undescribed entities, lists used against
// their intent, `all` and `no` of nothing.

#include <algorithm>

#include <bylaw/grammar/diagnostics/warnings.h>
#include <set>

#include "check/lint.h"
#include "check/polarity.h"
#include "check/typing.h"
#include "check/visit.h"

namespace bylaw::compiler {

namespace {

class ConditionLint {
 public:
  ConditionLint(Checker& checker, PolicyId policy)
      : checker_(checker), program_(checker.program), policy_id_(policy), policy_(checker.program.policies[policy]) {}

  void run() {
    visit_pushes(program_, policy_id_, [&](const Expr& expr, const Use& use) {
      if (expr.kind == ExprKind::Select || expr.kind == ExprKind::RequestField) lint_default(expr, use);
      if (expr.kind == ExprKind::AllOf || expr.kind == ExprKind::NoneOf) lint_nothing(expr, use);
      if (expr.kind != ExprKind::Operation || expr.operands.size() != 2) return;
      lint_intent(expr, use);
      lint_climb(expr, use);
    });
  }

 private:
  /// False if the place was told of already, for another rule that uses the same let or function.
  bool first_time(Code code, Span span) { return told_.insert({code, span}).second; }

  /// "`too_long`", or the policy itself for its guard.
  std::string who(const Use& use) const {
    return use.rule ? "`" + program_.rules[use.rule].name + "`" : "policy `" + policy_.name + "`";
  }

  // --- a default must not open a door ---

  bool allows_by_default() const {
    return std::any_of(policy_.decisions.begin(), policy_.decisions.end(),
                       [&](DecisionId id) { return program_.decisions[id].default_effect == Effect::Allow; });
  }

  bool grants(const Use& use) const {
    return use.rule &&
           (program_.rules[use.rule].kind == RuleKind::Allow || program_.rules[use.rule].kind == RuleKind::Exempt);
  }

  const Field* field_of(const Expr& expr) const {
    if (expr.kind == ExprKind::RequestField)
      return program_.find_field(program_.decisions[policy_.decisions[0]].fields, expr.text);
    const Type& base = program_.types[program_.without_optional(program_.exprs[expr.operands[0]].type)];
    if (base.kind == TypeKind::Record) return program_.find_field(program_.records[base.record].fields, expr.text);
    if (base.kind != TypeKind::Entity) return nullptr;
    return program_.find_field(program_.entities[base.entities[0]].fields, expr.text);
  }

  std::optional<bool> default_of(const Field& field) const {
    ExprId value = field.default_value;
    while (value && program_.exprs[value].kind == ExprKind::ConstantUse)
      value = program_.constants[program_.exprs[value].constant].value;
    if (!value || program_.exprs[value].kind != ExprKind::BoolLiteral) return std::nullopt;
    return program_.exprs[value].integer != 0;
  }

  /// A path that begins at a constant reads what the policies say, not what a request leaves out.
  bool of_constant(const Expr& expr) const {
    const Expr* root = &expr;
    while (root->kind == ExprKind::Select || root->kind == ExprKind::Get) root = &program_.exprs[root->operands[0]];
    return root->kind == ExprKind::ConstantUse;
  }

  void lint_default(const Expr& expr, const Use& use) {
    if (of_constant(expr) || !(allows_by_default() || grants(use))) return;
    const Field* field = field_of(expr);
    if (!field) return;
    const auto value = default_of(*field);
    const bool opens = value && *value == (use.push == Push::Lets);
    if (!opens || !first_time(codes::DefaultOpensDoor, expr.span)) return;
    checker_.diagnostics
        .report(codes::DefaultOpensDoor, expr.span,
                {{"field", field->name},
                 {"value", *value ? "true" : "false"},
                 {"who", who(use)},
                 {"how", grants(use) ? "lets more through" : "stops less"}})
        .note(field->span, "without a default, a request that leaves it out is invalid");
  }

  // --- all and no are true of nothing ---

  void lint_nothing(const Expr& expr, const Use& use) {
    if (!use.rule || use.push == Push::Stops) return;
    const Rule& rule = program_.rules[use.rule];
    if (rule.kind != RuleKind::Allow && rule.kind != RuleKind::Exempt) return;
    const Span collection = program_.exprs[expr.operands[0]].span;
    if (never_empty(program_.exprs[expr.operands[0]])) return;
    const std::string text(checker_.input.sources.text(collection));
    if (asks_empty(rule, text) || !first_time(codes::TrueOfNothing, expr.span)) return;
    checker_.diagnostics
        .report(codes::TrueOfNothing, collection,
                {{"word", expr.kind == ExprKind::AllOf ? "all" : "no"}, {"collection", text}, {"rule", rule.name}})
        .help("if that is not meant:  `not (" + text + " is empty) and (..)`");
  }

  /// A constant that is written out with elements; what a param holds is for deployments to say.
  bool never_empty(const Expr& collection) const {
    const Expr* value = &collection;
    while (value->kind == ExprKind::ConstantUse) {
      const Constant& constant = program_.constants[value->constant];
      if (constant.param || !constant.value) return false;
      value = &program_.exprs[constant.value];
    }
    return (value->kind == ExprKind::ListLiteral || value->kind == ExprKind::SetLiteral ||
            value->kind == ExprKind::MapLiteral) &&
           !value->operands.empty();
  }

  bool asks_empty(const Rule& rule, const std::string& collection) const {
    bool asks = false;
    for (ExprId condition : {policy_.guard, rule.when})
      visit_expressions(program_, condition, [&](const Expr& expr) {
        const auto is_it = [&](std::size_t operand) {
          return operand < expr.operands.size() &&
                 checker_.input.sources.text(program_.exprs[expr.operands[operand]].span) == collection;
        };
        const bool elements = expr.kind == ExprKind::IsEmpty || expr.kind == ExprKind::AnyOf;
        if ((elements && is_it(0)) || (expr.kind == ExprKind::Operation && is_it(1))) asks = true;  // `x in them`
      });
    return asks;
  }

  // --- lists against their intent ---

  void lint_intent(const Expr& expr, const Use& use) {
    const Expr& right = program_.exprs[expr.operands[1]];
    if (right.kind != ExprKind::ListUse) return;
    const List& list = program_.lists[right.list];
    const bool stops = use.push == Push::Stops;
    if ((list.intent == ListIntent::Allow) != stops || !first_time(codes::ListIntent, expr.span)) return;
    checker_.diagnostics
        .report(codes::ListIntent, expr.span,
                {{"list", list.name},
                 {"kind", stops ? "allowlist" : "denylist"},
                 {"effect", stops ? "stopped" : "let through"},
                 {"who", who(use)}})
        .note(list.name_span,
              stops ? "if that is meant, declare it a denylist" : "if that is meant, declare it an allowlist");
  }

  // --- climbing from what nobody needs to describe ---

  static bool climbs(Operation operation) {
    constexpr Operation kClimbing[] = {Operation::InEntities,       Operation::InEntity,       Operation::InList,
                                       Operation::WithinEntities,   Operation::WithinEntity,   Operation::WithinList,
                                       Operation::OverlapsEntities, Operation::OverlapsEntity, Operation::OverlapsList};
    return std::find(std::begin(kClimbing), std::end(kClimbing), operation) != std::end(kClimbing);
  }

  /// A value of the request below its fields: an element, or a field of a record or entity.
  bool from_inside_request(ExprId id) const {
    const Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::Select) return expr.text != "lineage" || from_inside_request(expr.operands[0]);
    if (expr.kind == ExprKind::Get) return from_inside_request(expr.operands[0]);
    if (expr.kind == ExprKind::Comprehension) return from_inside_request(expr.operands[expr.binders.size()]);
    if (expr.kind == ExprKind::RequestField)
      return program_.types[program_.without_optional(expr.type)].kind != TypeKind::Entity;
    if (expr.kind != ExprKind::LocalUse) return false;  // constants, what is worked out
    const Local& local = program_.locals[expr.local];
    if (local.kind == LocalKind::Let) return from_inside_request(local.value);
    return local.kind == LocalKind::Binder;
  }

  /// The type, or that of its elements.
  const Type& scalar_type(TypeId id) const {
    const Type& type = program_.types[program_.without_optional(id)];
    return type.kind == TypeKind::Set || type.kind == TypeKind::List ? program_.types[type.element] : type;
  }

  /// A type whose values are not described unless the sender cares to, though they may stand below one of `upper`.
  std::string undescribed_type(TypeId id, const Type& upper) const {
    const Type& type = scalar_type(id);
    if (type.kind != TypeKind::Entity || type.names_only) return "";
    for (EntityTypeId entity : type.entities)
      if (program_.entities[entity].fields.empty() &&
          may_be_below(program_, program_.entities[entity].parents, upper.entities))
        return program_.entities[entity].name;
    return "";
  }

  void lint_climb(const Expr& expr, const Use& use) {
    if (use.push == Push::Lets || !climbs(expr.operation) || !from_inside_request(expr.operands[0])) return;
    const Expr& left = program_.exprs[expr.operands[0]];
    const std::string type = undescribed_type(left.type, scalar_type(program_.exprs[expr.operands[1]].type));
    if (type.empty() || !first_time(codes::ClimbsUndescribed, left.span)) return;
    checker_.diagnostics
        .report(codes::ClimbsUndescribed, left.span,
                {{"value", std::string(checker_.input.sources.text(left.span))}, {"type", type}, {"who", who(use)}})
        .help("make it a field of the decision, which must be described, or say who passes: `deny .. unless ..`");
  }

  Checker& checker_;
  const Program& program_;
  PolicyId policy_id_;
  const Policy& policy_;
  std::set<std::pair<Code, Span>> told_;
};

}  // namespace

void lint_conditions(Checker& checker) {
  for (PolicyId policy : policies_to_lint(checker.program)) ConditionLint(checker, policy).run();
}

}  // namespace bylaw::compiler
