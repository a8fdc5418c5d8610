// Literals: numbers, texts, instants, durations, entities by name.

#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/syntax_tree.h>

#include <format/decimal.h>
#include <format/text_forms.h>
#include <charconv>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

Checked literal(Checker& checker, NodeRef node, ExprKind kind, TypeKind type, std::int64_t value) {
  const ExprId expr = make(checker, kind, checker.program.simple(type), node.span());
  checker.program.exprs[expr].integer = value;
  return plain(expr);
}

Checked out_of_range(Checker& checker, NodeRef node, const std::string& type, const std::string& limits) {
  checker.diagnostics.report(codes::NumberRange, node.span(), {{"text", std::string(node.text())}, {"type", type}})
      .label(limits);
  return wrong(checker, node);
}

/// `digits` may hold `_`; the sign is applied before the range is checked.
Checked int_literal(Checker& checker, NodeRef node, NodeRef digits, bool negative) {
  std::string text(negative ? "-" : "");
  text += digits.text();
  std::erase(text, '_');
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec == std::errc()) return literal(checker, node, ExprKind::IntLiteral, TypeKind::Int, value);
  return out_of_range(checker, node, "an Int", "an Int lies between -9223372036854775808 and 9223372036854775807");
}

Checked duration_literal(Checker& checker, NodeRef node, const std::string& text) {
  const format::DurationResult read = format::read_duration(text);
  if (read.value) return literal(checker, node, ExprKind::DurationLiteral, TypeKind::Duration, *read.value);
  return out_of_range(checker, node, "a Duration", "a Duration holds at most about 292,000 years");
}

Checked decimal_literal(Checker& checker, NodeRef node, NodeRef digits, bool negative) {
  std::string text(negative ? "-" : "");
  text += digits.text();
  std::erase(text, '_');
  const format::DecimalResult read = format::read_decimal(text);
  if (read.value) return literal(checker, node, ExprKind::DecimalLiteral, TypeKind::Decimal, *read.value);
  return out_of_range(checker, node, "a Decimal",
                      "a Decimal lies between -922337203685477.5808 and 922337203685477.5807");
}

Checked time_literal(Checker& checker, NodeRef node) {
  const bool date = node.is(NodeKind::DateLiteral);
  const auto value = date ? format::read_date(node.text()) : format::read_instant(node.text());
  if (value) return literal(checker, node, ExprKind::TimeLiteral, TypeKind::Time, *value);
  return out_of_range(checker, node, "a Time", "a Time lies in the years 1 to 9999, UTC");
}

/// A literal has all facts on the side that is never reached.
Checked bool_literal(Checker& checker, NodeRef node, bool value) {
  Checked result = literal(checker, node, ExprKind::BoolLiteral, TypeKind::Bool, value ? 1 : 0);
  (value ? result.if_false : result.if_true).impossible = true;
  return result;
}

Checked string_literal(Checker& checker, NodeRef node) {
  const ExprId expr = make(checker, ExprKind::StringLiteral, checker.program.simple(TypeKind::String), node.span());
  checker.program.exprs[expr].text = grammar::string_value(node);
  return plain(expr);
}

Checked entity_literal(Checker& checker, const Environment& environment, NodeRef node) {
  const NodeRef id_node = node.child(NodeKind::StringLiteral);
  const Declaration* found =
      find_kind(checker, environment.module, node.child(NodeKind::Path), DeclarationKind::Entity, "an entity type");
  std::string id = grammar::string_value(id_node);
  if (id.empty()) checker.diagnostics.report(codes::EmptyId, id_node.span());
  if (!found || id.empty()) return wrong(checker, node);
  const TypeId type =
      checker.program.intern({.kind = TypeKind::Entity, .entities = {{found->index}}, .names_only = true});
  const ExprId expr = make(checker, ExprKind::EntityLiteral, type, node.span());
  checker.program.exprs[expr].text = std::move(id);
  return plain(expr);
}

}  // namespace

Checked check_literal(Checker& checker, const Environment& environment, NodeRef node) {
  switch (node.kind()) {
    case NodeKind::EntityLiteral: return entity_literal(checker, environment, node);
    case NodeKind::IntLiteral: return int_literal(checker, node, node, false);
    case NodeKind::DecimalLiteral: return decimal_literal(checker, node, node, false);
    case NodeKind::DurationLiteral: return duration_literal(checker, node, std::string(node.text()));
    case NodeKind::StringLiteral: return string_literal(checker, node);
    case NodeKind::TrueLiteral: return bool_literal(checker, node, true);
    case NodeKind::FalseLiteral: return bool_literal(checker, node, false);
    default: return time_literal(checker, node);
  }
}

std::optional<Checked> check_negative_literal(Checker& checker, NodeRef node) {
  const NodeRef operand = node.expression();
  if (operand.is(NodeKind::IntLiteral)) return int_literal(checker, node, operand, true);
  if (operand.is(NodeKind::DecimalLiteral)) return decimal_literal(checker, node, operand, true);
  if (operand.is(NodeKind::DurationLiteral)) return duration_literal(checker, node, "-" + std::string(operand.text()));
  return std::nullopt;
}

}  // namespace bylaw::compiler
