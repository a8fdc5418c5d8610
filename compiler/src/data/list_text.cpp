// The entries of an allowlist or denylist from plain text: one a line, `#` before a comment.

#include <bylaw/grammar/diagnostics/lists.h>
#include <algorithm>

#include "data/list_rows.h"
#include "data/text_checks.h"

namespace bylaw::compiler {

namespace {

class TextRows {
 public:
  TextRows(Checker& checker, const ListShape& shape, SourceId source)
      : checker_(checker), source_(source), bytes_(checker.input.sources[source].bytes()), builder_(checker, shape) {}

  std::vector<ReadRow> read() {
    const std::size_t errors = checker_.diagnostics.errors();
    std::vector<ReadRow> rows;
    if (const auto bad = find_no_text(bytes_)) {
      tell(bad->offset, bad->offset + bad->length, bad->what);
      return rows;
    }
    for (std::size_t at = byte_order_mark(bytes_); at < bytes_.size();) {
      if (checker_.diagnostics.errors() - errors >= kMostTold) break;
      const std::size_t end = std::min(bytes_.find('\n', at), bytes_.size());
      line(at, end, rows);
      at = end + 1;
    }
    return rows;
  }

 private:
  Span span(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void tell(std::size_t begin, std::size_t end, const std::string& problem) {
    checker_.diagnostics.report(codes::CsvText, span(begin, end), {{"problem", problem}});
  }

  /// A comment begins the line, or stands behind a blank: `a#b` is a text.
  std::size_t end_of_entry(std::size_t begin, std::size_t end) const {
    bool quoted = false;
    for (std::size_t at = begin; at < end; ++at) {
      if (bytes_[at] == '"') quoted = !quoted;
      if (bytes_[at] == '#' && !quoted && (at == begin || bytes_[at - 1] == ' ' || bytes_[at - 1] == '\t')) return at;
    }
    return end;
  }

  void line(std::size_t begin, std::size_t end, std::vector<ReadRow>& rows) {
    if (end > begin && bytes_[end - 1] == '\r') --end;
    std::size_t last = end_of_entry(begin, end);
    while (last > begin && (bytes_[last - 1] == ' ' || bytes_[last - 1] == '\t')) --last;
    if (last == begin) return;
    const std::string_view text = bytes_.substr(begin, last - begin);
    if (const auto bad = find_invisible(text))
      return tell(begin + bad->offset, begin + bad->offset + bad->length, bad->what + " stands in this line");
    if (const std::size_t odd = text.find_first_of("\r\t"); odd != std::string_view::npos)
      return tell(begin + odd, begin + odd + 1,
                  text[odd] == '\t' ? "a tab stands in this line" : "this line ends with a carriage return alone");
    if (text.front() == ' ') {
      checker_.diagnostics.report(codes::CsvBlanks, span(begin, last)).help("leave the blanks out");
      return;
    }
    builder_.begin(span(begin, last));
    builder_.set(0, {std::string(text), span(begin, last), false});
    rows.push_back(builder_.finish());
  }

  Checker& checker_;
  SourceId source_;
  std::string_view bytes_;
  RowBuilder builder_;
};

}  // namespace

std::vector<ReadRow> rows_from_text(Checker& checker, const ListShape& shape, SourceId source) {
  std::size_t columns = shape.row ? declared_columns(checker.program.records[shape.row]) : 1;
  const std::string needs = !shape.compulsory.empty() ? "requires `" + shape.compulsory.front() + "`"
                            : columns != 1            ? "has " + std::to_string(columns) + " columns"
                                                      : "";
  if (needs.empty()) return TextRows(checker, shape, source).read();
  checker.diagnostics.report(codes::ListTextPlain, {source, 0, 0}, {{"list", shape.name}, {"needs", needs}})
      .help("write it as CSV, YAML or JSON");
  return {};
}

}  // namespace bylaw::compiler
