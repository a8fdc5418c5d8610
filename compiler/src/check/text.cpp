// Texts that `lower` and `fold` read: no operation makes a new text, so they live in the test or message around them.

#include <bylaw/grammar/diagnostics/expressions.h>

#include "check/expressions.h"

namespace bylaw::compiler {

void tell_read_text(Checker& checker, ExprId expr) {
  const Program& program = checker.program;
  const std::string text(checker.input.sources.text(program.exprs[expr].span));
  const std::string word = type_of(checker, expr).text == format::TextMode::Lower ? "lower" : "fold";
  checker.diagnostics.report(codes::ReadTextPlace, program.exprs[expr].span, {{"text", text}, {"function", word}})
      .help("test it where it is made: `" + text + " == ..`, `" + text + " in ..`, `" + text +
            " matches glob\"..\"`, `starts_with(" + text + ", ..)`");
}

}  // namespace bylaw::compiler
