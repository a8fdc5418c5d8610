#include "build_tree.h"

#include <bylaw/grammar/diagnostics/syntax.h>

#include <algorithm>

#include "fold.h"

namespace bylaw::grammar {
namespace {

bool is_suffix(NodeKind kind) {
  return kind >= NodeKind::IsType && kind <= NodeKind::IsUnknown;
}

bool ends_with_expression(NodeKind kind) {
  return kind == NodeKind::AnyOf || kind == NodeKind::AllOf || kind == NodeKind::NoneOf || kind == NodeKind::If;
}

class Builder {
 public:
  Builder(const Parser& parser, SyntaxTree& tree, SyntaxErrors& errors)
      : events_(parser.events()), tree_(tree), errors_(errors), told_too_deep_(parser.told_too_deep()) {}

  void build(std::uint32_t open, std::size_t depth) {
    const Event& event = events_[open];
    if (event.kind == kNothing) return;
    if (event.kind == kFlatExpression) return build_expression(open, depth);
    if (event.kind == kFlatPrimary) return build_primary(open, depth);
    if (event.kind == kPlainType) return build_children(open, depth);
    const std::uint32_t node = begin(event.kind, {}, event.token, end_token(open));
    build_children(open, is_expression(event.kind) ? depth + 1 : depth);
    finish(node);
  }

 private:
  TokenIndex end_token(std::uint32_t open) const { return events_[events_[open].close].token; }

  std::uint32_t begin(NodeKind kind, Operator op, TokenIndex first, TokenIndex end) {
    tree_.nodes.push_back({kind, op, first, end - first, 0});
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }
  void finish(std::uint32_t node) { tree_.nodes[node].subtree = static_cast<std::uint32_t>(tree_.nodes.size()) - node; }

  /// Calls `visit` with each Open, Infix and Prefix event right below.
  template <typename Visit>
  void for_each_child(std::uint32_t open, Visit visit) const {
    for (std::uint32_t at = open + 1; at < events_[open].close; ++at) {
      visit(at);
      if (events_[at].type == Event::Type::Open) at = events_[at].close;
    }
  }

  void build_children(std::uint32_t open, std::size_t depth) {
    for_each_child(open, [&](std::uint32_t child) { build(child, depth); });
  }

  void build_error(TokenIndex first, TokenIndex end) { finish(begin(NodeKind::Error, {}, first, end)); }

  /// True, and told once a file, if an expression would become too deep.
  bool too_deep(std::size_t depth, TokenIndex place) {
    if (depth <= kDeepestExpression) return false;
    if (!told_too_deep_) {
      const Token& token = tree_.tokens[place];
      errors_
          .report(codes::TooDeep, errors_.span(token.begin, token.end), {{"limit", std::to_string(kDeepestExpression)}})
          .help("name parts of it with `let` or `def`");
    }
    told_too_deep_ = true;
    return true;
  }

  // --- a.b[c].d ---

  void build_primary(std::uint32_t open, std::size_t depth) {
    std::vector<std::uint32_t> parts;
    for_each_child(open, [&](std::uint32_t child) { parts.push_back(child); });
    if (parts.empty()) return;
    const TokenIndex first = events_[open].token;
    if (too_deep(depth + parts.size(), first)) return build_error(first, end_token(open));
    std::vector<std::uint32_t> nodes;
    for (std::size_t i = parts.size(); i-- > 1;) {
      nodes.push_back(begin(events_[parts[i]].kind, {}, first, end_token(parts[i])));
    }
    build(parts[0], depth + parts.size() - 1);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      build_children(parts[i], depth + parts.size() - i);
      finish(nodes.back());
      nodes.pop_back();
    }
  }

  // --- a + b == c and d ---

  std::vector<Item> items(std::uint32_t open) const {
    std::vector<Item> result;
    for_each_child(open, [&](std::uint32_t child) {
      const Event& event = events_[child];
      switch (event.type) {
        case Event::Type::Infix:
          result.push_back({Item::Type::Infix, event.op, 0, event.token, event.token + 1});
          break;
        case Event::Type::Prefix:
          result.push_back({Item::Type::Prefix, event.op, 0, event.token, event.token + 1});
          break;
        case Event::Type::Open: {
          const Item::Type type = is_suffix(event.kind) ? Item::Type::Suffix : Item::Type::Operand;
          result.push_back({type, {}, child, event.token, end_token(child)});
          break;
        }
        case Event::Type::Close: break;
      }
    });
    return result;
  }

  void build_expression(std::uint32_t open, std::size_t depth) {
    const std::vector<Item> flat = items(open);
    check_and_or(flat);
    const Fold folded = fold(flat, tree_, errors_);
    const Folded& root = folded.nodes[folded.root];
    if (too_deep(depth + root.height, root.begin)) return build_error(root.begin, root.end);
    build_folded(folded, folded.root, flat, depth);
  }

  void build_folded(const Fold& folded, std::uint32_t id, const std::vector<Item>& flat, std::size_t depth) {
    const Folded& node = folded.nodes[id];
    switch (node.type) {
      case Folded::Type::Leaf: return build(flat[node.item].event, depth);
      case Folded::Type::Unary: {
        const std::uint32_t at = begin(NodeKind::Unary, node.op, node.begin, node.end);
        build_folded(folded, node.left, flat, depth + 1);
        return finish(at);
      }
      case Folded::Type::Binary: {
        const std::uint32_t at = begin(NodeKind::Binary, node.op, node.begin, node.end);
        build_folded(folded, node.left, flat, depth + 1);
        build_folded(folded, node.right, flat, depth + 1);
        return finish(at);
      }
      case Folded::Type::Suffix: {
        const std::uint32_t suffix = flat[node.item].event;
        const std::uint32_t at = begin(events_[suffix].kind, {}, node.begin, node.end);
        build_folded(folded, node.left, flat, depth + 1);
        build_children(suffix, depth + 1);
        return finish(at);
      }
    }
  }

  // --- `and` and `or` in one stretch ---

  struct Stretch {
    const Item* first_and = nullptr;
    const Item* first_or = nullptr;
  };

  static Stretch stretch(const std::vector<Item>& flat) {
    Stretch result;
    for (const Item& item : flat) {
      if (item.type != Item::Type::Infix) continue;
      if (item.op == Operator::And && result.first_and == nullptr) result.first_and = &item;
      if (item.op == Operator::Or && result.first_or == nullptr) result.first_or = &item;
    }
    return result;
  }

  /// The expression that an unbracketed quantifier or `if` at the end of this one ends with; 0 if there is none.
  std::uint32_t trailing_expression(const std::vector<Item>& flat) const {
    if (flat.empty() || flat.back().type != Item::Type::Operand) return 0;
    const std::uint32_t open = flat.back().event;
    if (!ends_with_expression(events_[open].kind)) return 0;
    std::uint32_t last = 0;
    for_each_child(open, [&](std::uint32_t child) { last = child; });
    return events_[last].kind == kFlatExpression ? last : 0;
  }

  void check_and_or(const std::vector<Item>& flat) {
    const Stretch own = stretch(flat);
    if (own.first_and == nullptr && own.first_or == nullptr) return;
    if (own.first_and != nullptr && own.first_or != nullptr) return tell_and_or(flat, own);
    std::vector<Item> inner = flat;
    while (const std::uint32_t trailing = trailing_expression(inner)) {
      inner = items(trailing);
      const Stretch inside = stretch(inner);
      if (inside.first_and != nullptr && inside.first_or != nullptr) return;  // told there
      const Item* other = own.first_and != nullptr ? inside.first_or : inside.first_and;
      if (other != nullptr)
        return tell_and_or_inside(flat.back(), own.first_and != nullptr ? *own.first_and : *own.first_or, *other);
    }
  }

  Span span(TokenIndex begin, TokenIndex end) const {
    return errors_.span(tree_.tokens[begin].begin, tree_.tokens[std::max(end, begin + 1) - 1].end);
  }

  static void bracket(std::vector<Edit>& edits, Span span) {
    edits.push_back({{span.source, span.begin, span.begin}, "("});
    edits.push_back({{span.source, span.end, span.end}, ")"});
  }

  void tell_and_or(const std::vector<Item>& flat, const Stretch& own) {
    const Item& first = own.first_and < own.first_or ? *own.first_and : *own.first_or;
    const Item& second = own.first_and < own.first_or ? *own.first_or : *own.first_and;
    DiagnosticBuilder builder = errors_.report(codes::AndWithOr, span(second.begin, second.end), {});
    builder.note(span(first.begin, first.end), "");
    if (trailing_expression(flat) == 0)
      builder.fix("put brackets around what `and` joins, if that is meant", bracketed_ands(flat));
  }

  /// Brackets around each stretch of operands that `and` joins.
  std::vector<Edit> bracketed_ands(const std::vector<Item>& flat) const {
    std::vector<Edit> edits;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= flat.size(); ++i) {
      const bool ends = i == flat.size() || (flat[i].type == Item::Type::Infix && flat[i].op == Operator::Or);
      if (!ends) continue;
      const bool joined =
          std::any_of(flat.begin() + static_cast<std::ptrdiff_t>(begin), flat.begin() + static_cast<std::ptrdiff_t>(i),
                      [](const Item& item) { return item.type == Item::Type::Infix && item.op == Operator::And; });
      if (joined) bracket(edits, span(flat[begin].begin, flat[i - 1].end));
      begin = i + 1;
    }
    return edits;
  }

  void tell_and_or_inside(const Item& operand, const Item& outside, const Item& inside) {
    std::vector<Edit> edits;
    bracket(edits, span(operand.begin, operand.end));
    errors_.report(codes::AndWithOr, span(inside.begin, inside.end), {})
        .note(span(outside.begin, outside.end), "")
        .fix("put brackets around what reaches to the end", std::move(edits));
  }

  const std::vector<Event>& events_;
  SyntaxTree& tree_;
  SyntaxErrors& errors_;
  bool told_too_deep_;
};

}  // namespace

void build_tree(const Parser& parser, SyntaxTree& tree, SyntaxErrors& errors) {
  if (!parser.events().empty()) Builder(parser, tree, errors).build(0, 0);
}

}  // namespace bylaw::grammar
