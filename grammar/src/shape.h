#pragma once
// What the grammar leaves open because reading on is easier: told from the finished tree.

#include <bylaw/grammar/syntax_tree.h>

#include "syntax_errors.h"

namespace bylaw::grammar {

void check_shape(const SyntaxTree& tree, SyntaxErrors& errors);

}  // namespace bylaw::grammar
