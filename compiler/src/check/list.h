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
  RecordId row;                         // of a list with columns: what its entries are
  std::vector<std::string> compulsory;  // of since, until, owner, because
  Span requires_span;
};

/// The columns that every list has, as they stand behind a row; in a list with columns they are the last fields of its
/// entries. `through` is another way to write `until`.
inline constexpr std::string_view kRowClauses[] = {"since", "until", "owner", "because"};
inline constexpr std::size_t kRowClauseCount = std::size(kRowClauses);

inline bool is_clause_name(std::string_view name) {
  for (std::string_view clause : kRowClauses)
    if (clause == name) return true;
  return false;
}

/// The columns that the list itself declares, among the fields of its entries.
inline std::size_t declared_columns(const RecordType& row) {
  return row.fields.size() - kRowClauseCount;
}

/// The rows of a data file by its suffix (data/list_source.cpp); nothing but what is told for one that is not read.
std::vector<ReadRow> rows_from_file(Checker& checker, const ListShape& shape, SourceId source, Span named);

/// Puts since, until, owner and because into the record that is the row's value. Nothing for a one-column list.
void complete_row(Checker& checker, const ListShape& shape, Row& row);

/// An owner that reads as an entity in its printed form, else as written.
std::string owner_text(std::string_view written);

/// Reports what a row lacks.
void tell_lacking(Checker& checker, const ListShape& shape, const Row& row, const std::string& column);

/// Warns of entries that stand in the list already, and of ranges inside another entry's (check/list_overlaps.cpp).
void tell_twice(Checker& checker, const List& list);
void tell_inside(Checker& checker, const List& list);

/// The type that the rows of a list with columns have (check/list_columns.cpp): its columns, then those that every list
/// has. Run with the records, whose like it is.
void check_columns(Checker& checker, RecordId row);

/// Which of since, until, owner and because `requires` speaks of: these are never absent.
std::vector<std::string> required_clauses(NodeRef list);

}  // namespace bylaw::compiler
