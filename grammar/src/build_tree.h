#pragma once
// Events to nodes in preorder. Expressions come as operands and operators in a row; here they are folded by the one
// precedence table, and what has no single reading is told.
//
// Depth: no expression is deeper than `kDeepestExpression` nodes. Chains of `and` and of `or` are folded into balanced
// trees (they mean the same), so that a thousand conditions in a row are ten deep; longer chains of other operators or
// selections are told as too deep.

#include <bylaw/grammar/syntax_tree.h>

#include <vector>

#include "parser.h"
#include "syntax_errors.h"

namespace bylaw::grammar {

inline constexpr std::size_t kDeepestExpression = 256;

/// Fills in `tree.nodes` from the parser's events; bytes and tokens are there.
void build_tree(const Parser& parser, SyntaxTree& tree, SyntaxErrors& errors);

}  // namespace bylaw::grammar
