// The rows of a list from a data file: what its suffix says, and CSV, whose header names the columns.

#include <bylaw/compiler/csv.h>
#include <bylaw/grammar/diagnostics/lists.h>

#include <algorithm>

#include "data/list_rows.h"

namespace bylaw::compiler {

namespace {

std::string count(std::size_t number, const char* noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

class CsvRows {
 public:
  CsvRows(Checker& checker, const ListShape& shape, SourceId source)
      : checker_(checker), source_(source), builder_(checker, shape) {}

  std::vector<ReadRow> read() {
    const std::size_t errors = checker_.diagnostics.errors();
    const CsvFile file = read_csv(checker_.input.sources, source_, checker_.diagnostics);
    if (!file.sound) return {};
    if (file.rows.empty()) {
      checker_.diagnostics.report(codes::CsvNoHeader, {source_, 0, 0})
          .help("such as `" + builder_.sample_header() + "`");
      return {};
    }
    if (!read_header(file.rows[0])) return {};
    std::vector<ReadRow> rows;
    for (std::size_t i = 1; i < file.rows.size() && checker_.diagnostics.errors() - errors < kMostTold; ++i)
      rows.push_back(read_row(file.rows[i]));
    return rows;
  }

 private:
  bool read_header(const CsvRow& row) {
    bool fine = true;
    for (const CsvCell& cell : row.cells) {
      const auto column = builder_.column(cell.text, cell.span);
      const bool twice = column && std::find(columns_.begin(), columns_.end(), *column) != columns_.end();
      if (twice) checker_.diagnostics.report(codes::CsvColumnTwice, cell.span, {{"column", cell.text}});
      fine = fine && column && !twice;
      if (column) columns_.push_back(*column);
    }
    return fine && builder_.has_all(columns_, row.span);
  }

  ReadRow read_row(const CsvRow& csv) {
    builder_.begin(csv.span);
    if (csv.cells.size() != columns_.size()) {
      checker_.diagnostics
          .report(codes::CsvCells, csv.span,
                  {{"count", count(csv.cells.size(), "cell")}, {"columns", count(columns_.size(), "column")}})
          .help("a cell that holds a comma is put in quotes: `\"a, b\"`");
      return {.row = {}, .sound = false};
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) read_cell(columns_[i], csv.cells[i]);
    return builder_.finish();
  }

  /// An empty cell says nothing; only the entry itself, or `""`, is an empty text.
  void read_cell(std::size_t column, const CsvCell& cell) {
    const bool quoted = cell.span.end > cell.span.begin;
    const CellText text{cell.text, cell.span, false};
    if (cell.text.empty() && !(quoted && builder_.holds_text(column)) && !builder_.alone(column)) return;
    if (builder_.holds_several(column)) return builder_.set_all(column, parts_of(cell), cell.span);
    builder_.set(column, text);
  }

  static std::vector<CellText> parts_of(const CsvCell& cell) {
    std::vector<CellText> parts;
    for (CsvCell& part : split_cell(cell)) parts.push_back({std::move(part.text), part.span, false});
    return parts;
  }

  Checker& checker_;
  SourceId source_;
  RowBuilder builder_;
  std::vector<std::size_t> columns_;
};

}  // namespace

std::vector<ReadRow> rows_from_csv(Checker& checker, const ListShape& shape, SourceId source) {
  return CsvRows(checker, shape, source).read();
}

std::vector<ReadRow> rows_from_file(Checker& checker, const ListShape& shape, SourceId source, Span named) {
  const std::string path = checker.input.sources[source].path();
  const auto ends = [&](std::string_view suffix) { return path.ends_with(suffix); };
  if (ends(".csv")) return rows_from_csv(checker, shape, source);
  if (ends(".yaml") || ends(".yml") || ends(".json")) return rows_from_yaml(checker, shape, source);
  if (ends(".txt")) return rows_from_text(checker, shape, source);
  checker.diagnostics.report(codes::ListFormat, named, {{"path", path}})
      .help("by its suffix a list is read as `.csv`, `.yaml`, `.yml`, `.json` or `.txt`");
  return {};
}

}  // namespace bylaw::compiler
