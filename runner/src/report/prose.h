#pragma once
// What was found as sentences of one paragraph, for readers that show no lines and no columns.

#include <bylaw/runner/result.h>

#include <string>
#include <string_view>

namespace bylaw::runner {

/// The text on one line, with a full stop.
std::string sentence(std::string_view text);
/// "`large` denies without saying why. Help: add `because ".."`."
std::string prose_of(const grammar::Diagnostic& diagnostic);
/// "a table [n=11]: expected allow, got deny by p.large. Nearest rule that ..": first what was expected and decided,
/// then why.
std::string prose_of(const RunResult& result, const CaseResult& one);

}  // namespace bylaw::runner
