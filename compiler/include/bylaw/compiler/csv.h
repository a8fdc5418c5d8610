#pragma once
// Strict CSV (RFC 4180): comma, double quotes, LF or CRLF, UTF-8 with or without a byte order mark. What a spreadsheet
// would pass over in silence is an error here, for an entry that is misread is an entry that is missing.

#include <bylaw/grammar/diagnostic.h>
#include <bylaw/grammar/source_file.h>

#include <string>
#include <vector>

namespace bylaw::compiler {

struct CsvCell {
  std::string text;    // without quotes
  grammar::Span span;  // with them
};

struct CsvRow {
  std::vector<CsvCell> cells;
  grammar::Span span;  // the line without its end
};

struct CsvFile {
  std::vector<CsvRow> rows;  // the header first; lines without any character are passed over
  bool sound = true;         // nothing was told
};

/// Reads the file. Told: what is no UTF-8, quotes that do not close on their line, blanks around a cell, characters
/// that nobody sees. At most 20 of these, for then the file is something else.
CsvFile read_csv(const grammar::Sources& sources, grammar::SourceId source, grammar::Diagnostics& diagnostics);

/// The parts of a cell that holds several values: `a; b`. A `;` between the quotes of `User::"a;b"` separates nothing.
std::vector<CsvCell> split_cell(const CsvCell& cell);

}  // namespace bylaw::compiler
