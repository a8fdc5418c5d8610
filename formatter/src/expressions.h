#pragma once
// Nodes of the tree as docs: where expressions, lists of arguments and literals may be broken.

#include "layout.h"
#include "source_text.h"

namespace bylaw::formatter {

/// A whole node.
Doc doc_of(const SourceText& source, grammar::NodeRef node);
/// The tokens [begin, end) of a node, its children within them as they like to stand.
Doc doc_of(const SourceText& source, grammar::NodeRef node, TokenIndex begin, TokenIndex end);

/// True for what stands behind `=` without a line of its own: a literal in brackets.
bool is_bracketed(grammar::NodeRef expression);

}  // namespace bylaw::formatter
