#include "mutation/pattern_neighbours.h"

#include <algorithm>

namespace bylaw::runner {
namespace {

using compiler::Pattern;
using compiler::PatternKind;
using compiler::Value;

constexpr std::size_t kMostOfOne = 24;

bool same(const compiler::Automaton& a, const compiler::Automaton& b) {
  return a.classes == b.classes && a.transitions == b.transitions && a.start == b.start &&
         a.first_accepting == b.first_accepting && a.always == b.always;
}

/// The alternatives of one group: where each begins and ends, without the signs between them.
struct Group {
  std::vector<std::size_t> begins, ends;
};

class Neighbours {
 public:
  explicit Neighbours(const Pattern& pattern)
      : pattern_(pattern), text_(pattern.text), original_(compiler::compiled(pattern)) {}

  std::vector<Value> run() {
    if (!original_->automaton) return {};
    pattern_.kind == PatternKind::Glob ? glob() : regex();
    return std::move(result_);
  }

 private:
  void replace(std::size_t at, std::size_t size, std::string_view with) {
    if (result_.size() >= kMostOfOne) return;
    std::string changed = text_;
    changed.replace(at, size, with);
    const auto compiled = compiler::compiled({pattern_.kind, changed});
    if (!compiled->automaton || same(*compiled->automaton, *original_->automaton)) return;
    result_.push_back(Value::pattern(pattern_.kind, std::move(changed)));
  }

  void without_each(const Group& group) {
    if (group.begins.size() < 2) return;
    for (std::size_t i = 0; i < group.begins.size(); ++i) {
      const bool last = i + 1 == group.begins.size();
      const std::size_t begin = last ? group.begins[i] - 1 : group.begins[i];  // with a sign between two
      replace(begin, (last ? group.ends[i] : group.ends[i] + 1) - begin, "");
    }
  }

  /// Walks over brackets: `open` begins a group, `between` parts its alternatives, `close` ends it.
  void alternatives(char open, char between, char close, bool outermost) {
    std::vector<Group> groups;
    if (outermost) groups.push_back({{0}, {}});
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '\\') {
        ++i;
      } else if (c == '[') {
        i = class_end(i) - 1;
      } else if (c == open) {
        groups.push_back({{i + 1}, {}});
      } else if (c == between && !groups.empty()) {
        groups.back().ends.push_back(i);
        groups.back().begins.push_back(i + 1);
      } else if (c == close && groups.size() > (outermost ? 1U : 0U)) {
        groups.back().ends.push_back(i);
        without_each(groups.back());
        groups.pop_back();
      }
    }
    if (!outermost || groups.size() != 1) return;
    groups.back().ends.push_back(text_.size());
    without_each(groups.back());
  }

  /// Behind the class that begins at `at`; a glob has none, and there `[` is a sign.
  std::size_t class_end(std::size_t at) const {
    if (pattern_.kind == PatternKind::Glob) return at + 1;
    std::size_t i = at + 1;
    if (i < text_.size() && text_[i] == '^') ++i;
    if (i < text_.size() && text_[i] == ']') ++i;
    for (; i < text_.size() && text_[i] != ']'; ++i)
      if (text_[i] == '\\') ++i;
    return std::min(i + 1, text_.size());
  }

  void glob() { alternatives('{', ',', '}', false); }

  void regex() {
    if (text_.starts_with('^')) replace(0, 1, "");
    const bool escaped = text_.size() > 1 && text_[text_.size() - 2] == '\\';
    if (text_.ends_with('$') && !escaped) replace(text_.size() - 1, 1, "");
    for (std::size_t i = 0; i < text_.size(); ++i) signs(i);
    alternatives('(', '|', ')', true);
  }

  /// What stands at `i` takes any sign, or another number of times.
  void signs(std::size_t& i) {
    const char c = text_[i];
    if (c == '\\') {
      if (i + 1 < text_.size() && std::string_view(".dwsDWS").find(text_[i + 1]) != std::string_view::npos)
        replace(i, 2, ".");
      ++i;
    } else if (c == '[') {
      const std::size_t end = class_end(i);
      replace(i, end - i, ".");
      i = end - 1;
    } else if (c == '+') {
      replace(i, 1, "*");
    } else if (c == '*') {
      replace(i, 1, "+");
    } else if (c == '?' && i > 0 && text_[i - 1] != '(') {
      replace(i, 1, "");
    }
  }

  Pattern pattern_;
  std::string text_;
  std::shared_ptr<const compiler::CompiledPattern> original_;
  std::vector<Value> result_;
};

}  // namespace

std::vector<Value> pattern_neighbours(const Value& pattern) {
  const compiler::PatternCode code = compiler::pattern_code(pattern);
  if (code != compiler::PatternCode::Glob && code != compiler::PatternCode::Regex) return {};
  return Neighbours(compiler::pattern_of(pattern)).run();
}

}  // namespace bylaw::runner
