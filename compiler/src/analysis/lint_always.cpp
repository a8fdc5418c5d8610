#include "analysis/lint_always.h"

#include <bylaw/grammar/diagnostics/warnings.h>

#include <algorithm>
#include <set>

#include "analysis/known.h"
#include "check/visit.h"

namespace bylaw::compiler::ir {

namespace {

/// A condition that has that truth wherever the next one is asked.
struct Fact {
  OccurrenceId occurrence;
  bool truth;
};
using Facts = std::vector<Fact>;

// Each condition is held against all before it: this bounds what that takes. Behind so many nothing is warned of.
constexpr std::size_t kMostFacts = 100;

/// Nothing at that place that a constant, a param, a function or a let says: what they say may differ from one
/// deployment to the next.
bool is_said_here(const Program& program, Span place) {
  bool said_here = true;
  const auto look = [&](const Expr& expr) {
    const bool named = expr.kind == ExprKind::LocalUse && program.locals[expr.local].kind != LocalKind::Binder;
    said_here = said_here && !named && expr.kind != ExprKind::ConstantUse && expr.kind != ExprKind::Call &&
                expr.kind != ExprKind::This;
  };
  for (std::uint32_t i = 0; i < program.exprs.size(); ++i)
    if (program.exprs[ExprId{i}].span == place) visit_expressions(program, ExprId{i}, look);
  return said_here;
}

class AlwaysLint {
 public:
  AlwaysLint(const Program& program, const grammar::Sources& sources, grammar::Diagnostics& diagnostics)
      : program_(program), sources_(sources), diagnostics_(diagnostics) {
    for (const grammar::Diagnostic& told : diagnostics.all())
      if (told.code == grammar::codes::AlwaysSo) told_.insert(told.span);
  }

  void decision(const DecisionIr& ir) {
    ir_ = &ir;
    for (const PolicyIr& policy : ir.policies) {
      if (program_.policies[policy.policy].template_span.known()) continue;
      Facts facts;
      if (!policy.guard.empty()) visit(policy.guard, 0, true, facts);
      guard_facts_ = facts.size();
      for (const RuleIr& rule : policy.rules) {
        facts.resize(guard_facts_);
        if (!rule.condition.empty()) visit(rule.condition, 0, true, facts);
      }
      guard_facts_ = 0;
    }
  }

 private:
  /// Tells what is always so below the node, which has that truth, and adds to the facts what then holds.
  void visit(const Condition& condition, std::size_t index, bool truth, Facts& facts) {
    const Node& node = condition[index];
    switch (node.kind) {
      case NodeKind::True:
      case NodeKind::False: break;
      case NodeKind::Not: visit(condition, index + 1, !truth, facts); break;
      case NodeKind::Leaf:
        judge(node.occurrence, facts);
        facts.push_back({node.occurrence, truth});
        break;
      case NodeKind::And:
      case NodeKind::Or:
        if ((node.kind == NodeKind::And) == truth)
          each_child(condition, index, [&](std::size_t child) { visit(condition, child, truth, facts); });
        else
          alternatives(condition, index, truth, facts);
        break;
    }
  }

  /// One of the children has that truth; the second is only asked if the first has not.
  void alternatives(const Condition& condition, std::size_t index, bool truth, const Facts& facts) {
    Facts before = facts;
    each_child(condition, index, [&](std::size_t child) {
      Facts inside = before;
      visit(condition, child, truth, inside);
      refute(condition, child, truth, before);
    });
  }

  /// Adds what holds if the node has not that truth, telling nothing.
  static void refute(const Condition& condition, std::size_t index, bool truth, Facts& facts) {
    const Node& node = condition[index];
    if (node.kind == NodeKind::Leaf) facts.push_back({node.occurrence, !truth});
    if (node.kind == NodeKind::Not) refute(condition, index + 1, !truth, facts);
    if (node.kind == (truth ? NodeKind::Or : NodeKind::And))
      each_child(condition, index, [&](std::size_t child) { refute(condition, child, truth, facts); });
  }

  void judge(OccurrenceId id, const Facts& facts) {
    const Occurrence& occurrence = ir_->occurrences[id];
    if (occurrence.use != occurrence.definition || facts.size() > kMostFacts) return;
    if (const auto value = ir_->terms.known(occurrence.term)) {
      if (is_said_here(program_, occurrence.use)) tell(occurrence, *value, {});
      return;
    }
    for (const bool value : {false, true}) {
      const auto reasons = excluding(occurrence.term, !value, facts);
      if (!reasons.empty() && !(value && repeats_guard(reasons, facts))) tell(occurrence, value, reasons);
    }
  }

  /// The facts beside which the term cannot have that truth: one if one does it, else all; none if it can have it. A
  /// place that is never reached, for what a param says here or a constant has not, tells nothing.
  Facts excluding(TermId term, bool truth, const Facts& facts) const {
    for (const Fact& fact : facts)
      if (exclude({fact}, term, truth) && !exclude({fact})) return {fact};
    if (!exclude(facts, term, truth) || exclude(facts)) return {};
    return facts;
  }

  bool exclude(const Facts& facts, TermId term = {}, bool truth = false) const {
    Known known(program_, ir_->terms);
    for (const Fact& fact : facts) known.assume(ir_->occurrences[fact.occurrence].term, fact.truth);
    if (term) known.assume(term, truth);
    return known.impossible();
  }

  /// To say again in a rule what the policy's guard says does no harm.
  bool repeats_guard(const Facts& reasons, const Facts& facts) const {
    return std::all_of(reasons.begin(), reasons.end(), [&](const Fact& reason) {
      const auto same = [&](const Fact& fact) { return fact.occurrence == reason.occurrence; };
      return std::find_if(facts.begin(), facts.end(), same) - facts.begin() < static_cast<std::ptrdiff_t>(guard_facts_);
    });
  }

  void tell(const Occurrence& occurrence, bool value, const Facts& reasons) {
    if (!told_.insert(occurrence.use).second) return;
    auto told = diagnostics_.report(
        grammar::codes::AlwaysSo, occurrence.use,
        {{"expression", std::string(sources_.text(occurrence.use))}, {"value", value ? "true" : "false"}});
    std::size_t notes = 0;
    for (const Fact& reason : reasons) {
      const Span place = ir_->occurrences[reason.occurrence].use;
      if (place == occurrence.use || ++notes > 3) continue;
      told.note(place, reason.truth ? "where this holds" : "where this does not hold");
    }
  }

  const Program& program_;
  const grammar::Sources& sources_;
  grammar::Diagnostics& diagnostics_;
  const DecisionIr* ir_ = nullptr;
  std::size_t guard_facts_ = 0;
  std::set<Span> told_;
};

}  // namespace

void lint_always(const Program& program, const ProgramIr& ir, const grammar::Sources& sources,
                 grammar::Diagnostics& diagnostics) {
  AlwaysLint lint(program, sources, diagnostics);
  for (const DecisionIr& decision : ir.decisions) lint.decision(decision);
}

}  // namespace bylaw::compiler::ir
