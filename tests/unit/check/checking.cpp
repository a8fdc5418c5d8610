#include "unit/check/checking.h"

namespace bylaw::compiler::testing {

std::string Checked::codes() const {
  std::string text;
  for (const grammar::Diagnostic& each : diagnostics.sorted(input.sources))
    text += (text.empty() ? "" : " ") + std::string(grammar::info(each.code).id);
  return text;
}

std::string Checked::rendered() const {
  return grammar::render(diagnostics.sorted(input.sources), input.sources);
}

Checked check_source(const std::string& source) {
  Checked checked;
  const std::string text = source.starts_with("module") ? source : "module test\n" + source;
  checked.input.modules.push_back({checked.input.sources.add("test.bylaw", text), ""});
  checked.program = check(checked.input, checked.diagnostics);
  return checked;
}

Checked check_modules(const std::vector<std::pair<std::string, std::string>>& modules) {
  Checked checked;
  for (const auto& [name, source] : modules)
    checked.input.modules.push_back({checked.input.sources.add(name + ".bylaw", source), name});
  checked.program = check(checked.input, checked.diagnostics);
  return checked;
}

std::string codes_of_condition(const std::string& prelude, const std::string& parameters,
                               const std::string& expression) {
  return check_source(prelude + "\ndef f(" + parameters + "): Bool = " + expression + "\n").codes();
}

}  // namespace bylaw::compiler::testing
