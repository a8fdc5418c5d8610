// Lists: their header, and their entries.
#include <bylaw/grammar/display_width.h>

#include <algorithm>
#include <array>

#include "policy_writer.h"

namespace bylaw::formatter {

using grammar::display_width;
using grammar::NodeKind;
using grammar::NodeRef;
using Kind = grammar::TokenKind;

struct PolicyWriter::ListParts {
  NodeRef needs, file;              // `requires ..`, `from ".."`
  TokenIndex columns, columns_end;  // the braces of columns; the item's end if it has none
  TokenIndex head_end;              // of name and type
  TokenIndex rows;                  // the brace of entries; the item's end if there is none
};

PolicyWriter::ListParts PolicyWriter::parts_of_list(const Item& item) const {
  ListParts parts{
      item.node.child(NodeKind::Requires), item.node.child(NodeKind::FromFile), item.end, item.end, item.end, item.end};
  std::vector<TokenIndex> braces;
  for (const TokenIndex token : own_tokens(item.node))
    if (source_.kind(token) == Kind::LeftBrace || source_.kind(token) == Kind::RightBrace) braces.push_back(token);
  if (!parts.file) parts.rows = braces[braces.size() - 2];
  parts.head_end = parts.needs ? first_token(parts.needs) : parts.file ? first_token(parts.file) : parts.rows;
  if (!item.node.is(NodeKind::ListDecl)) return parts;
  parts.columns = parts.head_end = braces[0];
  parts.columns_end = braces[1];
  return parts;
}

void PolicyWriter::list_declaration(const Item& item) {
  const ListParts parts = parts_of_list(item);
  const bool has_columns = parts.columns < item.end;
  const TokenIndex header_begin = has_columns ? parts.columns_end : item.head;
  const TokenIndex header_end = std::min(parts.rows + 1, item.end);
  if (source_.has_comments(header_begin, header_end) ||
      (has_columns && source_.has_comments(item.head, parts.columns + 1))) {
    keep(item.head, header_end, 0);
    if (parts.rows < item.end) body(item.node, parts.rows, item.end - 1);
    return;
  }
  if (list_on_one_line(item, parts)) return;
  if (has_columns)
    list_columns(item, parts);
  else
    lines_.add(0, source_.flat(item.head, parts.head_end));
  const std::string_view behind = source_.comment_behind(item.end);
  if (parts.needs) {
    const std::string text = source_.flat(first_token(parts.needs), end_token(parts.needs));
    if (has_columns)
      lines_.append(" " + text);
    else
      lines_.add(kStep, text);
  }
  const bool own_line = parts.needs || has_columns;
  if (parts.file) {
    const std::string text = source_.flat(first_token(parts.file), end_token(parts.file));
    if (own_line)
      lines_.add(kStep, text);
    else
      lines_.append(" " + text);
    return lines_.comment(behind);
  }
  const TokenIndex close = item.end - 1;
  const bool empty = parts.rows + 1 == close && source_.gap(close).comments.empty();
  const std::string brace = empty ? "{}" : "{";
  if (parts.needs)
    lines_.add(0, brace);
  else
    lines_.append(" " + brace);
  lines_.comment(empty ? behind : source_.comment_behind(parts.rows + 1));
  if (!empty) body(item.node, parts.rows, close);
}

bool PolicyWriter::list_on_one_line(const Item& item, const ListParts& parts) {
  if (source_.has_line_ends(item.head, item.end)) return false;
  std::string text = source_.flat(item.head, parts.head_end);
  const auto put_items = [&](TokenIndex open, TokenIndex close) {
    const std::string inside = flat_items(item.node, open, close);
    text += inside.empty() ? " {}" : " { " + inside + " }";
  };
  if (parts.columns < item.end) put_items(parts.columns, parts.columns_end);
  for (const NodeRef clause : {parts.needs, parts.file})
    if (clause) text += " " + source_.flat(first_token(clause), end_token(clause));
  if (!parts.file) put_items(parts.rows, item.end - 1);
  if (display_width(text) > kWidth) return false;
  lines_.add(0, text, source_.comment_behind(item.end));
  return true;
}

void PolicyWriter::list_columns(const Item& item, const ListParts& parts) {
  const std::string head = source_.flat(item.head, parts.columns);
  if (!source_.has_line_ends(parts.columns, parts.columns_end + 1)) {
    const std::string inside = flat_items(item.node, parts.columns, parts.columns_end);
    const std::string text = head + (inside.empty() ? " {}" : " { " + inside + " }");
    if (display_width(text) <= kWidth) return lines_.add(0, text);
  }
  lines_.add(0, head + " {", source_.comment_behind(parts.columns + 1));
  body(item.node, parts.columns, parts.columns_end);
}

void PolicyWriter::entries(const std::vector<Item>& items, TokenIndex open) {
  std::size_t begin = 0;
  for (const std::size_t end : section_ends(items)) {
    entry_section(items, begin, end, open);
    begin = end;
  }
}

/// A column for each kind of clause, if all stand in that order; a line that gets too long is no part of the table.
void PolicyWriter::entry_section(const std::vector<Item>& items, std::size_t begin, std::size_t end, TokenIndex open) {
  constexpr std::size_t kColumns = 5;  // value, since, until or through, owner, because
  const auto column = [](NodeRef clause) -> std::size_t {
    switch (clause.kind()) {
      case NodeKind::Since: return 1;
      case NodeKind::Until:
      case NodeKind::Through: return 2;
      case NodeKind::Owner: return 3;
      case NodeKind::RowBecause: return 4;
      default: return 0;
    }
  };
  std::vector<std::vector<std::string>> rows(end - begin);
  std::vector<std::vector<std::string>> pieces(end - begin);
  for (std::size_t i = begin; i < end; ++i) {
    if (items[i].kept) continue;
    std::vector<std::string> cells(kColumns);
    std::size_t last = 0;
    bool in_order = true;
    for (const NodeRef part : items[i].node.children()) {
      if (part.is(NodeKind::Doc)) continue;
      const std::string text = source_.flat(first_token(part), end_token(part));
      pieces[i - begin].push_back(text);
      const std::size_t at = column(part);
      in_order = in_order && (at == 0 || at > last);
      last = at;
      cells[at] = text;
    }
    if (in_order) rows[i - begin] = cells;
  }
  const std::vector<std::uint32_t> gaps{2, 2, 2, 2, 0};
  std::vector<std::string> texts = aligned(rows, gaps);
  const auto length = [](const std::vector<std::string>& parts) {
    std::uint32_t width = 0;
    for (const std::string& part : parts) width += display_width(part) + 2;
    return width;
  };
  while (std::any_of(texts.begin(), texts.end(),
                     [](const std::string& text) { return kStep + display_width(text) > kWidth; })) {
    std::size_t longest = rows.size();
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!rows[i].empty() && (longest == rows.size() || length(pieces[i]) > length(pieces[longest]))) longest = i;
    rows[longest].clear();
    texts = aligned(rows, gaps);
  }
  const std::uint32_t group = lines_.new_group();
  for (std::size_t i = begin; i < end; ++i) {
    const Item& item = items[i];
    lead(item, kStep, is_first(item, open));
    if (item.kept) {
      keep(item.head, item.end, kStep);
      continue;
    }
    if (!rows[i - begin].empty()) {
      lines_.add(kStep, texts[i - begin], source_.comment_behind(item.end), group);
      continue;
    }
    std::string line(kStep, ' ');
    bool first = true;
    for (const std::string& piece : pieces[i - begin]) {
      if (!first && display_width(line + "  " + piece) > kWidth) {
        lines_.add(0, line);
        line.assign(kStep + kContinuation, ' ');
      } else if (!first) {
        line += "  ";
      }
      first = false;
      line += piece;
    }
    lines_.add(0, line, source_.comment_behind(item.end), group);
  }
}

}  // namespace bylaw::formatter
