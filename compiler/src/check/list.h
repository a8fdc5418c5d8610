#pragma once
// Between lists and where their rows come from.

#include "check/checker.h"
#include "check/period.h"

namespace bylaw::compiler {

/// A row as it is read, before it is known to fulfil what its list requires.
struct ReadRow {
  Row row;
  bool sound = true;  // nothing was told about it
};

/// What rows hold and must have, and who says so.
struct ListShape {
  ModuleId module;
  std::string name;
  TypeId element;
  std::vector<std::string> compulsory;  // columns beside `entry`
  Span requires_span;
};

/// The rows of a CSV file (data/list_source.cpp).
std::vector<ReadRow> rows_from_csv(Checker& checker, const ListShape& shape, SourceId source);

/// An owner that reads as an entity in its printed form, else as written.
std::string owner_text(std::string_view written);

/// Reports what a row lacks.
void tell_lacking(Checker& checker, const ListShape& shape, const Row& row, const std::string& column);

}  // namespace bylaw::compiler
