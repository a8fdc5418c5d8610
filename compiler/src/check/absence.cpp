// What may be unset and what is known: `is set`, `??`, `is T`, and the mends for what may be unset.

#include <algorithm>

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/names.h>
#include <bylaw/grammar/diagnostics/warnings.h>
#include <iterator>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

std::string source_text(const Checker& checker, ExprId expr) {
  return std::string(checker.input.sources.text(checker.program.exprs[expr].span));
}

void tell_always(Checker& checker, NodeRef node, bool value) {
  checker.diagnostics.report(codes::AlwaysSo, node.span(),
                             {{"expression", std::string(node.text())}, {"value", value ? "true" : "false"}});
}

/// The step of a path by which it may be unset: the innermost that is declared optional.
ExprId optional_step(const Program& program, ExprId expr) {
  const Expr& step = program.exprs[expr];
  if (step.kind != ExprKind::Select || !program.is_optional(program.exprs[step.operands[0]].type)) return expr;
  return optional_step(program, step.operands[0]);
}

const Field* selected_field(const Program& program, const Expr& select) {
  const Type& base = program.types[program.without_optional(program.exprs[select.operands[0]].type)];
  if (base.kind == TypeKind::Record) return program.find_field(program.records[base.record].fields, select.text);
  return base.kind == TypeKind::Entity ? program.find_field(program.entities[base.entities[0]].fields, select.text)
                                       : nullptr;
}

const Field* request_field(const Program& program, const Expr& expr) {
  for (const Decision& decision : program.decisions)
    if (const Field* field = program.find_field(decision.fields, expr.text); field && field->type == expr.type)
      return field;
  return nullptr;
}

Span type_span(const Checker& checker, Span name) {
  const auto found = checker.type_spans.find(name);
  return found == checker.type_spans.end() ? name : found->second;
}

/// Where the step is declared with `?`.
Span optional_declaration(const Checker& checker, ExprId id) {
  const Program& program = checker.program;
  const Expr& expr = program.exprs[id];
  if (expr.kind == ExprKind::LocalUse) return type_span(checker, program.locals[expr.local].span);
  if (expr.kind == ExprKind::Call) return type_span(checker, program.functions[expr.function].name_span);
  const Field* field = expr.kind == ExprKind::Select         ? selected_field(program, expr)
                       : expr.kind == ExprKind::RequestField ? request_field(program, expr)
                                                             : nullptr;
  return field ? type_span(checker, field->name_span) : Span{};
}

/// A value that may be written for an absent one, to show how.
std::string sample(const Program& program, TypeId id) {
  const Type& type = program.types[id];
  switch (type.kind) {
    case TypeKind::Bool: return "false";
    case TypeKind::Int: return "0";
    case TypeKind::String: return "\"\"";
    case TypeKind::Time: return "2026-01-01";
    case TypeKind::Duration: return "365d";
    case TypeKind::Policy: return "";
    case TypeKind::Decimal: return "0.0";
    case TypeKind::Enum:
      return program.enums[type.enum_id].members.empty() ? "" : program.enums[type.enum_id].members[0].name;
    case TypeKind::Map:
    case TypeKind::Set: return "{}";
    case TypeKind::List: return "[]";
    case TypeKind::Version: return "v\"0.0.0\"";
    case TypeKind::Glob: return "glob\"\"";
    case TypeKind::Regex: return "re\"^$\"";
    case TypeKind::Error:
    case TypeKind::Record:
    case TypeKind::Entity:
    case TypeKind::Ip:
    case TypeKind::Cidr:
    case TypeKind::Versions:
    case TypeKind::Any:
    case TypeKind::Optional: return "";
  }
  return "";
}

/// What each way to deal with an absent value comes to, so that none is taken for the only one.
std::vector<std::string> mends(const Checker& checker, ExprId expr, NodeRef whole) {
  const Program& program = checker.program;
  const std::string path = source_text(checker, expr);
  const std::string value = sample(program, program.without_optional(program.exprs[expr].type));
  std::vector<std::string> help;
  if (whole && path_key(program, expr)) {
    const std::string test(whole.text());
    help.push_back("`" + path + " is set and " + test + "` is false if it is unset");
    help.push_back("`" + path + " is unset or " + test + "` is true if it is unset");
  } else {
    help.push_back("ask `" + path + " is set` before, joined with `and`");
  }
  if (!value.empty()) help.push_back("`(" + path + " ?? " + value + ")` if unset means " + value);
  return help;
}

/// `is set` of what is always set.
Checked never_unset(Checker& checker, NodeRef node, ExprId operand) {
  if (!is_error(checker, operand))
    checker.diagnostics
        .report(codes::NeverUnset, checker.program.exprs[operand].span, {{"expression", source_text(checker, operand)}})
        .label("declared without `?`");
  return wrong(checker, node);
}

std::vector<EntityTypeId> asked_types(Checker& checker, const Environment& environment, NodeRef node,
                                      const Type& type) {
  std::vector<EntityTypeId> asked;
  for (NodeRef path : node.children(NodeKind::Path)) {
    const Declaration* found = find_kind(checker, environment.module, path, DeclarationKind::Entity, "an entity type");
    if (!found) continue;
    const EntityTypeId id{found->index};
    if (overlapping(type.entities, {id})) {
      asked.push_back(id);
      continue;
    }
    checker.diagnostics
        .report(codes::TypeNever, path.span(),
                {{"expression", std::string(node.expression().text())}, {"type", with_article(path_text(path))}})
        .label("its type is " + checker.program.type_name(checker.program.intern(type)));
  }
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  return asked;
}

/// `x is null`.
bool asks_null(NodeRef node) {
  const NodeRef path = node.child(NodeKind::Path);
  const std::string word = path ? path_text(path) : "";
  return word == "null" || word == "nil" || word == "None";
}

Facts narrowed_to(const std::optional<PathKey>& path, std::vector<EntityTypeId> entities) {
  Facts facts;
  facts.impossible = entities.empty();
  if (path && !entities.empty()) facts.narrowed.emplace(*path, std::move(entities));
  return facts;
}

Checked is_type_result(Checker& checker, NodeRef node, ExprId operand, std::vector<EntityTypeId> asked) {
  const std::vector<EntityTypeId> now = type_of(checker, operand).entities;
  std::vector<EntityTypeId> yes, no;
  std::set_intersection(now.begin(), now.end(), asked.begin(), asked.end(), std::back_inserter(yes));
  std::set_difference(now.begin(), now.end(), asked.begin(), asked.end(), std::back_inserter(no));
  if (now.empty() || asked.empty()) return wrong(checker, node);
  if (yes.empty() != no.empty()) tell_always(checker, node, no.empty());
  const ExprId expr = make(checker, ExprKind::IsType, checker.program.simple(TypeKind::Bool), node.span(), {operand});
  checker.program.exprs[expr].entities = std::move(asked);
  const auto path = is_path(checker.program, operand) ? path_key(checker.program, operand) : std::nullopt;
  return {.expr = expr, .if_true = narrowed_to(path, yes), .if_false = narrowed_to(path, no)};
}

/// `a ?? b` where b may be unset too: so may the whole. Nothing if they have nothing in common.
TypeId either_optional(Program& program, TypeId value, TypeId other) {
  const TypeId joined = join(program, value, program.without_optional(other));
  return joined ? program.optional(joined) : TypeId{};
}

/// A Get of what is known to be set.
ExprId known_set(Checker& checker, const Facts& facts, const PathKey& path, ExprId expr) {
  const TypeId written = checker.program.exprs[expr].type;
  if (!checker.program.is_optional(written) || (!facts.impossible && !facts.set.contains(path))) return expr;
  return make(checker, ExprKind::Get, checker.program.without_optional(written), checker.program.exprs[expr].span,
              {expr});
}

}  // namespace

ExprId narrow(Checker& checker, const Environment& environment, ExprId expr) {
  const TypeId written = checker.program.exprs[expr].type;
  const TypeKind kind = checker.program.types[written].kind;
  if (kind != TypeKind::Optional && kind != TypeKind::Entity && kind != TypeKind::Record) return expr;
  const auto path = path_key(checker.program, expr);
  if (!path) return expr;
  const Facts& facts = environment.facts;
  expr = known_set(checker, facts, *path, expr);
  const auto known = facts.narrowed.find(*path);
  Type type = type_of(checker, expr);
  if (known == facts.narrowed.end()) return expr;
  if (type.kind == TypeKind::Record && known->second.size() == 1)
    return union_part(checker, expr, known->second.front().index, true);
  if (type.kind != TypeKind::Entity) return expr;
  std::vector<EntityTypeId> left;
  std::set_intersection(type.entities.begin(), type.entities.end(), known->second.begin(), known->second.end(),
                        std::back_inserter(left));
  if (left.empty()) return expr;
  type.entities = std::move(left);
  checker.program.exprs[expr].type = checker.program.intern(type);
  return expr;
}

Checked check_is_set(Checker& checker, const Environment& environment, NodeRef node) {
  const ExprId operand = check_as_written(checker, environment, node.expression(), {}).expr;
  if (!is_value(checker, operand)) return wrong(checker, node);
  if (!checker.program.is_optional(checker.program.exprs[operand].type)) return never_unset(checker, node, operand);
  const bool asks_set = node.is(NodeKind::IsSet);
  Checked result = plain(make(checker, asks_set ? ExprKind::IsSet : ExprKind::IsUnset,
                              checker.program.simple(TypeKind::Bool), node.span(), {operand}));
  (asks_set ? result.if_true : result.if_false) = set_path(checker.program, operand);
  return result;
}

Checked check_else(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const NodeRef right_node = node.child_at(1);
  const ExprId left = check_as_written(checker, environment, node.child_at(0), expected).expr;
  if (!is_value(checker, left) || told_any(checker, left)) return wrong(checker, node);
  if (is_error(checker, left)) {
    check_expression(checker, environment, right_node, expected);
    return wrong(checker, node);
  }
  const TypeId type = checker.program.exprs[left].type;
  if (!checker.program.is_optional(type)) return never_unset(checker, node, left);
  const TypeId value = checker.program.without_optional(type);
  const Checked typed = check_expression(checker, environment, right_node, value);
  const ExprId right = typed.expr;
  TypeId joined = join(checker.program, value, checker.program.exprs[right].type);
  if (!joined) joined = join_read(checker.program, value, right);
  if (!joined && checker.program.is_optional(checker.program.exprs[right].type))
    joined = either_optional(checker.program, value, checker.program.exprs[right].type);
  if (!joined) demand(checker, right_node, typed, value);
  if (!joined || is_error(checker, right)) return wrong(checker, node);
  const ExprId expr = make(checker, ExprKind::Operation, joined, node.span(), {left, right});
  checker.program.exprs[expr].operation = Operation::Else;
  return plain(expr);
}

namespace {

/// By number: the one of the union's types that `asked` is, whatever limit a collection has.
std::optional<std::uint32_t> part_number(const Program& program, const RecordType& either, TypeId asked) {
  const Type& wanted = program.types[asked];
  for (std::uint32_t i = 0; i < either.fields.size(); ++i) {
    const TypeId part = program.without_optional(either.fields[i].type);
    const Type& type = program.types[part];
    const bool alike = type.element && type.kind == wanted.kind && type.element == wanted.element;
    if (part == asked || alike) return i;
  }
  return std::nullopt;
}

/// The types after `is`, by number; those that the union does not have are told.
std::vector<EntityTypeId> asked_parts(Checker& checker, const Environment& environment, NodeRef node, TypeId type) {
  std::vector<EntityTypeId> asked;
  const std::vector<NodeRef> nodes = node.children();
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    const TypeId wanted = resolve_asked_type(checker, environment.module, nodes[i]);
    if (is_error(checker, wanted)) continue;
    if (const auto number = part_number(checker.program, *checker.program.either_of(type), wanted))
      asked.push_back({*number});
    else
      checker.diagnostics
          .report(codes::TypeNever, nodes[i].span(),
                  {{"expression", std::string(node.expression().text())}, {"type", a_type(checker.program, wanted)}})
          .label("its type is " + checker.program.type_name(type));
  }
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  return asked;
}

/// What may still stand there, by number.
std::vector<EntityTypeId> parts_left(const Program& program, const Facts& facts, const std::optional<PathKey>& path,
                                     TypeId type) {
  if (path)
    if (const auto known = facts.narrowed.find(*path); known != facts.narrowed.end()) return known->second;
  std::vector<EntityTypeId> all;
  for (std::uint32_t i = 0; i < program.either_of(type)->fields.size(); ++i) all.push_back({i});
  return all;
}

/// `x is Int` of a union of values: the field that stands for Int is set.
Checked check_is_part(Checker& checker, const Environment& environment, NodeRef node, ExprId written) {
  const auto path = path_key(checker.program, written);
  const ExprId operand = path ? known_set(checker, environment.facts, *path, written) : written;
  const TypeId type = checker.program.exprs[operand].type;
  const std::vector<EntityTypeId> asked = asked_parts(checker, environment, node, type);
  if (checker.program.is_optional(type)) {
    may_be_unset(checker, operand, node);
    return wrong(checker, node);
  }
  if (asked.empty()) return wrong(checker, node);
  const std::vector<EntityTypeId> now = parts_left(checker.program, environment.facts, path, type);
  std::vector<EntityTypeId> yes, no;
  std::set_intersection(now.begin(), now.end(), asked.begin(), asked.end(), std::back_inserter(yes));
  std::set_difference(now.begin(), now.end(), asked.begin(), asked.end(), std::back_inserter(no));
  if (yes.empty() != no.empty()) tell_always(checker, node, no.empty());
  const TypeId boolean = checker.program.simple(TypeKind::Bool);
  ExprId all;
  for (const EntityTypeId number : asked) {
    const ExprId part = union_part(checker, operand, number.index, false);
    const ExprId is = make(checker, ExprKind::IsSet, boolean, node.span(), {part});
    if (all) {
      all = make(checker, ExprKind::Operation, boolean, node.span(), {all, is});
      checker.program.exprs[all].operation = Operation::Or;
    } else {
      all = is;
    }
  }
  // Where nothing is left the place is never reached; it is read as what was asked there.
  const auto known = [&](const std::vector<EntityTypeId>& left, const std::vector<EntityTypeId>& meant) {
    Facts facts = narrowed_to(path, left.empty() ? meant : left);
    facts.impossible = left.empty();
    return facts;
  };
  std::vector<EntityTypeId> others;
  const std::vector<EntityTypeId> every = parts_left(checker.program, {}, path, type);
  std::set_difference(every.begin(), every.end(), asked.begin(), asked.end(), std::back_inserter(others));
  return {.expr = all, .if_true = known(yes, asked), .if_false = known(no, others)};
}

}  // namespace

ExprId union_part(Checker& checker, ExprId value, std::uint32_t number, bool known) {
  const Field field = checker.program.either_of(checker.program.exprs[value].type)->fields[number];
  const Span span = checker.program.exprs[value].span;
  const ExprId part = make(checker, ExprKind::Select, field.type, span, {value});
  checker.program.exprs[part].text = field.name;
  return known ? make(checker, ExprKind::Get, checker.program.without_optional(field.type), span, {part}) : part;
}

ExprId whole_union(const Program& program, ExprId expr, TypeId wanted) {
  const Expr& read = program.exprs[expr];
  if (read.kind != ExprKind::Get || program.exprs[read.operands[0]].kind != ExprKind::Select) return expr;
  const ExprId whole = program.exprs[read.operands[0]].operands[0];
  const TypeId type = program.exprs[whole].type;
  return program.either_of(type) && type == program.without_optional(wanted) ? whole : expr;
}

bool told_union(Checker& checker, ExprId expr) {
  const Program& program = checker.program;
  const TypeId type = program.exprs[expr].type;
  const RecordType* either = program.either_of(type);
  if (!either || program.is_optional(type)) return false;
  std::string types;
  for (std::size_t i = 0; i < either->fields.size(); ++i)
    types += (i == 0                           ? ""
              : i + 1 == either->fields.size() ? " or "
                                               : ", ") +
             a_type(program, program.without_optional(either->fields[i].type));
  const std::string path = source_text(checker, expr);
  const std::string asked = path + " is " + program.type_name(program.without_optional(either->fields[0].type));
  checker.diagnostics.report(codes::UnionUsed, program.exprs[expr].span, {{"expression", path}, {"types", types}})
      .label("ask first which it is")
      .help("`" + asked + " and ..` is false if it is another, `not " + asked + " or ..` is true")
      .help("`if " + asked + " then .. else ..` says what each means");
  return true;
}

Checked check_is_type(Checker& checker, const Environment& environment, NodeRef node) {
  const ExprId written = check_as_written(checker, environment, node.expression(), {}).expr;
  if (!is_value(checker, written)) return wrong(checker, node);
  if (!asks_null(node) && checker.program.either_of(checker.program.exprs[written].type))
    return check_is_part(checker, environment, node, written);
  const Type declared = checker.program.types[checker.program.without_optional(checker.program.exprs[written].type)];
  const ExprId operand = narrow(checker, environment, written);
  if (is_error(checker, operand)) return wrong(checker, node);
  if (asks_null(node)) {
    const std::string text = std::string(node.expression().text()) + " is unset";
    checker.diagnostics.report(codes::UnknownName, node.child(NodeKind::Path).span(), {{"name", "null"}})
        .fix("write `" + text + "`", node.span(), text);
    return wrong(checker, node);
  }
  if (declared.kind != TypeKind::Entity) {
    checker.diagnostics
        .report(codes::OperatorType, checker.program.exprs[operand].span,
                {{"operator", "is"}, {"operand", a_type(checker.program, checker.program.exprs[operand].type)}})
        .help("`is` asks for the type of an entity or of a union; values are compared with `==`");
    return wrong(checker, node);
  }
  std::vector<EntityTypeId> asked = asked_types(checker, environment, node, declared);
  if (checker.program.is_optional(checker.program.exprs[operand].type)) {
    may_be_unset(checker, operand, node);
    return wrong(checker, node);
  }
  return is_type_result(checker, node, operand, std::move(asked));
}

void may_be_unset(Checker& checker, ExprId expr, NodeRef whole) {
  const Span place = optional_declaration(checker, optional_step(checker.program, expr));
  auto told = checker.diagnostics.report(codes::MayBeUnset, checker.program.exprs[expr].span,
                                         {{"path", source_text(checker, expr)}});
  told.label("say first what unset means");
  if (place.known()) told.note(place, "declared optional here");
  for (std::string& help : mends(checker, expr, whole)) told.help(std::move(help));
}

}  // namespace bylaw::compiler
