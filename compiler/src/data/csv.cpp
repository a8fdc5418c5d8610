#include <bylaw/compiler/csv.h>

#include <bylaw/grammar/diagnostics/lists.h>

#include <algorithm>

#include "data/text_checks.h"

namespace bylaw::compiler {

namespace {

using grammar::Code;
namespace codes = grammar::codes;
using grammar::Span;

constexpr std::size_t kMostTold = 20;

class Reader {
 public:
  Reader(std::string_view bytes, grammar::SourceId source, grammar::Diagnostics& diagnostics)
      : bytes_(bytes), source_(source), diagnostics_(diagnostics) {}

  CsvFile read() {
    at_ = byte_order_mark(bytes_);
    if (const auto bad = find_no_text(bytes_)) {
      tell(bad->offset, bad->offset + bad->length, codes::CsvText, {{"problem", bad->what}});
      return std::move(file_);
    }
    while (at_ < bytes_.size() && told_ < kMostTold) read_line();
    return std::move(file_);
  }

 private:
  Span span(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  grammar::DiagnosticBuilder tell(std::size_t begin, std::size_t end, Code code,
                                  std::initializer_list<grammar::Argument> arguments = {}) {
    file_.sound = false;
    ++told_;
    return diagnostics_.report(code, span(begin, end), arguments);
  }

  void read_line() {
    std::size_t end = std::min(bytes_.find('\n', at_), bytes_.size());
    const std::size_t next = std::min(end + 1, bytes_.size());
    if (end > at_ && bytes_[end - 1] == '\r') --end;
    if (end > at_) {
      CsvRow row{.span = span(at_, end)};
      read_cells(row, end);
      file_.rows.push_back(std::move(row));
    }
    at_ = next;
  }

  void read_cells(CsvRow& row, std::size_t end) {
    while (true) {
      CsvCell cell = at_ < end && bytes_[at_] == '"' ? quoted(end) : unquoted(end);
      check_cell(cell);
      row.cells.push_back(std::move(cell));
      if (at_ >= end) return;
      ++at_;  // the comma
    }
  }

  CsvCell unquoted(std::size_t end) {
    const std::size_t begin = at_;
    at_ = std::min(bytes_.find(',', at_), end);
    CsvCell cell{std::string(bytes_.substr(begin, at_ - begin)), span(begin, at_)};
    if (has_open_quote(cell.text)) {
      tell(begin, at_, codes::CsvQuote, {{"problem", "the quote in `" + cell.text + "` does not close"}})
          .help("a cell that holds a comma is put in quotes: `\"User::a, b\"`");
      at_ = end;
      cell.text.clear();
    }
    return cell;
  }

  CsvCell quoted(std::size_t end) {
    const std::size_t begin = at_;
    CsvCell cell;
    for (++at_; at_ < end; ++at_) {
      if (bytes_[at_] == '"') {
        if (at_ + 1 >= end || bytes_[at_ + 1] != '"') break;
        ++at_;
      }
      cell.text += bytes_[at_];
    }
    if (at_ >= end) {
      tell(begin, begin + 1, codes::CsvQuote,
           {{"problem", "the quote that opens this cell does not close on its line"}});
    } else if (++at_ < end && bytes_[at_] != ',') {
      const std::size_t rest = at_;
      at_ = std::min(bytes_.find(',', at_), end);
      tell(rest, at_, codes::CsvQuote,
           {{"problem", "behind the closing quote of a cell stands a comma or the end of the line"}})
          .help("a quote within a quoted cell is written twice: `\"\"`");
    }
    cell.span = span(begin, at_);
    return cell;
  }

  void check_cell(const CsvCell& cell) {
    const std::size_t begin = cell.span.begin;
    const std::string_view source = bytes_.substr(begin, cell.span.end - begin);
    if (const auto bad = find_invisible(source)) {
      tell(begin + bad->offset, begin + bad->offset + bad->length, codes::CsvText,
           {{"problem", bad->what + " stands in this cell"}});
    } else if (const std::size_t odd = source.find_first_of("\r\t"); odd != std::string_view::npos) {
      tell(begin + odd, begin + odd + 1, codes::CsvText,
           {{"problem",
             source[odd] == '\t' ? "a tab stands in this cell" : "this line ends with a carriage return alone"}});
    } else if (!cell.text.empty() && (cell.text.front() == ' ' || cell.text.back() == ' ')) {
      tell(begin, cell.span.end, codes::CsvBlanks).help("leave the blanks out");
    }
  }

  std::string_view bytes_;
  grammar::SourceId source_;
  grammar::Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::size_t told_ = 0;
  CsvFile file_;
};

}  // namespace

CsvFile read_csv(const grammar::Sources& sources, grammar::SourceId source, grammar::Diagnostics& diagnostics) {
  return Reader(sources[source].bytes(), source, diagnostics).read();
}

std::vector<CsvCell> split_cell(const CsvCell& cell) {
  std::vector<CsvCell> parts;
  std::size_t begin = 0;
  bool inside = false;
  // Where the cell is quoted in CSV its text has other offsets than the file: then each part has the whole cell's
  // place.
  const bool placed = cell.span.end - cell.span.begin == cell.text.size();
  for (std::size_t at = 0; at <= cell.text.size(); ++at) {
    if (at < cell.text.size()) {
      if (inside && cell.text[at] == '\\')
        ++at;
      else if (cell.text[at] == '"')
        inside = !inside;
      if (inside || at >= cell.text.size() || cell.text[at] != ';') continue;
    }
    std::size_t first = begin, last = std::min(at, cell.text.size());
    while (first < last && cell.text[first] == ' ') ++first;
    while (last > first && cell.text[last - 1] == ' ') --last;
    const auto offset = [&](std::size_t of) { return cell.span.begin + static_cast<std::uint32_t>(of); };
    parts.push_back({cell.text.substr(first, last - first),
                     placed ? grammar::Span{cell.span.source, offset(first), offset(last)} : cell.span});
    begin = at + 1;
  }
  return parts;
}

}  // namespace bylaw::compiler
