#include "resolve/declarations.h"

#include <algorithm>

namespace bylaw::compiler {

namespace {

constexpr std::string_view kBuiltIn[] = {"Bool",  "Int",     "String", "Time",    "Duration", "Set",      "List",
                                         "Map",   "Decimal", "Ip",     "Cidr",    "Version",  "Versions", "Glob",
                                         "Regex", "Any",     "Policy", "Weekday", "Mode"};

Declared declared(NodeRef node, ModuleId module) {
  const NodeRef name = node.child(NodeKind::Name);
  const NodeRef doc = node.child(NodeKind::Doc);
  return {.name = std::string(name.text()),
          .module = module,
          .name_span = name.span(),
          .span = node.span(),
          .doc = doc ? grammar::doc_text(doc) : "",
          .is_private = node.has(NodeKind::Private)};
}

/// An empty entry of `store` for `node`, checked in its phase.
template <class T>
std::uint32_t add(Store<T>& store, std::vector<NodeRef>& nodes, NodeRef node, ModuleId module) {
  T entry;
  static_cast<Declared&>(entry) = declared(node, module);
  nodes.push_back(node);
  return store.add(std::move(entry)).index;
}

std::uint32_t add_enum(Checker& checker, NodeRef node, ModuleId module) {
  const std::uint32_t index = add(checker.program.enums, checker.enum_nodes, node, module);
  checker.program.enums[EnumId{index}].scope = node.is(NodeKind::ScopeDecl);
  return index;
}

std::uint32_t add_template(Checker& checker, NodeRef node, ModuleId module) {
  Template added;
  static_cast<Declared&>(added.policy) = declared(node, module);
  checker.template_nodes.push_back(node);
  checker.templates.push_back(std::move(added));
  return static_cast<std::uint32_t>(checker.templates.size() - 1);
}

std::uint32_t add_param(Checker& checker, NodeRef node, ModuleId module) {
  const ConstantId id{add(checker.program.constants, checker.constant_nodes, node, module)};
  checker.program.constants[id].param = true;
  return id.index;
}

/// A list with columns: its entries are records.
std::uint32_t add_list(Checker& checker, NodeRef node, ModuleId module) {
  const ListId list{add(checker.program.lists, checker.list_nodes, node, module)};
  const RecordId row{add(checker.program.records, checker.record_nodes, node, module)};
  checker.program.lists[list].row = row;
  checker.program.records[row].list = list;
  return list.index;
}

}  // namespace

bool built_in(std::string_view name) {
  return std::find(std::begin(kBuiltIn), std::end(kBuiltIn), name) != std::end(kBuiltIn);
}

Namespace namespace_of(NodeKind kind) {
  if (kind == NodeKind::DefDecl) return Namespace::Functions;
  return kind == NodeKind::AnnotationDecl ? Namespace::Annotations : Namespace::Values;
}

Declaration add_declaration(Checker& checker, ModuleId module, NodeRef node) {
  using Kind = DeclarationKind;
  Program& program = checker.program;
  Declaration declaration{
      .kind = Kind::Constant, .node = node, .module = module, .is_private = node.has(NodeKind::Private)};
  const auto added = [&](Kind kind, std::uint32_t index) {
    declaration.kind = kind;
    declaration.index = index;
  };
  const NodeKind kind = node.kind();
  if (kind == NodeKind::ScopeDecl || kind == NodeKind::EnumDecl) added(Kind::Enum, add_enum(checker, node, module));
  if (kind == NodeKind::RecordDecl) added(Kind::Record, add(program.records, checker.record_nodes, node, module));
  if (kind == NodeKind::EntityDecl) added(Kind::Entity, add(program.entities, checker.entity_nodes, node, module));
  if (kind == NodeKind::ConstDecl) added(Kind::Constant, add(program.constants, checker.constant_nodes, node, module));
  if (kind == NodeKind::DefDecl) added(Kind::Function, add(program.functions, checker.function_nodes, node, module));
  if (kind == NodeKind::AnnotationDecl)
    added(Kind::Annotation, add(program.annotations, checker.annotation_nodes, node, module));
  if (kind == NodeKind::AllowlistDecl || kind == NodeKind::DenylistDecl)
    added(Kind::List, add(program.lists, checker.list_nodes, node, module));
  if (kind == NodeKind::ListDecl) added(Kind::List, add_list(checker, node, module));
  if (kind == NodeKind::DecisionDecl)
    added(Kind::Decision, add(program.decisions, checker.decision_nodes, node, module));
  if (kind == NodeKind::PolicyDecl) added(Kind::Policy, add(program.policies, checker.policy_nodes, node, module));
  if (kind == NodeKind::ClaimDecl) added(Kind::Claim, add(program.claims, checker.claim_nodes, node, module));
  if (kind == NodeKind::TemplateDecl) added(Kind::Template, add_template(checker, node, module));
  if (kind == NodeKind::ParamDecl) added(Kind::Param, add_param(checker, node, module));
  return declaration;
}

std::string_view local_noun(LocalKind kind) {
  switch (kind) {
    case LocalKind::Binder: return "a binder";
    case LocalKind::Parameter: return "a parameter";
    case LocalKind::Let: return "a `let`";
    case LocalKind::Column: return "a column";
  }
  return "";
}

std::string_view noun(const Checker& checker, const Declaration& declaration) {
  switch (declaration.kind) {
    case DeclarationKind::Enum: return checker.program.enums[EnumId{declaration.index}].scope ? "a scope" : "an enum";
    case DeclarationKind::Record: return "a record";
    case DeclarationKind::Entity: return "an entity type";
    case DeclarationKind::Constant: return "a constant";
    case DeclarationKind::Param: return "a param";
    case DeclarationKind::Function: return "a function";
    case DeclarationKind::List: return "a list";
    case DeclarationKind::Annotation: return "an annotation";
    case DeclarationKind::Decision: return "a decision";
    case DeclarationKind::Policy: return "a policy";
    case DeclarationKind::Template: return "a template";
    case DeclarationKind::Claim: return "a claim";
  }
  return "";
}

}  // namespace bylaw::compiler
