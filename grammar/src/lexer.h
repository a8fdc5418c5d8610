#pragma once
// Bytes to tokens. Any bytes give tokens, the last of which is EndOfFile; what means nothing is told and becomes Bad.
// What an author of another language would write (`&&`, `'text'`, `#`) is told and read as it was meant.

#include <bylaw/grammar/source_file.h>
#include <bylaw/grammar/syntax_tree.h>

#include <string_view>
#include <vector>

#include "syntax_errors.h"

namespace bylaw::grammar {

inline constexpr std::size_t kLargestFile = std::size_t{16} << 20U;

std::vector<Token> tokenize(std::string_view bytes, SyntaxErrors& errors);

}  // namespace bylaw::grammar
