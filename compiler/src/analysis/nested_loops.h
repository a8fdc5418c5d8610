#pragma once
// Which loops of a rule stand inside of each other: for the message that they are too many.

#include <bylaw/compiler/typed_tree.h>

#include <vector>

namespace bylaw::compiler {

/// Where the collections stand that the deepest nest of loops in the rule goes through, outermost first.
std::vector<Span> deepest_loops(const Program& program, const Rule& rule);

}  // namespace bylaw::compiler
