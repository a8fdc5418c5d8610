#include <bylaw/compiler/pattern.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "pattern/nfa.h"
#include "pattern/pattern_tree.h"

namespace bylaw::compiler {
namespace {

using pattern::Tree;

pattern::Parsed parse(PatternKind kind, std::string_view text) {
  return kind == PatternKind::Glob ? pattern::parse_glob(text) : pattern::parse_regex(text);
}

std::optional<Automaton> build(const Tree& tree) {
  const auto nfa = pattern::build_nfa(tree);
  return nfa ? pattern::build_automaton(*nfa) : std::nullopt;
}

/// The bounded repetition that is written out most often; null if there is none.
const Tree* largest_repeat(const Tree& tree) {
  const Tree* largest = nullptr;
  const auto times = [](const Tree* t) { return t ? std::max(t->least, t->most) : 1; };
  if (tree.kind == Tree::Kind::Repeat && times(&tree) > 1) largest = &tree;
  for (const Tree& child : tree.children)
    if (const Tree* inner = largest_repeat(child); times(inner) > times(largest)) largest = inner;
  return largest;
}

PatternError too_large(std::string_view text, const Tree& tree) {
  const std::string limit = "the automaton of this pattern has more than 10,000 states";
  const Tree* repeat = largest_repeat(tree);
  if (!repeat) return {0, text.size(), limit, "write it as several patterns: `s matches {.., ..}`"};
  const std::string part(text.substr(repeat->begin, repeat->end - repeat->begin));
  return {repeat->begin, repeat->end, limit + ": `" + part + "` stands in it that many times",
          "anchor it with `^`, or repeat with `*` and test the length"};
}

}  // namespace

CompiledPattern compile_pattern(PatternKind kind, std::string_view text) {
  CompiledPattern result;
  pattern::Parsed parsed = parse(kind, text);
  if (parsed.error) {
    result.error = std::move(parsed.error);
    return result;
  }
  if (kind == PatternKind::Regex) result.open = pattern::open_ends(parsed.tree);
  result.automaton = build(parsed.tree);
  if (!result.automaton) result.error = too_large(text, parsed.tree);
  return result;
}

std::shared_ptr<const CompiledPattern> compiled(const Pattern& pattern) {
  constexpr std::size_t kMostKept = 4096;
  static std::mutex mutex;
  static std::map<Pattern, std::shared_ptr<const CompiledPattern>> known;
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(pattern); found != known.end()) return found->second;
  if (known.size() >= kMostKept) known.clear();
  return known[pattern] = std::make_shared<const CompiledPattern>(compile_pattern(pattern.kind, pattern.text));
}

std::optional<Automaton> merge_patterns(const std::vector<Pattern>& patterns) {
  std::vector<Tree> trees;
  for (const Pattern& one : patterns) trees.push_back(parse(one.kind, one.text).tree);
  return trees.empty() ? std::nullopt : build(pattern::alternatives(std::move(trees)));
}

std::string_view prefix(PatternKind kind) {
  return kind == PatternKind::Glob ? "glob" : "re";
}

}  // namespace bylaw::compiler
