// The lets of a policy or rule: names for values, in any order, none defined by itself.

#include <algorithm>

#include <bylaw/grammar/diagnostics/expressions.h>
#include <map>

#include "check/policy.h"

namespace bylaw::compiler {

namespace {

class Lets {
 public:
  Lets(Checker& checker, Environment& environment, const std::vector<NodeRef>& nodes)
      : checker_(checker), environment_(environment), nodes_(nodes), states_(nodes.size(), State::New) {
    for (std::size_t i = 0; i < nodes.size(); ++i) by_name_.emplace(std::string(name(i).text()), i);
  }

  std::vector<LocalId> check() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) visit(i);
    return std::move(checked_);
  }

 private:
  enum class State : std::uint8_t { New, Open, Done };

  NodeRef name(std::size_t i) const { return nodes_[i].child(NodeKind::Name); }

  /// Those that a let uses come first.
  void visit(std::size_t i) {
    if (states_[i] != State::New) return;
    states_[i] = State::Open;
    path_.push_back(i);
    for (std::size_t used : uses(i)) {
      if (states_[used] == State::Open) tell_cycle(used);
      visit(used);
    }
    path_.pop_back();
    states_[i] = State::Done;
    declare(i);
  }

  std::vector<std::size_t> uses(std::size_t i) const {
    std::vector<std::size_t> used;
    const NodeRef value = nodes_[i].expression();
    const grammar::SyntaxTree& tree = value.tree();
    for (std::uint32_t at = value.index(); at < value.index() + tree.nodes[value.index()].subtree; ++at) {
      const NodeRef node(tree, at);
      if (!node.is(NodeKind::NameExpr)) continue;
      const auto found = by_name_.find(std::string(node.text()));
      if (found != by_name_.end()) used.push_back(found->second);
    }
    return used;
  }

  void tell_cycle(std::size_t first) {
    std::string cycle;
    for (auto it = std::find(path_.begin(), path_.end(), first); it != path_.end(); ++it)
      cycle += "`" + std::string(name(*it).text()) + "` uses ";
    const std::string first_name(name(first).text());
    checker_.diagnostics.report(codes::DefinedByItself, name(first).span(),
                                {{"name", first_name}, {"cycle", cycle + "`" + first_name + "`"}});
    in_cycle_ = true;
  }

  void declare(std::size_t i) {
    // In a cycle the value would name what is not there yet: that is told already.
    const ExprId value = in_cycle_ ? ExprId{} : check_expression(checker_, environment_, nodes_[i].expression()).expr;
    if (shadows(checker_, environment_, name(i))) return;
    const TypeId type = value ? checker_.program.exprs[value].type : checker_.program.simple(TypeKind::Error);
    const LocalId local = checker_.program.locals.add({.name = std::string(name(i).text()),
                                                       .kind = LocalKind::Let,
                                                       .type = type,
                                                       .value = value,
                                                       .span = name(i).span()});
    environment_.locals.push_back(local);
    checked_.push_back(local);
    if (path_.empty()) in_cycle_ = false;
  }

  Checker& checker_;
  Environment& environment_;
  const std::vector<NodeRef>& nodes_;
  std::vector<State> states_;
  std::map<std::string, std::size_t> by_name_;
  std::vector<std::size_t> path_;
  std::vector<LocalId> checked_;
  bool in_cycle_ = false;
};

}  // namespace

std::vector<LocalId> check_lets(Checker& checker, Environment& environment, const std::vector<NodeRef>& lets) {
  return Lets(checker, environment, lets).check();
}

}  // namespace bylaw::compiler
