#pragma once
// What globs and regexes are parsed to, before they become automata.

#include <bylaw/compiler/pattern.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace bylaw::compiler::pattern {

struct CodeRange {
  char32_t first, last;
};
inline constexpr char32_t kLastCodePoint = 0x10ffff;

/// Code points as ranges.
class CodeSet {
 public:
  void add(char32_t first, char32_t last) { ranges_.push_back({first, last}); }
  void add(const CodeSet& other) { ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end()); }
  /// Ascending, none touching another.
  void normalize();
  /// All code points that are not here; surrogates are none.
  CodeSet complement() const;
  /// Adds whatever differs in case alone.
  void add_cases();
  const std::vector<CodeRange>& ranges() const { return ranges_; }

 private:
  std::vector<CodeRange> ranges_;
};

inline constexpr int kUnbounded = -1;

struct Tree {
  enum class Kind : std::uint8_t { Empty, Set, Sequence, Alternatives, Repeat, Begin, End } kind = Kind::Empty;
  CodeSet set;                     // of Set
  std::vector<Tree> children;      // Sequence, Alternatives; of Repeat one
  int least = 0, most = 0;         // of Repeat; most may be kUnbounded
  std::size_t begin = 0, end = 0;  // of Repeat: where it is written
};

Tree any_of(CodeSet set);
Tree sequence(std::vector<Tree> children);
Tree alternatives(std::vector<Tree> children);
Tree repeat(Tree child, int least, int most);

struct Parsed {
  Tree tree;
  std::optional<PatternError> error;
};
Parsed parse_glob(std::string_view text);
Parsed parse_regex(std::string_view text);

OpenEnds open_ends(const Tree& tree);

}  // namespace bylaw::compiler::pattern
