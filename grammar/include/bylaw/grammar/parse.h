#pragma once
// Bytes to tree. Total: any bytes give a tree and, if anything is wrong with them, diagnostics.

#include <bylaw/grammar/diagnostic.h>
#include <bylaw/grammar/syntax_tree.h>

namespace bylaw::grammar {

/// Reads one file. Several mistakes are told in one go, at most one a token; each as an author would say it.
/// Never throws. Time and memory are linear in the file's length.
///
/// Nesting deeper than 256 is an error, not a crash, so readers may recurse: no expression is deeper than 256 nodes
/// below its outermost one. Chains of `and` and of `or` are folded into balanced trees (they mean the same), so that
/// ten thousand conditions in a row are fourteen deep; longer chains of other operators, of `else if` or of `.f` are
/// that error.
SyntaxTree parse(const Sources& sources, SourceId source, Diagnostics& diagnostics);

/// The tree as indented lines `Kind "text"`, for golden files and debugging.
std::string print_tree(const SyntaxTree& tree);

/// The grammar as EBNF, printed from the rules that the parser runs.
std::string print_ebnf();

}  // namespace bylaw::grammar
