#include "rows.h"

#include <bylaw/grammar/diagnostics/scenarios.h>

#include <algorithm>

#include "shape.h"

namespace bylaw::runner {
namespace {

class Reader {
 public:
  explicit Reader(Context& context) : context_(context) {}

  std::vector<Row> table(const YamlEntry& written) {
    std::vector<Row> rows;
    if (!written.value.is_sequence() || written.value.items.empty()) {
      wrong_shape("table", written.value, "a list of rows, the first of which names the columns");
      return rows;
    }
    const YamlNode& head = written.value.items.front();
    if (!is_head(head)) return rows;
    if (written.value.items.size() == 1) context_.report(codes::NoRows, head.place());
    for (std::size_t i = 1; i < written.value.items.size(); ++i) add_row(rows, head, written.value.items[i]);
    return rows;
  }

  std::vector<Row> each(const YamlEntry& written) {
    if (written.value.is_map() && !written.value.entries.empty()) return combinations(written.value);
    std::vector<Row> rows;
    if (!written.value.is_sequence() || written.value.items.empty()) {
      wrong_shape("each", written.value, "a map of columns and their values, or a list of maps");
      return rows;
    }
    for (const YamlNode& item : written.value.items) {
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

  std::vector<Row> grid(const YamlEntry& written) {
    std::vector<Row> rows;
    const std::vector<YamlNode>& lines = written.value.items;
    if (!written.value.is_sequence() || lines.empty() || !is_grid_head(lines.front())) {
      const YamlNode& place = lines.empty() ? written.value : lines.front();
      wrong_shape("grid", place,
                  "a list of rows, the first of which is `[row column / other column, value, value ..]`");
      return rows;
    }
    const YamlNode& head = lines.front();
    if (lines.size() == 1) context_.report(codes::NoRows, head.place());
    for (std::size_t i = 1; i < lines.size(); ++i) add_grid_row(rows, head, lines[i]);
    return rows;
  }

 private:
  void wrong_shape(const std::string& key, const YamlNode& node, const char* wanted) {
    const bool empty = (node.is_sequence() && node.items.empty()) || (node.is_map() && node.entries.empty());
    context_.report(codes::WrongShape, node.place(),
                    {{"key", key}, {"seen", empty ? "empty" : describe(node)}, {"wanted", wanted}});
  }

  bool is_head(const YamlNode& head) {
    bool good = head.is_sequence() && !head.items.empty();
    for (const YamlNode& column : head.items) good = good && column.has_text();
    if (!good) wrong_shape("table", head, "a first row that names the columns");
    for (std::size_t i = 0; good && i < head.items.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (split_path(head.items[i].text) == split_path(head.items[j].text))
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

  // --- grid ---

  static constexpr std::string_view kBetween = " / ";

  static bool is_grid_head(const YamlNode& head) {
    if (!head.is_sequence() || head.items.size() < 2 || !head.items.front().has_text()) return false;
    const std::string& corner = head.items.front().text;
    const std::size_t at = corner.find(kBetween);
    return at != std::string::npos && at != 0 && at + kBetween.size() < corner.size();
  }

  void add_grid_row(std::vector<Row>& rows, const YamlNode& head, const YamlNode& line) {
    if (!line.is_sequence()) return wrong_shape("grid", line, "a row, which is a list of cells");
    if (line.items.size() > head.items.size()) {
      context_.report(codes::RowLength, line.place(),
                      {{"cells", std::to_string(line.items.size())}, {"columns", std::to_string(head.items.size())}});
      return;
    }
    const YamlNode& corner = head.items.front();
    const std::size_t between = corner.text.find(kBetween);
    const std::string row_column = corner.text.substr(0, between);
    const std::string other_column = corner.text.substr(between + kBetween.size());
    for (std::size_t i = 1; i < head.items.size(); ++i) {
      if (i >= line.items.size()) {
        context_.report(codes::EmptyCell, line.place());
        return;
      }
      Row added{{}, line.place()};
      added.cells.push_back({row_column, corner.place(), &line.items.front()});
      added.cells.push_back({other_column, corner.place(), &head.items[i]});
      if (add_expectations(added, line.items[i])) rows.push_back(std::move(added));
    }
  }

  /// A cell is a verdict, or a map of expectations.
  bool add_expectations(Row& row, const YamlNode& cell) {
    if (cell.has_text()) {
      row.cells.push_back({"expect", cell.place(), &cell});
    } else if (cell.is_map() && !cell.entries.empty()) {
      context_.check_keys(cell, expectation_keys(), {});
      for (const YamlEntry& entry : cell.entries)
        if (is_expectation(entry.key)) row.cells.push_back({entry.key, entry.key_span, &entry.value});
    } else if (cell.is_sequence()) {
      wrong_shape("grid", cell, "a verdict or a map of expectations in each cell");
      return false;
    } else {
      context_.report(codes::EmptyCell, cell.place());
      return false;
    }
    return true;
  }

  Context& context_;
};

}  // namespace

std::vector<Row> table_rows(Context& context, const YamlEntry& table) {
  return Reader(context).table(table);
}

std::vector<Row> each_rows(Context& context, const YamlEntry& each) {
  return Reader(context).each(each);
}

std::vector<Row> grid_rows(Context& context, const YamlEntry& grid) {
  return Reader(context).grid(grid);
}

}  // namespace bylaw::runner
