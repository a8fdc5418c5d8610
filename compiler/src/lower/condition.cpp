#include "lower/lowering.h"

namespace bylaw::compiler::lowering {

using format::Op;
using ir::NodeKind;

Lowering::Lowering(const Scope& scope) : scope_(scope), terms_(scope.ir.terms) {}

void Lowering::bound_elements(const std::vector<std::uint32_t>& collection_types) {
  for (const std::uint32_t type : collection_types) {
    const auto base = static_cast<unsigned>(format::kFirstBase + elements_.size());
    elements_.push_back({base, scope_.types.record(type).ref});
    block_.bound_from_start(base);
    block_.pin(format::operand(base, 0), 1, 1);
  }
}

void Lowering::outcome(bool holds) {
  block_.end(holds ? Op::Hold : Op::End);
}

void Lowering::condition(const ir::Condition& condition) {
  if (const auto always = known(condition, 0)) return outcome(*always);
  const Label t = block_.label(), f = block_.label();
  node(condition, 0, t, f);
  block_.bind(t);
  outcome(true);
  block_.bind(f);
  outcome(false);
}

void Lowering::leaf(ir::TermId term) {
  if (const auto always = terms_.known(term)) return outcome(*always);
  const Label t = block_.label(), f = block_.label();
  test(term, t, f);
  block_.bind(t);
  outcome(true);
  block_.bind(f);
  outcome(false);
}

void Lowering::for_each(const ir::RuleIr& rule) {
  if (!rule.condition.empty() && known(rule.condition, 0) == false) return outcome(false);
  struct Open {
    std::size_t loop;
    Label next;
  };
  std::vector<Open> loops;
  std::vector<Table> tables(rule.sieves.size());
  for (std::uint32_t level = 0; level < rule.collections.size(); ++level) {
    for (std::size_t i = 0; i < rule.sieves.size(); ++i)
      if (rule.sieves[i].first == level) tables[i] = table_of(rule, rule.sieves[i]);
    loops.push_back({open(rule.collections[level], level), block_.label()});
    for (std::size_t i = 0; i < rule.sieves.size(); ++i)
      if (rule.sieves[i].end == level + 1) sift(rule.sieves[i], tables[i], loops.back().next);
  }
  find(rule.condition);
  for (; !loops.empty(); loops.pop_back()) {
    block_.bind(loops.back().next);
    block_.end(Op::Next);
    const Label done = block_.label();
    block_.close_loop(loops.back().loop, done, done);
    block_.bind(done);
  }
  outcome(false);
}

/// What the comprehension filters out, or gave before, is passed over.
void Lowering::sift(const ir::Sieve& sieve, const Table& table, Label next) {
  for (const ir::TermId condition : sieve.conditions) {
    const Label passed = block_.label();
    test(condition, passed, next);
    block_.bind(passed);
  }
  const std::uint16_t operand = value(sieve.value);
  const Label first_time = block_.label();
  fresh(table, operand, first_time, next);
  block_.bind(first_time);
}

/// In the innermost loop: the elements are found if they meet the condition.
void Lowering::find(const ir::Condition& condition) {
  if (condition.empty() || known(condition, 0)) return block_.end(Op::Find);
  const Label find = block_.label(), next = block_.label();
  node(condition, 0, find, next);
  block_.bind(find);
  block_.end(Op::Find);
  block_.bind(next);
  block_.end(Op::Next);
}

/// What a condition comes to if its constant leaves decide it.
std::optional<bool> Lowering::known(const ir::Condition& condition, std::size_t index) const {
  const ir::Node& node = condition[index];
  switch (node.kind) {
    case NodeKind::True: return true;
    case NodeKind::False: return false;
    case NodeKind::Leaf: return terms_.known(scope_.ir.occurrences[node.occurrence].term);
    case NodeKind::Not: {
      const auto inner = known(condition, index + 1);
      return inner ? std::optional(!*inner) : std::nullopt;
    }
    case NodeKind::And:
    case NodeKind::Or: break;
  }
  const bool deciding = node.kind == NodeKind::Or;
  std::optional<bool> result = !deciding;
  ir::each_child(condition, index, [&](std::size_t child) {
    const auto value = known(condition, child);
    if (value == deciding)
      result = deciding;
    else if (!value && result != deciding)
      result = std::nullopt;
  });
  return result;
}

/// A condition that its constants do not decide.
void Lowering::node(const ir::Condition& condition, std::size_t index, Label t, Label f) {
  if (block_.failed()) return;
  const ir::Node& node = condition[index];
  switch (node.kind) {
    case NodeKind::Leaf:
      block_.set_occurrence(scope_.first_occurrence + node.occurrence.index);
      test(scope_.ir.occurrences[node.occurrence].term, t, f);
      block_.set_occurrence(format::kNone);
      return;
    case NodeKind::Not: return this->node(condition, index + 1, f, t);
    case NodeKind::And:
    case NodeKind::Or: return join(condition, index, t, f);
    case NodeKind::True:
    case NodeKind::False: return;
  }
}

/// Children that are known do not decide it here (else the whole were known), so they are left out.
void Lowering::join(const ir::Condition& condition, std::size_t index, Label t, Label f) {
  std::vector<std::size_t> open;
  ir::each_child(condition, index, [&](std::size_t child) {
    if (!known(condition, child)) open.push_back(child);
  });
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (i + 1 == open.size()) return node(condition, open[i], t, f);
    const Label next = block_.label();
    if (condition[index].kind == NodeKind::And)
      node(condition, open[i], next, f);
    else
      node(condition, open[i], t, next);
    block_.bind(next);
  }
}

}  // namespace bylaw::compiler::lowering
