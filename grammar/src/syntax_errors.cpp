#include "syntax_errors.h"

#include "display_text.h"

namespace bylaw::grammar {

DiagnosticBuilder SyntaxErrors::report(Code code, Span span, std::initializer_list<Argument> arguments) {
  ++count_;
  if (count_ <= kMostErrors) return diagnostics_.report(code, span, arguments);
  if (count_ == kMostErrors + 1) diagnostics_.report(Code::FurtherMistakes, span);
  untold_ = {};
  return DiagnosticBuilder(untold_);
}

std::string quoted(std::string_view text) {
  constexpr std::uint32_t kLongestQuote = 40;
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  const DisplayLine shown = display_line(line, 0, kLongestQuote);
  const bool cut = shown.columns.size() <= line.size() || line.size() != text.size();
  return "`" + shown.text + (cut ? "..`" : "`");
}

}  // namespace bylaw::grammar
