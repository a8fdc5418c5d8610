// Globs: `*` and `?` stop at `/`, `**` does not, `{a,b}`, `\` before a sign that means something.

#include "pattern/pattern_tree.h"

namespace bylaw::compiler::pattern {
namespace {

constexpr std::string_view kSigns = "*?{},[]\\";
constexpr int kDeepest = 50;

CodeSet within_segment() {
  CodeSet slash;
  slash.add('/', '/');
  return slash.complement();
}

class GlobParser {
 public:
  explicit GlobParser(std::string_view text) : text_(text), rest_(text) {}

  Parsed parse() {
    std::vector<Tree> whole(1);
    whole[0].kind = Tree::Kind::Begin;
    whole.push_back(items(0));
    if (!error_ && !rest_.empty()) fail(at(), at() + 1, "`}` closes nothing", "write `\\}` for the character itself");
    whole.emplace_back().kind = Tree::Kind::End;
    return {sequence(std::move(whole)), error_};
  }

 private:
  std::size_t at() const { return text_.size() - rest_.size(); }

  void fail(std::size_t begin, std::size_t end, std::string what, std::string help) {
    if (!error_) error_ = PatternError{begin, end, std::move(what), std::move(help)};
    rest_ = {};
  }

  /// Up to the end, or to `,` or `}` of the braces around it.
  Tree items(int depth) {
    std::vector<Tree> all;
    while (!rest_.empty() && rest_.front() != '}' && (depth == 0 || rest_.front() != ',')) all.push_back(item(depth));
    return sequence(std::move(all));
  }

  Tree item(int depth) {
    const std::size_t begin = at();
    const char32_t c = format::take_front(rest_);
    switch (c) {
      case '*': return star();
      case '?': return any_of(within_segment());
      case '{': return braces(begin, depth + 1);
      case '\\': return escaped(begin);
      case '[':
        fail(begin, begin + 1, "`[` means nothing in a glob: it has no sets of characters",
             "write `\\[` for the character itself, `{a,b}` for either, or use `re\"..\"`");
        return {};
      default: return one(c);
    }
  }

  static Tree one(char32_t c) {
    CodeSet set;
    set.add(c, c);
    return any_of(std::move(set));
  }

  Tree star() {
    const bool across = rest_.starts_with('*');
    while (rest_.starts_with('*')) rest_.remove_prefix(1);
    return repeat(any_of(across ? CodeSet().complement() : within_segment()), 0, kUnbounded);
  }

  Tree escaped(std::size_t begin) {
    if (rest_.empty()) {
      fail(begin, begin + 1, "`\\` ends the glob: it takes the next character as it is",
           "write `\\\\` for the character itself");
      return {};
    }
    const std::size_t sign = at();
    const char32_t c = format::take_front(rest_);
    if (c < 0x80 && kSigns.find(static_cast<char>(c)) != std::string_view::npos) return one(c);
    const std::string seen(text_.substr(begin, at() - begin));
    fail(begin, at(), "`" + seen + "` means nothing in a glob: `\\` stands before `* ? { } [ ] , \\`",
         "write `" + std::string(text_.substr(sign, seen.size() - 1)) + "`, or use `re\"..\"`");
    return {};
  }

  Tree braces(std::size_t begin, int depth) {
    std::vector<Tree> choices;
    if (depth > kDeepest) fail(begin, begin + 1, "braces are nested more than 50 deep", "");
    for (;;) {
      choices.push_back(items(depth));
      if (error_) return {};
      if (rest_.empty()) {
        fail(begin, begin + 1, "`{` is not closed", "write `\\{` for the character itself");
        return {};
      }
      const bool more = rest_.front() == ',';
      rest_.remove_prefix(1);
      if (more) continue;
      if (choices.size() == 1) fail_alone(begin);
      return alternatives(std::move(choices));
    }
  }

  /// `{name}`: most likely meant as what messages do.
  void fail_alone(std::size_t begin) {
    const std::string seen(text_.substr(begin, at() - begin));
    fail(begin, at(), "`" + seen + "` is a choice of one: a pattern is fixed, and no value is put into it",
         "write `{a,b}` for either, `\\{` for the character itself");
  }

  std::string_view text_;
  std::string_view rest_;
  std::optional<PatternError> error_;
};

}  // namespace

Parsed parse_glob(std::string_view text) {
  return GlobParser(text).parse();
}

}  // namespace bylaw::compiler::pattern
