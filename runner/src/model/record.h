#pragma once
// Everything that one case shows of the policies: each condition of each rule by itself, whatever the others say, so
// that neither layout nor index nor early exit can hide anything.

#include <cstdint>
#include <optional>
#include <vector>

#include "model/case_model.h"

namespace bylaw::runner {

/// The answer of one condition. Unset: it reads something that is absent in this case, where another condition beside
/// it guards it; the value is then what the engine would make of it, and says nothing.
struct Answer {
  bool value = false;
  bool unset = false;
};

/// The conditions of a rule for one element of its `for each`, or for a rule without one the only time.
struct Instance {
  std::vector<std::uint32_t> elements;  // one a binder: its number in its collection
  std::vector<compiler::Value> values;  // and what it is
  std::vector<Answer> answers;          // by leaf, in order
  bool holds = false;
};

struct RuleAnswers {
  std::vector<Instance> instances;
  bool held = false;
  std::size_t cut = 0;  // elements beyond the first kMostInstances, which only count for `held`
};

enum class PolicyStanding : std::uint8_t { Off, NotInForce, GuardFalse, Audited, Enforced };
constexpr bool applies(PolicyStanding standing) {
  return standing >= PolicyStanding::Audited;
}
constexpr bool in_force(PolicyStanding standing) {
  return standing >= PolicyStanding::GuardFalse;
}

struct PolicyAnswers {
  PolicyStanding standing = PolicyStanding::Off;
  std::vector<Answer> guard;       // by leaf; none unless the policy is in force
  std::vector<RuleAnswers> rules;  // as in the IR; empty unless the policy applies
};

/// When a policy is in force, and until when it is audited.
struct PolicyTimes {
  std::optional<std::int64_t> from, until, audit_until;
};
PolicyTimes times_of(const compiler::Policy& policy);

struct CaseRecord {
  CaseModel model;
  std::vector<PolicyAnswers> policies;  // as in the IR
  ir::EntryNotes entries;               // that made a condition of a policy that applies true
};

inline constexpr std::size_t kMostInstances = 10000;  // of a rule

class Recording {
 public:
  Recording(const Program& program, const ir::ProgramIr& ir) : program_(program), ir_(ir) {}

  CaseRecord record(CaseModel model) const;
  /// Whether and how the policy stands, were its guard to say `guard`; also at other times than the declared ones.
  PolicyStanding standing(const ir::PolicyIr& policy, const CaseModel& model, bool guard) const;
  PolicyStanding standing(const ir::PolicyIr& policy, const CaseModel& model, bool guard,
                          const PolicyTimes& times) const;
  /// The answers of a rule. `evaluation` belongs to the case.
  RuleAnswers answers(ir::Evaluation& evaluation, const ir::DecisionIr& decision, const ir::RuleIr& rule) const;
  std::vector<Answer> answers(ir::Evaluation& evaluation, const ir::DecisionIr& decision,
                              const ir::Condition& condition) const;

 private:
  void each_element(ir::Evaluation& evaluation, const ir::DecisionIr& decision, const ir::RuleIr& rule,
                    std::vector<std::uint32_t>& path, RuleAnswers& into) const;

  const Program& program_;
  const ir::ProgramIr& ir_;
};

/// What a condition says by its leaves' answers; `flipped`: the number of a leaf that is told the other way round.
inline constexpr std::size_t kNoLeaf = static_cast<std::size_t>(-1);
bool holds(const ir::Condition& condition, const std::vector<Answer>& answers, std::size_t flipped = kNoLeaf);
/// The leaves of a condition, in order.
std::vector<ir::OccurrenceId> leaves(const ir::Condition& condition);

}  // namespace bylaw::runner
