#include "data/list_rows.h"

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/lists.h>
#include <bylaw/grammar/diagnostics/policies.h>

#include <bylaw/grammar/syntax_tree.h>

#include <algorithm>

#include "check/typing.h"
#include "format/text_forms.h"

namespace bylaw::compiler {

RowBuilder::RowBuilder(Checker& checker, const ListShape& shape)
    : checker_(checker), shape_(shape), owner_{shape.module, shape.name} {
  const Program& program = checker.program;
  if (!shape.row) {
    columns_.push_back({"entry", "entry", Kind::Value, shape.element, true});
  } else {
    const RecordType& row = program.records[shape.row];
    for (std::size_t i = 0; i < declared_columns(row); ++i) {
      const Field& field = row.fields[i];
      columns_.push_back({field.name, field.wire, Kind::Value, program.without_optional(field.type),
                          !program.is_optional(field.type) && !field.default_value});
    }
  }
  for (const auto& [name, kind] : {std::pair{"since", Kind::Since},
                                   {"until", Kind::Until},
                                   {"through", Kind::Through},
                                   {"owner", Kind::Owner},
                                   {"because", Kind::Because}})
    columns_.push_back({name, name, kind, {}, false});
}

// --- columns ---

std::optional<std::size_t> RowBuilder::column(std::string_view name, Span place) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name == name || columns_[i].wire == name) return i;
    known.push_back(columns_[i].name);
  }
  auto told = checker_.diagnostics.report(codes::CsvColumn, place, {{"column", std::string(name)}});
  const std::string meant = grammar::nearest(name, known);
  if (!meant.empty()) {
    told.fix("did you mean `" + meant + "`?", place, meant);
    return std::nullopt;
  }
  std::string columns;
  for (const Column& column : columns_)
    if (column.kind == Kind::Value) columns += (columns.empty() ? "`" : ", `") + column.name + "`";
  told.help("the columns of `" + shape_.name + "` are " + columns +
            ", and of `since until through owner because` those that are used");
  return std::nullopt;
}

bool RowBuilder::has_all(const std::vector<std::size_t>& columns, Span header) {
  const auto has = [&](std::string_view name) {
    return std::any_of(columns.begin(), columns.end(), [&](std::size_t i) { return columns_[i].name == name; });
  };
  bool fine = true;
  for (const Column& column : columns_) {
    if (!column.compulsory || has(column.name)) continue;
    checker_.diagnostics.report(codes::CsvColumnMissing, header, {{"column", column.name}});
    fine = false;
  }
  if (!fine) return false;
  for (const std::string& column : shape_.compulsory) {
    if (has(column) || (column == "until" && has("through"))) continue;
    checker_.diagnostics.report(codes::CsvColumnMissing, header, {{"column", column}})
        .note(shape_.requires_span, "each entry needs it");
    fine = false;
  }
  return fine;
}

std::string RowBuilder::sample_header() const {
  std::string header;
  for (const Column& column : columns_)
    if (column.kind == Kind::Value) header += (header.empty() ? "" : ",") + column.wire;
  for (const std::string& column : shape_.compulsory) header += "," + column;
  return header;
}

bool RowBuilder::holds_several(std::size_t column) const {
  return columns_[column].kind == Kind::Value && is_collection(checker_.program.types[columns_[column].type]);
}

bool RowBuilder::holds_text(std::size_t column) const {
  return columns_[column].kind == Kind::Value && checker_.program.types[columns_[column].type].kind == TypeKind::String;
}

// --- a row ---

void RowBuilder::begin(Span row) {
  read_ = {};
  read_.row.span = row;
  read_.row.value_span = row;
  end_ = {};
  values_.assign(columns_.size(), {});
  given_.assign(columns_.size(), false);
}

void RowBuilder::set(std::size_t index, const CellText& cell) {
  const Column& column = columns_[index];
  switch (column.kind) {
    case Kind::Value:
      if (holds_several(index)) return set_all(index, {cell}, cell.span);
      return value(index, read_cell(checker_, owner_, cell, column.type), cell.span);
    case Kind::Since: return keep(read_.row.since, read_cell_instant(checker_, cell));
    case Kind::Until:
    case Kind::Through: return end(column, cell);
    case Kind::Owner: read_.row.owner = owner_text(cell.text); return;
    case Kind::Because: read_.row.because = cell.text; return;
  }
}

void RowBuilder::set_all(std::size_t index, const std::vector<CellText>& cells, Span place) {
  const Column& column = columns_[index];
  if (!holds_several(index)) {
    checker_.diagnostics.report(codes::CellSeveral, place, {{"column", column.name}});
    return refuse(index);
  }
  const Type type = checker_.program.types[column.type];
  std::vector<ExprId> elements;
  bool sound = true;
  for (const CellText& cell : cells) {
    elements.push_back(read_cell(checker_, owner_, cell, type.element));
    sound = sound && elements.back();
  }
  if (sound && elements.size() > type.max) {
    checker_.diagnostics.report(codes::TooManyElements, place,
                                {{"count", std::to_string(elements.size())}, {"max", std::to_string(type.max)}});
    sound = false;
  }
  const ExprKind kind = type.kind == TypeKind::Set ? ExprKind::SetLiteral : ExprKind::ListLiteral;
  value(index,
        sound ? add_expr(checker_, {.kind = kind, .type = column.type, .span = place, .operands = std::move(elements)})
              : ExprId{},
        place);
}

void RowBuilder::value(std::size_t index, ExprId value, Span place) {
  given_[index] = true;
  values_[index] = value;
  if (!value) refuse();
  if (shape_.row) return;
  read_.row.value = value;
  read_.row.value_span = place;
}

ReadRow RowBuilder::finish() {
  if (!check_order(checker_, read_.row.since, end_, "this entry")) refuse();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].compulsory || given_[i]) continue;
    tell_lacking(checker_, shape_, read_.row, columns_[i].name);
    refuse();
  }
  if (shape_.row && read_.sound) {
    const std::size_t declared = declared_columns(checker_.program.records[shape_.row]);
    std::vector<ExprId> operands(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(declared));
    operands.resize(declared + kRowClauseCount);
    read_.row.value = add_expr(checker_, {.kind = ExprKind::RecordLiteral,
                                          .type = shape_.element,
                                          .span = read_.row.span,
                                          .operands = std::move(operands)});
  }
  return std::move(read_);
}

// --- when it ends ---

void RowBuilder::end(const Column& column, const CellText& cell) {
  if (end_.span.known()) {
    checker_.diagnostics.report(codes::UntilAndThrough, cell.span).note(end_.span, "it ends here");
    return refuse();
  }
  end_.span = cell.span;
  end_.through = column.kind == Kind::Through;
  end_.at = end_.through ? through(cell) : until(cell);
  keep(read_.row.until, end_.at);
  read_.row.until_span = cell.span;
  read_.row.through = end_.through;
}

std::optional<std::int64_t> RowBuilder::through(const CellText& cell) {
  if (const auto day = format::read_date(cell.text)) return day_after(*day);
  if (format::read_instant(cell.text))
    checker_.diagnostics.report(codes::ThroughInstant, cell.span, {{"text", cell.text}})
        .help("an instant stands in a column `until`, which excludes it");
  else
    tell_cell(checker_, cell, "a day", "write `2026-01-31`");
  return std::nullopt;
}

std::optional<std::int64_t> RowBuilder::until(const CellText& cell) {
  if (const auto instant = format::read_instant(cell.text)) return instant;
  if (format::read_date(cell.text))
    checker_.diagnostics.report(codes::UntilDate, cell.span, {{"date", cell.text}})
        .help("put it into a column `through` if that day still counts")
        .fix("write `" + cell.text + "T00:00:00Z` if it does not", cell.span, cell.text + "T00:00:00Z");
  else
    tell_cell(checker_, cell, "an instant", "write `2026-01-31T09:00:00Z`");
  return std::nullopt;
}

}  // namespace bylaw::compiler
