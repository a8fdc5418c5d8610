// Lists: their entries' type, what they require of an entry, and their rows in the source. Rows of files come from
// data/list_source.cpp.

#include "check/list.h"

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/lists.h>
#include <bylaw/grammar/diagnostics/projects.h>
#include <bylaw/grammar/diagnostics/warnings.h>

#include <algorithm>
#include <map>

#include "check/typing.h"
#include "check/visit.h"
#include "data/paths.h"
#include "format/text_forms.h"

namespace bylaw::compiler {

namespace {

NodeRef type_node(NodeRef list) {
  for (NodeRef child : list.children())
    if (is_type(child.kind())) return child;
  return {};
}

TypeId element_type(Checker& checker, ModuleId module, NodeRef node) {
  const TypeId type = resolve_type(checker, module, node);
  if (may_be_element(checker.program.types[type])) return type;
  checker.diagnostics.report(codes::ListElement, node.span(), {{"type", a_type(checker.program, type)}})
      .help(
          "an entry is a Bool, Int, String, Time, Duration, Ip, Cidr, Version, Versions, Glob, Regex, a member or an "
          "entity");
  return checker.program.simple(TypeKind::Error);
}

// --- requires ---

Requirement::Kind requirement_kind(std::string_view column) {
  if (column == "since") return Requirement::Kind::Since;
  if (column == "until") return Requirement::Kind::Until;
  return column == "owner" ? Requirement::Kind::Owner : Requirement::Kind::Because;
}

bool is_column(std::string_view name) {
  return std::find(std::begin(kRowClauses), std::end(kRowClauses), name) != std::end(kRowClauses);
}

class Requirements {
 public:
  Requirements(Checker& checker, const List& list) : checker_(checker), row_(list.row) {
    environment_.module = list.module;
    environment_.constant = true;
    Program& program = checker.program;
    if (row_) {
      for (const Field& field : program.records[row_].fields) add(field.name, field.type);
      return;
    }
    const TypeId time = program.simple(TypeKind::Time), text = program.simple(TypeKind::String);
    for (const auto& [name, type] :
         {std::pair{"since", time}, {"until", time}, {"owner", text}, {"because", text}, {"entry", list.element}})
      add(name, type);
  }

  void check(List& list, NodeRef node) {
    for (NodeRef need : node.children()) {
      if (need.is(NodeKind::NeedBecause))
        list.requirements.push_back({Requirement::Kind::Because, {}, need.span()});
      else if (need.is(NodeKind::NameExpr))
        check_column(list, need);
      else
        check_need(list, need);
    }
  }

 private:
  void add(const std::string& name, TypeId type) {
    environment_.locals.push_back(
        checker_.program.locals.add({.name = name, .kind = LocalKind::Column, .type = type, .span = {}}));
  }

  /// A column of the list itself; null if it has none of that name.
  const Field* declared(const std::string& name) const {
    return row_ ? checker_.program.find_field(checker_.program.records[row_].fields, name) : nullptr;
  }

  void check_column(List& list, NodeRef need) {
    const std::string name(need.text());
    if (is_column(name)) {
      list.requirements.push_back({requirement_kind(name), {}, need.span()});
    } else if (name == "entry" && !row_) {
      checker_.diagnostics.report(codes::RequiresEntry, need.span());
    } else if (const Field* column = declared(name)) {
      check_declared(list, need, *column);
    } else if (checker_.names[environment_.module.index].values.contains(name)) {
      check_need(list, need);
    } else {
      tell_no_column(need);
    }
  }

  /// `requires ticket`: of a Bool column its value, of an optional one that it is there.
  void check_declared(List& list, NodeRef need, const Field& column) {
    const Program& program = checker_.program;
    if (program.types[column.type].kind == TypeKind::Bool) return check_need(list, need);
    auto told = checker_.diagnostics.report(codes::RequiresColumn, need.span(), {{"column", column.name}});
    told.note(column.name_span, "declared here");
    if (program.is_optional(column.type))
      told.help("drop its `?`: then no entry is without it");
    else
      told.help("a column without `?` need not be required");
  }

  void tell_no_column(NodeRef need) {
    const std::string name(need.text());
    auto told = checker_.diagnostics.report(codes::RequiresUnknown, need.span(), {{"name", name}});
    if (name == "through") {
      told.fix("write `until`: `through` is one way to say it", need.span(), "until");
      return;
    }
    std::vector<std::string> known(std::begin(kRowClauses), std::end(kRowClauses));
    if (row_)
      for (const Field& field : checker_.program.records[row_].fields) known.push_back(field.name);
    const std::string meant = grammar::nearest(name, known);
    if (!meant.empty())
      told.fix("did you mean `" + meant + "`?", need.span(), meant);
    else
      told.help("the columns are `since`, `until`, `owner` and `because`");
  }

  void check_need(List& list, NodeRef need) {
    const ExprId condition = check_condition(checker_, environment_, need).expr;
    if (!refused_lists(need, condition))
      list.requirements.push_back({Requirement::Kind::Condition, condition, need.span()});
  }

  /// True and told if the condition asks another list by way of a function: whose entries live changes with time.
  bool refused_lists(NodeRef need, ExprId condition) {
    const Expr* found = nullptr;
    visit_with_functions(checker_.program, condition, [&](const Expr& expr) {
      if (expr.kind == ExprKind::ListUse) found = &expr;
    });
    if (!found) return false;
    const std::string& list = checker_.program.lists[found->list].name;
    checker_.diagnostics
        .report(codes::NotConstant, need.span(),
                {{"text", std::string(need.text())}, {"what", "worked out from the list `" + list + "`"}})
        .note(found->span, "it is asked here");
    return true;
  }

  Checker& checker_;
  RecordId row_;
  Environment environment_;
};

/// The columns that a row must have: those that are named, and those that conditions speak of.
std::vector<std::string> compulsory(const Program& program, const List& list) {
  std::vector<std::string> columns;
  const auto add = [&](const std::string& column) {
    if (is_column(column) && std::find(columns.begin(), columns.end(), column) == columns.end())
      columns.push_back(column);
  };
  for (const Requirement& requirement : list.requirements) {
    for (std::string_view column : kRowClauses)
      if (requirement.kind != Requirement::Kind::Condition && requirement.kind == requirement_kind(column))
        add(std::string(column));
    visit_expressions(program, requirement.condition, [&](const Expr& expr) {
      if (expr.kind == ExprKind::LocalUse) add(program.locals[expr.local].name);
    });
  }
  return columns;
}

// --- rows in the source ---

class RowReader {
 public:
  RowReader(Checker& checker, const ListShape& shape) : checker_(checker), shape_(shape) {}

  ReadRow read(NodeRef node) {
    result_ = {};
    result_.row.span = node.span();
    const NodeRef value = node.expression();
    const std::size_t errors = checker_.diagnostics.errors();
    result_.row.value = check_constant(checker_, shape_.module, value, shape_.element);
    result_.row.value_span = value.span();
    result_.sound =
        checker_.program.exprs[result_.row.value].kind != ExprKind::Error && checker_.diagnostics.errors() == errors;
    if (shape_.row && result_.sound && checker_.program.exprs[result_.row.value].kind != ExprKind::RecordLiteral)
      tell_form(value);
    end_ = {};
    seen_.clear();
    for (NodeRef clause : node.children()) read_clause(clause);
    if (!check_order(checker_, result_.row.since, end_, "this entry")) result_.sound = false;
    return std::move(result_);
  }

 private:
  /// A constant of another type than a row cannot be; one that is a row, by another name, could not get its end.
  void tell_form(NodeRef value) {
    checker_.diagnostics.report(codes::RowForm, value.span(), {{"list", shape_.name}});
    result_.sound = false;
  }

  void read_clause(NodeRef clause) {
    const NodeKind kind = clause.kind();
    if (kind == NodeKind::Since && first(clause, "since"))
      keep(result_.row.since, constant_time(checker_, shape_.module, clause.expression()));
    if (kind == NodeKind::Until && first(clause, "until")) read_end(clause);
    if (kind == NodeKind::Through && first(clause, "through")) read_end(clause);
    if (kind == NodeKind::Owner && first(clause, "owner")) keep(result_.row.owner, owner(clause.expression()));
    if (kind == NodeKind::RowBecause && first(clause, "because"))
      keep(result_.row.because, std::optional(grammar::string_value(clause.child(NodeKind::StringLiteral))));
  }

  template <class T>
  void keep(std::optional<T>& into, std::optional<T> value) {
    into = std::move(value);
    if (!into) result_.sound = false;
  }

  /// False and told if the clause stands twice, or an end after another.
  bool first(NodeRef clause, const std::string& word) {
    const bool is_end = word == "until" || word == "through";
    for (const auto& [other, span] : seen_) {
      if (other == word)
        checker_.diagnostics.report(codes::ClauseTwice, clause.span(), {{"clause", word}}).note(span, "first here");
      else if (is_end && (other == "until" || other == "through"))
        checker_.diagnostics.report(codes::UntilAndThrough, clause.span()).note(span, "it ends here");
      else
        continue;
      result_.sound = false;
      return false;
    }
    seen_.emplace(word, clause.span());
    return true;
  }

  void read_end(NodeRef clause) {
    end_ = check_end(checker_, shape_.module, clause);
    keep(result_.row.until, end_.at);
    result_.row.until_span = end_.span;
    result_.row.through = end_.through;
  }

  std::optional<std::string> owner(NodeRef node) {
    if (node.is(NodeKind::StringLiteral)) return owner_text(grammar::string_value(node));
    const Environment constants{.module = shape_.module, .constant = true};
    const ExprId id = check_expression(checker_, constants, node).expr;
    const Expr& expr = checker_.program.exprs[id];
    if (expr.kind == ExprKind::EntityLiteral)
      return format::print_entity(checker_.program.type_name(expr.type), expr.text);
    if (expr.kind != ExprKind::Error) checker_.diagnostics.report(codes::OwnerForm, node.span());
    return std::nullopt;
  }

  Checker& checker_;
  const ListShape& shape_;
  ReadRow result_;
  End end_;
  std::map<std::string, Span> seen_;
};

std::vector<ReadRow> rows_of_file(Checker& checker, List& list, const ListShape& shape, NodeRef from) {
  const NodeRef literal = from.child(NodeKind::StringLiteral);
  const std::string written = grammar::string_value(literal);
  const SourceId module = from.span().source;
  const InputFile* file = find_data(checker.input, module, written);
  if (!file) {
    const auto path = project_path(checker.input.sources[module].path(), written);
    checker.diagnostics.report(path ? codes::FileMissing : codes::LeavesProject, literal.span(),
                               {{"path", path.value_or(written)}});
    return {};
  }
  list.file = checker.input.sources[file->source].path();
  if (file->unread) return {};
  return rows_from_file(checker, shape, file->source, literal.span());
}

// --- all rows ---

bool has_column(const Row& row, const std::string& column) {
  if (column == "since") return row.since.has_value();
  if (column == "until") return row.until.has_value();
  const std::optional<std::string>& text = column == "owner" ? row.owner : row.because;
  return text && !text->empty();
}

bool check_row(Checker& checker, const ListShape& shape, const Row& row) {
  bool has_all = true;
  for (const std::string& column : shape.compulsory) {
    if (has_column(row, column)) continue;
    tell_lacking(checker, shape, row, column);
    has_all = false;
  }
  return has_all;
}

void check_list(Checker& checker, ListId id) {
  const NodeRef node = checker.list_nodes[id.index];
  const std::size_t errors = checker.diagnostics.errors();
  List list = std::move(checker.program.lists[id]);
  for (NodeRef note : node.children(NodeKind::Note))
    checker.diagnostics.report(codes::NotePlace, note.span(), {{"what", "a list"}});
  const NodeRef needs = node.child(NodeKind::Requires);
  if (needs) Requirements(checker, list).check(list, needs);
  const ListShape shape{
      list.module, list.name, list.element, list.row, compulsory(checker.program, list), needs ? needs.span() : Span{}};
  std::vector<ReadRow> rows;
  if (const NodeRef from = node.child(NodeKind::FromFile)) rows = rows_of_file(checker, list, shape, from);
  RowReader reader(checker, shape);
  for (NodeRef row : node.children(NodeKind::Row)) rows.push_back(reader.read(row));
  for (ReadRow& read : rows) {
    if (!read.sound || !check_row(checker, shape, read.row)) continue;
    complete_row(checker, shape, read.row);
    list.rows.push_back(std::move(read.row));
  }
  if (checker.program.types[list.element].kind != TypeKind::Error) {
    tell_twice(checker, list);
    tell_inside(checker, list);
  }
  if (list.intent == ListIntent::Deny && !list.file.empty() && checker.diagnostics.errors() == errors &&
      list.rows.empty())
    checker.diagnostics.report(codes::DenylistEmpty, list.name_span, {{"list", list.name}});
  checker.program.lists[id] = std::move(list);
}

}  // namespace

void declare_lists(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.lists.size(); ++i) {
    const NodeRef node = checker.list_nodes[i];
    const RecordId row = checker.program.lists[ListId{i}].row;
    const TypeId element = row ? checker.program.intern({.kind = TypeKind::Record, .record = row})
                               : element_type(checker, checker.program.lists[ListId{i}].module, type_node(node));
    List& list = checker.program.lists[ListId{i}];
    list.element = element;
    list.intent = row ? ListIntent::None : node.is(NodeKind::AllowlistDecl) ? ListIntent::Allow : ListIntent::Deny;
  }
}

void check_lists(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.lists.size(); ++i) check_list(checker, {i});
}

void complete_row(Checker& checker, const ListShape& shape, Row& row) {
  if (!shape.row) return;
  const auto constant = [&](ExprKind kind, TypeKind type, std::int64_t integer, std::string text) {
    return add_expr(checker, {.kind = kind,
                              .type = checker.program.simple(type),
                              .span = row.span,
                              .integer = integer,
                              .text = std::move(text)});
  };
  const auto time = [&](const std::optional<std::int64_t>& instant) {
    return instant ? constant(ExprKind::TimeLiteral, TypeKind::Time, *instant, {}) : ExprId{};
  };
  const auto text = [&](const std::optional<std::string>& said) {
    return said ? constant(ExprKind::StringLiteral, TypeKind::String, 0, *said) : ExprId{};
  };
  const ExprId clauses[] = {time(row.since), time(row.until), text(row.owner), text(row.because)};
  std::vector<ExprId>& operands = checker.program.exprs[row.value].operands;
  std::copy(std::begin(clauses), std::end(clauses), operands.end() - std::ptrdiff_t{kRowClauseCount});
}

void tell_lacking(Checker& checker, const ListShape& shape, const Row& row, const std::string& column) {
  auto told = checker.diagnostics.report(codes::EntryLacks, row.value_span, {{"list", shape.name}, {"column", column}});
  const Field* declared =
      shape.row ? checker.program.find_field(checker.program.records[shape.row].fields, column) : nullptr;
  if (declared && !is_clause_name(column))
    told.note(declared->name_span, "declared without `?` and without a default");
  else
    told.note(shape.requires_span, "each entry needs it");
}

std::string owner_text(std::string_view written) {
  const auto entity = format::read_entity(written);
  return entity && !entity->id.empty() ? format::print_entity(entity->type, entity->id) : std::string(written);
}

}  // namespace bylaw::compiler
