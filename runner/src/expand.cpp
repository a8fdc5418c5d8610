#include "expand.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <fmt/format.h>

namespace bylaw::runner {
namespace {

constexpr std::size_t kMostCases = 10000;

struct Row {
  std::vector<Cell> cells;
  Span span;  // unknown for a combination, which stands nowhere as a whole
};

class Expander {
 public:
  Expander(Context& context, const Suite& suite) : context_(context), suite_(suite) {}

  std::vector<Case> run() {
    for (const Scenario& scenario : suite_.scenarios) expand_scenario(scenario);
    return std::move(cases_);
  }

 private:
  void expand_scenario(const Scenario& scenario) {
    const std::vector<Row> outer = scenario.each ? each_rows(*scenario.each) : std::vector<Row>{Row()};
    const std::vector<Row> inner = scenario.table ? table_rows(*scenario.table) : std::vector<Row>{Row()};
    if (outer.size() * inner.size() > kMostCases) {
      report_too_many(scenario, outer.size() * inner.size());
      return;
    }
    for (const Row& first : outer)
      for (const Row& second : inner) add_case(scenario, first, second);
  }

  void report_too_many(const Scenario& scenario, std::size_t count) {
    context_.report(codes::TooManyCases, scenario.name_span.known() ? scenario.name_span : scenario.span,
                    {{"count", std::to_string(count)}});
  }

  void add_case(const Scenario& scenario, const Row& first, const Row& second) {
    Case added;
    added.suite = &suite_;
    added.scenario = &scenario;
    added.group = scenario.group ? &suite_.groups[*scenario.group] : nullptr;
    added.cells = first.cells;
    for (const Cell& cell : second.cells) {
      for (const Cell& other : first.cells)
        if (other.column == cell.column)
          context_.report(codes::KeyTwice, cell.column_span,
                          {{"key", cell.column}, {"line", std::to_string(context_.line(other.column_span))}});
      added.cells.push_back(cell);
    }
    const Span row = second.span.known() ? second.span : first.span;
    added.scenario_line = context_.line(scenario.span);
    added.line = context_.line(row.known() ? row : scenario.span);
    if (choose_decision(added)) cases_.push_back(std::move(added));
  }

  // --- rows ---

  void wrong_shape(const std::string& key, const YamlNode& node, const char* wanted) {
    context_.report(codes::WrongShape, node.place(), {{"key", key}, {"seen", describe(node)}, {"wanted", wanted}});
  }

  std::vector<Row> table_rows(const YamlEntry& table) {
    std::vector<Row> rows;
    if (!table.value.is_sequence() || table.value.items.empty()) {
      wrong_shape("table", table.value, "a list of rows, the first of which names the columns");
      return rows;
    }
    const YamlNode& head = table.value.items.front();
    if (!is_head(head)) return rows;
    if (table.value.items.size() == 1) context_.report(codes::NoRows, head.place());
    for (std::size_t i = 1; i < table.value.items.size(); ++i) add_row(rows, head, table.value.items[i]);
    return rows;
  }

  bool is_head(const YamlNode& head) {
    bool good = head.is_sequence() && !head.items.empty();
    for (const YamlNode& column : head.items) good = good && column.has_text();
    if (!good) wrong_shape("table", head, "a first row that names the columns");
    for (std::size_t i = 0; good && i < head.items.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (head.items[i].text == head.items[j].text)
          context_.report(
              codes::KeyTwice, head.items[i].place(),
              {{"key", head.items[i].text}, {"line", std::to_string(context_.line(head.items[j].place()))}});
    return good;
  }

  void add_row(std::vector<Row>& rows, const YamlNode& head, const YamlNode& row) {
    if (!row.is_sequence()) return wrong_shape("table", row, "a row, which is a list of cells");
    if (row.items.size() != head.items.size()) {
      context_.report(codes::RowLength, row.place(),
                      {{"cells", std::to_string(row.items.size())}, {"columns", std::to_string(head.items.size())}});
      return;
    }
    Row added{{}, row.place()};
    for (std::size_t i = 0; i < head.items.size(); ++i)
      added.cells.push_back({head.items[i].text, head.items[i].place(), &row.items[i]});
    rows.push_back(std::move(added));
  }

  std::vector<Row> each_rows(const YamlEntry& each) {
    if (each.value.is_map()) return combinations(each.value);
    std::vector<Row> rows;
    if (!each.value.is_sequence() || each.value.items.empty()) {
      wrong_shape("each", each.value, "a map of columns, or a list of maps");
      return rows;
    }
    for (const YamlNode& item : each.value.items) {
      if (!item.is_map() || item.entries.empty()) {
        wrong_shape("each", item, "a map of columns and values");
        continue;
      }
      Row added{{}, item.place()};
      for (const YamlEntry& entry : item.entries) added.cells.push_back({entry.key, entry.key_span, &entry.value});
      rows.push_back(std::move(added));
    }
    return rows;
  }

  /// All combinations, the last key fastest.
  std::vector<Row> combinations(const YamlNode& map) {
    std::vector<Row> rows = {Row()};
    for (const YamlEntry& entry : map.entries) {
      if (!entry.value.is_sequence() || entry.value.items.empty()) {
        wrong_shape(entry.key, entry.value, "a list of the column's values");
        continue;
      }
      std::vector<Row> longer;
      if (rows.size() * entry.value.items.size() > kMostCases) {
        context_.report(codes::TooManyCases, map.place(),
                        {{"count", std::to_string(rows.size() * entry.value.items.size())}});
        return {};
      }
      for (const Row& row : rows) {
        for (const YamlNode& value : entry.value.items) {
          longer.push_back(row);
          longer.back().cells.push_back({entry.key, entry.key_span, &value});
        }
      }
      rows = std::move(longer);
    }
    return rows;
  }

  // --- decisions ---

  bool choose_decision(Case& added) {
    const YamlNode* node = nullptr;
    for (const Cell& cell : added.cells)
      if (cell.column == "decision") node = cell.value;
    const Layer* layers[] = {&added.scenario->layer, added.group ? &added.group->layer : nullptr, &suite_.layer};
    for (const Layer* layer : layers)
      if (!node && layer && layer->decision) node = &layer->decision->value;
    if (!node) return only_decision(added);
    if (!node->has_text()) {
      wrong_shape("decision", *node, "the name of a decision");
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
  return !is_expectation(column) && column != "decision" && column != "tags";
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
