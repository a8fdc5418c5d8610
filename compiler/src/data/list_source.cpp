// The rows of a list from a CSV file: the header names the columns, the declared type reads the entry.

#include <algorithm>

#include <bylaw/grammar/diagnostics/lists.h>
#include <bylaw/grammar/diagnostics/policies.h>
#include <charconv>

#include "check/form_text.h"
#include "check/list.h"
#include "check/typing.h"
#include "data/csv.h"
#include "format/decimal.h"
#include "format/text_forms.h"

namespace bylaw::compiler {

namespace {

constexpr std::size_t kMostTold = 20;  // after that the file is something else

enum class Column : std::uint8_t { Entry, Since, Until, Through, Owner, Because, Unknown };

struct ColumnName {
  Column column;
  std::string_view name;
};
constexpr ColumnName kColumns[] = {
    {Column::Entry, "entry"},     {Column::Since, "since"}, {Column::Until, "until"},
    {Column::Through, "through"}, {Column::Owner, "owner"}, {Column::Because, "because"},
};

class ListReader {
 public:
  ListReader(Checker& checker, const ListShape& shape, SourceId source)
      : checker_(checker), shape_(shape), source_(source) {}

  std::vector<ReadRow> read() {
    const std::size_t errors = checker_.diagnostics.errors();
    const CsvFile file = read_csv(checker_.input.sources, source_, checker_.diagnostics);
    if (!file.sound) return {};
    if (file.rows.empty()) {
      checker_.diagnostics.report(codes::CsvNoHeader, {source_, 0, 0}).help("such as `" + sample_header() + "`");
      return {};
    }
    if (!read_header(file.rows[0])) return {};
    std::vector<ReadRow> rows;
    for (std::size_t i = 1; i < file.rows.size() && checker_.diagnostics.errors() - errors < kMostTold; ++i)
      rows.push_back(read_row(file.rows[i]));
    return rows;
  }

 private:
  std::string sample_header() const {
    std::string header = "entry";
    for (const std::string& column : shape_.compulsory) header += "," + column;
    return header;
  }

  // --- the header ---

  bool read_header(const CsvRow& row) {
    bool fine = true;
    for (const CsvCell& cell : row.cells) {
      const Column column = column_named(cell.text);
      const bool twice =
          column != Column::Unknown && std::find(columns_.begin(), columns_.end(), column) != columns_.end();
      if (column == Column::Unknown) tell_column(cell);
      if (twice) checker_.diagnostics.report(codes::CsvColumnTwice, cell.span, {{"column", cell.text}});
      fine = fine && column != Column::Unknown && !twice;
      columns_.push_back(column);
    }
    if (!fine) return false;
    fine = has(Column::Entry);
    if (!fine) checker_.diagnostics.report(codes::CsvColumnMissing, row.span, {{"column", "entry"}});
    for (const std::string& column : shape_.compulsory) {
      if (has(column_named(column)) || (column == "until" && has(Column::Through))) continue;
      checker_.diagnostics.report(codes::CsvColumnMissing, row.span, {{"column", column}})
          .note(shape_.requires_span, "each entry needs it");
      fine = false;
    }
    return fine;
  }

  bool has(Column column) const { return std::find(columns_.begin(), columns_.end(), column) != columns_.end(); }

  static Column column_named(std::string_view name) {
    for (const ColumnName& column : kColumns)
      if (column.name == name) return column.column;
    return Column::Unknown;
  }

  void tell_column(const CsvCell& cell) {
    std::vector<std::string> known;
    for (const ColumnName& column : kColumns) known.emplace_back(column.name);
    auto told = checker_.diagnostics.report(codes::CsvColumn, cell.span, {{"column", cell.text}});
    const std::string meant = grammar::nearest(cell.text, known);
    if (!meant.empty())
      told.fix("did you mean `" + meant + "`?", cell.span, meant);
    else
      told.help(
          "the first line names the columns: `entry`, and of `since until through owner because` those that are used");
  }

  // --- a row ---

  ReadRow read_row(const CsvRow& csv) {
    ReadRow read;
    read.row.span = csv.span;
    if (csv.cells.size() != columns_.size()) {
      checker_.diagnostics
          .report(codes::CsvCells, csv.span,
                  {{"count", count(csv.cells.size(), "cell")}, {"columns", count(columns_.size(), "column")}})
          .help("a cell that holds a comma is put in quotes: `\"a, b\"`");
      read.sound = false;
      return read;
    }
    End end;
    for (std::size_t i = 0; i < columns_.size(); ++i) read_cell(read, end, columns_[i], csv.cells[i]);
    if (!check_order(checker_, read.row.since, end, "this entry")) read.sound = false;
    return read;
  }

  static std::string count(std::size_t number, const char* noun) {
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
  }

  void read_cell(ReadRow& read, End& end, Column column, const CsvCell& cell) {
    if (column != Column::Entry && cell.text.empty()) return;
    switch (column) {
      case Column::Entry:
        read.row.value_span = cell.span;
        read.row.value = value(cell);
        if (!read.row.value) read.sound = false;
        break;
      case Column::Since: keep(read, read.row.since, since(cell)); break;
      case Column::Until:
      case Column::Through: read_end(read, end, column, cell); break;
      case Column::Owner: read.row.owner = owner_text(cell.text); break;
      case Column::Because: read.row.because = cell.text; break;
      case Column::Unknown: break;
    }
  }

  void keep(ReadRow& read, std::optional<std::int64_t>& into, std::optional<std::int64_t> instant) {
    into = instant;
    if (!instant) read.sound = false;
  }

  std::optional<std::int64_t> since(const CsvCell& cell) {
    if (const auto day = format::read_date(cell.text)) return day;
    if (const auto instant = format::read_instant(cell.text)) return instant;
    tell_value(cell, "an instant", "write a day, `2026-01-31`, or an instant, `2026-01-31T09:00:00Z`");
    return std::nullopt;
  }

  void read_end(ReadRow& read, End& end, Column column, const CsvCell& cell) {
    if (read.row.until || end.span.known()) {
      checker_.diagnostics.report(codes::UntilAndThrough, cell.span).note(end.span, "it ends here");
      read.sound = false;
      return;
    }
    end.span = cell.span;
    end.through = column == Column::Through;
    end.at = end.through ? through(cell) : until(cell);
    keep(read, read.row.until, end.at);
    read.row.until_span = cell.span;
    read.row.through = end.through;
  }

  std::optional<std::int64_t> through(const CsvCell& cell) {
    if (const auto day = format::read_date(cell.text)) return day_after(*day);
    if (format::read_instant(cell.text))
      checker_.diagnostics.report(codes::ThroughInstant, cell.span, {{"text", cell.text}})
          .help("an instant stands in a column `until`, which excludes it");
    else
      tell_value(cell, "a day", "write `2026-01-31`");
    return std::nullopt;
  }

  std::optional<std::int64_t> until(const CsvCell& cell) {
    if (const auto instant = format::read_instant(cell.text)) return instant;
    if (format::read_date(cell.text))
      checker_.diagnostics.report(codes::UntilDate, cell.span, {{"date", cell.text}})
          .help("put it into a column `through` if that day still counts")
          .fix("write `" + cell.text + "T00:00:00Z` if it does not", cell.span, cell.text + "T00:00:00Z");
    else
      tell_value(cell, "an instant", "write `2026-01-31T09:00:00Z`");
    return std::nullopt;
  }

  // --- the entry ---

  void tell_value(const CsvCell& cell, const std::string& type, const std::string& help) {
    auto told = checker_.diagnostics.report(codes::CellValue, cell.span, {{"text", cell.text}, {"type", type}});
    if (!help.empty()) told.help(help);
  }

  ExprId constant(ExprKind kind, const CsvCell& cell, std::int64_t integer, std::string text = {}) {
    return add_expr(
        checker_,
        {.kind = kind, .type = shape_.element, .span = cell.span, .integer = integer, .text = std::move(text)});
  }

  ExprId value(const CsvCell& cell) {
    const Type type = checker_.program.types[shape_.element];
    if (cell.text.empty() && type.kind != TypeKind::String) {
      checker_.diagnostics.report(codes::CellEmpty, cell.span);
      return {};
    }
    switch (type.kind) {
      case TypeKind::Bool: return bool_value(cell);
      case TypeKind::Int: return int_value(cell);
      case TypeKind::String: return constant(ExprKind::StringLiteral, cell, 0, cell.text);
      case TypeKind::Time: return time_value(cell);
      case TypeKind::Duration: return duration_value(cell);
      case TypeKind::Decimal: return decimal_value(cell);
      case TypeKind::Enum: return member_value(cell, type.enum_id);
      case TypeKind::Entity: return entity_value(cell, type);
      case TypeKind::Ip:
      case TypeKind::Cidr:
      case TypeKind::Version:
      case TypeKind::Versions: return form_value(cell, type.kind);
      case TypeKind::Error:
      case TypeKind::Record:
      case TypeKind::Set:
      case TypeKind::List:
      case TypeKind::Optional: break;
    }
    return {};
  }

  ExprId bool_value(const CsvCell& cell) {
    if (cell.text == "true" || cell.text == "false") return constant(ExprKind::BoolLiteral, cell, cell.text == "true");
    tell_value(cell, "a Bool", "write `true` or `false`");
    return {};
  }

  ExprId int_value(const CsvCell& cell) {
    std::int64_t number = 0;
    const std::string& text = cell.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string digits = text.substr(text.starts_with('-') ? 1 : 0);
    const bool zeros = digits.size() > 1 && digits[0] == '0';
    if (error == std::errc() && end == text.data() + text.size() && !zeros)
      return constant(ExprKind::IntLiteral, cell, number);
    tell_value(cell, "an Int",
               error == std::errc::result_out_of_range ? "it has more than 64 bits" : "write digits alone");
    return {};
  }

  ExprId time_value(const CsvCell& cell) {
    const auto instant = since(cell);
    return instant ? constant(ExprKind::TimeLiteral, cell, *instant) : ExprId{};
  }

  ExprId duration_value(const CsvCell& cell) {
    const format::DurationResult duration = format::read_duration(cell.text);
    if (duration.value) return constant(ExprKind::DurationLiteral, cell, *duration.value);
    tell_value(cell, "a Duration", "write `30d` or `1d12h`");
    return {};
  }

  ExprId form_value(const CsvCell& cell, TypeKind type) {
    FormText form = read_form(type, cell.text);
    if (form.canonical) return constant(ExprKind::FormLiteral, cell, 0, std::move(*form.canonical));
    tell_value(cell, a_type(checker_.program, shape_.element),
               form.problem + (form.meant.empty() ? "" : ": write `" + form.meant + "`"));
    return {};
  }

  ExprId decimal_value(const CsvCell& cell) {
    const format::DecimalResult decimal = format::read_decimal(cell.text);
    if (decimal.value) return constant(ExprKind::DecimalLiteral, cell, *decimal.value);
    tell_value(cell, "a Decimal",
               decimal.error == format::DecimalError::Overflow ? "it has more than 64 bits of ten-thousandths"
                                                               : "write digits, with at most four after the point");
    return {};
  }

  ExprId member_value(const CsvCell& cell, EnumId id) {
    const EnumType& type = checker_.program.enums[id];
    std::vector<std::string> known;
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      const Member& member = type.members[i];
      if (member.name == cell.text || member.wire == cell.text)
        return constant(ExprKind::MemberLiteral, cell, static_cast<std::int64_t>(i));
      known.push_back(member.name);
      known.push_back(member.wire);
    }
    const std::string meant = grammar::nearest(cell.text, known);
    tell_value(cell, "a member of " + type.name, meant.empty() ? "" : "did you mean `" + meant + "`?");
    return {};
  }

  ExprId entity_value(const CsvCell& cell, const Type& type) {
    const std::size_t colons = cell.text.find("::");
    if (colons == std::string::npos) {
      tell_value(cell, "an entity",
                 "write `" + checker_.program.entities[type.entities[0]].name + "::" + cell.text + "`");
      return {};
    }
    const EntityTypeId entity = entity_type(type, cell.text.substr(0, colons));
    if (!entity) {
      tell_entity_type(cell, type, cell.text.substr(0, colons));
      return {};
    }
    std::string id = cell.text.substr(colons + 2);
    if (id.starts_with('"')) {
      const auto quoted = format::read_entity(cell.text);
      if (!quoted) {
        tell_value(cell, "an entity",
                   "the quote does not close; a cell that holds a comma is put in quotes itself: `\"User::a, b\"`");
        return {};
      }
      id = quoted->id;
    }
    if (id.empty()) {
      tell_value(cell, "an entity", "its id is empty");
      return {};
    }
    const TypeId one = checker_.program.intern({.kind = TypeKind::Entity, .entities = {entity}, .names_only = true});
    const ExprId expr = constant(ExprKind::EntityLiteral, cell, 0, std::move(id));
    checker_.program.exprs[expr].type = one;
    return expr;
  }

  /// Among the types that the list takes, by name or by a tail of the whole name.
  EntityTypeId entity_type(const Type& type, const std::string& name) const {
    for (EntityTypeId id : type.entities) {
      const std::string whole = checker_.program.qualified(checker_.program.entities[id]);
      if (whole == name || whole.ends_with("." + name)) return id;
    }
    return {};
  }

  void tell_entity_type(const CsvCell& cell, const Type& type, const std::string& name) {
    std::vector<std::string> known;
    for (EntityTypeId id : type.entities) known.push_back(checker_.program.entities[id].name);
    const std::string meant = grammar::nearest(name, known);
    auto told = checker_.diagnostics.report(
        codes::CellEntityType, cell.span,
        {{"type", name}, {"list", shape_.name}, {"types", checker_.program.type_name(shape_.element)}});
    if (!meant.empty()) told.help("did you mean `" + meant + "`?");
  }

  Checker& checker_;
  const ListShape& shape_;
  SourceId source_;
  std::vector<Column> columns_;
};

}  // namespace

std::vector<ReadRow> rows_from_csv(Checker& checker, const ListShape& shape, SourceId source) {
  return ListReader(checker, shape, source).read();
}

}  // namespace bylaw::compiler
