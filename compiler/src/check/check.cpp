// The driver: the phases of checking in their one order (check/checker.h).

#include <bylaw/compiler/compile.h>

#include "check/checker.h"
#include "check/cycle.h"

namespace bylaw::compiler {

namespace {

void check_types(Checker& checker) {
  check_enums(checker);
  check_records(checker);
  check_entities(checker);
}

void check_meaning(Checker& checker) {
  check_decisions(checker);
  check_pattern_places(checker);
  declare_lists(checker);
  declare_functions(checker);
  check_constants(checker);
  check_functions(checker);
  check_annotations(checker);
  check_lists(checker);
  check_templates(checker);
  check_policies(checker);
  check_claims(checker);
  tell_inconstant_calls(checker);
}

}  // namespace

Program check(Input& input, grammar::Diagnostics& diagnostics) {
  Checker checker{input, diagnostics};
  checker.program.simple(TypeKind::Bool);  // conditions are made of what has none: `max(xs) ?? 0`
  resolve_modules(checker);
  collect_names(checker);
  check_types(checker);
  check_meaning(checker);
  if (!diagnostics.has_errors()) check_repetition(checker);
  if (!diagnostics.has_errors()) lint(checker);
  return std::move(checker.program);
}

}  // namespace bylaw::compiler
