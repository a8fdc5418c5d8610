// Globs and regexes: their literals, and where their types may not stand.

#include <bylaw/compiler/pattern.h>
#include <bylaw/grammar/diagnostics/expressions.h>
#include <bylaw/grammar/diagnostics/types.h>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

PatternKind pattern_kind(TypeKind kind) {
  return kind == TypeKind::Glob ? PatternKind::Glob : PatternKind::Regex;
}

/// A Glob or Regex in the type, through collections, optionals and records; none if there is none.
TypeId pattern_in(const Program& program, TypeId id, std::vector<RecordId>& seen) {
  const Type& type = program.types[id];
  if (is_pattern(type)) return id;
  if (type.element) return pattern_in(program, type.element, seen);
  if (!type.record) return {};
  for (const RecordId record : seen)
    if (record == type.record) return {};
  seen.push_back(type.record);
  for (const Field& field : program.records[type.record].fields)
    if (const TypeId found = pattern_in(program, field.type, seen)) return found;
  return {};
}

void tell_place(Checker& checker, const std::string& name, TypeId type, Span name_span) {
  std::vector<RecordId> seen;
  const TypeId found = pattern_in(checker.program, type, seen);
  if (!found) return;
  const auto place = checker.type_spans.find(name_span);
  checker.diagnostics
      .report(codes::PatternPlace, place == checker.type_spans.end() ? name_span : place->second,
              {{"field", name}, {"holds", (found == type ? "is " : "holds ") + a_type(checker.program, found)}})
      .help("make it a String that a policy tests with `matches`, or write the patterns as a `const` or a list");
}

}  // namespace

ExprId pattern_expr(Checker& checker, TypeKind kind, std::string_view text, Span place) {
  const Pattern pattern{pattern_kind(kind), std::string(text)};
  const auto result = compiled(pattern);
  if (result->error) {
    const PatternError& error = *result->error;
    Span span = place;
    if (checker.input.sources.text(place) == text && error.begin < error.end) {
      span.begin = place.begin + static_cast<std::uint32_t>(error.begin);
      span.end = place.begin + static_cast<std::uint32_t>(error.end);
    }
    auto told = checker.diagnostics.report(codes::PatternWrong, span, {{"what", error.what}});
    if (!error.help.empty()) told.help(error.help);
    return {};
  }
  return add_expr(
      checker,
      {.kind = ExprKind::PatternLiteral, .type = checker.program.simple(kind), .span = place, .text = pattern.text});
}

Checked check_pattern(Checker& checker, NodeRef node) {
  const std::string_view text = grammar::prefixed_value(node);
  const bool glob = node.text().starts_with("glob");
  Span inside = node.span();
  inside.begin += static_cast<std::uint32_t>(prefix(glob ? PatternKind::Glob : PatternKind::Regex).size() + 1);
  inside.end -= 1;
  const ExprId expr = pattern_expr(checker, glob ? TypeKind::Glob : TypeKind::Regex, text, inside);
  if (!expr) return wrong(checker, node);
  checker.program.exprs[expr].span = node.span();
  return plain(expr);
}

void check_pattern_places(Checker& checker) {
  const auto fields = [&](const std::vector<Field>& all) {
    for (const Field& field : all) tell_place(checker, field.name, field.type, field.name_span);
  };
  for (const EntityType& entity : checker.program.entities) fields(entity.fields);
  for (const Decision& decision : checker.program.decisions) {
    fields(decision.fields);
    for (const Obligation& obligation : decision.obligations)
      tell_place(checker, obligation.name, obligation.type, obligation.span);
  }
}

}  // namespace bylaw::compiler
