#pragma once
// Texts against the automata of patterns: a step a byte, no allocation.

#include "bundle_view.h"
#include "format/automaton.h"
#include "memory.h"

namespace bylaw {

/// Whether the pattern with that number (a word of kind Glob or Regex; 0 is none) accepts the text.
bool matches(const BundleView& bundle, Word pattern, format::ReadText text);
bool matches(const BundleView& bundle, Word pattern, const format::ReadPieces& text);
/// The same for some element of a collection of patterns.
bool matches_any(const BundleView& bundle, Collection patterns, format::ReadText text);
bool matches_any(const BundleView& bundle, Collection patterns, const format::ReadPieces& text);

/// What an author wrote between the quotes.
inline std::string_view pattern_text(const BundleView& bundle, Word pattern) {
  return pattern == 0 ? std::string_view() : bundle.symbol_text(bundle.patterns[pattern - 1].text);
}

}  // namespace bylaw
