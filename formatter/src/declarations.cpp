// Modules, imports and declarations.
#include <bylaw/grammar/display_width.h>

#include "policy_writer.h"

namespace bylaw::formatter {

using grammar::display_width;
using grammar::NodeKind;
using grammar::NodeRef;
using Kind = grammar::TokenKind;

Lines PolicyWriter::write() {
  const NodeRef file(source_.tree(), 0);
  bool first = true;
  NodeKind last = NodeKind::File;
  for (const NodeRef child : file.children()) {
    if (child.is(NodeKind::Doc)) {
      for (TokenIndex token = first_token(child); token < end_token(child); ++token) {
        before(token, 0, first, token == first_token(child));
        lines_.add(0, source_.text(token));
        first = false;
      }
      continue;
    }
    const Item item = item_of(child, true);
    // Between module, imports and declarations stands a blank line.
    const bool apart = last != NodeKind::File && (last != child.kind() || child.is(NodeKind::Module)) &&
                       (last == NodeKind::Module || last == NodeKind::Import);
    if (apart) lines_.blank();
    lead(item, 0, first || apart || child.is(NodeKind::Module));
    declaration(item);
    first = false;
    last = child.kind();
  }
  before(source_.size() - 1, 0, false, false);
  return std::move(lines_);
}

void PolicyWriter::declaration(const Item& item) {
  switch (item.node.kind()) {
    case NodeKind::AllowlistDecl:
    case NodeKind::DenylistDecl:
    case NodeKind::ListDecl: return list_declaration(item);
    case NodeKind::ScopeDecl:
    case NodeKind::EnumDecl:
    case NodeKind::RecordDecl:
    case NodeKind::EntityDecl:
    case NodeKind::DecisionDecl:
    case NodeKind::PolicyDecl:
    case NodeKind::TemplateDecl:
      if (const TokenIndex open = body_begin(item); open < item.end) return with_body(item, open);
      return without_body(item);
    default: return without_body(item);
  }
}

/// The `{` of the body, or the item's end if it has none.
TokenIndex PolicyWriter::body_begin(const Item& item) const {
  TokenIndex open = item.end;
  for (const TokenIndex token : own_tokens(item.node))
    if (source_.kind(token) == Kind::LeftBrace && token >= item.head) open = token;
  return open;
}

void PolicyWriter::with_body(const Item& item, TokenIndex open) {
  if (one_line(item, open)) return;
  const TokenIndex close = item.end - 1;
  if (source_.has_comments(item.head, open + 1)) {
    keep(item.head, open + 1, 0);
    return body(item.node, open, close);
  }
  const bool empty = open + 1 == close && source_.gap(close).comments.empty();
  lines_.add_all(policy_header(item, open, empty ? " {}" : " {"), source_.comment_behind(empty ? item.end : open + 1));
  if (!empty) body(item.node, open, close);
}

/// Who wrote a body on one line finds it there again, as long as it fits.
bool PolicyWriter::one_line(const Item& item, TokenIndex open) {
  if (source_.has_line_ends(item.head, item.end)) return false;
  const TokenIndex close = item.end - 1;
  const std::string inside = flat_items(item.node, open, close);
  std::string text = source_.flat(item.head, open) + (inside.empty() ? " {}" : " { " + inside + " }");
  if (display_width(text) > kWidth) return false;
  lines_.add(0, text, source_.comment_behind(item.end));
  return true;
}

/// One clause (`in force`, `mode`, `when`) stands on the policy's line if it fits; several have a line each.
std::vector<std::string> PolicyWriter::policy_header(const Item& item, TokenIndex end, std::string_view behind) const {
  std::vector<NodeRef> clauses;
  for (const NodeKind kind : {NodeKind::InForce, NodeKind::Mode, NodeKind::When})
    if (const NodeRef clause = item.node.child(kind)) clauses.push_back(clause);
  const TokenIndex name_end = clauses.empty() ? end : first_token(clauses.front());
  const Doc name = doc_of(source_, item.node, item.head, name_end);
  if (clauses.size() < 2) {
    std::vector<Doc> parts{name};
    if (!clauses.empty()) {
      parts.push_back(text_doc(" "));
      parts.push_back(doc_of(source_, clauses.front()));
    }
    parts.push_back(text_doc(behind));
    const Doc whole = concat(std::move(parts));
    if (clauses.empty() || (!whole.forced && display_width(on_one_line(whole)) <= kWidth)) return print(whole, 0, 0);
  }
  std::vector<std::string> lines = print(name, 0, 0);
  for (const NodeRef clause : clauses) {
    std::vector<std::string> more = print(doc_of(source_, clause), kStep, kStep);
    more.front().insert(0, kStep, ' ');
    lines.insert(lines.end(), more.begin(), more.end());
  }
  if (!behind.empty()) lines.emplace_back(behind.substr(1));
  return lines;
}

void PolicyWriter::without_body(const Item& item) {
  if (source_.has_comments(item.head, item.end)) return keep(item.head, item.end, 0);
  const std::string_view comment = source_.comment_behind(item.end);
  const NodeRef node = item.node;
  if (node.is(NodeKind::PolicyDecl)) return lines_.add_all(policy_header(item, item.end, {}), comment);
  TokenIndex split = item.end;  // where the rest may have a line of its own
  if (node.is(NodeKind::ConstDecl) || node.is(NodeKind::DefDecl) || node.is(NodeKind::ParamDecl)) {
    split = own_token(node, Kind::Assign) + 1;
    if (is_bracketed(node.children().back()) && !node.is(NodeKind::DefDecl)) split = item.end;
  }
  if (const NodeRef when = node.child(NodeKind::When)) split = first_token(when);
  std::vector<Doc> parts{doc_of(source_, node, item.head, std::min(split, item.end))};
  if (split < item.end) parts.push_back(group({nest({line(), doc_of(source_, node, split, item.end)})}));
  lines_.add_all(print(concat(std::move(parts)), 0, 0), comment);
}

}  // namespace bylaw::formatter
