#pragma once
// Globs and regular expressions to automata. A glob speaks of the whole text: `*` and `?` stop at `/`, `**` does not,
// `{a,b}` is either, `\` takes a sign as it is. A regex is RE2's without what RE2's subset here leaves out (each
// refusal names the construct and a mend); it searches, so it is anchored by `^` and `$` alone.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/automaton.h"

namespace bylaw::compiler {

enum class PatternKind : std::uint8_t { Glob, Regex };

struct Pattern {
  PatternKind kind = PatternKind::Glob;
  std::string text;
  friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

/// What is wrong with a pattern: bytes of its text, what was seen and the rule, and a mend or nothing.
struct PatternError {
  std::size_t begin = 0, end = 0;
  std::string what;
  std::string help;
};

/// A minimal automaton; equal patterns have equal ones.
struct Automaton {
  std::array<std::uint8_t, format::kByteValues> classes{};
  std::vector<std::uint16_t> transitions;
  std::uint32_t class_count = 1;
  std::uint32_t start = format::kDeadState;
  std::uint32_t first_accepting = 1;
  std::uint32_t always = 1;

  std::uint32_t states() const { return static_cast<std::uint32_t>(transitions.size()) / class_count; }
  format::AutomatonView view() const { return {classes, transitions, class_count, start, first_accepting, always}; }
  bool accepts(format::ReadText text) const { return format::accepts(view(), text); }
};

/// An end of a regex at which a text may go on unasked: it has no anchor there and no `.*` says that this is meant.
struct OpenEnds {
  bool front = false;
  bool back = false;
  bool alternatives = false;  // an anchor that is added needs brackets around the rest
  bool any() const { return front || back; }
};

struct CompiledPattern {
  std::optional<Automaton> automaton;
  std::optional<PatternError> error;  // set if there is no automaton
  OpenEnds open;                      // of a regex
};

CompiledPattern compile_pattern(PatternKind kind, std::string_view text);
/// The same, remembered: patterns are compiled when they are checked, folded and written.
std::shared_ptr<const CompiledPattern> compiled(const Pattern& pattern);
/// What accepts a text that one of the patterns accepts; nothing if it would become too large.
std::optional<Automaton> merge_patterns(const std::vector<Pattern>& patterns);

/// "glob" or "re": what stands before the quotes.
std::string_view prefix(PatternKind kind);

}  // namespace bylaw::compiler
