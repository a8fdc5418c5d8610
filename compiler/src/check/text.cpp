// Texts that `lower` and `fold` read, and parts of texts: no operation makes a text that is kept, so they live in the
// test or message around them.

#include <bylaw/grammar/diagnostics/expressions.h>

#include "check/expressions.h"

namespace bylaw::compiler {

namespace {

/// A value with one printed form that a reader expects: no number with a point, no instant.
bool is_piece(const Type& type) {
  switch (type.kind) {
    case TypeKind::String: return type.text == format::TextMode::AsIs;
    case TypeKind::Int:
    case TypeKind::Enum:
    case TypeKind::Entity: return true;
    default: return false;
  }
}

/// True unless told.
bool may_be_piece(Checker& checker, NodeRef node, ExprId value) {
  const Program& program = checker.program;
  const Expr& expr = program.exprs[value];
  const std::string text(node.text());
  if (is_error(checker, value)) return false;
  if (program.is_optional(expr.type)) {
    may_be_unset(checker, value, {});
    return false;
  }
  if (expr.kind == ExprKind::IntLiteral || expr.kind == ExprKind::StringLiteral) {
    checker.diagnostics.report(codes::NotComposed, node.span(), {{"what", "a literal"}})
        .help("a brace itself is written `\\{`");
    return false;
  }
  const Type& type = program.types[expr.type];
  if (is_piece(type)) return true;
  auto told = checker.diagnostics.report(codes::NotComposed, node.span(), {{"what", a_type(program, expr.type)}});
  if (is_read_text(type))
    told.help("read the whole text so: `" + std::string(type.text == format::TextMode::Lower ? "lower" : "fold") +
              "(\"..{x}..\")`");
  else
    told.help("a String, an Int, a member of an enum or scope and the id of an entity are");
  return false;
}

}  // namespace

Checked check_composed(Checker& checker, const Environment& environment, NodeRef node) {
  std::vector<ExprId> pieces;
  bool told = false;
  for (NodeRef part : node.children()) {
    if (part.is(NodeKind::MessageText)) {
      pieces.push_back(make(checker, ExprKind::StringLiteral, checker.program.simple(TypeKind::String), part.span()));
      checker.program.exprs[pieces.back()].text = grammar::string_value(part);
      continue;
    }
    const ExprId value = check_expression(checker, environment, part).expr;
    told = !may_be_piece(checker, part, value) || told;
    pieces.push_back(value);
  }
  if (pieces.size() > format::kMostPieces) {
    checker.diagnostics.report(
        codes::ComposedTooLong, node.span(),
        {{"most", std::to_string(format::kMostPieces)}, {"count", std::to_string(pieces.size())}});
    told = true;
  }
  if (told) return wrong(checker, node);
  const TypeId text = checker.program.intern({.kind = TypeKind::String, .part = true});
  return plain(make(checker, ExprKind::Composed, text, node.span(), std::move(pieces)));
}

void tell_read_text(Checker& checker, ExprId expr) {
  const Program& program = checker.program;
  const TypeId id = program.exprs[expr].type;
  const Type& type = program.types[program.without_optional(id)];
  const std::string text(checker.input.sources.text(program.exprs[expr].span));
  const std::string tested = program.is_optional(id) ? "(" + text + " ?? \"\")" : text;
  const std::string what = type.text == format::TextMode::Lower             ? "what `lower` reads"
                           : type.text == format::TextMode::Fold            ? "what `fold` reads"
                           : program.exprs[expr].kind == ExprKind::Composed ? "what is put together"
                                                                            : "a part of a text";
  auto told =
      checker.diagnostics.report(codes::ReadTextPlace, program.exprs[expr].span, {{"text", text}, {"what", what}});
  told.help("test it where it is made: `" + tested + " == ..`, `" + tested + " in ..`, `" + tested +
            " matches glob\"..\"`, `starts_with(" + tested + ", ..)`");
  if (type.part && type.text == format::TextMode::AsIs)
    told.help("a `def` that takes or gives such a text says `Text` where `String` would stand");
}

TypeId join_read(Program& program, TypeId read, ExprId other) {
  const Type& type = program.types[read];
  const Expr& literal = program.exprs[other];
  const bool fits = is_read_text(type) && literal.kind == ExprKind::StringLiteral &&
                    format::written({literal.text, type.text}) == literal.text;
  return fits ? read : TypeId{};
}

}  // namespace bylaw::compiler
