#include "describe.h"

#include <algorithm>
#include <set>

#include "layers.h"
#include "values.h"

namespace bylaw::runner {
namespace {

void add(const std::optional<ExpectedRules>& expected, std::set<RuleId>& rules) {
  if (expected) rules.insert(expected->rules.begin(), expected->rules.end());
}

/// Every rule that the expectations name.
std::vector<std::string> rules_of(const Program& program, const Expectations& expectations) {
  std::set<RuleId> rules;
  add(expectations.by, rules);
  add(expectations.exempt, rules);
  add(expectations.audit, rules);
  for (const ExpectedMessage& message : expectations.messages) rules.insert(message.rule);
  for (const ExpectedAnnotation& annotation : expectations.annotations) rules.insert(annotation.rule);
  if (expectations.findings)
    for (const ExpectedFinding& finding : expectations.findings->by_rule) rules.insert(finding.rule);
  std::vector<std::string> names;
  for (const RuleId rule : rules)
    if (rule) names.push_back(full_name(program, rule));
  return names;
}

bool holds_variables(const std::string& key, const YamlNode& node) {
  if (mentions_variables(node)) return true;
  if (key != "message") return false;
  std::set<std::string> names;
  add_variables(node, true, names);
  return !names.empty();
}

/// Where each expectation of the case stands: its cell, else its key in the scenario. What an alias brings, or what
/// holds a `$name`, cannot be rewritten for this case alone.
std::vector<WrittenExpectation> written(const Case& source, const Variables& variables) {
  std::vector<WrittenExpectation> all;
  for (const std::string& key : expectation_keys()) {
    const YamlNode* node = nullptr;
    if (const auto entry = source.scenario->expectations.find(key); entry != source.scenario->expectations.end())
      node = &entry->second->value;
    for (const Cell& cell : source.cells)
      if (cell.column == key) node = cell.value;
    if (!node || node->is_tilde()) continue;
    const YamlNode& resolved = variables.resolve(*node);
    if (resolved.alias_span.known() || holds_variables(key, resolved)) continue;
    all.push_back({key, resolved.span, source.suite->repeated.count(resolved.span) != 0});
  }
  return all;
}

/// The corner of a grid names its two columns: "principal / decision".
std::optional<GridCell> grid_cell(const Context& context, const Case& source) {
  if (!source.scenario->grid) return std::nullopt;
  GridCell place;
  place.scenario_line = source.scenario_line;
  place.corner = source.scenario->grid->value.items.front().items.front().text;
  const std::size_t between = place.corner.find(" / ");
  for (const Cell& cell : source.cells) {
    if (cell.column == place.corner.substr(0, between)) place.row = source_text(context.sources, *cell.value);
    if (cell.column == place.corner.substr(between + 3)) place.column = source_text(context.sources, *cell.value);
  }
  return place;
}

}  // namespace

CaseResult describe_case(Context& context, const Case& source, const Variables& variables,
                         const Expectations& expectations) {
  CaseResult result;
  result.name = variables.filled(source.scenario->name, source.scenario->name_span);
  result.about = variables.filled(about_of(source), source.scenario->span);
  for (const Cell& cell : source.cells)
    if (!is_expectation(cell.column) && cell.column != "tags")
      result.cell.emplace_back(cell.column, source_text(context.sources, *cell.value));
  result.grid = grid_cell(context, source);
  if (source.group) result.group = source.group->title;
  result.file = context.sources[source.suite->source].path();
  result.line = source.line;
  result.decision = full_name(context.program, source.decision);
  result.tags = source.tags();
  if (const auto& by = expectations.by) {
    result.expected_by.emplace();
    for (const RuleId rule : by->rules) result.expected_by->push_back(full_name(context.program, rule));
  }
  result.rules = rules_of(context.program, expectations);
  result.written = written(source, variables);
  result.shown = expectations.show;
  return result;
}

}  // namespace bylaw::runner
