// Decisions, their policies and rules, and the blocks, messages and notes that rules name: who belongs to whom, in what
// order.

#include <vector>

#include "format/layout.h"
#include "verify.h"

namespace bylaw {
namespace {

using namespace format;

class PolicyCheck {
 public:
  explicit PolicyCheck(TableCheck& check)
      : check_(check), b_(check.bundle()), message_owner_(b_.messages.size(), kNone) {}

  bool run() {
    return blocks() && binders() && places() && message_tables() && notes() && obligations() && decisions() &&
           all_policies() && all_rules();
  }

 private:
  // --- what decisions, policies and rules refer to ---

  bool blocks() {
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < b_.blocks.size(); ++i) {
      check_.at(Section::Blocks, i);
      if (!block(b_.blocks[i], end)) return false;
    }
    check_.at(Section::Code, end);
    return check_.need(end == b_.code.size(), "it belongs to no block");
  }

  bool block(const BlockRecord& block, std::uint32_t& end) {
    const bool value = block.kind == BlockKind::Value;
    return check_.need(block.kind <= BlockKind::Text, "its kind is not known") &&
           check_.next_range(end, block.first, block.count, b_.code, "its instructions") &&
           check_.need(block.count > 0 && block.count <= 0xffff, "it has none or too many instructions") &&
           check_.in(block.decision, b_.decisions, "its decision") &&
           check_.in_or_none(block.policy, b_.policies, "its policy") &&
           check_.need(block.policy == kNone || b_.policies[block.policy].decision == block.decision,
                       "its policy is of another decision") &&
           (value ? check_.in(block.type, b_.types, "its type") : check_.need(block.type == kNone, "it has a type")) &&
           has_binders(block.first_binder, block.binder_count);
  }

  bool has_binders(std::uint32_t first, std::uint32_t count) {
    return check_.range(first, count, b_.binders, "its binders") &&
           check_.need(count <= kMaxLoops, "it has too many binders");
  }

  bool binders() {
    for (std::size_t i = 0; i < b_.binders.size(); ++i) {
      check_.at(Section::Binders, i);
      const BinderRecord& binder = b_.binders[i];
      if (!check_.in(binder.type, b_.types, "the type of its elements") ||
          !check_.need(is_collection(b_.types[binder.type].kind), "it loops over no collection") ||
          !check_.range(binder.first_path, binder.path_count, b_.pool, "its paths") ||
          !check_.need((paths_ += binder.path_count) <= shared_indices(b_), "there are too many paths in all"))
        return false;
      for (const std::uint32_t path : range(b_.pool, binder.first_path, binder.path_count))
        if (!check_.symbol(path, "its path")) return false;
    }
    return true;
  }

  static bool is_collection(Kind kind) { return kind == Kind::Set || kind == Kind::List || kind == Kind::Map; }

  bool places() {
    for (std::size_t i = 0; i < b_.spans.size(); ++i) {
      check_.at(Section::Spans, i);
      if (!check_.symbol(b_.spans[i].file, "its file") || !check_.symbol_or_none(b_.spans[i].text, "its text"))
        return false;
    }
    return true;
  }

  static bool part_flags_known(std::uint32_t flags) {
    const std::uint32_t reading = flags & (kPartLower | kPartFold);
    return (flags & ~(kPartSecret | reading)) == 0 && reading != (kPartLower | kPartFold);
  }

  static bool read_part(const MessagePartRecord& part) { return (part.flags & (kPartLower | kPartFold)) != 0; }

  /// The block gives a text.
  bool is_text(std::uint32_t index) const {
    if (index == kNone) return false;
    const BlockRecord& block = b_.blocks[index];
    if (block.kind == BlockKind::Text) return true;
    return block.kind == BlockKind::Value && block.type < b_.types.size() && b_.types[block.type].kind == Kind::String;
  }

  bool message_tables() {
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < b_.messages.size(); ++i) {
      check_.at(Section::Messages, i);
      if (!check_.next_range(end, b_.messages[i].first_part, b_.messages[i].part_count, b_.message_parts, "its parts"))
        return false;
    }
    for (std::size_t i = 0; i < b_.message_parts.size(); ++i) {
      const MessagePartRecord& part = b_.message_parts[i];
      check_.at(Section::MessageParts, i);
      if (!check_.symbol(part.text, "its text") || !check_.in_or_none(part.value, b_.blocks, "its value") ||
          !check_.need(part_flags_known(part.flags), "its flags are not known") ||
          !check_.need(!read_part(part) || is_text(part.value),
                       "its value is no text that could be read in another way"))
        return false;
    }
    return check_.need(end == b_.message_parts.size(), "it belongs to no message");
  }

  bool notes() {
    for (std::size_t i = 0; i < b_.notes.size(); ++i) {
      const NoteRecord& note = b_.notes[i];
      check_.at(Section::Notes, i);
      if (!check_.symbol(note.name, "its name")) return false;
      if (note.type == kNone && note.constant == kNone) continue;
      if (!check_.in(note.type, b_.types, "its type") || !check_.in(note.constant, b_.constants, "its value") ||
          !check_.need(b_.constant_types[note.constant] == note.type, "its value is of another type"))
        return false;
    }
    return true;
  }

  bool obligations() {
    for (std::size_t i = 0; i < b_.obligations.size(); ++i) {
      const ObligationRecord& obligation = b_.obligations[i];
      check_.at(Section::Obligations, i);
      if (!check_.symbol(obligation.name, "its name") || !check_.in(obligation.type, b_.types, "its type") ||
          !check_.need(merges(b_, obligation.strategy, b_.types[obligation.type]),
                       "its strategy does not fit its type"))
        return false;
    }
    return true;
  }

  // --- decisions ---

  bool decisions() {
    Ends ends;
    for (std::size_t i = 0; i < b_.decisions.size(); ++i) {
      const DecisionRecord& decision = b_.decisions[i];
      check_.at(Section::Decisions, i);
      if (!decision_itself(decision) || !decision_ranges(decision, ends)) return false;
      if (i > 0 && !check_.need(b_.decisions[i - 1].name < decision.name, "decisions do not ascend")) return false;
      if (!message(decision.default_message, kNone, static_cast<std::uint32_t>(i), nullptr)) return false;
    }
    return check_.need(ends.policies == b_.policies.size() && ends.rules == b_.rules.size() &&
                           ends.obligations == b_.obligations.size(),
                       "there are policies, rules or obligations of no decision");
  }

  struct Ends {
    std::uint32_t policies = 0, rules = 0, obligations = 0;
  };

  bool decision_itself(const DecisionRecord& decision) {
    return check_.symbol(decision.name, "its name") && check_.symbol(decision.short_name, "its short name") &&
           check_.in(decision.shape, b_.shapes, "its shape") &&
           check_.need((b_.shapes[decision.shape].flags & kShapeEither) == 0, "its shape is a union") &&
           check_.need(decision.default_effect == EffectCode::Deny || decision.default_effect == EffectCode::Allow,
                       "its default is not known") &&
           (decision.now_slot == kNone || now(decision));
  }

  /// `now` is one of its own fields, a Time that is always there.
  bool now(const DecisionRecord& decision) {
    const ShapeRecord& shape = b_.shapes[decision.shape];
    for (const FieldRecord& field : range(b_.fields, shape.first_field, shape.field_count))
      if (presence_words(shape) + field.slot == decision.now_slot && b_.types[field.type].kind == Kind::Time)
        return check_.need(field.presence == kNone, "its `now` is optional");
    return check_.fail("its `now` is no field of type Time");
  }

  bool decision_ranges(const DecisionRecord& decision, Ends& ends) {
    return check_.next_range(ends.policies, decision.first_policy, decision.policy_count, b_.policies,
                             "its policies") &&
           check_.next_range(ends.rules, decision.first_rule, decision.rule_count, b_.rules, "its rules") &&
           check_.next_range(ends.obligations, decision.first_obligation, decision.obligation_count, b_.obligations,
                             "its obligations");
  }

  // --- policies ---

  bool all_policies() {
    for (std::uint32_t d = 0; d < b_.decisions.size(); ++d) {
      const DecisionRecord& decision = b_.decisions[d];
      std::uint32_t end = decision.first_rule;
      for (std::uint32_t i = 0; i < decision.policy_count; ++i) {
        const std::uint32_t index = decision.first_policy + i;
        check_.at(Section::Policies, index);
        if (!policy(b_.policies[index], index, d, end)) return false;
        if (i > 0 && !check_.need(policy_ascends(index), "policies do not ascend")) return false;
      }
      check_.at(Section::Decisions, d);
      if (!check_.need(end == decision.first_rule + decision.rule_count, "it has rules of no policy")) return false;
    }
    return true;
  }

  bool policy_ascends(std::uint32_t index) const {
    const PolicyRecord& a = b_.policies[index - 1];
    const PolicyRecord& b = b_.policies[index];
    return a.module != b.module ? a.module < b.module : a.short_name < b.short_name;
  }

  bool policy(const PolicyRecord& policy, std::uint32_t index, std::uint32_t decision, std::uint32_t& end) {
    return policy_texts(policy) && check_.need(policy.decision == decision, "it is of another decision") &&
           modes(policy, b_.decisions[decision]) &&
           check_.next_range(end, policy.first_rule, policy.rule_count, b_.rules, "its rules") &&
           (policy.guard == kNone || condition(policy.guard, index)) && otherwise(policy) &&
           check_.range(policy.constants, policy.constant_count, b_.constants, "its constants") &&
           check_.need(policy.constant_count <= kMaxSlots, "it has too many constants") &&
           check_.in_or_none(policy.skeleton, b_.skeletons, "its skeleton");
  }

  bool policy_texts(const PolicyRecord& policy) {
    return check_.symbol(policy.name, "its name") && check_.symbol(policy.short_name, "its short name") &&
           check_.symbol(policy.module, "its module") && check_.in_or_none(policy.span, b_.spans, "its place");
  }

  bool modes(const PolicyRecord& policy, const DecisionRecord& decision) {
    const bool dated = policy.from != kNoStart || policy.until != kNoEnd || policy.audit_until != kNoStart;
    return check_.need(policy.mode <= ModeCode::Off, "its mode is not known") &&
           check_.need(policy.audit_until == kNoStart || policy.mode == ModeCode::Audit,
                       "it says how long it is audited, and is not") &&
           check_.need(!dated || decision.now_slot != kNone, "it has dates, its decision has no `now`");
  }

  bool otherwise(const PolicyRecord& policy) {
    if (policy.otherwise == EffectCode::None)
      return check_.need(policy.otherwise_rule == kNone, "it has a rule for an otherwise that it has not");
    const RuleKindCode kind = policy.otherwise == EffectCode::Deny ? RuleKindCode::Deny : RuleKindCode::Allow;
    const std::uint32_t index = policy.otherwise_rule - policy.first_rule;
    return check_.need(policy.otherwise <= EffectCode::Allow, "its otherwise is not known") &&
           check_.need(policy.otherwise_rule >= policy.first_rule && index < policy.rule_count,
                       "its otherwise is none of its rules") &&
           check_.need(b_.rules[policy.otherwise_rule].kind == kind, "its otherwise is of another kind") &&
           check_.need((b_.rules[policy.otherwise_rule].flags & kRuleOtherwise) != 0,
                       "its otherwise is a rule like others");
  }

  // --- rules ---

  bool all_rules() {
    for (std::uint32_t p = 0; p < b_.policies.size(); ++p) {
      const PolicyRecord& policy = b_.policies[p];
      for (std::uint32_t i = 0; i < policy.rule_count; ++i) {
        const std::uint32_t index = policy.first_rule + i;
        check_.at(Section::Rules, index);
        if (!rule(b_.rules[index], index, p)) return false;
        if (i > 0 && !check_.need(b_.rules[index - 1].short_name < b_.rules[index].short_name, "rules do not ascend"))
          return false;
      }
    }
    return true;
  }

  bool rule(const RuleRecord& rule, std::uint32_t index, std::uint32_t policy) {
    return check_.symbol(rule.name, "its name") && check_.symbol(rule.short_name, "its short name") &&
           check_.need(rule.policy == policy, "it is of another policy") && rule_flags(rule, index) &&
           rule_condition(rule, policy) && lifts(rule, policy) && obligation(rule, policy) &&
           message(rule.message, policy, b_.policies[policy].decision, &rule) &&
           check_.range(rule.first_note, rule.note_count, b_.notes, "its notes") &&
           check_.in_or_none(rule.span, b_.spans, "its place") &&
           check_.in_or_none(rule.skeleton, b_.skeletons, "its skeleton");
  }

  bool rule_flags(const RuleRecord& rule, std::uint32_t index) {
    std::uint32_t possible = 0;
    switch (rule.kind) {
      case RuleKindCode::Exempt: possible = kRuleLiftsAll; break;
      case RuleKindCode::Allow: possible = kRuleOtherwise; break;
      case RuleKindCode::Deny: possible = kRuleOtherwise | kRuleForEach; break;
      case RuleKindCode::Oblige: possible = kRuleOnDeny; break;
    }
    const bool is_otherwise = (rule.flags & kRuleOtherwise) != 0;
    return check_.need(rule.kind <= RuleKindCode::Oblige, "its kind is not known") &&
           check_.need((rule.flags & ~possible) == 0, "its flags do not fit its kind") &&
           check_.need(!is_otherwise || b_.policies[rule.policy].otherwise_rule == index,
                       "it is an otherwise that its policy does not name");
  }

  bool rule_condition(const RuleRecord& rule, std::uint32_t policy) {
    const bool for_each = (rule.flags & kRuleForEach) != 0;
    if (!check_.need(for_each == (rule.binder_count != 0), "it has elements and no loop, or the other way round") ||
        !has_binders(rule.first_binder, rule.binder_count))
      return false;
    for (std::uint32_t i = 0; i < rule.binder_count; ++i) {
      const std::uint32_t parent = b_.binders[rule.first_binder + i].parent;
      if (!check_.need(parent == kNone || parent < i, "a binder stands in no binder before it")) return false;
    }
    if (rule.condition == kNone) return check_.need(!for_each, "it has no condition");
    return check_.need((rule.flags & kRuleOtherwise) == 0, "it is an otherwise and has a condition") &&
           condition(rule.condition, policy);
  }

  bool condition(std::uint32_t index, std::uint32_t policy) {
    return check_.in(index, b_.blocks, "its condition") &&
           check_.need(b_.blocks[index].kind == BlockKind::Condition && b_.blocks[index].policy == policy &&
                           b_.blocks[index].binder_count == 0,
                       "its condition is not a block for it");
  }

  bool lifts(const RuleRecord& rule, std::uint32_t policy) {
    if (rule.kind != RuleKindCode::Exempt) return check_.need(rule.lift_count == 0, "it lifts and is no exempt");
    if (!check_.range(rule.first_lift, rule.lift_count, b_.pool, "what it lifts")) return false;
    if (!check_.need((lifted_ += rule.lift_count) <= shared_indices(b_), "there are too many lifts in all"))
      return false;
    const auto lifted = range(b_.pool, rule.first_lift, rule.lift_count);
    for (std::size_t i = 0; i < lifted.size(); ++i) {
      if (!check_.in(lifted[i], b_.rules, "what it lifts") ||
          !check_.need(is_deny_of(lifted[i], policy), "it lifts what is no deny of its policy"))
        return false;
      if (i > 0 && !check_.need(lifted[i - 1] < lifted[i], "what it lifts does not ascend")) return false;
    }
    return true;
  }

  bool is_deny_of(std::uint32_t rule, std::uint32_t policy) const {
    const std::uint32_t index = rule - b_.policies[policy].first_rule;
    return rule >= b_.policies[policy].first_rule && index < b_.policies[policy].rule_count &&
           b_.rules[rule].kind == RuleKindCode::Deny;
  }

  bool obligation(const RuleRecord& rule, std::uint32_t policy) {
    if (rule.kind != RuleKindCode::Oblige)
      return check_.need(rule.obligation == kNone && rule.value == kNone, "it obliges and is no oblige");
    const DecisionRecord& decision = b_.decisions[b_.policies[policy].decision];
    const std::uint32_t index = rule.obligation - decision.first_obligation;
    return check_.need(rule.obligation >= decision.first_obligation && index < decision.obligation_count,
                       "its obligation is none of its decision") &&
           value_block(rule.value, BlockKind::Value, policy, b_.policies[policy].decision, nullptr) &&
           check_.need(b_.blocks[rule.value].type == b_.obligations[rule.obligation].type,
                       "its value is of another type than its obligation");
  }

  bool value_block(std::uint32_t index, BlockKind kind, std::uint32_t policy, std::uint32_t decision,
                   const RuleRecord* rule) {
    if (!check_.in(index, b_.blocks, "its value")) return false;
    const BlockRecord& block = b_.blocks[index];
    const bool fits =
        block.kind == kind && block.policy == policy && block.decision == decision && binds_those_of(block, rule);
    return check_.need(fits, "its value is not a block for it");
  }

  /// Messages alone print parts of texts.
  BlockKind kind_of(std::uint32_t printed) const {
    const bool text = printed < b_.blocks.size() && b_.blocks[printed].kind == BlockKind::Text;
    return text ? BlockKind::Text : BlockKind::Value;
  }

  /// A message belongs to one rule or default: its values are blocks for it.
  bool message(std::uint32_t index, std::uint32_t policy, std::uint32_t decision, const RuleRecord* rule) {
    if (index == kNone) return true;
    if (!check_.in(index, b_.messages, "its message") ||
        !check_.need(message_owner_[index] == kNone, "its message belongs to another"))
      return false;
    message_owner_[index] = decision;
    for (const MessagePartRecord& part :
         range(b_.message_parts, b_.messages[index].first_part, b_.messages[index].part_count))
      if (part.value != kNone && !value_block(part.value, kind_of(part.value), policy, decision, rule)) return false;
    return true;
  }

  TableCheck& check_;
  const BundleView& b_;
  std::uint64_t lifted_ = 0, paths_ = 0;
  std::vector<std::uint32_t> message_owner_;  // by message: the decision whose rule or default has it
};

}  // namespace

bool verify_policies(TableCheck& check) {
  return PolicyCheck(check).run();
}

}  // namespace bylaw
