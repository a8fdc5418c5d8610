#pragma once
// The judge's own globs, regexes and case folding: no automaton, no bytes, no code of the compiler. A part of a pattern
// gives, for a set of places in a text, the places where it may end.

#include <string>
#include <string_view>

namespace bylaw::reference {

/// The pattern must be one that the checker takes.
bool glob_matches(std::string_view glob, std::string_view text);
bool regex_matches(std::string_view regex, std::string_view text);

std::u32string code_points(std::string_view text);
std::string utf8(const std::u32string& text);
/// Simple case folding, and ASCII letters to lower case.
char32_t folded(char32_t c);
std::string fold_text(std::string_view text);
std::string lower_text(std::string_view text);

}  // namespace bylaw::reference
