#pragma once
// One value as a data file writes it, read by its declared type: a cell of a CSV file, a scalar of YAML or JSON, a line
// of a plain list.

#include <optional>
#include <string>
#include <vector>

#include "check/checker.h"

namespace bylaw::compiler {

struct CellText {
  std::string text;
  Span span;
  bool quoted = false;  // YAML and JSON: a text, which no number and no Bool is
};

/// What is read, for messages: "`waivers`".
struct CellOwner {
  ModuleId module;
  std::string list;
};

/// A constant of that type, which is no Optional; none if told.
ExprId read_cell(Checker& checker, const CellOwner& owner, const CellText& cell, TypeId type);

/// An instant, or a date as its first one; nothing if told.
std::optional<std::int64_t> read_cell_instant(Checker& checker, const CellText& cell);

/// Reports that the text is not of `type` ("a Bool").
void tell_cell(Checker& checker, const CellText& cell, const std::string& type, const std::string& help);

}  // namespace bylaw::compiler
