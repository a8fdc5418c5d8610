#pragma once
// What is wrong with a file that is no YAML, in an author's words: yaml-cpp's texts speak of tokens and flows.

#include <bylaw/grammar/diagnostic.h>

#include <cstddef>
#include <string_view>

namespace bylaw::compiler {

struct SyntaxPlaces {
  std::size_t last_end = 0;      // where the last node ends that could be read
  std::size_t at = 0;            // where yaml-cpp gave up
  std::size_t open_bracket = 0;  // the innermost bracket that is still open, else the end of the file
};

/// Reports yaml-cpp's `message` in our words.
void tell_syntax(std::string_view bytes, grammar::SourceId source, const SyntaxPlaces& places, std::string_view message,
                 grammar::Diagnostics& diagnostics);

}  // namespace bylaw::compiler
