#include "expand.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <fmt/format.h>

#include <array>

#include "rows.h"
#include "shape.h"
#include "variables.h"
#include "variants.h"

namespace bylaw::runner {
namespace {

class Expander {
 public:
  Expander(Context& context, const Suite& suite) : context_(context), suite_(suite) {}

  std::vector<Case> run() {
    for (const Scenario& scenario : suite_.scenarios) expand_scenario(scenario);
    return std::move(cases_);
  }

 private:
  void expand_scenario(const Scenario& scenario) {
    const std::vector<Row> none(1);
    const std::vector<Row> outer = scenario.each ? each_rows(context_, *scenario.each) : none;
    const std::vector<Row> middle = scenario.table ? table_rows(context_, *scenario.table) : none;
    const std::vector<Row> inner = scenario.grid ? grid_rows(context_, *scenario.grid) : none;
    const std::size_t count = outer.size() * middle.size() * inner.size();
    if (count > kMostCases) return report_too_many(scenario, count);
    for (const Row& first : outer)
      for (const Row& second : middle)
        for (const Row& third : inner) add_case(scenario, {&first, &second, &third});
  }

  void report_too_many(const Scenario& scenario, std::size_t count) {
    context_.report(codes::TooManyCases, scenario.name_span.known() ? scenario.name_span : scenario.span,
                    {{"count", std::to_string(count)}});
  }

  void add_case(const Scenario& scenario, const std::array<const Row*, 3>& rows) {
    Case added;
    added.suite = &suite_;
    added.scenario = &scenario;
    added.group = scenario.group ? &suite_.groups[*scenario.group] : nullptr;
    Span place;
    for (const Row* row : rows) {
      for (const Cell& cell : row->cells) add_cell(added, cell);
      if (row->span.known()) place = row->span;
    }
    added.scenario_line = context_.line(scenario.span);
    added.row = place;
    added.line = context_.line(place.known() ? place : scenario.span);
    if (choose_decision(added)) cases_.push_back(std::move(added));
  }

  void add_cell(Case& added, const Cell& cell) {
    for (const Cell& other : added.cells)
      if (split_path(other.column) == split_path(cell.column))
        context_.report(codes::KeyTwice, cell.column_span,
                        {{"key", cell.column}, {"line", std::to_string(context_.line(other.column_span))}});
    added.cells.push_back(cell);
    // `scenario.tags`: the key of the scenario, also where the request has a field `tags`.
    constexpr std::string_view kPrefix = "scenario.";
    const std::string key = cell.column.starts_with(kPrefix) ? cell.column.substr(kPrefix.size()) : "";
    if (key.empty() || is_request_column(key)) return;
    added.cells.back().column = key;
    added.cells.back().sure = true;
  }

  // --- decisions ---

  bool choose_decision(Case& added) {
    const YamlNode* node = nullptr;
    for (const Cell& cell : added.cells)
      if (cell.column == "decision") node = cell.value;
    for (const Layer* layer : added.layers())
      if (!node && layer->decision) node = &layer->decision->value;
    if (!node) return only_decision(added);
    node = &Variables(context_, added.cells).resolve(*node);
    if (!node->has_text()) {
      context_.report(codes::WrongShape, node->place(),
                      {{"key", "decision"}, {"seen", describe(*node)}, {"wanted", "the name of a decision"}});
      return false;
    }
    added.decision_span = node->place();
    added.decision = find_decision(context_, node->text, node->place());
    return static_cast<bool>(added.decision);
  }

  /// Where there is but one decision, it need not be named.
  bool only_decision(Case& added) {
    added.decision_span = added.scenario->span;
    if (context_.program.decisions.size() == 1) {
      added.decision = DecisionId{0};
      return true;
    }
    context_.report(codes::MissingKey, added.scenario->span, {{"holder", "scenario"}, {"key", "decision"}});
    return false;
  }

  Context& context_;
  const Suite& suite_;
  std::vector<Case> cases_;
};

}  // namespace

bool is_request_column(const std::string& column) {
  return !is_expectation(column) && column != "decision" && column != "like" && column != "tags" &&
         !is_param_column(column);
}

std::vector<const Layer*> Case::layers() const {
  if (!group) return {&scenario->layer, &suite->layer};
  return {&scenario->layer, &group->layer, &suite->layer};
}

std::vector<std::string> Case::tags() const {
  std::vector<std::string> all = suite->layer.tags;
  if (group) all.insert(all.end(), group->layer.tags.begin(), group->layer.tags.end());
  all.insert(all.end(), scenario->layer.tags.begin(), scenario->layer.tags.end());
  for (const Cell& cell : cells) {
    if (cell.column != "tags") continue;
    if (cell.value->has_text()) all.push_back(cell.value->text);
    for (const YamlNode& item : cell.value->items)
      if (item.has_text()) all.push_back(item.text);
  }
  return all;
}

std::vector<Case> expand(Context& context, const Suite& suite) {
  return Expander(context, suite).run();
}

}  // namespace bylaw::runner
