// What stands between the braces of a declaration: fields and members.
#include <bylaw/grammar/display_width.h>

#include <algorithm>

#include "policy_writer.h"

namespace bylaw::formatter {

using grammar::display_width;
using grammar::NodeKind;
using grammar::NodeRef;
using Kind = grammar::TokenKind;

std::vector<Item> PolicyWriter::items_of(NodeRef node, TokenIndex open, TokenIndex close) const {
  std::vector<Item> items;
  for (const NodeRef child : node.children())
    if (first_token(child) > open && end_token(child) <= close)
      items.push_back(item_of(child, !child.is(NodeKind::Field)));
  return items;
}

std::string PolicyWriter::flat_items(NodeRef node, TokenIndex open, TokenIndex close) const {
  const std::vector<Item> items = items_of(node, open, close);
  std::string text;
  TokenIndex at = open + 1;
  for (const Item& item : items) {
    const bool sign = at < item.begin || item.node.is(NodeKind::OrderMark);  // `,` or `<`
    text += source_.flat(at, item.begin);
    if (!text.empty()) text += sign || source_.kind(item.begin - 1) == Kind::Less ? " " : "  ";
    text += source_.flat(item.begin, item.end);
    at = item.end;
  }
  return text;
}

void PolicyWriter::body(NodeRef node, TokenIndex open, TokenIndex close) {
  const std::vector<Item> items = items_of(node, open, close);
  switch (items.empty() ? NodeKind::File : items.front().node.kind()) {
    case NodeKind::File: break;
    case NodeKind::Member:
      if (node.is(NodeKind::EnumDecl))
        enum_lines(node, items, open, close);
      else
        members(items, open);
      break;
    case NodeKind::Row: entries(items, open); break;
    case NodeKind::Field:
    case NodeKind::Obliges:
    case NodeKind::Grants:
    case NodeKind::DefaultEffect: fields(items, open); break;
    default: rules(items, open);
  }
  before(close, kStep, items.empty(), false);
  lines_.add(0, "}", source_.comment_behind(close + 1));
}

/// Items a line each, their cells in the columns of one table. A line that gets too long is asked for in pieces.
void PolicyWriter::table(const std::vector<Item>& items, TokenIndex open, const std::vector<std::uint32_t>& gaps,
                         const std::function<std::vector<std::string>(const Item&)>& cells,
                         const std::function<std::vector<std::string>(const Item&, const std::string&)>& broken) {
  std::vector<std::vector<std::string>> rows;
  for (const Item& item : items) rows.push_back(item.kept ? std::vector<std::string>{} : cells(item));
  const std::vector<std::string> texts = aligned(rows, gaps);
  const std::uint32_t group = lines_.new_group();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item& item = items[i];
    lead(item, kStep, is_first(item, open));
    const std::string_view comment = source_.comment_behind(item.end);
    if (item.kept)
      keep(item.head, item.end, kStep);
    else if (kStep + display_width(texts[i]) <= kWidth)
      lines_.add(kStep, texts[i], comment, group);
    else
      lines_.add_all(broken(item, texts[i]), comment, group);
  }
}

/// Name, then type and default, then strategy; the words of a decision stand in the column of names.
void PolicyWriter::fields(const std::vector<Item>& items, TokenIndex open) {
  const auto type_begin = [&](const Item& item) {
    return item.node.is(NodeKind::Field) ? own_token(item.node, Kind::Colon) + 1 : item.head + 1;
  };
  const auto type_end = [&](const Item& item) {
    if (const NodeRef inherit = item.node.child(NodeKind::Inherit)) return first_token(inherit);
    if (item.node.is(NodeKind::DefaultEffect)) return std::min(item.head + 2, item.end);
    return item.end;
  };
  const auto cells = [&](const Item& item) {
    return std::vector<std::string>{source_.flat(item.head, type_begin(item)),
                                    source_.flat(type_begin(item), type_end(item)),
                                    source_.flat(type_end(item), item.end)};
  };
  std::uint32_t names = 0;
  for (const Item& item : items)
    if (!item.kept) names = std::max(names, display_width(source_.flat(item.head, type_begin(item))) + 1);
  const auto broken = [&](const Item& item, const std::string&) {
    const std::uint32_t column = kStep + names;
    std::vector<std::string> lines = print(doc_of(source_, item.node, type_begin(item), type_end(item)), column, kStep);
    lines.front().insert(0, std::string(kStep, ' ') + padded(source_.flat(item.head, type_begin(item)), names));
    const std::string rest = source_.flat(type_end(item), item.end);
    if (rest.empty()) return lines;
    if (display_width(lines.back() + "  " + rest) <= kWidth)
      lines.back() += "  " + rest;
    else
      lines.push_back(std::string(column, ' ') + rest);
    return lines;
  };
  table(items, open, {1, 2, 0}, cells, broken);
}

/// Of a scope: name, spelling, what it includes.
void PolicyWriter::members(const std::vector<Item>& items, TokenIndex open) {
  const auto wire_begin = [](const Item& item) {
    const NodeRef wire = item.node.child(NodeKind::Wire);
    return wire ? first_token(wire) - 1 : item.head + 1;
  };
  const auto includes_begin = [](const Item& item) {
    const NodeRef includes = item.node.child(NodeKind::Includes);
    return includes ? first_token(includes) : item.end;
  };
  const auto cells = [&](const Item& item) {
    return std::vector<std::string>{source_.flat(item.head, wire_begin(item)),
                                    source_.flat(wire_begin(item), includes_begin(item)),
                                    source_.flat(includes_begin(item), item.end)};
  };
  const auto broken = [&](const Item& item, const std::string& text) {
    const NodeRef includes = item.node.child(NodeKind::Includes);
    if (!includes) return std::vector<std::string>{std::string(kStep, ' ') + text};
    const std::string names = source_.flat(includes_begin(item), item.end);
    std::string first = std::string(kStep, ' ') + text.substr(0, text.size() - names.size());
    first.erase(first.find_last_not_of(' ') + 1);
    std::vector<Doc> included;
    for (const NodeRef name : includes.children()) {
      const bool last = end_token(name) == end_token(includes);
      included.push_back(text_doc(source_.flat(first_token(name), end_token(name)) + (last ? "" : ",")));
    }
    std::vector<std::string> lines =
        print(concat({text_doc("includes "), align(fill(std::move(included)))}), 2 * kStep, 2 * kStep);
    lines.front().insert(0, 2 * kStep, ' ');
    lines.insert(lines.begin(), first);
    return lines;
  };
  table(items, open, {2, 2, 0}, cells, broken);
}

/// The members of an enum stay on the lines where the author has put them, in columns; those with a spelling have a
/// line each.
void PolicyWriter::enum_lines(NodeRef node, const std::vector<Item>& items, TokenIndex open, TokenIndex close) {
  const bool spelled = std::any_of(items.begin(), items.end(), [](const Item& item) {
    return item.begin < item.head || item.node.has(NodeKind::Wire);
  });
  bool signs = false;
  for (const TokenIndex token : own_tokens(node)) signs = signs || (token > open && source_.kind(token) == Kind::Comma);
  for (const Item& item : items) signs = signs || item.node.is(NodeKind::OrderMark);
  if (spelled && !signs) return members(items, open);

  struct Row {
    TokenIndex begin, end;
  };
  std::vector<Row> rows;
  for (TokenIndex token = open + 1; token < close; ++token) {
    const bool after_doc = token > open + 1 && source_.kind(token - 1) == Kind::Doc;
    if (rows.empty() || after_doc || source_.has_line_ends(token - 1, token + 1)) rows.push_back({token, token});
    rows.back().end = token + 1;
  }
  std::vector<std::vector<std::string>> cells;
  std::size_t columns = 1;
  for (const Row& row : rows) {
    cells.emplace_back();
    if (signs || spelled || source_.kind(row.begin) == Kind::Doc)
      cells.back().push_back(source_.flat(row.begin, row.end));
    else
      for (TokenIndex token = row.begin; token < row.end; ++token) cells.back().emplace_back(source_.text(token));
    columns = std::max(columns, cells.back().size());
  }
  const std::vector<std::string> texts = aligned(cells, std::vector<std::uint32_t>(columns, 2));
  const std::uint32_t group = lines_.new_group();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    before(rows[i].begin, kStep, rows[i].begin == open + 1);
    lines_.add(kStep, texts[i], source_.comment_behind(rows[i].end), group);
  }
}

}  // namespace bylaw::formatter
