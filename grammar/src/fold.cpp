#include "fold.h"

#include <bylaw/grammar/diagnostics/syntax.h>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace bylaw::grammar {
namespace {

using Id = std::uint32_t;

class Folder {
 public:
  Folder(const std::vector<Item>& items, const SyntaxTree& tree, SyntaxErrors& errors)
      : items_(items), tree_(tree), errors_(errors) {}

  Fold run() {
    const Id root = fold_from(0);
    return {std::move(nodes_), root};
  }

 private:
  bool more() const { return at_ < items_.size(); }
  int precedence_here() const {
    const Item& item = items_[at_];
    return info(item.type == Item::Type::Suffix ? Operator::Is : item.op).precedence;
  }

  /// Reads what binds at least as tightly as `least`.
  Id fold_from(int least) {
    Id left = fold_prefixed(least);
    int last_alone = -1;  // the precedence of the last operator, if such do not stand in a row
    while (more() && precedence_here() >= least) {
      const Item item = items_[at_];
      const int precedence = precedence_here();
      const bool alone = item.type == Item::Type::Suffix || info(item.op).associativity == Associativity::None;
      if (alone && last_alone == precedence) tell_chain(item, left);
      last_alone = alone ? precedence : -1;
      if (item.type == Item::Type::Suffix) {
        left = suffix(left);
      } else if (item.op == Operator::And || item.op == Operator::Or) {
        left = balanced(item.op, operands_of_chain(left, item.op));
      } else if (info(item.op).associativity == Associativity::Right) {
        left = from_the_right(left, precedence);
      } else {
        ++at_;
        left = binary(item.op, left, fold_from(precedence + 1));
      }
    }
    return left;
  }

  Id suffix(Id left) {
    const Item& item = items_[at_];
    const Folded node{Folded::Type::Suffix, {},      static_cast<Id>(at_), left, 0, nodes_[left].height + 1,
                      nodes_[left].begin,   item.end};
    ++at_;
    return add(node);
  }

  std::vector<Id> operands_of_chain(Id first, Operator op) {
    std::vector<Id> operands{first};
    while (more() && items_[at_].type == Item::Type::Infix && items_[at_].op == op) {
      ++at_;
      operands.push_back(fold_from(info(op).precedence + 1));
    }
    return operands;
  }

  Id balanced(Operator op, const std::vector<Id>& operands) { return balanced(op, operands, 0, operands.size()); }

  Id balanced(Operator op, const std::vector<Id>& operands, std::size_t begin, std::size_t end) {
    if (end - begin == 1) return operands[begin];
    const std::size_t middle = begin + (end - begin + 1) / 2;
    return binary(op, balanced(op, operands, begin, middle), balanced(op, operands, middle, end));
  }

  Id from_the_right(Id first, int precedence) {
    std::vector<Id> operands{first};
    std::vector<Operator> operators;
    while (more() && items_[at_].type == Item::Type::Infix && precedence_here() == precedence) {
      operators.push_back(items_[at_++].op);
      operands.push_back(fold_from(precedence + 1));
    }
    Id right = operands.back();
    for (std::size_t i = operators.size(); i-- > 0;) right = binary(operators[i], operands[i], right);
    return right;
  }

  /// Prefixes in a row, however many, and what they stand before.
  Id fold_prefixed(int least) {
    const std::size_t first = at_;
    while (more() && items_[at_].type == Item::Type::Prefix) ++at_;
    const std::size_t behind = at_;
    if (first == behind) return leaf();
    // What the innermost prefix stands before; the ones further out take what is inside as it comes.
    const Operator innermost = items_[behind - 1].op;
    const int inner_precedence = info(innermost).precedence;
    const bool inside = least > inner_precedence + 1;  // `a == not b`
    Id operand = innermost == Operator::Not && !inside ? fold_from(inner_precedence + 1) : leaf();
    for (std::size_t i = behind; i-- > first;) {
      const bool not_after_minus = i > first && items_[i].op == Operator::Not && items_[i - 1].op != Operator::Not;
      operand = unary(items_[i], operand);
      if (not_after_minus || (i == first && items_[i].op == Operator::Not && inside))
        tell_not_inside(items_[i], operand);
    }
    return operand;
  }

  Id leaf() {
    const Item& item = items_[at_];
    const Folded node{Folded::Type::Leaf, {}, static_cast<Id>(at_), 0, 0, 0, item.begin, item.end};
    ++at_;
    return add(node);
  }

  Id unary(const Item& item, Id operand) {
    return add(
        {Folded::Type::Unary, item.op, 0, operand, 0, nodes_[operand].height + 1, item.begin, nodes_[operand].end});
  }

  Id binary(Operator op, Id left, Id right) {
    const std::uint32_t height = std::max(nodes_[left].height, nodes_[right].height) + 1;
    return add({Folded::Type::Binary, op, 0, left, right, height, nodes_[left].begin, nodes_[right].end});
  }

  Id add(const Folded& node) {
    nodes_.push_back(node);
    return static_cast<Id>(nodes_.size() - 1);
  }

  Span span(TokenIndex begin, TokenIndex end) const {
    return errors_.span(tree_.tokens[begin].begin, tree_.tokens[std::max(end, begin + 1) - 1].end);
  }

  std::string_view text(Id node) const {
    const Span s = span(nodes_[node].begin, nodes_[node].end);
    return tree_.bytes.substr(s.begin, s.end - s.begin);
  }

  /// `a < b < c`: told at the second operator; `left` is `a < b`.
  void tell_chain(const Item& second, Id left) {
    DiagnosticBuilder builder = errors_.report(codes::ComparisonChain, span(second.begin, second.end), {});
    const Folded& first = nodes_[left];
    constexpr std::size_t kShort = 40;
    const bool both_compare = second.type == Item::Type::Infix && first.type == Folded::Type::Binary &&
                              info(second.op).precedence == info(Operator::Less).precedence;
    if (both_compare && text(first.right).size() <= kShort) {
      const std::uint32_t place = tree_.tokens[first.end - 1].end;
      const std::string middle = fmt::format(" and {}", text(first.right));
      builder.fix(fmt::format("compare twice: `{}{} {} ..`", quoted_inside(left), middle, info(second.op).spelling),
                  errors_.span(place, place), middle);
    } else {
      builder.help("brackets say which comes first");
    }
  }

  std::string quoted_inside(Id node) const {
    const std::string with_quotes = quoted(text(node));
    return with_quotes.substr(1, with_quotes.size() - 2);
  }

  void tell_not_inside(const Item& prefix, Id whole) {
    const Span s = span(nodes_[whole].begin, nodes_[whole].end);
    errors_.report(codes::NotInside, span(prefix.begin, prefix.end), {})
        .fix("put brackets around it",
             {Edit{errors_.span(s.begin, s.begin), "("}, Edit{errors_.span(s.end, s.end), ")"}});
  }

  const std::vector<Item>& items_;
  const SyntaxTree& tree_;
  SyntaxErrors& errors_;
  std::size_t at_ = 0;
  std::vector<Folded> nodes_;
};

}  // namespace

Fold fold(const std::vector<Item>& items, const SyntaxTree& tree, SyntaxErrors& errors) {
  return Folder(items, tree, errors).run();
}

}  // namespace bylaw::grammar
