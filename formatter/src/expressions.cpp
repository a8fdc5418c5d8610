#include "expressions.h"

#include <algorithm>

namespace bylaw::formatter {
namespace {

using grammar::NodeKind;
using grammar::NodeRef;
using grammar::Operator;
using Kind = grammar::TokenKind;

bool is_chain(NodeRef node, Operator op) {
  return node.is(NodeKind::Binary) && node.op() == op;
}

/// The operands of `a and b and c`, however the tree is folded.
void collect_chain(NodeRef node, Operator op, std::vector<NodeRef>& operands) {
  if (!is_chain(node, op)) return operands.push_back(node);
  for (const NodeRef child : node.children()) collect_chain(child, op, operands);
}

Doc chain(const SourceText& source, NodeRef node) {
  std::vector<NodeRef> operands;
  collect_chain(node, node.op(), operands);
  std::vector<Doc> parts;
  for (const NodeRef operand : operands) {
    if (!parts.empty()) {
      parts.push_back(line());
      parts.push_back(text_doc(std::string(grammar::info(node.op()).spelling) + " "));
    }
    parts.push_back(doc_of(source, operand));
  }
  return align(group(std::move(parts)));
}

/// `if a then b`, and on the next line, if it has to be, `else c`.
void branches(const SourceText& source, NodeRef node, std::vector<Doc>& parts) {
  const TokenIndex otherwise = own_token(node, Kind::Else);
  parts.push_back(doc_of(source, node, first_token(node), otherwise));
  parts.push_back(line());
  parts.push_back(text_doc("else "));
  const NodeRef last = node.children().back();
  if (last.is(NodeKind::If)) return branches(source, last, parts);
  parts.push_back(doc_of(source, last));
}

/// What comes to stand one an item on a line: entries with keys, and literals in literals.
bool is_long_form(NodeRef item) {
  if (item.is(NodeKind::Entry)) {
    const std::vector<NodeRef> parts = item.children();
    return parts.size() > 1 || (!parts.empty() && is_long_form(parts.front()));
  }
  return item.is(NodeKind::Brace) || item.is(NodeKind::Bracket) || item.is(NodeKind::Call) ||
         item.is(NodeKind::Binary) || item.is(NodeKind::If) || item.is(NodeKind::Parameter);
}

/// Items between brackets: on one line, or, indented, as many a line as fit, or one a line if they are long.
Doc bracketed_items(const SourceText& source, NodeRef node, TokenIndex open, TokenIndex close) {
  std::vector<Doc> items;
  TokenIndex begin = open + 1;
  std::vector<TokenIndex> ends;
  for (const TokenIndex token : own_tokens(node))
    if (token > open && token < close && source.kind(token) == Kind::Comma) ends.push_back(token);
  if (begin < close && (ends.empty() || ends.back() + 1 < close)) ends.push_back(close);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const bool last = i + 1 == ends.size();
    items.push_back(concat({doc_of(source, node, begin, ends[i]), last ? if_broken(",") : text_doc(",")}));
    begin = ends[i] + 1;
  }
  const std::vector<NodeRef> children = node.children();
  const bool one_a_line = std::any_of(children.begin(), children.end(), is_long_form) && !node.is(NodeKind::Call) &&
                          !node.is(NodeKind::DefDecl) && !node.is(NodeKind::TemplateDecl);
  const bool spread =
      (node.is(NodeKind::Brace) || node.is(NodeKind::Bracket)) && !items.empty() && source.gap(open + 1).line_ends > 0;
  if (items.empty()) return text_doc(std::string(source.text(open)) + std::string(source.text(close)));
  std::vector<Doc> inside{soft_line()};
  if (one_a_line) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) inside.push_back(line());
      inside.push_back(std::move(items[i]));
    }
  } else {
    inside.push_back(fill(std::move(items)));
  }
  return group({text_doc(source.text(open)), nest(std::move(inside)), soft_line(), text_doc(source.text(close))},
               spread);
}

/// `{e for x in xs where c}`: its clauses may begin lines.
Doc comprehension(const SourceText& source, NodeRef node) {
  const TokenIndex open = first_token(node);
  const TokenIndex close = end_token(node) - 1;
  const TokenIndex binders = own_token(node, Kind::For);
  const NodeRef where = node.child(NodeKind::Where);
  const TokenIndex end = where ? first_token(where) : close;
  std::vector<Doc> parts{doc_of(source, node, open + 1, binders), line(), doc_of(source, node, binders, end)};
  if (where) {
    parts.push_back(line());
    parts.push_back(doc_of(source, where));
  }
  return concat({text_doc(source.text(open)), align(group(std::move(parts))), text_doc(source.text(close))});
}

/// Where the list in parentheses of a definition, template, instance, call or note begins and ends; else nothing.
bool argument_list(NodeRef node, TokenIndex& open, TokenIndex& close) {
  switch (node.kind()) {
    case NodeKind::Call:
    case NodeKind::DefDecl:
    case NodeKind::TemplateDecl:
    case NodeKind::Instance: break;
    default: return false;
  }
  open = own_token(node, Kind::LeftParen);
  close = own_token(node, Kind::RightParen);
  return open < close && close < end_token(node);
}

}  // namespace

bool is_bracketed(NodeRef expression) {
  return expression.is(NodeKind::Brace) || expression.is(NodeKind::Bracket) ||
         expression.is(NodeKind::BraceComprehension) || expression.is(NodeKind::BracketComprehension);
}

Doc doc_of(const SourceText& source, NodeRef node) {
  switch (node.kind()) {
    case NodeKind::Binary:
      if (node.op() == Operator::And || node.op() == Operator::Or) return chain(source, node);
      break;
    case NodeKind::If: {
      std::vector<Doc> parts;
      branches(source, node, parts);
      return align(group(std::move(parts)));
    }
    case NodeKind::Brace:
    case NodeKind::Bracket: return bracketed_items(source, node, first_token(node), end_token(node) - 1);
    case NodeKind::ImportNames:
      return concat({text_doc("."), bracketed_items(source, node, first_token(node) + 1, end_token(node) - 1)});
    case NodeKind::BraceComprehension:
    case NodeKind::BracketComprehension: return comprehension(source, node);
    case NodeKind::Composed:
    case NodeKind::Message: return text_doc(source.flat(first_token(node), end_token(node)));
    default: break;
  }
  return doc_of(source, node, first_token(node), end_token(node));
}

Doc doc_of(const SourceText& source, NodeRef node, TokenIndex begin, TokenIndex end) {
  std::vector<Doc> parts;
  const auto put = [&](TokenIndex first, Doc doc) {
    if (!parts.empty() && source.blank_before(first)) parts.push_back(text_doc(" "));
    parts.push_back(std::move(doc));
  };
  TokenIndex open = 0;
  TokenIndex close = 0;
  const bool has_list = argument_list(node, open, close) && begin <= open && close < end;
  const std::vector<NodeRef> children = node.children();
  auto child = children.begin();
  for (TokenIndex at = begin; at < end;) {
    while (child != children.end() && (first_token(*child) < at || end_token(*child) == first_token(*child))) ++child;
    if (has_list && at == open) {
      put(at, bracketed_items(source, node, open, close));
      at = close + 1;
    } else if (child != children.end() && first_token(*child) == at && end_token(*child) <= end) {
      put(at, doc_of(source, *child));
      at = end_token(*child);
    } else {
      put(at, text_doc(source.text(at)));
      ++at;
    }
  }
  return concat(std::move(parts));
}

}  // namespace bylaw::formatter
