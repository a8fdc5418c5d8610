#pragma once
// What is wrong with a file that is no YAML, in an author's words: yaml-cpp's texts speak of tokens and flows.

#include <bylaw/grammar/diagnostic.h>

#include <cstddef>
#include <string_view>

namespace bylaw::compiler {

/// Reports yaml-cpp's `message` about the byte `at`; `last_end` is where the last node ends that could be read.
void tell_syntax(std::string_view bytes, grammar::SourceId source, std::size_t last_end, std::size_t at,
                 std::string_view message, grammar::Diagnostics& diagnostics);

}  // namespace bylaw::compiler
