// Maps: what one has at a key, and how one is written. And Any: what only presence is kept of.

#include <bylaw/grammar/diagnostics/expressions.h>

#include <set>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

/// A constant key: `"app"`, a member, a constant that is one; nothing for others.
std::optional<std::string> constant_key(const Program& program, ExprId id, int depth = 0) {
  constexpr int kDeepest = 64;
  if (!id || depth > kDeepest) return std::nullopt;
  const Expr& expr = program.exprs[id];
  if (expr.kind == ExprKind::StringLiteral) return '"' + expr.text + '"';
  if (expr.kind == ExprKind::MemberLiteral) return '#' + std::to_string(expr.integer);
  if (expr.kind == ExprKind::ConstantUse)
    return constant_key(program, program.constants[expr.constant].value, depth + 1);
  return std::nullopt;
}

void tell_no_map(Checker& checker, NodeRef node, ExprId base) {
  const TypeKind kind = type_of(checker, base).kind;
  const std::string text(node.child_at(0).text());
  auto told = checker.diagnostics.report(
      codes::NotAMap, node.span(),
      {{"expression", text}, {"type", a_type(checker.program, checker.program.exprs[base].type)}});
  if (kind == TypeKind::Record || kind == TypeKind::Entity)
    told.help("its fields are read with a dot: `" + text + ".name`");
}

struct Key {
  ExprId expr;
  std::optional<std::string> text;
};

/// `low: 1` names a member; a text stands in quotes.
Key check_key(Checker& checker, const Environment& environment, NodeRef entry, TypeId type) {
  const NodeRef name = entry.child(NodeKind::Name);
  Key key;
  if (!name) {
    key.expr = check_expression_as(checker, environment, entry.child_at(0), type).expr;
  } else if (checker.program.types[type].kind == TypeKind::Enum) {
    key.expr = check_member(checker, checker.program.types[type].enum_id, name);
  } else {
    const std::string quoted = '"' + std::string(name.text()) + '"';
    checker.diagnostics.report(codes::TypeMismatch, name.span(), {{"found", "a name"}, {"expected", "a String"}})
        .fix("write `" + quoted + "`", name.span(), quoted);
    key.expr = wrong(checker, entry).expr;
  }
  key.text = constant_key(checker.program, key.expr);
  return key;
}

}  // namespace

Checked check_lookup(Checker& checker, const Environment& environment, NodeRef node) {
  const ExprId map = check_expression(checker, environment, node.child_at(0)).expr;
  const TypeId type = checker.program.without_optional(checker.program.exprs[map].type);
  if (is_error(checker, type)) {
    check_expression(checker, environment, node.child_at(1));
    return wrong(checker, node);
  }
  if (checker.program.types[type].kind != TypeKind::Map) {
    if (!told_union(checker, map) && !told_no_positions(checker, map, node)) tell_no_map(checker, node, map);
    return wrong(checker, node);
  }
  const TypeId wanted = checker.program.key_type(type);
  Checked checked = check_expression(checker, environment, node.child_at(1), wanted);
  const Type& given = type_of(checker, checked.expr);
  const bool part = checker.program.types[wanted].kind == TypeKind::String && is_read_text(given) &&
                    given.text == format::TextMode::AsIs;
  if (!part) checked = demand(checker, node.child_at(1), checked, wanted);
  const ExprId key = checked.expr;
  if (is_error(checker, key)) return wrong(checker, node);
  const TypeId value = checker.program.optional(checker.program.value_type(type));
  return plain(make(checker, ExprKind::Lookup, value, node.span(), {map, key}));
}

Checked check_map(Checker& checker, const Environment& environment, NodeRef node, TypeId expected) {
  const TypeId type = checker.program.without_optional(expected);
  const std::vector<NodeRef> entries = node.children(NodeKind::Entry);
  if (!environment.constant && !entries.empty()) {
    checker.diagnostics.report(codes::MapPlace, node.span())
        .help("give it a name: `const limits: " + checker.program.type_name(type) + " = {..}`");
    return wrong(checker, node);
  }
  const TypeId key_type = checker.program.key_type(type), value_type = checker.program.value_type(type);
  std::vector<ExprId> operands;
  std::set<std::string> known;
  bool told = false;
  for (NodeRef entry : entries) {
    const Key key = check_key(checker, environment, entry, key_type);
    const ExprId value = check_expression_as(checker, environment, entry.children().back(), value_type).expr;
    told = told || is_error(checker, key.expr) || is_error(checker, value);
    if (key.text && !known.insert(*key.text).second) {
      const Span place = checker.program.exprs[key.expr].span;
      std::string text(checker.input.sources.text(place));
      std::erase(text, '"');
      checker.diagnostics.report(codes::MapKeyTwice, place, {{"key", text}});
      told = true;
    }
    operands.insert(operands.end(), {key.expr, value});
  }
  if (told) return wrong(checker, node);
  const std::uint32_t max = checker.program.types[type].max;
  if (entries.size() > max)
    checker.diagnostics
        .report(codes::TooManyElements, node.span(),
                {{"count", std::to_string(entries.size())}, {"max", std::to_string(max)}})
        .help("declare a larger limit: `max N` after the type");
  return plain(make(checker, ExprKind::MapLiteral, type, node.span(), std::move(operands)));
}

bool told_any(Checker& checker, ExprId expr) {
  const Program& program = checker.program;
  if (program.types[program.without_optional(program.exprs[expr].type)].kind != TypeKind::Any) return false;
  const std::string text(checker.input.sources.text(program.exprs[expr].span));
  checker.diagnostics.report(codes::AnyUsed, program.exprs[expr].span, {{"expression", text}})
      .help("declare the fields that are needed: an `open record` ignores all others");
  return true;
}

}  // namespace bylaw::compiler
