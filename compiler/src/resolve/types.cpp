// Type expressions to interned types, fields with their wire names.

#include "check/typing.h"

#include <bylaw/grammar/diagnostics/lists.h>

#include <bylaw/grammar/diagnostics/names.h>
#include <bylaw/grammar/diagnostics/types.h>
#include "resolve/declarations.h"
#include "resolve/foreign_words.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace bylaw::compiler {

namespace {

/// Of all elements of a request together, so a larger limit would say nothing.
constexpr std::uint32_t kLargestLimit = 65536;
constexpr std::uint32_t kDefaultLimit = 4096;

constexpr std::string_view kAnyName = "Any";
constexpr std::string_view kTextName = "Text";  // no reserved word: a declaration may have that name

struct BuiltInType {
  std::string_view name;
  TypeKind kind;
};
constexpr BuiltInType kBuiltInTypes[] = {
    {"Bool", TypeKind::Bool},    {"Int", TypeKind::Int},           {"Decimal", TypeKind::Decimal},
    {"Time", TypeKind::Time},    {"Duration", TypeKind::Duration}, {"String", TypeKind::String},
    {"Cidr", TypeKind::Cidr},    {"Version", TypeKind::Version},   {"Versions", TypeKind::Versions},
    {"Ip", TypeKind::Ip},        {"Glob", TypeKind::Glob},         {"Regex", TypeKind::Regex},
    {"Policy", TypeKind::Policy}};

TypeId error_type(Checker& checker) {
  return checker.program.simple(TypeKind::Error);
}

TypeId built_in_type(Checker& checker, NodeRef name) {
  if (name.text() == kAnyName) {  // of a field, and of the values of a map, it is found before
    checker.diagnostics.report(codes::AnyPlace, name.span())
        .help(
            "`spec: Any?` in a record, entity or decision lets a document hold there whatever it does, and "
            "`Map<String, "
            "Any>` at each key");
    return error_type(checker);
  }
  for (const BuiltInType& type : kBuiltInTypes)
    if (type.name == name.text()) return checker.program.simple(type.kind);
  return error_type(checker);  // the grammar has no other
}

/// An unknown type's name may be a misspelt built-in one.
const Declaration* find_type(Checker& checker, ModuleId module, NodeRef path) {
  const std::vector<NodeRef> words = path.children(NodeKind::Name);
  ModuleNames& names = checker.names[module.index];
  const std::string name = path_text(path);
  if (words.size() != 1 || names.values.contains(name) || names.imported.contains(name) ||
      names.poisoned.contains(name))
    return find(checker, module, path, Namespace::Values);
  std::vector<std::string> candidates = visible_names(
      checker, module, Namespace::Values, {DeclarationKind::Enum, DeclarationKind::Record, DeclarationKind::Entity});
  for (const BuiltInType& type : kBuiltInTypes) candidates.emplace_back(type.name);
  for (std::string& each : built_in_enum_names()) candidates.push_back(std::move(each));
  if (const std::string meant(foreign_type(name)); !meant.empty() && grammar::nearest(name, candidates).empty()) {
    checker.diagnostics.report(codes::UnknownName, path.span(), {{"name", name}})
        .fix("write `" + meant + "`", path.span(), meant);
    return nullptr;
  }
  unknown_name(checker, module, words[0], Namespace::Values, candidates);
  return nullptr;
}

TypeId one_named_type(Checker& checker, ModuleId module, NodeRef path) {
  const std::vector<NodeRef> words = path.children(NodeKind::Name);
  if (words.size() == 1)
    if (const EnumId id = built_in_enum(checker, words[0].text()))
      return checker.program.intern({.kind = TypeKind::Enum, .enum_id = id});
  if (words.size() == 1 && built_in(words[0].text())) return built_in_type(checker, words[0]);
  const Declaration* found = find_type(checker, module, path);
  if (!found || found->index == 0xffffffff) return error_type(checker);
  if (found->kind == DeclarationKind::Enum)
    return checker.program.intern({.kind = TypeKind::Enum, .enum_id = {found->index}});
  if (found->kind == DeclarationKind::Record)
    return checker.program.intern({.kind = TypeKind::Record, .record = {found->index}});
  if (found->kind == DeclarationKind::Entity)
    return checker.program.intern({.kind = TypeKind::Entity, .entities = {{found->index}}});
  checker.diagnostics.report(codes::NotAType, path.span(),
                             {{"name", path_text(path)}, {"kind", std::string(noun(checker, *found))}});
  return error_type(checker);
}

const char* kind_of_type(const Checker& checker, TypeId type) {
  switch (checker.program.types[type].kind) {
    case TypeKind::Entity: return "an entity type";
    case TypeKind::Any: return "whatever a document holds";
    case TypeKind::Policy: return "the name of a policy";
    default: return "a pattern";
  }
}

/// `Any` has no other place in which it would be told so.
TypeId part_of_union(Checker& checker, ModuleId module, NodeRef path) {
  return path_text(path) == kAnyName ? checker.program.simple(TypeKind::Any) : one_named_type(checker, module, path);
}

/// A type where it is written as a part of a union.
struct UnionPart {
  NodeRef node;
  TypeId type;
};

void tell_part(Checker& checker, const UnionPart& part) {
  checker.diagnostics.report(codes::UnionMember, part.node.span(),
                             {{"name", std::string(part.node.text())}, {"kind", kind_of_type(checker, part.type)}});
}

std::vector<NodeRef> union_nodes(NodeRef type) {
  std::vector<NodeRef> nodes;
  for (NodeRef child : type.children()) {
    if (!child.is(NodeKind::NamedType)) {
      nodes.push_back(child);
      continue;
    }
    for (NodeRef path : child.children(NodeKind::Path)) nodes.push_back(path);
  }
  return nodes;
}

TypeId entity_union(Checker& checker, const std::vector<UnionPart>& parts) {
  Type joined{.kind = TypeKind::Entity};
  for (const UnionPart& part : parts) joined.entities.push_back(checker.program.types[part.type].entities[0]);
  std::sort(joined.entities.begin(), joined.entities.end());
  return checker.program.intern(joined);
}

/// `Int | String`: a document must tell the parts from each other.
TypeId value_union(Checker& checker, const std::vector<UnionPart>& parts) {
  const Program& program = checker.program;
  std::map<ValueShape, TypeId> shapes;
  std::vector<TypeId> types;
  bool told = false;
  for (const UnionPart& part : parts) {
    const ValueShape shape = shape_of(program.types[part.type].kind);
    if (shape == ValueShape::None) {
      tell_part(checker, part);
      told = true;
      continue;
    }
    types.push_back(part.type);
    const auto [first, added] = shapes.emplace(shape, part.type);
    if (added) continue;
    told = true;
    auto builder = checker.diagnostics.report(codes::UnionShape, part.node.span(),
                                              {{"first", a_type(program, first->second)},
                                               {"second", a_type(program, part.type)},
                                               {"shape", with_article(shape_name(shape))}});
    if (shape == ValueShape::Number) builder.help("a Decimal reads whole numbers too");
    if (shape == ValueShape::Text) builder.help("a String reads every text; what it writes is asked where it is used");
  }
  return told ? error_type(checker) : checker.program.union_type(std::move(types));
}

TypeId union_type(Checker& checker, ModuleId module, const std::vector<NodeRef>& nodes) {
  std::vector<UnionPart> parts;
  bool told = false, entities = true;
  for (NodeRef node : nodes) {
    const TypeId type =
        node.is(NodeKind::Path) ? part_of_union(checker, module, node) : resolve_type(checker, module, node);
    const bool twice =
        std::any_of(parts.begin(), parts.end(), [&](const UnionPart& part) { return part.type == type; });
    if (is_error(checker, type))
      told = true;
    else if (twice)
      checker.diagnostics.report(codes::ParentTwice, node.span(), {{"name", std::string(node.text())}});
    else
      parts.push_back({node, type});
  }
  if (told) return error_type(checker);
  for (const UnionPart& part : parts) entities = entities && checker.program.types[part.type].kind == TypeKind::Entity;
  if (entities) return entity_union(checker, parts);
  return parts.size() == 1 ? parts[0].type : value_union(checker, parts);
}

/// The limit after `max`, or the default one.
std::uint32_t limit(Checker& checker, NodeRef collection) {
  const NodeRef max = collection.child(NodeKind::Max);
  if (!max) return kDefaultLimit;
  std::string digits(max.child(NodeKind::IntLiteral).text());
  std::erase(digits, '_');
  std::uint32_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec == std::errc() && value >= 1 && value <= kLargestLimit) return value;
  checker.diagnostics.report(codes::LimitRange, max.child(NodeKind::IntLiteral).span(),
                             {{"largest", std::to_string(kLargestLimit)}});
  return kDefaultLimit;
}

TypeId collection_type(Checker& checker, ModuleId module, NodeRef node, TypeKind kind) {
  const NodeRef element_node = node.expression();
  const TypeId element = resolve_type(checker, module, element_node);
  const std::uint32_t max = limit(checker, node);
  if (is_error(checker, element)) return element;
  if (kind == TypeKind::Set && !may_be_element(checker.program.types[element])) {
    checker.diagnostics
        .report(codes::SetElement, element_node.span(), {{"type", "a " + checker.program.type_name(element)}})
        .label(
            "a set holds Bool, Int, Decimal, String, Time, Duration, Ip, Cidr, Version, Versions, members of an enum "
            "or scope, "
            "or entities")
        .fix("write `List<" + checker.program.type_name(element) + ">`", node.span(),
             "List<" + checker.program.type_name(element) + ">");
    return error_type(checker);
  }
  return checker.program.intern({.kind = kind, .element = element, .max = max});
}

bool is_key(const Program& program, TypeId type) {
  return program.types[type].kind == TypeKind::String || program.types[type].kind == TypeKind::Enum;
}

/// `Any` and `Any?`, which only fields and values of maps may have; none for other types.
TypeId any_type(Checker& checker, NodeRef type) {
  if (!type) return {};
  const bool optional = type.is(NodeKind::OptionalType);
  const NodeRef named = optional ? type.expression() : type;
  const std::vector<NodeRef> paths = named ? named.children(NodeKind::Path) : std::vector<NodeRef>{};
  if (paths.size() != 1 || path_text(paths[0]) != kAnyName) return {};
  const TypeId any = checker.program.simple(TypeKind::Any);
  return optional ? checker.program.optional(any) : any;
}

TypeId map_type(Checker& checker, ModuleId module, NodeRef node) {
  const NodeRef key_node = node.child_at(0), value_node = node.child_at(1);
  const TypeId key = resolve_type(checker, module, key_node), any = any_type(checker, value_node);
  const TypeId value = any ? any : resolve_type(checker, module, value_node);
  const std::uint32_t max = limit(checker, node);
  if (is_error(checker, key) || is_error(checker, value)) return error_type(checker);
  if (!is_key(checker.program, key)) {
    checker.diagnostics.report(codes::MapKey, key_node.span(), {{"type", a_type(checker.program, key)}});
    return error_type(checker);
  }
  return checker.program.map_type(key, value, max);
}

TypeId optional_type(Checker& checker, ModuleId module, NodeRef node) {
  const TypeId element = resolve_type(checker, module, node.expression());
  return is_error(checker, element) || checker.program.is_optional(element) ? element
                                                                            : checker.program.optional(element);
}

NodeRef type_node(NodeRef field) {
  for (NodeRef child : field.children())
    if (grammar::is_type(child.kind()) || child.is(NodeKind::Error)) return child;
  return {};
}

bool secret(Checker& checker, NodeRef field) {
  bool is_secret = false;
  for (NodeRef note : field.children(NodeKind::Note)) {
    const NodeRef name = note.child(NodeKind::Name);
    if (name.text() == "secret")
      is_secret = true;
    else
      checker.diagnostics.report(codes::FieldNote, note.span(), {{"name", std::string(name.text())}});
  }
  return is_secret;
}

Field resolve_field(Checker& checker, ModuleId module, NodeRef node) {
  const NodeRef name = node.child(NodeKind::Name);
  const NodeRef wire = node.child(NodeKind::Wire);
  const NodeRef doc = node.child(NodeKind::Doc);
  const NodeRef type = type_node(node);
  checker.type_spans[name.span()] = type.span();
  const TypeId any = any_type(checker, type);
  return {.name = std::string(name.text()),
          .wire = wire ? grammar::string_value(wire) : std::string(name.text()),
          .type = any ? any : resolve_type(checker, module, type),
          .secret = secret(checker, node),
          .span = node.span(),
          .name_span = name.span(),
          .doc = doc ? grammar::doc_text(doc) : ""};
}

/// A name or text that an earlier field has.
void tell_if_taken(Checker& checker, const std::vector<Field>& fields, const Field& field, NodeRef node,
                   const std::string& owner) {
  for (const Field& other : fields) {
    if (other.name == field.name) {
      checker.diagnostics.report(codes::FieldTwice, field.name_span, {{"field", field.name}, {"owner", owner}})
          .note(other.name_span, "first here");
      return;
    }
    if (other.wire != field.wire && other.wire != field.name && other.name != field.wire) continue;
    const NodeRef wire = node.child(NodeKind::Wire);
    const std::string text = other.wire == field.name ? field.name : field.wire;
    checker.diagnostics
        .report(codes::WireTwice, wire ? wire.span() : field.name_span,
                {{"text", text}, {"first", other.name}, {"second", field.name}})
        .note(other.name_span, "`" + other.name + "` is declared here");
    return;
  }
}

/// What a request or entity data says depends on no policy: whether a request fits is known without them.
void refuse_policy(Checker& checker, Field& field) {
  const Program& program = checker.program;
  TypeId inner = field.type;
  while (program.types[inner].element)
    inner = program.types[inner].kind == TypeKind::Map ? program.value_type(inner) : program.types[inner].element;
  if (checker.program.types[inner].kind != TypeKind::Policy) return;
  checker.diagnostics.report(codes::PolicyPlace, checker.type_spans[field.name_span], {{"field", field.name}})
      .help("a column of a list, a constant and a parameter can hold one");
  field.type = error_type(checker);
}

}  // namespace

TypeId resolve_type(Checker& checker, ModuleId module, NodeRef type) {
  if (!type || type.is(NodeKind::Error)) return error_type(checker);
  if (type.is(NodeKind::OptionalType)) return optional_type(checker, module, type);
  if (type.is(NodeKind::SetType)) return collection_type(checker, module, type, TypeKind::Set);
  if (type.is(NodeKind::ListType)) return collection_type(checker, module, type, TypeKind::List);
  if (type.is(NodeKind::MapType)) return map_type(checker, module, type);
  if (type.is(NodeKind::UnionType)) return union_type(checker, module, union_nodes(type));
  const std::vector<NodeRef> paths = type.children(NodeKind::Path);
  return paths.size() == 1 ? one_named_type(checker, module, paths[0]) : union_type(checker, module, paths);
}

TypeId resolve_asked_type(Checker& checker, ModuleId module, NodeRef type) {
  return type.is(NodeKind::Path) ? one_named_type(checker, module, type) : resolve_type(checker, module, type);
}

TypeId resolve_text_type(Checker& checker, ModuleId module, NodeRef type) {
  const bool optional = type && type.is(NodeKind::OptionalType);
  const NodeRef inner = optional ? type.expression() : type;
  const ModuleNames& names = checker.names[module.index];
  const std::string name(kTextName);
  if (!inner || inner.text() != name || names.values.contains(name) || names.imported.contains(name))
    return resolve_type(checker, module, type);
  const TypeId text = checker.program.intern({.kind = TypeKind::String, .part = true});
  return optional ? checker.program.optional(text) : text;
}

std::vector<Field> resolve_fields(Checker& checker, ModuleId module, const std::vector<NodeRef>& nodes,
                                  const std::string& owner) {
  std::vector<Field> fields;
  for (NodeRef node : nodes) {
    Field field = resolve_field(checker, module, node);
    tell_if_taken(checker, fields, field, node, owner);
    if (!owner.starts_with("list ")) refuse_policy(checker, field);
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace bylaw::compiler
