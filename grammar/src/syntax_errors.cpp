#include "syntax_errors.h"

#include <bylaw/grammar/diagnostics/syntax.h>

#include <algorithm>

#include "display_text.h"

namespace bylaw::grammar {

DiagnosticBuilder SyntaxErrors::report(Code code, Span span, std::initializer_list<Argument> arguments) {
  ++count_;
  if (count_ <= kMostErrors) told_.push_back(span.begin);
  if (count_ <= kMostErrors) return diagnostics_.report(code, span, arguments);
  if (count_ == kMostErrors + 1) diagnostics_.report(codes::FurtherMistakes, this->span(file_end_, file_end_));
  untold_ = {};
  return DiagnosticBuilder(untold_);
}

bool SyntaxErrors::told_within(Span span) const {
  return std::any_of(told_.begin(), told_.end(), [&](std::uint32_t at) { return at >= span.begin && at <= span.end; });
}

std::string quoted(std::string_view text) {
  constexpr std::uint32_t kLongestQuote = 40;
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  const DisplayLine shown = display_line(line, 0, kLongestQuote);
  const bool cut = shown.columns.size() <= line.size() || line.size() != text.size();
  return "`" + shown.text + (cut ? "..`" : "`");
}

}  // namespace bylaw::grammar
