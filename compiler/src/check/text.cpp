// Texts that `lower` and `fold` read, and parts of texts: no operation makes a text that is kept, so they live in the
// test or message around them.

#include <bylaw/grammar/diagnostics/expressions.h>

#include "check/expressions.h"

namespace bylaw::compiler {

void tell_read_text(Checker& checker, ExprId expr) {
  const Program& program = checker.program;
  const TypeId id = program.exprs[expr].type;
  const Type& type = program.types[program.without_optional(id)];
  const std::string text(checker.input.sources.text(program.exprs[expr].span));
  const std::string tested = program.is_optional(id) ? "(" + text + " ?? \"\")" : text;
  const std::string what = type.text == format::TextMode::Lower  ? "what `lower` reads"
                           : type.text == format::TextMode::Fold ? "what `fold` reads"
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
