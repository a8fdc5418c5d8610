// Policies and rules as records.

#include <algorithm>

#include <bylaw/grammar/diagnostics/limits.h>

#include "lower/program.h"

namespace bylaw::compiler::lowering {

using format::kNone;

namespace {

std::uint32_t count(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

format::ModeCode mode_code(Mode mode) {
  switch (mode) {
    case Mode::Enforce: return format::ModeCode::Enforce;
    case Mode::Audit: return format::ModeCode::Audit;
    case Mode::Off: return format::ModeCode::Off;
  }
  return format::ModeCode::Off;
}

format::RuleKindCode kind_code(RuleKind kind) {
  switch (kind) {
    case RuleKind::Exempt: return format::RuleKindCode::Exempt;
    case RuleKind::Allow: return format::RuleKindCode::Allow;
    case RuleKind::Deny: return format::RuleKindCode::Deny;
    case RuleKind::Oblige: return format::RuleKindCode::Oblige;
  }
  return format::RuleKindCode::Deny;
}

std::uint32_t rule_flags(const Rule& rule) {
  return (rule.otherwise ? format::kRuleOtherwise : 0U) | (rule.binders.empty() ? 0U : format::kRuleForEach) |
         (rule.lifts_all ? format::kRuleLiftsAll : 0U) | (rule.on_deny ? format::kRuleOnDeny : 0U);
}

struct RequestPath {
  std::string text;       // by the keys of the request
  std::uint32_t element;  // the level of the element that it begins at; kNone: at the request
};

/// "token.scopes": the path of a collection that is part of the request itself.
std::optional<RequestPath> request_path(const Program& program, const ir::DecisionIr& ir, ir::TermId id) {
  const ir::Term& term = ir.terms[id];
  if (term.op == ir::Op::Get) return request_path(program, ir, ir.terms.operand(id, 0));
  if (term.op == ir::Op::Request) return RequestPath{program.decisions[ir.decision].fields[term.a].wire, kNone};
  if (term.op == ir::Op::Element) return RequestPath{"", term.a};
  if (term.op != ir::Op::Select || EntityTypeId{term.c}) return std::nullopt;
  auto base = request_path(program, ir, ir.terms.operand(id, 0));
  if (base) base->text += "." + ir.terms.field(id).wire;
  return base;
}

}  // namespace

void ProgramLowering::add_policy(const ir::DecisionIr& ir, const ir::PolicyIr& policy, std::uint32_t decision) {
  const Policy& declared = program_.policies[policy.policy];
  const std::string& module = program_.modules[declared.module].name;
  const auto index = count(tables_.policies.size());
  const std::uint32_t first_rule = count(tables_.rules.size());
  tables_.policies.push_back({.from = declared.from.value_or(format::kNoStart),
                              .until = declared.until.value_or(format::kNoEnd),
                              .audit_until = declared.audit_until.value_or(format::kNoStart),
                              .name = symbols_.of(module + "." + declared.name),
                              .short_name = symbols_.of(declared.name),
                              .module = symbols_.of(module),
                              .decision = decision,
                              .mode = mode_code(declared.mode),
                              .guard = kNone,
                              .first_rule = first_rule,
                              .rule_count = count(policy.rules.size()),
                              .otherwise = format::EffectCode::None,
                              .otherwise_rule = kNone,
                              .constants = 0,
                              .constant_count = 0,
                              .span = span(declared.span),
                              .skeleton = kNone});
  Window window(constants_);
  const auto first_occurrence = count(tables_.occurrences.size()) - ir.occurrences.size();
  const Scope scope{program_, ir, types_, window, lists_, first_occurrence};
  const PolicyPlace place{ir, scope, decision, index};
  format::PolicyRecord record = tables_.policies[index];
  if (!policy.guard.empty()) {
    const BlockOwner owner{.kind = format::BlockKind::Condition,
                           .name = "the `when` of policy `" + declared.name + "`",
                           .span = declared.name_span};
    Lowering lowering(scope);
    lowering.condition(policy.guard);
    record.guard = add_block(lowering, place, owner);
    record.skeleton = skeleton(policy.guard, place, kNone, owner);
  }
  tables_.rules.resize(first_rule + policy.rules.size());
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const Rule& rule = program_.rules[policy.rules[i].rule];
    if (rule.otherwise) {
      record.otherwise = rule.kind == RuleKind::Allow ? format::EffectCode::Allow : format::EffectCode::Deny;
      record.otherwise_rule = count(first_rule + i);
    }
    tables_.rules[first_rule + i] = rule_record(policy, i, place, first_rule);
  }
  place_window(record, declared, window);
  tables_.policies[index] = record;
}

void ProgramLowering::place_window(format::PolicyRecord& record, const Policy& policy, const Window& window) {
  if (window.size() > format::kMaxSlots) {
    diagnostics_.report(grammar::codes::TooManyConstants, policy.name_span, {{"policy", policy.name}})
        .help("split the policy, or put the values into an allowlist");
    return;
  }
  record.constant_count = window.size();
  record.constants = window.size() == 0 ? 0 : constants_.place(window.all());
}

format::RuleRecord ProgramLowering::rule_record(const ir::PolicyIr& policy, std::size_t number,
                                                const PolicyPlace& place, std::uint32_t first_rule) {
  const ir::RuleIr& rule = policy.rules[number];
  const Rule& declared = program_.rules[rule.rule];
  const Policy& owner = program_.policies[declared.policy];
  format::RuleRecord record{.name = symbols_.of(program_.qualified(owner) + "." + declared.name),
                            .short_name = symbols_.of(declared.name),
                            .policy = place.policy,
                            .kind = kind_code(declared.kind),
                            .flags = rule_flags(declared),
                            .condition = kNone,
                            .first_lift = 0,
                            .lift_count = 0,
                            .obligation = kNone,
                            .value = kNone,
                            .message = kNone,
                            .first_note = 0,
                            .note_count = 0,
                            .span = span(declared.span),
                            .skeleton = kNone,
                            .first_binder = 0,
                            .binder_count = 0};
  if (!add_condition(record, rule, count(first_rule + number), place)) return record;
  add_lifts(record, declared, first_rule, policy);
  add_notes(record, declared);
  const BlockOwner value{.kind = format::BlockKind::Value,
                         .first_binder = record.first_binder,
                         .binder_count = record.binder_count,
                         .name = "rule `" + declared.name + "`",
                         .span = declared.name_span};
  if (declared.kind == RuleKind::Oblige) {
    record.obligation = tables_.decisions[place.decision].first_obligation + rule.obligation;
    BlockOwner obliged = value;  // of the obligation's type: the value's own may be narrower
    obliged.type = tables_.obligations[record.obligation].type;
    record.value = value_block(rule.value, place, obliged);
  }
  if (rule.message) record.message = message(*rule.message, place, value);
  return record;
}

void ProgramLowering::add_binders(format::RuleRecord& record, const ir::RuleIr& rule, const ir::DecisionIr& ir) {
  record.first_binder = count(tables_.binders.size());
  record.binder_count = count(rule.collections.size());
  for (const ir::TermId collection : rule.collections) {
    format::BinderRecord binder{types_.type(ir.terms.type(collection)), kNone, count(tables_.pool.size()), 0};
    if (const auto path = request_path(program_, ir, collection)) {
      binder.parent = path->element;
      binder.path_count = 1;
      tables_.pool.push_back(symbols_.of(path->text));
    }
    tables_.binders.push_back(binder);
  }
}

/// False if it was told that there can be none.
bool ProgramLowering::add_condition(format::RuleRecord& record, const ir::RuleIr& rule, std::uint32_t index,
                                    const PolicyPlace& place) {
  const Rule& declared = program_.rules[rule.rule];
  BlockOwner owner{
      .kind = format::BlockKind::Condition, .name = "rule `" + declared.name + "`", .span = declared.name_span};
  if (rule.collections.empty() && rule.condition.empty()) return true;
  Lowering lowering(place.scope);
  if (!rule.collections.empty()) {
    if (rule.collections.size() > format::kMaxLoops) {
      tell_loops(owner);
      return false;
    }
    add_binders(record, rule, place.ir);
    lowering.for_each(rule);
  } else {
    lowering.condition(rule.condition);
  }
  record.condition = add_block(lowering, place, owner);
  owner.first_binder = record.first_binder;
  owner.binder_count = record.binder_count;
  if (!rule.condition.empty()) record.skeleton = skeleton(rule.condition, place, index, owner);
  return true;
}

void ProgramLowering::add_lifts(format::RuleRecord& record, const Rule& rule, std::uint32_t first_rule,
                                const ir::PolicyIr& policy) {
  record.first_lift = count(tables_.pool.size());
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const RuleId other = policy.rules[i].rule;
    const bool named = std::find(rule.lifts.begin(), rule.lifts.end(), other) != rule.lifts.end();
    if (named || (rule.lifts_all && program_.rules[other].kind == RuleKind::Deny))
      tables_.pool.push_back(count(first_rule + i));
  }
  record.lift_count = count(tables_.pool.size()) - record.first_lift;
}

void ProgramLowering::add_notes(format::RuleRecord& record, const Rule& rule) {
  record.first_note = count(tables_.notes.size());
  record.note_count = count(rule.notes.size());
  for (const Note& note : rule.notes) {
    const Annotation& annotation = program_.annotations[note.annotation];
    format::NoteRecord made{symbols_.of(annotation.name), kNone, kNone};
    if (note.value) {
      made.type = types_.type(annotation.type);
      made.constant = constants_.place(constant_value(program_, note.value), annotation.type);
    }
    tables_.notes.push_back(made);
  }
}

}  // namespace bylaw::compiler::lowering
