#include "variables.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>

#include "values.h"

namespace bylaw::runner {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_word(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

/// The end of the name that begins at `at`; `at` itself if none does.
std::size_t name_end(const std::string& text, std::size_t at) {
  if (at >= text.size() || !is_letter(text[at])) return at;
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

/// Goes through a text: `plain` gets what stands between the names, `named` each name.
template <class Plain, class Named>
void scan(const std::string& text, Plain plain, Named named) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '$') {
      const std::size_t dollar = std::min(text.find('$', at), text.size());
      plain(text.substr(at, dollar - at));
      at = dollar;
    } else if (at + 1 < text.size() && text[at + 1] == '$') {
      plain("$");
      at += 2;
    } else if (const std::size_t end = name_end(text, at + 1); end != at + 1) {
      named(text.substr(at + 1, end - at - 1));
      at = end;
    } else {
      plain("$");
      ++at;
    }
  }
}

bool begins_with_dollar(const YamlNode& node) {
  return node.is_scalar() && node.style == compiler::YamlStyle::Plain && node.text.starts_with('$');
}

}  // namespace

std::optional<std::string> variable(const YamlNode& node) {
  if (!begins_with_dollar(node)) return std::nullopt;
  const std::size_t end = name_end(node.text, 1);
  if (end == 1 || end != node.text.size()) return std::nullopt;
  return node.text.substr(1);
}

std::set<std::string> variables_in(const std::string& text) {
  std::set<std::string> names;
  scan(
      text, [](const std::string&) {}, [&](std::string name) { names.insert(std::move(name)); });
  return names;
}

void add_variables(const YamlNode& node, bool texts, std::set<std::string>& names) {
  if (const auto name = variable(node)) names.insert(*name);
  if (texts && node.has_text()) names.merge(variables_in(node.text));
  for (const YamlNode& item : node.items) add_variables(item, texts, names);
  for (const YamlEntry& entry : node.entries) add_variables(entry.value, texts, names);
}

bool mentions_variables(const YamlNode& node) {
  if (begins_with_dollar(node)) return true;
  return std::any_of(node.items.begin(), node.items.end(), mentions_variables) ||
         std::any_of(node.entries.begin(), node.entries.end(),
                     [](const YamlEntry& entry) { return mentions_variables(entry.value); });
}

bool is_variable_name(const std::string& column) {
  const std::size_t end = name_end(column, 0);
  return end != 0 && end == column.size();
}

Variables::Variables(Context& context, const std::vector<Cell>& cells) : context_(context), cells_(cells) {}

const YamlNode* Variables::find(const std::string& name) const {
  for (const Cell& cell : cells_)
    if (cell.column == name) return cell.value;
  return nullptr;
}

const YamlNode* Variables::find(const std::string& name, Span place) const {
  if (const YamlNode* cell = find(name)) return cell;
  std::vector<std::string> names;
  for (const Cell& cell : cells_)
    if (is_variable_name(cell.column) && !is_expectation(cell.column)) names.push_back(cell.column);
  context_.report(codes::NoSuchVariable, place, {{"name", name}, {"suggestion", suggestion(name, names)}})
      .help("`$name` stands for the cell of a column `name` of `table`, `each` or `grid`; a dollar is written `$$`");
  return nullptr;
}

const YamlNode& Variables::resolve(const YamlNode& node) const {
  const auto name = variable(node);
  const YamlNode* cell = name ? find(*name, node.place()) : nullptr;
  return cell ? *cell : node;
}

void Variables::fill(YamlNode& node) const {
  if (begins_with_dollar(node)) {
    if (const auto name = variable(node)) {
      if (const YamlNode* cell = find(*name, node.place())) node = *cell;
    } else if (node.text.starts_with("$$")) {
      node.text.erase(0, 1);
    }
    return;
  }
  for (YamlNode& item : node.items) fill(item);
  for (YamlEntry& entry : node.entries) fill(entry.value);
}

void Variables::fill_texts(YamlNode& node) const {
  if (const auto name = variable(node)) {
    if (const YamlNode* cell = find(*name, node.place())) node = *cell;
    return;
  }
  if (node.has_text()) node.text = filled(node.text, node.place());
  for (YamlNode& item : node.items) fill_texts(item);
  for (YamlEntry& entry : node.entries) fill_texts(entry.value);
}

std::string Variables::filled(const std::string& text, Span place) const {
  std::string result;
  scan(
      text, [&](const std::string& plain) { result += plain; },
      [&](const std::string& name) {
        const YamlNode* cell = find(name, place);
        if (cell) result += cell->has_text() ? cell->text : source_text(context_.sources, *cell);
      });
  return result;
}

}  // namespace bylaw::runner
