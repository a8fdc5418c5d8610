#include "entity_csv.h"

#include <bylaw/compiler/csv.h>
#include <bylaw/grammar/diagnostics/lists.h>
#include <bylaw/grammar/diagnostics/scenarios.h>
#include <fmt/format.h>

#include <algorithm>

#include "shape.h"
#include "values.h"

namespace bylaw::runner {
namespace {

using compiler::CsvCell;
using compiler::CsvRow;
using compiler::TypeKind;
using compiler::YamlStyle;

constexpr std::size_t kMostTold = 20;  // of one file; after that it is something else

/// "data/User.csv" is about "User".
std::string stem(const std::string& path) {
  const std::string name = path.substr(path.find_last_of('/') + 1);
  return name.substr(0, name.size() - std::string_view(".csv").size());
}

bool holds_several(const compiler::Type& type) {
  return type.kind == TypeKind::Set || type.kind == TypeKind::List;
}

YamlNode scalar(const CsvCell& cell, bool text) {
  YamlNode node;
  node.style = text ? YamlStyle::Quoted : YamlStyle::Plain;
  node.text = cell.text;
  node.span = cell.span;
  return node;
}

class CsvEntities {
 public:
  CsvEntities(Context& context, grammar::SourceId source) : context_(context), source_(source) {}

  std::optional<YamlNode> read() {
    const std::size_t errors = context_.diagnostics.errors();
    const compiler::CsvFile file = compiler::read_csv(context_.sources, source_, context_.diagnostics);
    if (!file.sound) return std::nullopt;
    if (file.rows.empty()) {
      context_.report(codes::CsvNoHeader, {source_, 0, 0}).help("such as `type,id,in`");
      return std::nullopt;
    }
    if (!read_header(file.rows[0])) return std::nullopt;
    YamlNode entities = empty_map(file.rows[0].span);
    for (std::size_t i = 1; i < file.rows.size() && context_.diagnostics.errors() - errors < kMostTold; ++i)
      if (auto entity = read_row(file.rows[i])) entities.entries.push_back(*std::move(entity));
    return context_.diagnostics.errors() == errors ? std::optional(std::move(entities)) : std::nullopt;
  }

 private:
  // --- the header ---

  bool read_header(const CsvRow& row) {
    bool fine = true;
    for (const CsvCell& cell : row.cells) {
      if (std::find(columns_.begin(), columns_.end(), cell.text) != columns_.end()) {
        context_.report(codes::CsvColumnTwice, cell.span, {{"column", cell.text}});
        fine = false;
      }
      columns_.push_back(cell.text);
    }
    if (!has("id")) {
      context_.report(codes::CsvColumnMissing, row.span, {{"column", "id"}})
          .help("each line is an entity: `type,id,in`");
      return false;
    }
    if (!find_types(row.span)) return false;
    for (const CsvCell& cell : row.cells) fine = check_column(cell) && fine;
    return fine;
  }

  bool has(std::string_view column) const {
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  }

  bool find_types(Span header) {
    types_ = all_entity_types(context_.program);
    if (has("type")) return true;
    const std::string name = stem(context_.sources[source_].path());
    const auto named = [&](EntityTypeId type) {
      return is_tail(name, context_.program.qualified(context_.program.entities[type]));
    };
    const auto count = std::count_if(types_.begin(), types_.end(), named);
    if (count == 1) {
      types_ = {*std::find_if(types_.begin(), types_.end(), named)};
      return true;
    }
    context_
        .report(
            codes::EntityFileNoType, header,
            {{"what", fmt::format("`{}` is {}", name, count == 0 ? "no entity type" : "more than one entity type")}})
        .help("add a column `type`, or call the file like the type: `User.csv`");
    return false;
  }

  /// Some type of the file must have the attribute, and a cell must be able to hold it.
  bool check_column(const CsvCell& cell) {
    if (cell.text == "type" || cell.text == "id" || cell.text == "in") return true;
    std::vector<std::string> known = {"type", "id", "in"};
    bool found = false;
    for (const EntityTypeId type : types_) {
      for (const Field& field : context_.program.entities[type].fields) {
        known.push_back(field.name);
        if (field.name != cell.text && field.wire != cell.text) continue;
        found = true;
        if (!fits_a_cell(field.type)) return tell_record(cell, field);
      }
    }
    if (found) return true;
    context_.report(codes::NoSuchAttribute, cell.span,
                    {{"type", types_.size() == 1 ? context_.program.entities[types_[0]].name : "no entity type"},
                     {"name", cell.text},
                     {"suggestion", suggestion(cell.text, known)}});
    return false;
  }

  const compiler::Type& plain_type(TypeId type) const {
    return context_.program.types[context_.program.without_optional(type)];
  }

  bool fits_a_cell(TypeId type_id) const {
    const compiler::Type& type = plain_type(type_id);
    const bool parts = type.kind == TypeKind::Record || type.kind == TypeKind::Map || type.kind == TypeKind::Any;
    return !parts && (!holds_several(type) || fits_a_cell(type.element));
  }

  bool tell_record(const CsvCell& cell, const Field& field) {
    context_.report(codes::CellTooSmall, cell.span,
                    {{"column", cell.text}, {"type", with_article(context_.program.type_name(field.type))}});
    return false;
  }

  // --- lines ---

  std::optional<YamlEntry> read_row(const CsvRow& row) {
    if (row.cells.size() != columns_.size()) {
      context_
          .report(codes::CsvCells, row.span,
                  {{"count", fmt::format("{} cell{}", row.cells.size(), row.cells.size() == 1 ? "" : "s")},
                   {"columns", fmt::format("{} column{}", columns_.size(), columns_.size() == 1 ? "" : "s")}})
          .help("a cell that holds a comma is put in quotes: `\"a, b\"`");
      return std::nullopt;
    }
    const auto type = row_type(row);
    if (!type) return std::nullopt;
    const CsvCell& id = cell_of(row, "id");
    if (!check_id(*type, id)) return std::nullopt;
    YamlEntry entry;
    entry.key = entity_key(context_.program, *type, id.text);
    entry.key_span = id.span;
    entry.value = empty_map(row.span);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i] != "type" && columns_[i] != "id") add_attribute(entry.value, *type, columns_[i], row.cells[i]);
    return entry;
  }

  const CsvCell& cell_of(const CsvRow& row, std::string_view column) const {
    return row.cells[static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin())];
  }

  std::optional<EntityTypeId> row_type(const CsvRow& row) {
    if (!has("type")) return types_[0];
    const CsvCell& cell = cell_of(row, "type");
    const EntityTypeId type = find_entity_type(context_, cell.text, types_, cell.span);
    return type ? std::optional(type) : std::nullopt;
  }

  bool check_id(EntityTypeId type, const CsvCell& id) {
    const std::string prefix = context_.program.entities[type].name + "::";
    if (!id.text.empty() && !id.text.starts_with(prefix)) return true;
    const std::string rule =
        id.text.empty() ? "an id is not empty"
                        : fmt::format("the type is known, write the id alone: `{}`", id.text.substr(prefix.size()));
    context_.report(codes::ValueNotRead, id.span, {{"text", id.text}, {"type", "an id"}, {"rule", rule}});
    return false;
  }

  /// An empty cell says nothing; `""` is the empty text, and where several values may stand none.
  void add_attribute(YamlNode& attributes, EntityTypeId type, const std::string& column, const CsvCell& cell) const {
    const bool quoted = cell.span.end > cell.span.begin;
    if (cell.text.empty() && !quoted) return;
    const Field* const field = field_at(context_.program, attributes_place(context_.program, type), column);
    const compiler::Type* const kind = field == nullptr ? nullptr : &plain_type(field->type);
    YamlEntry entry;
    entry.key = column;
    entry.key_span = cell.span;
    if (column == "in" || (kind != nullptr && holds_several(*kind)))
      entry.value = several(cell, kind != nullptr && plain_type(kind->element).kind == TypeKind::String);
    else
      entry.value = scalar(cell, kind != nullptr && kind->kind == TypeKind::String);
    attributes.entries.push_back(std::move(entry));
  }

  static YamlNode several(const CsvCell& cell, bool texts) {
    YamlNode node;
    node.kind = compiler::YamlKind::Sequence;
    node.span = cell.span;
    if (cell.text.empty()) return node;
    for (const CsvCell& part : compiler::split_cell(cell)) node.items.push_back(scalar(part, texts));
    return node;
  }

  Context& context_;
  const grammar::SourceId source_;
  std::vector<std::string> columns_;
  std::vector<EntityTypeId> types_;
};

}  // namespace

std::optional<YamlNode> read_entity_csv(Context& context, grammar::SourceId source) {
  return CsvEntities(context, source).read();
}

}  // namespace bylaw::runner
