// Deciding: each policy by itself, then the algebra over their outcomes. Every rule of a policy that applies is looked
// at; the order of policies and rules never shows.

#include "access.h"
#include "bundle_data.h"
#include "obligations.h"
#include "request_data.h"
#include "verdict_data.h"
#include "vm.h"
#include "world_data.h"

namespace bylaw {
namespace {

using namespace format;

/// One decision's run over one request.
class Deciding {
 public:
  Deciding(const Run& run, VerdictData& verdict)
      : run_(run), b_(run.bundle), decision_(b_.decisions[verdict.decision]), v_(verdict) {}

  void run() {
    for (std::uint32_t i = 0; i < decision_.policy_count; ++i) policy(decision_.first_policy + i);
    v_.outcome = verdict_of(Standing::Enforced);
    v_.would_be = verdict_of(Standing::Audited);
    tell_by();
    tell_exemptions(Standing::Enforced, v_.exemptions);
    tell_exemptions(Standing::Audited, v_.audited_exemptions);
    tell_audited();
    oblige(run_, v_);
    find();
  }

 private:
  std::uint8_t& state(std::uint32_t rule) { return v_.rules[rule - decision_.first_rule]; }
  PolicyResult& result(std::uint32_t policy) { return v_.policies[policy - decision_.first_policy]; }

  // --- a policy by itself ---

  void policy(std::uint32_t index) {
    const PolicyRecord& policy = b_.policies[index];
    const Standing standing = standing_of(policy);
    result(index).standing = standing;
    if (standing == Standing::Out) return;
    for (std::uint32_t i = 0; i < policy.rule_count; ++i) {
      const RuleRecord& rule = b_.rules[policy.first_rule + i];
      if (rule.condition == kNone || holds(run_, rule.condition)) state(policy.first_rule + i) = kHeld;
    }
    lift(policy);
    result(index).outcome = outcome_of(policy);
  }

  Standing standing_of(const PolicyRecord& policy) const {
    const std::int64_t now =
        decision_.now_slot == kNone ? 0 : static_cast<std::int64_t>(run_.memory.frame[decision_.now_slot]);
    if (policy.mode == ModeCode::Off || now < policy.from || now >= policy.until) return Standing::Out;
    if (policy.guard != kNone && !holds(run_, policy.guard)) return Standing::Out;
    const bool audited = policy.mode == ModeCode::Audit && (policy.audit_until == kNoStart || now < policy.audit_until);
    return audited ? Standing::Audited : Standing::Enforced;
  }

  /// Held exempts mark the denies that they lift, the otherwise among them, held or not.
  void lift(const PolicyRecord& policy) {
    for (std::uint32_t i = policy.first_rule; i < policy.first_rule + policy.rule_count; ++i) {
      const RuleRecord& exempt = b_.rules[i];
      if (exempt.kind != RuleKindCode::Exempt || state(i) != kHeld) continue;
      for_each_lifted(policy, exempt, [&](std::uint32_t deny) { state(deny) |= kLifted; });
    }
  }

  template <class Visit>
  void for_each_lifted(const PolicyRecord& policy, const RuleRecord& exempt, Visit visit) const {
    if ((exempt.flags & kRuleLiftsAll) == 0) {
      for (const std::uint32_t rule : range(b_.pool, exempt.first_lift, exempt.lift_count)) visit(rule);
    } else {
      for (std::uint32_t i = policy.first_rule; i < policy.first_rule + policy.rule_count; ++i)
        if (b_.rules[i].kind == RuleKindCode::Deny) visit(i);
    }
  }

  bool is_otherwise(std::uint32_t rule) const { return (b_.rules[rule].flags & kRuleOtherwise) != 0; }

  /// Marks the held rules of a kind that nothing lifts, an otherwise left out; false if there is none.
  bool decides_by(const PolicyRecord& policy, RuleKindCode kind) {
    bool any = false;
    for (std::uint32_t i = policy.first_rule; i < policy.first_rule + policy.rule_count; ++i) {
      if (b_.rules[i].kind != kind || is_otherwise(i) || state(i) != kHeld) continue;
      state(i) |= kDecides;
      any = true;
    }
    return any;
  }

  Outcome outcome_of(const PolicyRecord& policy) {
    if (decides_by(policy, RuleKindCode::Deny)) return Outcome::Deny;
    if (decides_by(policy, RuleKindCode::Allow)) return Outcome::Allow;
    if (policy.otherwise == EffectCode::None || (state(policy.otherwise_rule) & kLifted) != 0) return Outcome::Invalid;
    state(policy.otherwise_rule) |= kDecides;
    return policy.otherwise == EffectCode::Deny ? Outcome::Deny : Outcome::Allow;
  }

  // --- all policies together ---

  /// Over enforced policies, or over enforced and audited ones.
  Outcome verdict_of(Standing least) const {
    bool allow = decision_.default_effect == EffectCode::Allow;
    for (const PolicyResult& policy : v_.policies) {
      if (policy.standing < least) continue;
      if (policy.outcome == Outcome::Deny) return Outcome::Deny;
      if (policy.outcome == Outcome::Allow) allow = true;
    }
    return allow ? Outcome::Allow : Outcome::Deny;
  }

  void tell_by() {
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < decision_.rule_count; ++i) {
      if ((v_.rules[i] & kDecides) == 0) continue;
      const PolicyResult& policy = result(b_.rules[decision_.first_rule + i].policy);
      if (policy.standing == Standing::Enforced && policy.outcome == v_.outcome)
        v_.by[count++] = {decision_.first_rule + i};
    }
    v_.by = v_.by.first(count);
  }

  // --- exemptions ---

  void tell_exemptions(Standing standing, std::span<Exemption>& exemptions) {
    std::size_t count = 0;
    for (std::uint32_t p = 0; p < decision_.policy_count; ++p) {
      if (v_.policies[p].standing != standing) continue;
      const PolicyRecord& policy = b_.policies[decision_.first_policy + p];
      const bool allows = held_allow(policy);
      std::optional<std::span<const RuleId>> all;  // one list for all exempts that lift everything
      for (std::uint32_t i = policy.first_rule; i < policy.first_rule + policy.rule_count; ++i) {
        const RuleRecord& rule = b_.rules[i];
        if (rule.kind != RuleKindCode::Exempt || (state(i) & kHeld) == 0) continue;
        const bool lifts_all = (rule.flags & kRuleLiftsAll) != 0;
        const auto lifted = lifts_all && all ? *all : lifted_by(policy, rule, allows);
        if (lifts_all) all = lifted;
        exemptions[count++] = {{i}, lifted};
      }
    }
    exemptions = exemptions.first(count);
  }

  /// The held denies that it covers, and a covered `deny otherwise` if no allow of the policy holds.
  std::span<const RuleId> lifted_by(const PolicyRecord& policy, const RuleRecord& exempt, bool allows) {
    const std::size_t begin = lifted_;
    for_each_lifted(policy, exempt, [&](std::uint32_t deny) {
      if ((state(deny) & kHeld) != 0 && !(is_otherwise(deny) && allows)) v_.lifted[lifted_++] = {deny};
    });
    return v_.lifted.subspan(begin, lifted_ - begin);
  }

  bool held_allow(const PolicyRecord& policy) {
    for (std::uint32_t i = policy.first_rule; i < policy.first_rule + policy.rule_count; ++i)
      if (b_.rules[i].kind == RuleKindCode::Allow && !is_otherwise(i) && (state(i) & kHeld) != 0) return true;
    return false;
  }

  // --- audited policies ---

  void tell_audited() {
    std::size_t count = 0, rules = 0;
    for (std::uint32_t p = 0; p < decision_.policy_count; ++p) {
      if (v_.policies[p].standing != Standing::Audited) continue;
      const std::uint32_t index = decision_.first_policy + p;
      const std::size_t begin = rules;
      for (std::uint32_t i = 0; i < b_.policies[index].rule_count; ++i)
        if ((state(b_.policies[index].first_rule + i) & kDecides) != 0)
          v_.audited_by[rules++] = {b_.policies[index].first_rule + i};
      const Outcome outcome = v_.policies[p].outcome;
      v_.audited[count++] = {{index},
                             outcome == Outcome::Invalid ? std::nullopt : std::optional(outcome),
                             v_.audited_by.subspan(begin, rules - begin)};
    }
    v_.audited = v_.audited.first(count);
  }

  // --- findings ---

  /// The blocks that count run once more, to their end: rules that decide, audited ones too, and denies that were
  /// lifted.
  void find() {
    room_ = v_.findings;
    for (std::uint32_t i = 0; i < decision_.rule_count; ++i) {
      const RuleRecord& rule = b_.rules[decision_.first_rule + i];
      if ((rule.flags & kRuleForEach) == 0 || (v_.rules[i] & kHeld) == 0 || !counts(rule, i)) continue;
      rule_ = {decision_.first_rule + i};
      holds_recording(run_, rule.condition, {.context = this, .found = found});
    }
    v_.findings = v_.findings.first(found_);
  }

  bool counts(const RuleRecord& rule, std::uint32_t index) {
    const PolicyResult& policy = result(rule.policy);
    if (policy.standing == Standing::Audited || (v_.rules[index] & kLifted) != 0) return true;
    return policy.outcome == v_.outcome;
  }

  static void found(void* context, const FoundElements& elements) {
    auto& self = *static_cast<Deciding*>(context);
    if (self.found_ == self.room_.size()) {
      ++self.v_.findings_cut;
      return;
    }
    Finding& finding = self.room_[self.found_++];
    finding = {.rule = self.rule_, .count = elements.count};
    std::copy_n(elements.index, elements.count, finding.elements);
  }

  const Run& run_;
  const BundleView& b_;
  const DecisionRecord& decision_;
  VerdictData& v_;
  std::size_t lifted_ = 0;
  std::span<Finding> room_;
  std::size_t found_ = 0;
  RuleId rule_;
};

Outcome invalid(VerdictData& verdict, const Failure& failure) {
  clear(verdict);
  verdict.failure = failure;
  return Outcome::Invalid;
}

Failure memory_full() {
  return {info(Code::MemoryFull).code, {}, info(Code::MemoryFull).text};
}

}  // namespace

Outcome decide(const Decision& decision, const Request& request, Verdict& verdict) noexcept {
  VerdictData* data = Access::data(verdict);
  if (data == nullptr) return Outcome::Invalid;
  RequestData* filled = Access::data(request);
  if (filled == nullptr) return invalid(*data, memory_full());
  const WorldData& world = *Access::world(decision);
  if (filled->world != &world || filled->decision != Access::index(decision))
    return invalid(*data, {info(Code::OtherRequest).code, {}, info(Code::OtherRequest).text});
  if (!settle(*filled)) return invalid(*data, filled->failures.list[0]);
  if (!prepare(*data, world, Access::index(decision))) return invalid(*data, memory_full());
  data->request = filled;
  const Memory memory = memory_of(*filled);
  Deciding({memory, world.view(), {}, data->scratch.data()}, *data).run();
  return data->outcome;
}

}  // namespace bylaw
