#pragma once
// What SARIF says of a code: derived from the table of diagnostics and that of their families.

#include <bylaw/grammar/diagnostic.h>

#include <string>

namespace bylaw::runner {

struct RuleTexts {
  std::string summary;  // "wrong verdict"
  std::string full;     // a sentence, with `…` for what a message fills in
  std::string help;     // what it means for the reader, and where to read on
};

RuleTexts rule_texts(const grammar::CodeInfo& row);

}  // namespace bylaw::runner
