#include "pattern/pattern_tree.h"

#include <algorithm>
#include <iterator>

#include "format/text_reading.h"

namespace bylaw::compiler::pattern {
namespace {

constexpr char32_t kFirstSurrogate = 0xd800, kLastSurrogate = 0xdfff;

/// The pairs of code points that differ in case alone, both ways. Made once: there are some 1,500.
const std::vector<std::pair<char32_t, char32_t>>& folds() {
  static const std::vector<std::pair<char32_t, char32_t>> pairs = [] {
    std::vector<std::pair<char32_t, char32_t>> all;
    for (char32_t c = 0; c <= 0x1ffff; ++c)
      if (const char32_t to = format::fold(c); to != c) all.emplace_back(c, to);
    return all;
  }();
  return pairs;
}

bool has(const std::vector<CodeRange>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [&](CodeRange r) { return r.first <= c && c <= r.last; });
}

}  // namespace

void CodeSet::normalize() {
  std::sort(ranges_.begin(), ranges_.end(), [](CodeRange a, CodeRange b) { return a.first < b.first; });
  std::vector<CodeRange> joined;
  for (const CodeRange range : ranges_) {
    if (!joined.empty() && range.first <= joined.back().last + 1)
      joined.back().last = std::max(joined.back().last, range.last);
    else
      joined.push_back(range);
  }
  ranges_ = std::move(joined);
}

CodeSet CodeSet::complement() const {
  CodeSet all = *this;
  all.add(kFirstSurrogate, kLastSurrogate);
  all.normalize();
  CodeSet result;
  char32_t next = 0;
  for (const CodeRange range : all.ranges_) {
    if (range.first > next) result.add(next, range.first - 1);
    next = range.last + 1;
  }
  if (next <= kLastCodePoint) result.add(next, kLastCodePoint);
  return result;
}

void CodeSet::add_cases() {
  normalize();
  // What a code point folds to first, then all that fold to something that is there.
  const std::vector<CodeRange> given = ranges_;
  for (const auto& [from, to] : folds())
    if (has(given, from)) add(to, to);
  normalize();
  const std::vector<CodeRange> folded = ranges_;
  for (const auto& [from, to] : folds())
    if (has(folded, to)) add(from, from);
  normalize();
}

Tree any_of(CodeSet set) {
  set.normalize();
  Tree tree;
  tree.kind = Tree::Kind::Set;
  tree.set = std::move(set);
  return tree;
}

namespace {

Tree joined(Tree::Kind kind, std::vector<Tree> children) {
  if (children.size() == 1) return std::move(children.front());
  Tree tree;
  tree.kind = kind;
  tree.children = std::move(children);
  return tree;
}

}  // namespace

Tree sequence(std::vector<Tree> children) {
  return children.empty() ? Tree{} : joined(Tree::Kind::Sequence, std::move(children));
}

Tree alternatives(std::vector<Tree> children) {
  return joined(Tree::Kind::Alternatives, std::move(children));
}

Tree repeat(Tree child, int least, int most) {
  Tree tree;
  tree.kind = Tree::Kind::Repeat;
  tree.least = least;
  tree.most = most;
  tree.children.push_back(std::move(child));
  return tree;
}

namespace {

/// Any text may stand here, and the pattern says so: `.*`.
bool is_free(const Tree& tree) {
  if (tree.kind != Tree::Kind::Repeat || tree.most != kUnbounded) return false;
  if (tree.children[0].kind != Tree::Kind::Set) return false;
  const CodeSet outside = tree.children[0].set.complement();
  const auto& ranges = outside.ranges();
  return ranges.empty() || (ranges.size() == 1 && ranges[0].first == U'\n' && ranges[0].last == U'\n');
}

bool is_closed(const Tree& tree, bool front) {
  switch (tree.kind) {
    case Tree::Kind::Begin: return front;
    case Tree::Kind::End: return !front;
    case Tree::Kind::Repeat: return is_free(tree) || (tree.least > 0 && is_closed(tree.children[0], front));
    case Tree::Kind::Sequence: {
      const auto says = [](const Tree& child) { return child.kind != Tree::Kind::Empty; };  // flags say nothing
      const auto& all = tree.children;
      if (front) {
        const auto first = std::find_if(all.begin(), all.end(), says);
        return first != all.end() && is_closed(*first, front);
      }
      const auto last = std::find_if(all.rbegin(), all.rend(), says);
      return last != all.rend() && is_closed(*last, front);
    }
    case Tree::Kind::Alternatives:
      return std::all_of(tree.children.begin(), tree.children.end(),
                         [&](const Tree& child) { return is_closed(child, front); });
    case Tree::Kind::Empty:
    case Tree::Kind::Set: break;
  }
  return false;
}

}  // namespace

OpenEnds open_ends(const Tree& tree) {
  return {!is_closed(tree, true), !is_closed(tree, false), tree.kind == Tree::Kind::Alternatives};
}

}  // namespace bylaw::compiler::pattern
