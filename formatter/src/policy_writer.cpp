// What all declarations and items have: comments before them, documentation and notes, and tokens that stay as they
// are.
#include "policy_writer.h"

namespace bylaw::formatter {

using grammar::NodeKind;
using grammar::NodeRef;
using Kind = grammar::TokenKind;

void PolicyWriter::before(TokenIndex token, std::uint32_t indent, bool first, bool blank_line) {
  const Gap& gap = source_.gap(token);
  for (const Comment& comment : gap.comments) {
    if (!comment.own_line) continue;  // stands behind what is before it
    if (comment.after_blank_line && !first) lines_.blank();
    lines_.add(indent, comment.text);
    first = false;
  }
  if (blank_line && !first && gap.line_ends > 1) lines_.blank();
}

void PolicyWriter::lead(const Item& item, std::uint32_t indent, bool first) {
  before(item.begin, indent, first);
  bool note_open = false;  // notes stand on one line
  for (TokenIndex token = item.begin; token < item.head;) {
    if (token > item.begin) before(token, indent, false, false);
    if (source_.kind(token) == Kind::Doc) {
      lines_.add(indent, source_.text(token), source_.comment_behind(token + 1));
      ++token;
      continue;
    }
    TokenIndex end = token + 1;
    while (end < item.head && source_.kind(end) != Kind::At) ++end;
    if (source_.has_comments(token, end)) {
      keep(token, end, indent);
    } else if (note_open && source_.gap(token).comments.empty()) {
      lines_.append(" " + source_.flat(token, end));
      lines_.comment(source_.comment_behind(end));
    } else {
      lines_.add(indent, source_.flat(token, end), source_.comment_behind(end));
    }
    note_open = true;
    token = end;
  }
  if (item.begin < item.head) before(item.head, indent, false, false);
}

/// Lines that continue others are indented by four, and lines between brackets by two for each bracket.
void PolicyWriter::keep(TokenIndex begin, TokenIndex end, std::uint32_t indent) {
  const std::uint32_t group = lines_.new_group();
  std::string line(indent, ' ');
  std::uint32_t depth = 0;
  bool blank_line = true;  // nothing stands on it yet
  const auto begin_line = [&](TokenIndex token) {
    const bool closes = source_.kind(token) == Kind::RightBrace || source_.kind(token) == Kind::RightParen ||
                        source_.kind(token) == Kind::RightBracket;
    const std::uint32_t level = closes && depth > 0 ? depth - 1 : depth;
    line.assign(indent + (level > 0 ? level * kStep : closes ? 0 : kContinuation), ' ');
    blank_line = true;
  };
  for (TokenIndex token = begin; token < end; ++token) {
    if (token > begin && source_.has_line_ends(token - 1, token + 1)) {
      lines_.add(0, line, source_.comment_behind(token), group);
      begin_line(token);
      for (const Comment& comment : source_.gap(token).comments)
        if (comment.own_line) lines_.add(0, line + std::string(comment.text));
    }
    if (!blank_line && source_.blank_before(token)) line += ' ';
    line += source_.text(token);
    blank_line = false;
    switch (source_.kind(token)) {
      case Kind::LeftBrace:
      case Kind::LeftParen:
      case Kind::LeftBracket: ++depth; break;
      case Kind::RightBrace:
      case Kind::RightParen:
      case Kind::RightBracket: depth -= depth > 0 ? 1 : 0; break;
      default: break;
    }
  }
  lines_.add(0, line, source_.comment_behind(end), group);
}

Item PolicyWriter::item_of(NodeRef node, bool notes_apart) const {
  TokenIndex head = first_token(node);
  for (const NodeRef child : node.children())
    if (child.is(NodeKind::Doc) || (notes_apart && child.is(NodeKind::Note))) head = end_token(child);
  return {node, first_token(node), head, end_token(node), source_.has_comments(head, end_token(node))};
}

std::vector<std::size_t> PolicyWriter::section_ends(const std::vector<Item>& items) const {
  std::vector<std::size_t> ends;
  for (std::size_t i = 1; i < items.size(); ++i)
    if (source_.gap(items[i].begin).has_blank_line()) ends.push_back(i);
  if (!items.empty()) ends.push_back(items.size());
  return ends;
}

}  // namespace bylaw::formatter
