#include "mutation/mutants.h"

#include <bylaw/compiler/strategies.h>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "mutation/data_mutants.h"
#include "mutation/guards.h"
#include "mutation/term_edits.h"
#include "names.h"

namespace bylaw::runner {
namespace {

using compiler::DecisionId;
using compiler::Mode;
using compiler::RuleId;
using compiler::RuleKind;
using compiler::Strategy;
using ir::NodeKind;

constexpr std::string_view kStrictness = "equal values change sides";

/// "`>` becomes `>=`", if the text compares once; else what it is in words.
std::string strictness_text(const std::string& text) {
  std::string seen;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '<' && text[at] != '>') continue;
    if (!seen.empty()) return std::string(kStrictness);
    seen = text.substr(at, at + 1 < text.size() && text[at + 1] == '=' ? 2 : 1);
  }
  if (seen.empty()) return std::string(kStrictness);
  return fmt::format("`{}` becomes `{}`", seen, seen.size() == 2 ? seen.substr(0, 1) : seen + "=");
}

/// "`a` becomes `b`" without a and b.
std::string without_quotes(const std::string& text) {
  std::string result;
  bool quoted = false;
  for (const char c : text) {
    if (c == '`') quoted = !quoted;
    if (!quoted) result += c;
  }
  return result;
}

/// Nodes of a skeleton without the child at `child`.
ir::Condition without(const ir::Condition& condition, std::size_t child) {
  ir::Condition result;
  const std::size_t count = condition[child].subtree;
  for (std::size_t i = 0; i < condition.size(); ++i) {
    if (i >= child && i < child + count) continue;
    ir::Node node = condition[i];
    if (i < child && i + node.subtree > child) node.subtree -= static_cast<std::uint32_t>(count);
    result.push_back(node);
  }
  return result;
}

std::optional<Strategy> other(Strategy strategy) {
  switch (strategy) {
    case Strategy::Min: return Strategy::Max;
    case Strategy::Max: return Strategy::Min;
    case Strategy::Any: return Strategy::All;
    case Strategy::All: return Strategy::Any;
    case Strategy::Union: return Strategy::Intersect;
    case Strategy::Intersect: return Strategy::Union;
    default: return std::nullopt;
  }
}

class Maker {
 public:
  Maker(const Program& program, const grammar::Sources& sources, ir::ProgramIr& ir, const Since* since,
        bool inheritance)
      : program_(program), sources_(sources), ir_(ir), since_(since), inheritance_(inheritance) {}

  Mutants run() {
    for (ir::DecisionIr& decision : ir_.decisions) {
      for (std::size_t p = 0; p < decision.policies.size(); ++p) policy(decision, p);
      strategies(decision);
    }
    add_data_mutants(program_, sources_, ir_, since_, inheritance_, result_);
    finish();
    return std::move(result_);
  }

 private:
  using Key = std::tuple<Span, std::string, std::string>;  // place, owner, text

  void policy(ir::DecisionIr& decision, std::size_t p) {
    const ir::PolicyIr& policy = decision.policies[p];
    const compiler::Policy& declared = program_.policies[policy.policy];
    if (declared.mode == Mode::Off) return;
    const std::string name = program_.qualified(declared);
    if (declared.guard) condition(decision, {.policy = p}, policy.guard, name, program_.exprs[declared.guard].span);
    for (std::size_t r = 0; r < policy.rules.size(); ++r) rule(decision, {.policy = p, .rule = r}, policy.rules[r]);
  }

  void rule(ir::DecisionIr& decision, const Edit& edit, const ir::RuleIr& rule) {
    const compiler::Rule& declared = program_.rules[rule.rule];
    const compiler::Policy& policy = program_.policies[declared.policy];
    if (declared.kind == RuleKind::Oblige && policy.mode == Mode::Audit && !policy.audit_until) return;
    const std::string name = full_name(program_, rule.rule);
    static constexpr const char* kKinds[] = {"exempt", "allow", "deny", "oblige"};
    const std::string kind = kKinds[static_cast<std::size_t>(declared.kind)];
    Edit removed = edit;
    removed.removed = true;
    add(decision, declared.span, name, fmt::format("`{} {}` is removed", kind, declared.name), removed);
    if (declared.kind == RuleKind::Deny || declared.kind == RuleKind::Allow) {
      Edit flipped = edit;
      flipped.flipped = true;
      add(decision, declared.span, name,
          fmt::format("`{}` becomes `{}`", kind, declared.kind == RuleKind::Deny ? "allow" : "deny"), flipped);
    }
    condition(decision, edit, rule.condition, name, declared.span);
    if (!rule.value) return;
    for (const TermEdit& changed : edits_of(program_, decision, rule.value)) {
      Edit valued = edit;
      valued.value = changed.term;
      add(decision, program_.exprs[declared.value].span, name,
          quoted(program_.exprs[declared.value].span, changed.text), valued);
    }
  }

  std::string quoted(Span span, const std::string& text) const {
    return fmt::format("`{}`: {}", one_line(sources_, span), text);
  }

  /// Changes to a condition: to its structure, and to its leaves one by one.
  void condition(ir::DecisionIr& decision, const Edit& edit, const ir::Condition& condition, const std::string& name,
                 Span whole) {
    structure(decision, edit, condition, name, whole);
    std::size_t number = 0;
    for (const ir::OccurrenceId leaf : leaves(condition)) {
      const ir::Occurrence occurrence = decision.occurrences[leaf];  // terms are added below
      const std::size_t at = number++;
      if (decision.terms.known(occurrence.term)) {
        ++result_.equivalent;  // what is said once and for all is no condition
        continue;
      }
      // A def or let is changed where it is written, for all who use it.
      const bool shared = occurrence.definition != occurrence.use;
      const std::string owner = shared ? "" : name;
      // What a def makes of its parameters differs from use to use: there the number of the change tells it.
      std::size_t which = 0;
      const auto changed = [&](ir::TermId term, const std::string& text) {
        Edit leaf_edit = edit;
        leaf_edit.leaves[at] = term;
        const std::string key =
            shared ? fmt::format("{}: {}", which, without_quotes(text)) : fmt::format("{}{}", which, text);
        ++which;
        add(decision, occurrence.definition, owner + key, quoted(occurrence.definition, text), leaf_edit, name);
      };
      std::vector<ir::TermId> others = read_behind(decision, edit);
      for (const ir::OccurrenceId other : leaves(condition))
        if (other != leaf) others.push_back(decision.occurrences[other].term);
      if (guards(decision, occurrence.term, others)) {
        ++result_.equivalent;  // it would not compile
        ++which;
      } else {
        changed(decision.terms.negation(occurrence.term), "is negated");
      }
      for (const TermEdit& term : edits_of(program_, decision, occurrence.term)) {
        const bool strict = term.text == kStrictness;
        changed(term.term, strict ? strictness_text(one_line(sources_, occurrence.definition)) : term.text);
      }
    }
  }

  void structure(ir::DecisionIr& decision, const Edit& edit, const ir::Condition& condition, const std::string& name,
                 Span whole) {
    if (condition.empty()) return;
    const std::vector<ir::TermId> behind = read_behind(decision, edit);
    if (any_guards(decision, split(decision, condition, 0).inside, behind)) {
      ++result_.equivalent;  // it would not compile
    } else {
      Edit dropped = edit;
      dropped.condition.emplace();
      add(decision, whole, name, "its conditions are dropped", dropped);
    }
    for (std::size_t at = 0; at < condition.size(); ++at) {
      const NodeKind kind = condition[at].kind;
      if (kind != NodeKind::And && kind != NodeKind::Or) continue;
      bool relied_on = false;
      ir::each_child(condition, at, [&](std::size_t child) {
        const SplitConditions terms = split(decision, condition, child);
        relied_on = relied_on || any_guards(decision, terms.inside, terms.outside) ||
                    any_guards(decision, terms.inside, behind);
      });
      if (relied_on) {
        ++result_.equivalent;  // it would not compile
      } else {
        Edit swapped = edit;
        swapped.condition = condition;
        (*swapped.condition)[at].kind = kind == NodeKind::And ? NodeKind::Or : NodeKind::And;
        const Span first = span_at(decision, condition, at);
        add(decision, first, name,
            fmt::format("`{}` ..: `{}` becomes `{}`", one_line(sources_, first), kind == NodeKind::And ? "and" : "or",
                        kind == NodeKind::And ? "or" : "and"),
            swapped);
      }
      ir::each_child(condition, at, [&](std::size_t child) {
        const SplitConditions terms = split(decision, condition, child);
        if (any_guards(decision, terms.inside, terms.outside) || any_guards(decision, terms.inside, behind)) {
          ++result_.equivalent;  // it would not compile
          return;
        }
        Edit without_child = edit;
        without_child.condition = without(condition, child);
        const Span span = span_at(decision, condition, child);
        const std::string negated = condition[child].kind == NodeKind::Not ? "not " : "";
        add(decision, span, name, fmt::format("`{}{}` is dropped", negated, one_line(sources_, span)), without_child);
      });
    }
  }

  /// What is read only where the condition holds: the value of an obligation; behind a guard, all rules.
  static std::vector<ir::TermId> read_behind(const ir::DecisionIr& decision, const Edit& edit) {
    const ir::PolicyIr& policy = decision.policies[edit.policy];
    std::vector<ir::TermId> terms;
    for (std::size_t r = 0; r < policy.rules.size(); ++r) {
      const ir::RuleIr& rule = policy.rules[r];
      if (edit.rule && *edit.rule != r) continue;
      if (rule.value) terms.push_back(rule.value);
      if (edit.rule) continue;
      terms.insert(terms.end(), rule.collections.begin(), rule.collections.end());
      for (const ir::OccurrenceId leaf : leaves(rule.condition)) terms.push_back(decision.occurrences[leaf].term);
    }
    return terms;
  }

  /// The first leaf of what stands at a node.
  Span span_at(const ir::DecisionIr& decision, const ir::Condition& condition, std::size_t at) const {
    for (; at < condition.size(); ++at)
      if (condition[at].kind == NodeKind::Leaf) return decision.occurrences[condition[at].occurrence].use;
    return {};
  }

  void strategies(const ir::DecisionIr& decision) {
    const compiler::Decision& declared = program_.decisions[decision.decision];
    for (std::uint32_t i = 0; i < declared.obligations.size(); ++i) {
      const compiler::Obligation& obligation = declared.obligations[i];
      const auto swapped = other(obligation.strategy);
      if (!swapped || !wanted(obligation.span)) continue;
      if (givers(decision, i) < 2) {
        ++result_.equivalent;  // there is nothing to merge
        continue;
      }
      Mutant& mutant = result_.add(obligation.span, full_name(program_, decision.decision) + "." + obligation.name,
                                   fmt::format("`by {}` becomes `by {}`", compiler::spelling(obligation.strategy),
                                               compiler::spelling(*swapped)));
      mutant.strategy = OtherStrategy{decision.decision, i, *swapped};
    }
  }

  std::size_t givers(const ir::DecisionIr& decision, std::uint32_t obligation) const {
    std::size_t count = 0;
    for (const ir::PolicyIr& policy : decision.policies)
      for (const ir::RuleIr& rule : policy.rules)
        count += program_.rules[rule.rule].kind == RuleKind::Oblige && rule.obligation == obligation ? 1 : 0;
    return count;
  }

  bool wanted(Span span) const { return !since_ || changed(sources_, span, since_->lines); }

  /// `owner` is part of what tells mutants apart; `name` is how this one is told.
  void add(const ir::DecisionIr& decision, Span span, const std::string& owner, const std::string& text,
           const Edit& edit, const std::string& name = {}) {
    if (!wanted(span)) return;
    const std::string& key = edit.leaves.empty() ? text : owner;
    const auto [place, fresh] = known_.try_emplace(Key(span, owner, key), result_.all.size());
    if (fresh) result_.add(span, name.empty() ? owner : name, text);
    std::vector<Edit>& edits = result_.all[place->second].edits[decision.decision];
    // The same def twice in one rule changes with itself.
    for (Edit& known : edits) {
      if (known.policy != edit.policy || known.rule != edit.rule || edit.leaves.empty()) continue;
      known.leaves.insert(edit.leaves.begin(), edit.leaves.end());
      return;
    }
    edits.push_back(edit);
  }

  void finish() {
    for (Mutant& mutant : result_.all) {
      std::set<std::string> owners;
      for (const auto& [id, edits] : mutant.edits)
        for (const Edit& edit : edits) owners.insert(owner_name(decision_ir(ir_, id).policies[edit.policy], edit));
      if (owners.size() > 1) mutant.name += fmt::format(" and {} more", owners.size() - 1);
    }
    std::stable_sort(result_.all.begin(), result_.all.end(), [&](const Mutant& a, const Mutant& b) {
      return std::tuple(file(a.span), a.span.begin) < std::tuple(file(b.span), b.span.begin);
    });
  }

  std::string owner_name(const ir::PolicyIr& policy, const Edit& edit) const {
    return edit.rule ? full_name(program_, policy.rules[*edit.rule].rule)
                     : program_.qualified(program_.policies[policy.policy]);
  }

  std::string_view file(Span span) const { return span.known() ? sources_[span.source].path() : std::string_view(); }

  const Program& program_;
  const grammar::Sources& sources_;
  ir::ProgramIr& ir_;
  const Since* since_;
  const bool inheritance_;
  Mutants result_;
  std::map<Key, std::size_t> known_;
};

}  // namespace

Mutants make_mutants(const Program& program, const grammar::Sources& sources, ir::ProgramIr& ir, const Since* since,
                     bool inheritance) {
  return Maker(program, sources, ir, since, inheritance).run();
}

}  // namespace bylaw::runner
