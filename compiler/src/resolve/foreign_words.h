#pragma once
// Words of other languages where a name of this one was looked for, and what is written here instead.

#include <string_view>

namespace bylaw::compiler {

/// For a value, `null`: "what is absent is asked for: `x is unset`, `x is set`". Empty for a word that is not known.
std::string_view foreign_value(std::string_view word);
/// For a function or method, `startsWith`.
std::string_view foreign_function(std::string_view word);
/// For a type, `boolean`: the type's name here.
std::string_view foreign_type(std::string_view word);

}  // namespace bylaw::compiler
