#pragma once
// Sources in a test to what the checker says of them.

#include <bylaw/compiler/compile.h>

#include <string>
#include <utility>
#include <vector>

namespace bylaw::compiler::testing {

struct Checked {
  Input input;
  grammar::Diagnostics diagnostics;
  Program program;

  /// "E0201 E0203", in the order of the text; empty if nothing was told.
  std::string codes() const;
  /// As people read it, for tests of texts and for failures.
  std::string rendered() const;
};

/// One module without a project; `module test` is put before it unless it begins with `module`.
Checked check_source(const std::string& source);
/// Modules by name, each at its place.
Checked check_modules(const std::vector<std::pair<std::string, std::string>>& modules);
/// The codes of `def f(..): Bool = EXPRESSION` beside the declarations of `prelude`.
std::string codes_of_condition(const std::string& prelude, const std::string& parameters,
                               const std::string& expression);

}  // namespace bylaw::compiler::testing
