#pragma once
// A row of a list from the cells of a data file, whatever its format: which columns there are, what each cell says,
// what a row lacks.

#include <optional>

#include "check/list.h"
#include "data/cell_value.h"

namespace bylaw::compiler {

inline constexpr std::size_t kMostTold = 20;  // of one file; after that it is something else

class RowBuilder {
 public:
  RowBuilder(Checker& checker, const ListShape& shape);

  /// The number of a column by its name or `as` text. Told, with the nearest name, if there is none.
  std::optional<std::size_t> column(std::string_view name, Span place);
  /// Told if a row of the file, which has just these columns, would lack one.
  bool has_all(const std::vector<std::size_t>& columns, Span header);
  std::string sample_header() const;
  std::string name_of(std::size_t column) const { return columns_[column].name; }
  /// The one column of an allowlist or denylist.
  bool alone(std::size_t column) const { return !shape_.row && column == 0; }
  /// True if an entry is one value: then it may stand alone.
  bool one_column() const { return !shape_.row; }

  void begin(Span row);
  void set(std::size_t column, const CellText& cell);
  /// A cell that holds several values; told if the column holds one.
  void set_all(std::size_t column, const std::vector<CellText>& cells, Span place);
  bool holds_several(std::size_t column) const;
  bool holds_text(std::size_t column) const;
  /// The row cannot be used: something was told about it, or about its cell in a column.
  void refuse() { read_.sound = false; }
  void refuse(std::size_t column) {
    given_[column] = true;
    refuse();
  }
  ReadRow finish();

 private:
  enum class Kind { Value, Since, Until, Through, Owner, Because };
  struct Column {
    std::string name;
    std::string wire;
    Kind kind = Kind::Value;
    TypeId type;              // of Value, not Optional
    bool compulsory = false;  // neither optional nor with a default
  };

  void value(std::size_t column, ExprId value, Span place);
  void end(const Column& column, const CellText& cell);
  std::optional<std::int64_t> through(const CellText& cell);
  std::optional<std::int64_t> until(const CellText& cell);
  template <class T>
  void keep(std::optional<T>& into, std::optional<T> from) {
    into = std::move(from);
    if (!into) refuse();
  }

  Checker& checker_;
  const ListShape& shape_;
  CellOwner owner_;
  std::vector<Column> columns_;
  ReadRow read_;
  End end_;
  std::vector<ExprId> values_;  // by Value column
  std::vector<bool> given_;     // by Value column
};

/// The rows of a file in one of the formats.
std::vector<ReadRow> rows_from_csv(Checker& checker, const ListShape& shape, SourceId source);
std::vector<ReadRow> rows_from_yaml(Checker& checker, const ListShape& shape, SourceId source);
std::vector<ReadRow> rows_from_text(Checker& checker, const ListShape& shape, SourceId source);

}  // namespace bylaw::compiler
