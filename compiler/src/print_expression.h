#pragma once
// Expressions of the typed tree as text: `Greater:Bool(life:Duration, limit:Duration)`.

#include <bylaw/compiler/typed_tree.h>

namespace bylaw::compiler {

std::string print_expression(const Program& program, ExprId id);
/// A microsecond count as written in sources: "2026-01-01T00:00:00Z".
std::string print_time(std::int64_t microseconds);
/// With quotes, and escapes that the lexer reads.
std::string quoted(const std::string& text);

}  // namespace bylaw::compiler
