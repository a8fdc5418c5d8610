// The rows of a list from YAML or JSON: a list of maps with the columns as keys. An entry of an allowlist or denylist
// may stand alone.

#include <bylaw/compiler/yaml_events.h>
#include <bylaw/grammar/diagnostics/lists.h>

#include <algorithm>

#include "data/list_rows.h"
#include "data/text_checks.h"

namespace bylaw::compiler {

namespace {

class YamlRows {
 public:
  YamlRows(Checker& checker, const ListShape& shape, SourceId source)
      : checker_(checker), source_(source), builder_(checker, shape) {}

  std::vector<ReadRow> read() {
    const std::size_t errors = checker_.diagnostics.errors();
    const auto document = read_yaml(checker_.input.sources, source_, checker_.diagnostics);
    if (!document) return {};
    if (!document->is_sequence()) {
      tell_form(*document, "a list of entries");
      return {};
    }
    std::vector<ReadRow> rows;
    for (const YamlNode& item : document->items) {
      if (checker_.diagnostics.errors() - errors >= kMostTold) break;
      rows.push_back(row(item));
    }
    return rows;
  }

 private:
  void tell_form(const YamlNode& node, const std::string& wanted) {
    checker_.diagnostics.report(codes::ListFileForm, node.place(), {{"found", describe(node)}, {"wanted", wanted}})
        .help(sample());
  }

  std::string sample() const {
    std::string keys = builder_.sample_header();
    std::string text;
    for (std::size_t begin = 0; begin <= keys.size();) {
      const std::size_t end = std::min(keys.find(',', begin), keys.size());
      text += (text.empty() ? "" : ", ") + keys.substr(begin, end - begin) + ": ..";
      begin = end + 1;
    }
    return "an entry is a map: `- {" + text + "}`";
  }

  ReadRow row(const YamlNode& item) {
    builder_.begin(item.place());
    if (item.is_map())
      for (const YamlEntry& entry : item.entries) key(entry);
    else if (builder_.one_column() && item.has_text())
      set(0, item);
    else {
      tell_form(item, builder_.one_column() ? "an entry, or a map with the key `entry`" : "a map of columns");
      builder_.refuse();
      return {.row = {}, .sound = false};
    }
    return builder_.finish();
  }

  void key(const YamlEntry& entry) {
    const auto column = builder_.column(entry.key, entry.key_span);
    if (!column) return builder_.refuse();
    if (entry.value.is_tilde() || (is_json() && entry.value.style == YamlStyle::Null && entry.value.is_scalar()))
      return;
    if (entry.value.is_map()) {
      tell_form(entry.value, "a value of `" + entry.key + "`");
      return builder_.refuse(*column);
    }
    if (!entry.value.is_sequence()) return set(*column, entry.value);
    std::vector<CellText> cells;
    for (const YamlNode& item : entry.value.items) {
      const auto cell = text(item);
      if (!cell) return builder_.refuse(*column);
      cells.push_back(*cell);
    }
    builder_.set_all(*column, cells, entry.value.place());
  }

  void set(std::size_t column, const YamlNode& node) {
    const auto cell = text(node);
    cell ? builder_.set(column, *cell) : builder_.refuse(column);
  }

  /// A scalar's text; nothing if told.
  std::optional<CellText> text(const YamlNode& node) {
    if (!node.has_text()) {
      if (node.is_scalar())
        checker_.diagnostics.report(codes::CellEmpty, node.place()).help("a column that says nothing is left out");
      else
        tell_form(node, "a value");
      return std::nullopt;
    }
    if (const auto bad = find_invisible(node.text)) {
      checker_.diagnostics.report(codes::CsvText, node.place(), {{"problem", bad->what + " stands in this text"}});
      return std::nullopt;
    }
    if (!node.text.empty() && (node.text.front() == ' ' || node.text.back() == ' ')) {
      checker_.diagnostics.report(codes::CsvBlanks, node.place()).help("leave the blanks out");
      return std::nullopt;
    }
    return CellText{node.text, node.place(), node.style == YamlStyle::Quoted};
  }

  bool is_json() const { return checker_.input.sources[source_].path().ends_with(".json"); }

  Checker& checker_;
  SourceId source_;
  RowBuilder builder_;
};

}  // namespace

std::vector<ReadRow> rows_from_yaml(Checker& checker, const ListShape& shape, SourceId source) {
  return YamlRows(checker, shape, source).read();
}

}  // namespace bylaw::compiler
