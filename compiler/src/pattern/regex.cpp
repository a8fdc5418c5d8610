// Regular expressions: RE2's syntax without what no automaton over one text can say, and without what its readers
// would have to look up. What is left out is refused by name.

#include <algorithm>
#include <iterator>

#include "pattern/pattern_tree.h"

namespace bylaw::compiler::pattern {
namespace {

constexpr int kDeepest = 200;
constexpr int kMostRepeats = 1000;

struct Flags {
  bool fold = false;     // (?i)
  bool dot_all = false;  // (?s)
};

CodeSet set_of(std::initializer_list<CodeRange> ranges) {
  CodeSet set;
  for (const CodeRange range : ranges) set.add(range.first, range.last);
  return set;
}

/// `\d`, `\w`, `\s`: ASCII alone, as in RE2; capitals are all the rest.
std::optional<CodeSet> perl_class(char32_t c, bool fold) {
  const auto positive = [](char32_t sign) -> std::optional<CodeSet> {
    switch (sign) {
      case 'd': return set_of({{'0', '9'}});
      case 'w': return set_of({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}});
      case 's': return set_of({{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}});
      default: return std::nullopt;
    }
  };
  const bool negated = c == 'D' || c == 'W' || c == 'S';
  auto set = positive(negated ? c + 32 : c);
  if (set && fold) set->add_cases();
  return set && negated ? set->complement() : set;
}

struct NamedClass {
  std::string_view name;
  std::initializer_list<CodeRange> ranges;
};
const NamedClass kNamedClasses[] = {
    {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
    {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
    {"ascii", {{0, 0x7f}}},
    {"blank", {{'\t', '\t'}, {' ', ' '}}},
    {"cntrl", {{0, 0x1f}, {0x7f, 0x7f}}},
    {"digit", {{'0', '9'}}},
    {"graph", {{'!', '~'}}},
    {"lower", {{'a', 'z'}}},
    {"print", {{' ', '~'}}},
    {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
    {"space", {{'\t', '\r'}, {' ', ' '}}},
    {"upper", {{'A', 'Z'}}},
    {"word", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
    {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}},
};

/// What stands after `\` and is no set of signs: told by name.
struct Refused {
  std::string_view sign;
  std::string_view what;
  std::string_view help;
};
constexpr Refused kRefusedEscapes[] = {
    {"b", "a word boundary", "write what may stand there: `(^|\\W)` before, `(\\W|$)` after"},
    {"B", "a place that is no word boundary", "write what may stand there: `\\w`"},
    {"Z", "the end of the text before a last newline", "write `$` or `\\z` for the end of the text"},
    {"G", "the end of an earlier match", "a text is matched once; drop it"},
    {"K", "a part that is left out of a match", "a text is only tested; drop it"},
    {"k", "a reference back to a group", "no automaton remembers what a group matched; write the alternatives out"},
    {"p", "a class of Unicode by name", "write the characters as a set: `[a-zà-ÿ]`"},
    {"P", "a class of Unicode by name", "write the characters as a set: `[^a-zà-ÿ]`"},
    {"C", "a single byte", "a text is read by code points: write `.`"},
    {"X", "a grapheme", "a text is read by code points: write `.`"},
    {"R", "any kind of line break", "write `\\r?\\n`"},
    {"N", "any character but a newline", "write `.`"},
    {"h", "a horizontal blank", "write `[\\t ]`"},
    {"c", "a control character", "write its number: `\\x1b`"},
    {"e", "the escape character", "write `\\x1b`"},
};
constexpr Refused kRefusedGroups[] = {
    {"?=", "a look ahead", "test twice: `s matches re\"..\" and s matches re\"..\"`"},
    {"?!", "a negative look ahead", "test twice: `s matches re\"..\" and not s matches re\"..\"`"},
    {"?<=", "a look behind", "test twice: `s matches re\"..\" and s matches re\"..\"`"},
    {"?<!", "a negative look behind", "test twice: `s matches re\"..\" and not s matches re\"..\"`"},
    {"?>", "a group that is not tried again", "matching is linear here as it is: write `(..)`"},
    {"?#", "a comment", "write it after `//`, outside of the regex"},
    {"?(", "a group that depends on another one", "write the alternatives out"},
    {"?R", "a regex inside of itself", "no automaton counts: say how deep it may be"},
    {"?P=", "a reference back to a group", "no automaton remembers what a group matched; write the alternatives out"},
    {"?P>", "a call of a group", "write the group out"},
};

bool is_word(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

class RegexParser {
 public:
  explicit RegexParser(std::string_view text) : text_(text), rest_(text) {}

  Parsed parse() {
    Tree tree = choices(0);
    if (!error_ && !rest_.empty()) fail(at(), at() + 1, "`)` closes nothing", "write `\\)` for the character itself");
    return {std::move(tree), error_};
  }

 private:
  std::size_t at() const { return text_.size() - rest_.size(); }
  std::string written(std::size_t begin) const { return "`" + std::string(text_.substr(begin, at() - begin)) + "`"; }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  Tree fail(std::size_t begin, std::size_t end, std::string what, std::string help) {
    if (!error_) error_ = PatternError{begin, end, std::move(what), std::move(help)};
    rest_ = {};
    return {};
  }

  // --- structure ---

  Tree choices(int depth) {
    const Flags outside = flags_;
    std::vector<Tree> all;
    if (depth > kDeepest) return fail(at(), at() + 1, "groups are nested more than 200 deep", "");
    do all.push_back(items(depth));
    while (take("|"));
    flags_ = outside;
    return alternatives(std::move(all));
  }

  Tree items(int depth) {
    std::vector<Tree> all;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      const std::size_t begin = at();
      Tree item = atom(depth);
      if (error_) return {};
      if (item.kind == Tree::Kind::Empty && text_.substr(begin).starts_with("(?")) {
        all.push_back(std::move(item));  // flags
        continue;
      }
      all.push_back(repeated(std::move(item), begin));
    }
    return sequence(std::move(all));
  }

  Tree atom(int depth) {
    const std::size_t begin = at();
    const char32_t c = format::take_front(rest_);
    Tree anchor;
    switch (c) {
      case '^': anchor.kind = Tree::Kind::Begin; return anchor;
      case '$': anchor.kind = Tree::Kind::End; return anchor;
      case '.': return any_of(flags_.dot_all ? CodeSet().complement() : set_of({{'\n', '\n'}}).complement());
      case '[': return brackets(begin);
      case '(': return group(begin, depth);
      case '\\': return escape(begin);
      case '*':
      case '+':
      case '?':
        return fail(begin, at(), written(begin) + " repeats nothing: it follows what it repeats",
                    "write `\\" + std::string(1, static_cast<char>(c)) + "` for the character itself");
      default: return signs(set_of({{c, c}}));
    }
  }

  Tree signs(CodeSet set) const {
    if (flags_.fold) set.add_cases();
    return any_of(std::move(set));
  }

  Tree group(std::size_t begin, int depth) {
    for (const Refused& refused : kRefusedGroups) {
      if (!take(refused.sign)) continue;
      return fail(begin, at(), written(begin) + " is " + std::string(refused.what) + ", which is left out here",
                  std::string(refused.help));
    }
    const Flags outside = flags_;
    if (take("?P<") || take("?<")) {
      const std::size_t name = at();
      while (!rest_.empty() && (is_word(static_cast<unsigned char>(rest_.front())) || rest_.front() == '_'))
        rest_.remove_prefix(1);
      if (at() == name || !take(">"))
        return fail(begin, at(), "the name of a group stands between `<` and `>`", "write `(..)`: names are not used");
    } else if (take("?")) {
      if (!read_flags(begin)) return {};
      if (take(")")) return {};  // for the rest of the group around it
      take(":");
    }
    Tree inner = choices(depth + 1);
    flags_ = outside;
    if (error_) return {};
    if (!take(")")) return fail(begin, begin + 1, "`(` is not closed", "write `\\(` for the character itself");
    if (inner.kind != Tree::Kind::Empty) return inner;
    Tree empty;  // told from flags by being a sequence
    empty.kind = Tree::Kind::Sequence;
    empty.children.emplace_back();
    return empty;
  }

  /// `i`, `s`, `-` up to `:` or `)`.
  bool read_flags(std::size_t begin) {
    bool on = true;
    while (!rest_.empty() && rest_.front() != ':' && rest_.front() != ')') {
      const char flag = rest_.front();
      const std::size_t place = at();
      format::take_front(rest_);
      if (flag == '-' && on) {
        on = false;
      } else if (flag == 'i') {
        flags_.fold = on;
      } else if (flag == 's') {
        flags_.dot_all = on;
      } else if (flag == 'm') {
        fail(place, place + 1, "the flag `m` is left out here: `^` and `$` are the ends of the text",
             "write `(^|\\n)` and `($|\\n)` for the ends of a line");
        return false;
      } else {
        fail(place, at(), written(place) + " is no flag: a group has `(?i)` and `(?s)`", "");
        return false;
      }
    }
    if (!rest_.empty()) return true;
    fail(begin, begin + 1, "`(` is not closed", "write `\\(` for the character itself");
    return false;
  }

  // --- repetition ---

  struct Bounds {
    int least, most;
  };

  Tree repeated(Tree item, std::size_t begin) {
    const std::size_t sign = at();
    const auto bounds = read_bounds();
    if (error_) return {};
    if (!bounds) return item;
    take("?");  // as few as possible: the same for a test
    if (take("+"))
      return fail(sign, at(), written(sign) + " is a repetition that is not tried again, which is left out here",
                  "matching is linear here as it is: drop the last `+`");
    const std::size_t next = at();
    if (read_bounds() && !error_)
      return fail(next, at(), "a repetition of a repetition", "put brackets around the inner one: `(..)`");
    if (error_) return {};
    Tree result = repeat(std::move(item), bounds->least, bounds->most);
    result.begin = begin;
    result.end = next;
    return result;
  }

  std::optional<Bounds> read_bounds() {
    if (take("*")) return Bounds{0, kUnbounded};
    if (take("+")) return Bounds{1, kUnbounded};
    if (take("?")) return Bounds{0, 1};
    const std::size_t begin = at();
    if (!rest_.starts_with('{')) return std::nullopt;
    const std::size_t close = rest_.find('}');
    const std::string_view inside = close == std::string_view::npos ? "" : rest_.substr(1, close - 1);
    const std::size_t comma = inside.find(',');
    const std::string_view low = inside.substr(0, comma);
    const std::string_view high = comma == std::string_view::npos ? low : inside.substr(comma + 1);
    const auto digits = [](std::string_view s) { return s.find_first_not_of("0123456789") == std::string_view::npos; };
    if (inside.empty() || inside == "," || !digits(low) || !digits(high)) return std::nullopt;  // the sign itself
    rest_.remove_prefix(close + 1);
    if (low.empty()) {
      fail(begin, at(), written(begin) + " has no least number", "write `{0," + std::string(high) + "}`");
      return std::nullopt;
    }
    const auto number = [](std::string_view s) { return s.size() > 4 ? kMostRepeats + 1 : std::stoi(std::string(s)); };
    const Bounds bounds{number(low), high.empty() ? kUnbounded : number(high)};
    if (bounds.least > kMostRepeats || bounds.most > kMostRepeats)
      fail(begin, at(), written(begin) + " repeats more than 1,000 times", "write `*` or `+`, and test the length");
    else if (bounds.most != kUnbounded && bounds.most < bounds.least)
      fail(begin, at(), written(begin) + " ends before it begins", "");
    return bounds;
  }

  // --- sets ---

  Tree brackets(std::size_t begin) {
    const bool negated = take("^");
    CodeSet set;
    bool first = true;
    while (!rest_.empty() && (first || rest_.front() != ']')) {
      first = false;
      if (!add_item(set)) return {};
    }
    if (!take("]")) return fail(begin, begin + 1, "`[` is not closed", "write `\\[` for the character itself");
    if (flags_.fold) set.add_cases();
    return any_of(negated ? set.complement() : std::move(set));
  }

  bool add_item(CodeSet& set) {
    const std::size_t begin = at();
    if (rest_.starts_with("[:")) return add_named(set);
    std::optional<CodeSet> several;
    const auto low = set_sign(several);
    if (error_) return false;
    if (several) {
      set.add(*several);
      return true;
    }
    if (!rest_.starts_with('-') || rest_.starts_with("-]") || rest_.size() < 2) {
      set.add(*low, *low);
      return true;
    }
    take("-");
    const auto high = set_sign(several);
    if (error_) return false;
    if (several || *high < *low) {
      fail(begin, at(), written(begin) + (several ? " is no range" : " is a range that ends before it begins"),
           "write `\\-` for the character itself");
      return false;
    }
    set.add(*low, *high);
    return true;
  }

  bool add_named(CodeSet& set) {
    const std::size_t begin = at();
    const std::size_t close = rest_.find(":]");
    if (close == std::string_view::npos) {
      set.add('[', '[');
      rest_.remove_prefix(1);
      return true;
    }
    std::string_view name = rest_.substr(2, close - 2);
    rest_.remove_prefix(close + 2);
    const bool negated = name.starts_with('^');
    if (negated) name.remove_prefix(1);
    for (const NamedClass& known : kNamedClasses) {
      if (known.name != name) continue;
      CodeSet named = set_of(known.ranges);
      if (flags_.fold) named.add_cases();
      set.add(negated ? named.complement() : named);
      return true;
    }
    fail(begin, at(), written(begin) + " is no class of characters", "such as `[:alpha:]`, `[:digit:]`, `[:alnum:]`");
    return false;
  }

  /// One sign in brackets, or in `several` a class such as `\d`.
  std::optional<char32_t> set_sign(std::optional<CodeSet>& several) {
    const std::size_t begin = at();
    const char32_t c = format::take_front(rest_);
    if (c != '\\') return c;
    if (!rest_.empty()) several = perl_class(static_cast<unsigned char>(rest_.front()), flags_.fold);
    if (!several) return escaped_sign(begin);
    rest_.remove_prefix(1);
    return std::nullopt;
  }

  // --- escapes ---

  Tree escape(std::size_t begin) {
    if (rest_.empty()) return fail(begin, at(), "`\\` ends the regex", "write `\\\\` for the character itself");
    const auto next = static_cast<unsigned char>(rest_.front());
    Tree anchor;
    if (next == 'A' || next == 'z') {
      anchor.kind = next == 'A' ? Tree::Kind::Begin : Tree::Kind::End;
      rest_.remove_prefix(1);
      return anchor;
    }
    if (next == 'Q') return quoted();
    if (auto several = perl_class(next, flags_.fold)) {
      rest_.remove_prefix(1);
      return any_of(std::move(*several));
    }
    const auto c = escaped_sign(begin);
    return c ? signs(set_of({{*c, *c}})) : Tree{};
  }

  /// `\Q..\E`: each sign itself.
  Tree quoted() {
    take("Q");
    std::vector<Tree> all;
    while (!rest_.empty() && !take("\\E")) {
      const char32_t c = format::take_front(rest_);
      all.push_back(signs(set_of({{c, c}})));
    }
    Tree tree;
    tree.kind = Tree::Kind::Sequence;
    tree.children = std::move(all);
    if (tree.children.empty()) tree.children.emplace_back();
    return tree;
  }

  /// The sign behind `\`, which was taken; nothing if told.
  std::optional<char32_t> escaped_sign(std::size_t begin) {
    if (rest_.empty()) {
      fail(begin, at(), "`\\` ends the regex", "write `\\\\` for the character itself");
      return std::nullopt;
    }
    const char32_t c = format::take_front(rest_);
    switch (c) {
      case 'n': return U'\n';
      case 't': return U'\t';
      case 'r': return U'\r';
      case 'f': return U'\f';
      case 'v': return U'\v';
      case 'a': return U'\a';
      case 'x': return code(begin, 2);
      case 'u': return code(begin, 4);
      default: break;
    }
    if (c < 0x80 && !is_word(c)) return c;
    tell_escape(begin, c);
    return std::nullopt;
  }

  void tell_escape(std::size_t begin, char32_t c) {
    const std::string_view sign = text_.substr(begin + 1, at() - begin - 1);
    for (const Refused& refused : kRefusedEscapes) {
      if (refused.sign != sign) continue;
      fail(begin, at(), "`\\" + std::string(sign) + "` is " + std::string(refused.what) + ", which is left out here",
           std::string(refused.help));
      return;
    }
    if (c >= '0' && c <= '9')
      fail(begin, at(), "`\\" + std::string(sign) + "` is a reference back to a group, which is left out here",
           c == '0' ? "write `\\x00`" : "no automaton remembers what a group matched; write the alternatives out");
    else
      fail(begin, at(), "`\\" + std::string(sign) + "` means nothing in a regex",
           "write `" + std::string(sign) + "` for the character itself");
  }

  /// `\x22`, `\u00e9` and, of any length, `\x{1F512}`.
  std::optional<char32_t> code(std::size_t begin, unsigned digits) {
    const bool braces = take("{");
    char32_t value = 0;
    unsigned count = 0;
    while (!rest_.empty() && count < (braces ? 8 : digits)) {
      const auto digit = hex_digit(rest_.front());
      if (!digit) break;
      value = value << 4 | *digit;
      ++count;
      rest_.remove_prefix(1);
    }
    const bool whole = braces ? count > 0 && take("}") : count == digits;
    const bool is_code = value <= kLastCodePoint && (value < 0xd800 || value > 0xdfff);
    if (whole && is_code) return value;
    fail(begin, at(), written(begin) + (whole ? " is no code point" : " is no number of a code point"),
         "such as `\\x22`, `\\u00e9` or `\\x{1F512}`");
    return std::nullopt;
  }

  std::string_view text_;
  std::string_view rest_;
  Flags flags_;
  std::optional<PatternError> error_;
};

}  // namespace

Parsed parse_regex(std::string_view text) {
  return RegexParser(text).parse();
}

}  // namespace bylaw::compiler::pattern
