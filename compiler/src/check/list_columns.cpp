// The entries of a list with columns: a record of the columns that it declares, and of since, until, owner and because.

#include <bylaw/grammar/diagnostics/lists.h>
#include <bylaw/grammar/diagnostics/types.h>
#include <algorithm>

#include "check/list.h"
#include "check/typing.h"

namespace bylaw::compiler {

namespace {

bool may_be_column(const Program& program, TypeId id) {
  const Type& type = program.types[program.without_optional(id)];
  if (may_be_element(type)) return true;
  return type.kind == TypeKind::Set && may_be_element(program.types[type.element]);
}

TypeId column_type(Checker& checker, TypeId id, Span place) {
  Program& program = checker.program;
  if (!may_be_column(program, id)) {
    auto told = checker.diagnostics.report(codes::ColumnType, place, {{"type", a_type(program, id)}});
    const Type& type = program.types[program.without_optional(id)];
    if (type.kind == TypeKind::List && may_be_element(program.types[type.element]))
      told.help("write `Set<" + program.type_name(type.element) + ">`: the order of a cell's values says nothing");
    else if (type.kind == TypeKind::Record)
      told.help("give each of its fields a column");
    return program.simple(TypeKind::Error);
  }
  // An entry names entities; what is known of them stands elsewhere.
  if (!program.is_optional(id)) return names_only(program, id);
  return program.optional(names_only(program, program.without_optional(id)));
}

void mark_clauses(NodeRef node, std::vector<std::string>& found) {
  for (NodeRef child : node.children()) {
    std::string name;
    if (child.is(NodeKind::NeedBecause)) name = "because";
    if (child.is(NodeKind::NameExpr)) name = std::string(child.text());
    const bool known = std::find(found.begin(), found.end(), name) != found.end();
    if (!name.empty() && is_clause_name(name) && !known) found.push_back(name);
    mark_clauses(child, found);
  }
}

Field clause_column(Checker& checker, std::string_view name, bool compulsory, NodeRef list) {
  Program& program = checker.program;
  const bool time = name == "since" || name == "until";
  const TypeId type = program.simple(time ? TypeKind::Time : TypeKind::String);
  const Span place = list.child(NodeKind::Name).span();
  return {.name = std::string(name),
          .wire = std::string(name),
          .type = compulsory ? type : program.optional(type),
          .span = place,
          .name_span = place,
          .doc = ""};
}

}  // namespace

std::vector<std::string> required_clauses(NodeRef list) {
  std::vector<std::string> found;
  if (const NodeRef needs = list.child(NodeKind::Requires)) mark_clauses(needs, found);
  return found;
}

void check_columns(Checker& checker, RecordId id) {
  const NodeRef node = checker.record_nodes[id.index];
  const std::string name = checker.program.records[id].name;
  std::vector<Field> fields = resolve_fields(checker, checker.program.records[id].module,
                                             node.children(NodeKind::Field), "list `" + name + "`");
  for (Field& field : fields) {
    field.type = column_type(checker, field.type, checker.type_spans[field.name_span]);
    for (const std::string& said : {field.name, field.wire})
      if (said == "through" || is_clause_name(said)) {
        checker.diagnostics.report(codes::ColumnName, field.name_span, {{"name", said}});
        break;
      }
  }
  if (fields.empty()) checker.diagnostics.report(codes::NoColumns, node.child(NodeKind::Name).span(), {{"list", name}});
  for (NodeRef field : node.children(NodeKind::Field))
    if (const NodeRef inherit = field.child(NodeKind::Inherit))
      checker.diagnostics.report(codes::InheritPlace, inherit.span());
  const std::vector<std::string> required = required_clauses(node);
  for (std::string_view clause : kRowClauses) {
    const bool compulsory = std::find(required.begin(), required.end(), clause) != required.end();
    fields.push_back(clause_column(checker, clause, compulsory, node));
  }
  checker.program.records[id].fields = std::move(fields);
}

}  // namespace bylaw::compiler
