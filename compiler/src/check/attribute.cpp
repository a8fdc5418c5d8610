// What is read of a value: the fields of records, the attributes of entities, and their lineage.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/names.h>

#include <algorithm>
#include <optional>

#include "check/expressions.h"
#include "format/lineage.h"
#include "resolve/foreign_words.h"

namespace bylaw::compiler {

namespace {

void unknown_field(Checker& checker, NodeRef name, const std::string& owner, const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  auto told = checker.diagnostics.report(codes::UnknownField, name.span(),
                                         {{"owner", owner}, {"field", std::string(name.text())}});
  const std::string meant = grammar::nearest(name.text(), names);
  if (!meant.empty()) {
    told.fix("did you mean `" + meant + "`?", name.span(), meant);
    return;
  }
  std::string all;
  for (const std::string& each : names) all += (all.empty() ? "`" : ", `") + each + "`";
  told.help(all.empty() ? "it has none" : "it has " + all);
}

/// The type of an attribute that all of `entities` have alike; none if told.
TypeId attribute_type(Checker& checker, const std::vector<EntityTypeId>& entities, NodeRef name) {
  const Program& program = checker.program;
  const std::string text(name.text());
  std::vector<const Field*> found;
  for (EntityTypeId id : entities)
    if (const Field* field = program.find_field(program.entities[id].fields, text)) found.push_back(field);
  if (found.empty() && entities.size() == 1) {
    unknown_field(checker, name, "entity type `" + program.entities[entities[0]].name + "`",
                  program.entities[entities[0]].fields);
    return {};
  }
  const bool alike =
      found.size() == entities.size() &&
      std::all_of(found.begin(), found.end(), [&](const Field* field) { return field->type == found[0]->type; });
  if (alike) return found[0]->type;
  std::string types;
  for (EntityTypeId id : entities) types += (types.empty() ? "`" : ", `") + program.entities[id].name + "`";
  auto told =
      checker.diagnostics.report(codes::AttributeNotShared, name.span(), {{"attribute", text}, {"types", types}});
  for (const Field* field : found) told.note(field->name_span, "declared here");
  if (!found.empty())
    told.help("test the type first: `.. is T and ..`; all must declare it with one type, or one remain");
  return {};
}

TypeId selected_type(Checker& checker, NodeRef node, ExprId base) {
  const NodeRef name = node.child(NodeKind::Name);
  const Program& program = checker.program;
  const TypeId base_type = program.without_optional(program.exprs[base].type);
  const Type type = program.types[base_type];
  if (type.kind == TypeKind::Error) return {};
  if (program.either_of(base_type)) {
    if (program.is_optional(program.exprs[base].type))
      may_be_unset(checker, base, {});
    else
      told_union(checker, base);
    return {};
  }
  if (type.kind == TypeKind::Record) {
    const RecordType& record = program.records[type.record];
    if (const Field* field = program.find_field(record.fields, std::string(name.text()))) return field->type;
    unknown_field(checker, name, (record.list ? "list `" : "record `") + record.name + "`", record.fields);
    return {};
  }
  if (type.kind == TypeKind::Entity && type.names_only) {
    checker.diagnostics.report(codes::NamesOnly, node.expression().span(),
                               {{"expression", std::string(node.expression().text())}});
    return {};
  }
  if (type.kind == TypeKind::Entity) return attribute_type(checker, type.entities, name);
  auto told = checker.diagnostics.report(codes::NoFields, name.span(), {{"type", a_type(program, base_type)}});
  if (type.kind == TypeKind::Map && program.types[program.key_type(base_type)].kind == TypeKind::String) {
    const std::string mended = std::string(node.expression().text()) + "[\"" + std::string(name.text()) + "\"]";
    told.fix("a map is read at a key: `" + mended + "`", node.span(), mended);
  } else if (const std::string_view foreign = foreign_function(name.text()); !foreign.empty()) {
    told.help(std::string(foreign));
  }
  return {};
}

/// `e.lineage`: of the types that e can have, and all that can stand above them. Whoever is known by name only has none
/// but names above.
TypeId lineage_type(Checker& checker, const Type& entity) {
  const Program& program = checker.program;
  std::vector<EntityTypeId> types = entity.entities;
  for (std::size_t i = 0; i < types.size(); ++i)
    for (const EntityTypeId parent : program.entities[types[i]].parents)
      if (std::find(types.begin(), types.end(), parent) == types.end()) types.push_back(parent);
  std::sort(types.begin(), types.end());
  const TypeId element =
      checker.program.intern({.kind = TypeKind::Entity, .entities = std::move(types), .names_only = entity.names_only});
  return checker.program.intern({.kind = TypeKind::List, .element = element, .max = format::kMostInLineage});
}

/// Nothing if this is no `e.lineage`.
std::optional<Checked> check_lineage(Checker& checker, NodeRef node, ExprId base) {
  const TypeId base_type = checker.program.exprs[base].type;
  const Type entity = checker.program.types[checker.program.without_optional(base_type)];
  if (entity.kind != TypeKind::Entity || node.child(NodeKind::Name).text() != "lineage") return std::nullopt;
  TypeId type = lineage_type(checker, entity);
  if (checker.program.is_optional(base_type)) type = checker.program.optional(type);
  const ExprId expr = make(checker, ExprKind::Select, type, node.span(), {base});
  checker.program.exprs[expr].text = "lineage";  // which no attribute is called
  return plain(expr);
}

}  // namespace

Checked check_attribute(Checker& checker, NodeRef node, ExprId base) {
  if (const auto lineage = check_lineage(checker, node, base)) return *lineage;
  TypeId type = selected_type(checker, node, base);
  if (!type) return wrong(checker, node);
  if (checker.program.is_optional(checker.program.exprs[base].type) && !checker.program.is_optional(type) &&
      !is_error(checker, type))
    type = checker.program.optional(type);
  const ExprId expr = make(checker, ExprKind::Select, type, node.span(), {base});
  checker.program.exprs[expr].text = std::string(node.child(NodeKind::Name).text());
  return plain(expr);
}

}  // namespace bylaw::compiler
