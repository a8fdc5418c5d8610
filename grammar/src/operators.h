#pragma once
// Operators as sequences of tokens: from operators.def.

#include <bylaw/grammar/syntax_tree.h>

#include <vector>

namespace bylaw::grammar {

struct OperatorTokens {
  Operator op;
  std::vector<TokenKind> tokens;
};

/// All that stand between two operands (but `is`, whose right side is no operand), longest first.
const std::vector<OperatorTokens>& infix_operators();
const std::vector<OperatorTokens>& prefix_operators();

}  // namespace bylaw::grammar
