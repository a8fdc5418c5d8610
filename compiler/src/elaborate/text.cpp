// Tests of texts, and what is known of them before any request.

#include <bylaw/compiler/decision_evaluate.h>

namespace bylaw::compiler::ir {

TermId Terms::matches(TermId text, TermId pattern) {
  if (terms_[pattern].op == Op::Elements) {
    TermId result = boolean(false);
    for (const TermId element : std::vector<TermId>(elements(pattern))) result = either(result, matches(text, element));
    return result;
  }
  if (terms_[pattern].op == Op::If) {
    const TermId condition = operand(pattern, 0), then = matches(text, operand(pattern, 1));
    return choose(condition, then, matches(text, operand(pattern, 2)));
  }
  const Value* all = constant_of(pattern);
  const Value* value = constant_of(text);
  if (all && all->kind != ValueKind::Pattern && all->items.empty()) return boolean(false);
  if (all && value) return boolean(compiler::matches(value->text, *all));
  return bool_term(Op::Matches, text, pattern);
}

}  // namespace bylaw::compiler::ir
