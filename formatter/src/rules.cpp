// The rules of a policy: effect and name in columns, conditions behind them, and `because` behind those or below them.
#include <bylaw/grammar/display_width.h>

#include <algorithm>
#include <optional>

#include "policy_writer.h"

namespace bylaw::formatter {

using grammar::display_width;
using grammar::NodeKind;
using grammar::NodeRef;
using Kind = grammar::TokenKind;

namespace {

/// A rule in pieces.
struct Rule {
  std::string effect, name;
  std::vector<Doc>
      clauses;             // what it lifts, `for each`, `let`s, `when`, `unless`; of an obligation its field and value
  std::string conditions;  // the clauses on one line
  std::string because;
  bool spread = false;  // some clause cannot stand on one line
  bool single = false;  // the whole rule stands on one line
};

Rule pieces(const SourceText& source, const Item& item) {
  Rule rule;
  rule.effect = source.text(item.head);
  rule.name = source.text(item.head + 1);
  TokenIndex begin = item.head + 2;  // of the clause that is open
  TokenIndex end = item.end;
  if (const NodeRef message = item.node.child(NodeKind::Message)) {
    end = first_token(message) - 1;
    rule.because = source.flat(end, item.end);
  }
  const auto put = [&](TokenIndex to) {
    if (begin < to) rule.clauses.push_back(doc_of(source, item.node, begin, to));
    begin = to;
  };
  for (const NodeKind kind : {NodeKind::Lifts, NodeKind::ForEach, NodeKind::Let, NodeKind::When, NodeKind::Unless})
    for (const NodeRef clause : item.node.children(kind)) {
      put(first_token(clause));
      put(end_token(clause));
    }
  put(end);
  const bool obliges = item.node.is(NodeKind::ObligeRule);
  for (const Doc& clause : rule.clauses) {
    rule.conditions += (rule.conditions.empty() ? "" : obliges ? "  " : " ") + on_one_line(clause);
    rule.spread = rule.spread || clause.forced;
  }
  return rule;
}

struct Columns {
  std::uint32_t effect = 0, name = 0;  // their widths
  std::uint32_t clause = 0;            // where conditions begin
  std::uint32_t conditions = 0;        // the width of those that a `because` follows
};

/// The width of a rule on one line, its `because` in its column.
std::uint32_t width_on_one_line(const Rule& rule, const Columns& columns, bool in_column) {
  if (rule.conditions.empty()) return columns.clause + display_width(rule.because);
  const std::uint32_t conditions = display_width(rule.conditions);
  if (rule.because.empty()) return columns.clause + conditions;
  return columns.clause + (in_column ? columns.conditions : conditions) + 2 + display_width(rule.because);
}

/// Decides which rules stand on one line: as many as fit with `because` in one column, those with the longest
/// conditions first below it.
void choose_lines(std::vector<std::optional<Rule>>& rules, Columns& columns) {
  for (std::optional<Rule>& rule : rules)
    if (rule) rule->single = !rule->spread && width_on_one_line(*rule, columns, false) <= kWidth;
  while (true) {
    Rule* longest = nullptr;
    bool too_wide = false;
    columns.conditions = 0;
    for (std::optional<Rule>& rule : rules) {
      if (!rule || !rule->single || rule->because.empty() || rule->conditions.empty()) continue;
      const std::uint32_t width = display_width(rule->conditions);
      if (longest == nullptr || width > columns.conditions) longest = &*rule;
      columns.conditions = std::max(columns.conditions, width);
    }
    for (const std::optional<Rule>& rule : rules)
      too_wide = too_wide || (rule && rule->single && !rule->because.empty() && !rule->conditions.empty() &&
                              width_on_one_line(*rule, columns, true) > kWidth);
    if (!too_wide) return;
    longest->single = false;
  }
}

std::string head(const Rule& rule, const Columns& columns) {
  std::string text = std::string(kStep, ' ') + padded(rule.effect, columns.effect) + " ";
  return rule.conditions.empty() && rule.because.empty() ? text + rule.name
                                                         : text + padded(rule.name, columns.name + 2);
}

std::string on_one_line(const Rule& rule, const Columns& columns) {
  const std::string text = head(rule, columns);
  if (rule.conditions.empty() || rule.because.empty()) return text + rule.conditions + rule.because;
  return text + padded(rule.conditions, columns.conditions + 2) + rule.because;
}

/// Conditions on a line if they fit, else a line for each clause; `because` below them.
std::vector<std::string> on_lines(const Rule& rule, const Columns& columns) {
  std::vector<std::string> lines;
  const std::string indent(columns.clause, ' ');
  if (!rule.spread && columns.clause + display_width(rule.conditions) <= kWidth) {
    lines.push_back(indent + rule.conditions);
  } else {
    for (const Doc& clause : rule.clauses) {
      std::vector<std::string> more = print(clause, columns.clause, columns.clause);
      more.front().insert(0, indent);
      lines.insert(lines.end(), more.begin(), more.end());
    }
  }
  if (rule.conditions.empty()) lines.assign(1, std::string());
  lines.front() =
      head(rule, columns) + lines.front().substr(std::min<std::size_t>(columns.clause, lines.front().size()));
  if (rule.because.empty()) return lines;
  const bool fits = columns.clause + display_width(rule.because) <= kWidth;
  lines.push_back((fits ? indent : std::string(kStep + kContinuation, ' ')) + rule.because);
  if (rule.conditions.empty()) lines.front().erase(lines.front().find_last_not_of(' ') + 1);
  return lines;
}

}  // namespace

void PolicyWriter::rules(const std::vector<Item>& items, TokenIndex open) {
  std::size_t begin = 0;
  const auto is_let = [&](std::size_t i) { return items[i].node.is(NodeKind::Let); };
  for (const std::size_t section : section_ends(items))
    while (begin < section) {
      std::size_t end = begin + 1;
      while (end < section && is_let(end) == is_let(begin)) ++end;
      if (is_let(begin))
        let_section(items, begin, end, open);
      else
        rule_section(items, begin, end, open);
      begin = end;
    }
}

void PolicyWriter::rule_section(const std::vector<Item>& items, std::size_t begin, std::size_t end, TokenIndex open) {
  std::vector<std::optional<Rule>> rules;
  Columns columns;
  for (std::size_t i = begin; i < end; ++i) {
    std::optional<Rule>& rule = rules.emplace_back();
    if (items[i].kept) continue;
    rule = pieces(source_, items[i]);
    columns.effect = std::max(columns.effect, display_width(rule->effect));
    if (!rule->conditions.empty() || !rule->because.empty())
      columns.name = std::max(columns.name, display_width(rule->name));
  }
  columns.clause = kStep + columns.effect + 1 + columns.name + 2;
  choose_lines(rules, columns);
  const std::uint32_t group = lines_.new_group();
  for (std::size_t i = begin; i < end; ++i) {
    const Item& item = items[i];
    lead(item, kStep, is_first(item, open));
    const std::optional<Rule>& rule = rules[i - begin];
    const std::string_view comment = source_.comment_behind(item.end);
    if (!rule)
      keep(item.head, item.end, kStep);
    else if (rule->single)
      lines_.add(0, on_one_line(*rule, columns), comment, group);
    else
      lines_.add_all(on_lines(*rule, columns), comment);
  }
}

/// `let` after `let`: their names in a column.
void PolicyWriter::let_section(const std::vector<Item>& items, std::size_t begin, std::size_t end, TokenIndex open) {
  const auto name = [&](const Item& item) { return source_.flat(item.head, item.head + 2); };
  std::uint32_t names = 0;
  for (std::size_t i = begin; i < end; ++i)
    if (!items[i].kept) names = std::max(names, display_width(name(items[i])));
  const std::uint32_t group = lines_.new_group();
  for (std::size_t i = begin; i < end; ++i) {
    const Item& item = items[i];
    lead(item, kStep, is_first(item, open));
    if (item.kept) {
      keep(item.head, item.end, kStep);
      continue;
    }
    const std::string before = std::string(kStep, ' ') + padded(name(item), names) + " = ";
    std::vector<std::string> lines =
        print(doc_of(source_, item.node, item.head + 3, item.end), display_width(before), kStep);
    lines.front().insert(0, before);
    lines_.add_all(lines, source_.comment_behind(item.end), group);
  }
}

}  // namespace bylaw::formatter
