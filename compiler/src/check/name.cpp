// Names, bare and qualified members, and fields of the request.

#include "check/expressions.h"

#include <bylaw/grammar/diagnostics/lists.h>

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/names.h>
#include "resolve/declarations.h"

#include <algorithm>
#include <optional>

namespace bylaw::compiler {

namespace {

constexpr std::uint32_t kMostRows = 65536;  // of a list that is gone through: what a cost bound takes

/// What a name stands for as a value.
struct Value {
  enum class Kind { None, Local, Field, Constant, List } kind = Kind::None;
  LocalId local;
  std::uint32_t index = 0;  // of the constant or list
};

const Declaration* own_or_imported(const Checker& checker, ModuleId module, const std::string& name) {
  const ModuleNames& names = checker.names[module.index];
  if (const auto found = names.values.find(name); found != names.values.end()) return &found->second;
  if (const auto found = names.imported.find(name); found != names.imported.end()) return &found->second;
  return nullptr;
}

Value value_of(const Declaration& declaration) {
  if (declaration.kind == DeclarationKind::Constant || declaration.kind == DeclarationKind::Param)
    return {.kind = Value::Kind::Constant, .index = declaration.index};
  if (declaration.kind == DeclarationKind::List) return {.kind = Value::Kind::List, .index = declaration.index};
  return {};
}

Value value_named(const Checker& checker, const Environment& environment, const std::string& name) {
  for (auto id = environment.locals.rbegin(); id != environment.locals.rend(); ++id)
    if (checker.program.locals[*id].name == name) return {.kind = Value::Kind::Local, .local = *id};
  for (DecisionId id : environment.decisions)
    if (checker.program.find_field(checker.program.decisions[id].fields, name)) return {.kind = Value::Kind::Field};
  const Declaration* declaration = own_or_imported(checker, environment.module, name);
  return declaration ? value_of(*declaration) : Value{};
}

std::string value_noun(const Checker& checker, const Environment& environment, Value value) {
  switch (value.kind) {
    case Value::Kind::Local: return std::string(local_noun(checker.program.locals[value.local].kind));
    case Value::Kind::Field:
      return "a field of decision `" + checker.program.decisions[environment.decisions[0]].name + "`";
    case Value::Kind::Constant: return "a constant";
    case Value::Kind::List: return "a list";
    case Value::Kind::None: return "";
  }
  return "";
}

/// Without value: a declaration whose type could not be read.
Checked use_constant(Checker& checker, std::uint32_t index, Span span, NodeRef node) {
  if (index == 0xffffffff) return wrong(checker, node);
  const ConstantId id{index};
  const ExprId expr = make(checker, ExprKind::ConstantUse, checker.program.constants[id].type, span);
  checker.program.exprs[expr].constant = id;
  return plain(expr);
}

Checked use_list(Checker& checker, const Environment& environment, std::uint32_t index, NodeRef node) {
  if (index == 0xffffffff) return wrong(checker, node);
  if (environment.constant) {
    checker.diagnostics.report(
        codes::NotConstant, node.span(),
        {{"text", std::string(node.text())}, {"what", "a list, whose entries come and go with time"}});
    return wrong(checker, node);
  }
  const ListId id{index};
  const TypeId element = checker.program.lists[id].element;
  if (!element || is_error(checker, element)) return wrong(checker, node);
  const TypeId type = checker.program.intern({.kind = TypeKind::List, .element = element, .max = kMostRows});
  const ExprId expr = make(checker, ExprKind::ListUse, type, node.span());
  checker.program.exprs[expr].list = id;
  return plain(expr);
}

/// A policy's name is a value where nothing else has that name: it hides no member and no field.
Checked use_policy(Checker& checker, std::uint32_t index, NodeRef node) {
  if (index == 0xffffffff) return wrong(checker, node);
  const ExprId expr = make(checker, ExprKind::PolicyLiteral, checker.program.simple(TypeKind::Policy), node.span());
  checker.program.exprs[expr].policy = {index};
  return plain(expr);
}

/// The field's type if all decisions have it alike; none if told.
TypeId field_type(Checker& checker, const Environment& environment, NodeRef node) {
  const std::string name(node.text());
  const Program& program = checker.program;
  const Decision* first = nullptr;
  for (DecisionId id : environment.decisions)
    if (!first && program.find_field(program.decisions[id].fields, name)) first = &program.decisions[id];
  const TypeId type = program.find_field(first->fields, name)->type;
  for (DecisionId id : environment.decisions) {
    const Decision& decision = program.decisions[id];
    const Field* field = program.find_field(decision.fields, name);
    if (!field) {
      checker.diagnostics
          .report(codes::FieldNotInAll, node.span(),
                  {{"field", name}, {"some", "`" + first->name + "`"}, {"other", decision.name}})
          .note(decision.name_span, "a policy for several decisions reads what all of them have");
      return {};
    }
    if (field->type == type) continue;
    checker.diagnostics
        .report(codes::FieldDiffers, node.span(),
                {{"field", name},
                 {"a", a_type(program, type)},
                 {"first", first->name},
                 {"b", a_type(program, field->type)},
                 {"second", decision.name}})
        .note(field->name_span, "declared here");
    return {};
  }
  return type;
}

/// A field may have the name of a constant or list of another module, where a policy for its decision stands.
bool hides_field(Checker& checker, const Environment& environment, NodeRef node) {
  const Declaration* declaration = own_or_imported(checker, environment.module, std::string(node.text()));
  if (!declaration || value_of(*declaration).kind == Value::Kind::None) return false;
  const std::string other = value_noun(checker, environment, {.kind = Value::Kind::Field});
  checker.diagnostics.report(codes::NameHides, node.span(), {{"name", std::string(node.text())}, {"other", other}})
      .note(declaration->node.child(NodeKind::Name).span(), "and is declared here");
  return true;
}

Checked use_field(Checker& checker, const Environment& environment, NodeRef node) {
  if (hides_field(checker, environment, node)) return wrong(checker, node);
  const TypeId type = field_type(checker, environment, node);
  if (!type) return wrong(checker, node);
  const ExprId expr = make(checker, ExprKind::RequestField, type, node.span());
  checker.program.exprs[expr].text = std::string(node.text());
  return plain(expr);
}

Checked use_local(Checker& checker, LocalId local, NodeRef node) {
  const ExprId expr = make(checker, ExprKind::LocalUse, checker.program.locals[local].type, node.span());
  checker.program.exprs[expr].local = local;
  return plain(expr);
}

Checked use(Checker& checker, const Environment& environment, Value value, NodeRef node) {
  switch (value.kind) {
    case Value::Kind::Local: return use_local(checker, value.local, node);
    case Value::Kind::Field: return use_field(checker, environment, node);
    case Value::Kind::Constant: return use_constant(checker, value.index, node.span(), node);
    case Value::Kind::List: return use_list(checker, environment, value.index, node);
    case Value::Kind::None: break;
  }
  return wrong(checker, node);
}

std::optional<std::size_t> member_index(const EnumType& declared, std::string_view name) {
  for (std::size_t i = 0; i < declared.members.size(); ++i)
    if (declared.members[i].name == name) return i;
  return std::nullopt;
}

Checked member(Checker& checker, EnumId id, std::size_t index, NodeRef node) {
  const TypeId type = checker.program.intern({.kind = TypeKind::Enum, .enum_id = id});
  const ExprId expr = make(checker, ExprKind::MemberLiteral, type, node.span());
  checker.program.exprs[expr].integer = static_cast<std::int64_t>(index);
  return plain(expr);
}

/// The enum whose members may stand bare where `expected` is.
EnumId expected_enum(const Program& program, TypeId expected) {
  if (!expected) return {};
  const Type& type = program.types[program.without_optional(expected)];
  return type.kind == TypeKind::Enum ? type.enum_id : EnumId{};
}

bool is_policy(const Program& program, TypeId expected) {
  return expected && program.types[program.without_optional(expected)].kind == TypeKind::Policy;
}

std::vector<std::string> member_names(const EnumType& declared) {
  std::vector<std::string> names;
  for (const Member& each : declared.members) names.push_back(each.name);
  return names;
}

/// "`Color` has `red`, `green`": of many members the first ones.
std::string members_text(const EnumType& declared) {
  constexpr std::size_t kMost = 8;
  std::string text = "`" + declared.name + "` has ";
  for (std::size_t i = 0; i < declared.members.size() && i < kMost; ++i)
    text += (i == 0 ? "`" : ", `") + declared.members[i].name + "`";
  return declared.members.size() > kMost ? text + ", .." : text;
}

std::vector<std::string> value_names(Checker& checker, const Environment& environment, EnumId expected, bool policies) {
  std::vector<std::string> names;
  for (LocalId id : environment.locals) names.push_back(checker.program.locals[id].name);
  for (DecisionId id : environment.decisions)
    for (const Field& field : checker.program.decisions[id].fields) names.push_back(field.name);
  if (expected)
    for (std::string& name : member_names(checker.program.enums[expected])) names.push_back(std::move(name));
  const ModuleNames& module = checker.names[environment.module.index];
  for (const auto* table : {&module.values, &module.imported})
    for (const auto& [name, declaration] : *table)
      if (value_of(declaration).kind != Value::Kind::None || (policies && declaration.kind == DeclarationKind::Policy))
        names.push_back(name);
  for (const auto& [name, id] : module.imported_modules) names.push_back(name);
  return names;
}

/// A bare member where a set of its enum belongs.
bool member_for_set(Checker& checker, NodeRef node, TypeId expected) {
  if (!expected || !is_collection(checker.program.types[expected])) return false;
  const EnumId id = expected_enum(checker.program, checker.program.types[expected].element);
  if (!id || !member_index(checker.program.enums[id], node.text())) return false;
  const std::string text(node.text());
  checker.diagnostics
      .report(codes::TypeMismatch, node.span(),
              {{"found", "a member of `" + checker.program.enums[id].name + "`"},
               {"expected", a_type(checker.program, expected)}})
      .fix("write `{" + text + "}`", node.span(), "{" + text + "}");
  return true;
}

/// The one enum that has a member of that name, where nothing says which is meant.
EnumId enum_with(const Program& program, std::string_view name) {
  EnumId found;
  for (std::uint32_t i = 0; i < program.enums.size(); ++i) {
    if (!member_index(program.enums[EnumId{i}], name)) continue;
    if (found) return {};
    found = {i};
  }
  return found;
}

Checked unknown(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const std::string name(node.text());
  const ModuleNames& names = checker.names[environment.module.index];
  const bool told_beside = expected && is_error(checker, expected);  // what says the type was wrong itself
  if (told_beside || names.poisoned.contains(name) || member_for_set(checker, node, expected))
    return wrong(checker, node);
  const EnumId wanted = expected_enum(checker.program, expected);
  if (const Declaration* found = own_or_imported(checker, environment.module, name)) {
    if (found->kind == DeclarationKind::Policy) return use_policy(checker, found->index, node);
    if (found->index != 0xffffffff)
      checker.diagnostics.report(
          codes::WrongKind, node.span(),
          {{"name", name}, {"kind", std::string(noun(checker, *found))}, {"expected", "a value"}});
    return wrong(checker, node);
  }
  const EnumId elsewhere = wanted ? EnumId{} : enum_with(checker.program, name);
  if (elsewhere) {
    const std::string qualified = checker.program.enums[elsewhere].name + "." + name;
    checker.diagnostics.report(codes::UnknownName, node.span(), {{"name", name}})
        .fix("write `" + qualified + "` if the member is meant", node.span(), qualified);
    return wrong(checker, node);
  }
  auto told = unknown_name(checker, environment.module, node.child(NodeKind::Name), Namespace::Values,
                           value_names(checker, environment, wanted, is_policy(checker.program, expected)));
  if (wanted && !told.mended) told.builder.help(members_text(checker.program.enums[wanted]));
  return wrong(checker, node);
}

// --- x.f ---

/// What stands before a dot if it is no value: a module or a type.
struct Qualifier {
  bool found = false;
  ModuleId module;
  const Declaration* declaration = nullptr;  // null if the qualifier itself was told
};

Qualifier qualifier(Checker& checker, const Environment& environment, NodeRef node) {
  const ModuleNames& names = checker.names[environment.module.index];
  if (node.is(NodeKind::NameExpr)) {
    const std::string name(node.text());
    if (value_named(checker, environment, name).kind != Value::Kind::None) return {};
    if (const auto module = names.imported_modules.find(name); module != names.imported_modules.end())
      return {.found = true, .module = module->second};
    if (names.poisoned.contains(name)) return {.found = true};
    const Declaration* declaration = own_or_imported(checker, environment.module, name);
    return {.found = declaration != nullptr, .declaration = declaration};
  }
  if (!node.is(NodeKind::Select) || !node.expression().is(NodeKind::NameExpr)) return {};
  const Qualifier module = qualifier(checker, environment, node.expression());
  if (!module.module) return {};
  const Declaration* declaration = find_in(checker, module.module, node.child(NodeKind::Name), Namespace::Values);
  if (declaration && value_of(*declaration).kind != Value::Kind::None) return {};
  return {.found = true, .declaration = declaration};
}

Checked qualified_member(Checker& checker, const Declaration& declaration, NodeRef node) {
  const NodeRef name = node.child(NodeKind::Name);
  if (declaration.kind != DeclarationKind::Enum) {
    if (declaration.index != 0xffffffff)
      checker.diagnostics.report(codes::WrongKind, node.expression().span(),
                                 {{"name", std::string(node.expression().text())},
                                  {"kind", std::string(noun(checker, declaration))},
                                  {"expected", "a value"}});
    return wrong(checker, node);
  }
  const EnumId id{declaration.index};
  const ExprId expr = check_member(checker, id, name);
  checker.program.exprs[expr].span = node.span();
  return plain(expr);
}

/// `b.X` of an imported module.
Checked module_value(Checker& checker, const Environment& environment, ModuleId module, NodeRef node) {
  const Declaration* declaration = find_in(checker, module, node.child(NodeKind::Name), Namespace::Values);
  if (!declaration) return wrong(checker, node);
  const Value value = value_of(*declaration);
  if (value.kind != Value::Kind::None) return use(checker, environment, value, node);
  if (declaration->kind == DeclarationKind::Policy) return use_policy(checker, declaration->index, node);
  if (declaration->index != 0xffffffff)
    checker.diagnostics.report(codes::WrongKind, node.span(),
                               {{"name", std::string(node.text())},
                                {"kind", std::string(noun(checker, *declaration))},
                                {"expected", "a value"}});
  return wrong(checker, node);
}

}  // namespace

ExprId check_member(Checker& checker, EnumId id, NodeRef name) {
  const EnumType& declared = checker.program.enums[id];
  if (const auto index = member_index(declared, name.text())) return member(checker, id, *index, name).expr;
  auto told = checker.diagnostics.report(codes::UnknownMember, name.span(),
                                         {{"enum", declared.name}, {"member", std::string(name.text())}});
  const std::string meant = grammar::nearest(name.text(), member_names(declared));
  if (!meant.empty())
    told.fix("did you mean `" + meant + "`?", name.span(), meant);
  else
    told.help(members_text(declared));
  return wrong(checker, name).expr;
}

Checked check_this(Checker& checker, const Environment& environment, NodeRef node) {
  if (!environment.in_policy) {
    checker.diagnostics.report(codes::ThisPlace, node.span());
    return wrong(checker, node);
  }
  return plain(make(checker, ExprKind::This, checker.program.simple(TypeKind::Policy), node.span()));
}

bool is_visible_value(Checker& checker, const Environment& environment, const std::string& name) {
  return value_named(checker, environment, name).kind != Value::Kind::None;
}

Checked check_name(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const std::string name(node.text());
  const Value value = value_named(checker, environment, name);
  const EnumId wanted = expected_enum(checker.program, expected);
  const auto index = wanted ? member_index(checker.program.enums[wanted], name) : std::nullopt;
  if (value.kind == Value::Kind::None)
    return index ? member(checker, wanted, *index, node) : unknown(checker, environment, node, expected);
  if (!index) return use(checker, environment, value, node);
  const std::string qualified = checker.program.enums[wanted].name + "." + name;
  checker.diagnostics
      .report(codes::MemberOrValue, node.span(),
              {{"name", name},
               {"enum", checker.program.enums[wanted].name},
               {"other", value_noun(checker, environment, value)}})
      .fix("write `" + qualified + "` if the member is meant", node.span(), qualified);
  return wrong(checker, node);
}

Checked check_select(Checker& checker, const Environment& environment, NodeRef node) {
  const NodeRef base_node = node.expression();
  if (base_node.is(NodeKind::NameExpr))
    if (const EnumId id = built_in_enum(checker, base_node.text()))
      return qualified_member(checker, {.kind = DeclarationKind::Enum, .index = id.index}, node);
  const Qualifier before = qualifier(checker, environment, base_node);
  if (before.module) return module_value(checker, environment, before.module, node);
  if (before.found)
    return before.declaration ? qualified_member(checker, *before.declaration, node) : wrong(checker, node);
  return check_attribute(checker, node, check_expression(checker, environment, base_node).expr);
}

}  // namespace bylaw::compiler
