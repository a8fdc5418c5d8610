// Entity types: parents, attributes, and how attributes are merged with those of ancestors.

#include <algorithm>

#include <bylaw/grammar/diagnostics/types.h>
#include <bylaw/grammar/diagnostics/warnings.h>

#include "check/strategy.h"
#include "check/typing.h"

namespace bylaw::compiler {

namespace {

/// Names and texts that say something else of an entity in requests and expressions.
struct Reserved {
  std::string_view name;
  std::string_view reason;
};
constexpr Reserved kReservedTexts[] = {{"type", "it gives an entity's type in requests"},
                                       {"id", "it gives an entity's id in requests"},
                                       {"in", "it gives an entity's parents in requests"}};

void check_parents(Checker& checker, EntityTypeId id, NodeRef parents) {
  EntityType& entity = checker.program.entities[id];
  entity.one_parent = parents.has(NodeKind::One);
  for (NodeRef path : parents.children(NodeKind::Path)) {
    const Declaration* found = find_kind(checker, entity.module, path, DeclarationKind::Entity, "an entity type");
    if (!found) continue;
    const EntityTypeId parent{found->index};
    if (std::find(entity.parents.begin(), entity.parents.end(), parent) != entity.parents.end())
      checker.diagnostics.report(codes::ParentTwice, path.span(), {{"name", path_text(path)}});
    else
      entity.parents.push_back(parent);
  }
  std::sort(entity.parents.begin(), entity.parents.end());
}

void check_attribute_name(Checker& checker, const Field& field, NodeRef node) {
  if (field.name == "lineage")
    checker.diagnostics.report(codes::ReservedAttribute, field.name_span,
                               {{"name", field.name}, {"reason", "`e.lineage` is an entity with all above it"}});
  for (const Reserved& reserved : kReservedTexts) {
    if (field.wire != reserved.name) continue;
    const NodeRef wire = node.child(NodeKind::Wire);
    checker.diagnostics
        .report(codes::ReservedAttribute, wire ? wire.span() : field.name_span,
                {{"name", field.wire}, {"reason", std::string(reserved.reason)}})
        .help("another text for requests stands after the name: `" + field.name + " as \"" + field.wire + "_\": ..`");
  }
}

void check_entity(Checker& checker, EntityTypeId id) {
  const NodeRef node = checker.entity_nodes[id.index];
  const ModuleId module = checker.program.entities[id].module;
  if (const NodeRef parents = node.child(NodeKind::Parents)) check_parents(checker, id, parents);
  const std::vector<NodeRef> nodes = node.children(NodeKind::Field);
  std::vector<Field> fields =
      resolve_fields(checker, module, nodes, "entity type `" + checker.program.entities[id].name + "`");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    check_attribute_name(checker, fields[i], nodes[i]);
    if (const NodeRef inherit = nodes[i].child(NodeKind::Inherit))
      fields[i].inherit = check_strategy(checker, inherit.child(NodeKind::Name),
                                         checker.program.without_optional(fields[i].type), StrategyPlace::Inherit);
  }
  checker.program.entities[id].fields = std::move(fields);
  check_notes(checker, module, node.children(NodeKind::Note));
}

/// By distance only along one chain: the type and all above it have one parent at most.
void check_chain(Checker& checker, EntityTypeId id, const Field& field) {
  const Program& program = checker.program;
  std::vector<EntityTypeId> chain = types_above(program, id);
  chain.insert(chain.begin(), id);
  for (const EntityTypeId type : chain) {
    const EntityType& entity = program.entities[type];
    if (entity.one_parent || entity.parents.empty()) continue;
    checker.diagnostics
        .report(
            codes::StrategyDistance, field.name_span,
            {{"attribute", field.name}, {"strategy", std::string(spelling(field.inherit))}, {"entity", entity.name}})
        .note(entity.name_span, "declared here")
        .help(
            "`in one` says that an entity has one parent at most; `min`, `max`, `any`, `all`, `union` and "
            "`intersect` merge the values of several");
    return;
  }
}

/// What is merged is of one type; unset values are left out, so `?` makes no difference.
void check_inherited(Checker& checker, EntityTypeId id, const Field& field) {
  const Program& program = checker.program;
  const EntityType& entity = program.entities[id];
  bool found = false;
  for (EntityTypeId above : types_above(program, id)) {
    const Field* other = program.find_field(program.entities[above].fields, field.name);
    if (!other) continue;
    found = true;
    if (is_error(checker, other->type) || is_error(checker, field.type)) continue;
    if (program.without_optional(other->type) == program.without_optional(field.type)) continue;
    checker.diagnostics
        .report(codes::InheritType, field.name_span,
                {{"attribute", field.name},
                 {"type", a_type(program, field.type)},
                 {"other", a_type(program, other->type)},
                 {"ancestor", program.entities[above].name},
                 {"entity", entity.name}})
        .note(other->name_span, "declared here");
  }
  if (!found)
    checker.diagnostics.report(codes::InheritNothing, field.name_span,
                               {{"attribute", field.name}, {"entity", entity.name}});
}

}  // namespace

void check_entities(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.program.entities.size(); ++i) check_entity(checker, {i});
  for (std::uint32_t i = 0; i < checker.program.entities.size(); ++i)
    for (const Field& field : checker.program.entities[EntityTypeId{i}].fields)
      if (field.inherit != Strategy::None) {
        check_inherited(checker, {i}, field);
        if (field.inherit == Strategy::Nearest || field.inherit == Strategy::Farthest) check_chain(checker, {i}, field);
      }
}

}  // namespace bylaw::compiler
