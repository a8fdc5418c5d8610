#pragma once
// Operands and operators in a row to a tree, by operators.def. Works on indices; knows no nodes.

#include <bylaw/grammar/syntax_tree.h>

#include <cstdint>
#include <vector>

#include "parser.h"
#include "syntax_errors.h"

namespace bylaw::grammar {

/// One thing of a flat expression.
struct Item {
  enum class Type : std::uint8_t { Operand, Prefix, Infix, Suffix };
  Type type;
  Operator op;          // of Prefix and Infix
  std::uint32_t event;  // of Operand and Suffix: its Open event
  TokenIndex begin;
  TokenIndex end;
};

struct Folded {
  enum class Type : std::uint8_t { Leaf, Unary, Binary, Suffix };
  Type type;
  Operator op;
  std::uint32_t item;   // of Leaf and Suffix
  std::uint32_t left;   // of all but Leaf: an index of the folded nodes
  std::uint32_t right;  // of Binary
  std::uint32_t height;
  TokenIndex begin;
  TokenIndex end;
};

struct Fold {
  std::vector<Folded> nodes;
  std::uint32_t root;
};

/// `tokens` tell of mistakes: comparisons in a row, `not` inside of a comparison.
Fold fold(const std::vector<Item>& items, const SyntaxTree& tree, SyntaxErrors& errors);

}  // namespace bylaw::grammar
