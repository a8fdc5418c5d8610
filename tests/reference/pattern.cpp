#include "reference/pattern.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace bylaw::reference {

namespace {

struct FoldRow {
  char32_t first, last;
  int stride, delta;
};
const FoldRow kRows[] = {
#define BYLAW_FOLD(first, last, stride, delta) {first, last, stride, delta},
#include "format/case_folding.def"
#undef BYLAW_FOLD
};

using Places = std::set<std::size_t>;
using Sign = std::function<bool(char32_t)>;
/// Where a part may end, for where it may begin.
using Part = std::function<Places(const std::u32string&, const Places&)>;

Part sign(Sign test) {
  return [test](const std::u32string& text, const Places& places) {
    Places ends;
    for (std::size_t at : places)
      if (at < text.size() && test(text[at])) ends.insert(at + 1);
    return ends;
  };
}

Part sequence(const std::vector<Part>& parts) {
  return [parts](const std::u32string& text, Places places) {
    for (const Part& part : parts) places = part(text, places);
    return places;
  };
}

Part either(const std::vector<Part>& parts) {
  return [parts](const std::u32string& text, const Places& places) {
    Places ends;
    for (const Part& part : parts) ends.merge(part(text, places));
    return ends;
  };
}

Part times(const Part& part, int least, int most) {  // most < 0: any number
  return [part, least, most](const std::u32string& text, Places places) {
    for (int i = 0; i < least; ++i) places = part(text, places);
    Places ends = places;
    for (int i = least; most < 0 || i < most; ++i) {
      const std::size_t before = ends.size();
      places = part(text, places);
      ends.insert(places.begin(), places.end());
      if (most < 0 && ends.size() == before) break;
    }
    return ends;
  };
}

Part only_at(const std::function<bool(const std::u32string&, std::size_t)>& test) {
  return [test](const std::u32string& text, const Places& places) {
    Places ends;
    for (std::size_t at : places)
      if (test(text, at)) ends.insert(at);
    return ends;
  };
}

struct Reader {
  std::u32string text;
  std::size_t at = 0;
  bool done() const { return at == text.size(); }
  char32_t peek() const { return done() ? U'\0' : text[at]; }
  bool take(std::u32string_view word) {
    if (text.compare(at, word.size(), word) != 0) return false;
    at += word.size();
    return true;
  }
};

// --- globs ---

Part glob_items(Reader& reader, bool inside);

Part glob_item(Reader& reader) {
  const auto not_slash = [](char32_t c) { return c != U'/'; };
  if (reader.take(U"**")) return times(sign([](char32_t) { return true; }), 0, -1);
  if (reader.take(U"*")) return times(sign(not_slash), 0, -1);
  if (reader.take(U"?")) return sign(not_slash);
  if (reader.take(U"{")) {
    std::vector<Part> choices;
    do choices.push_back(glob_items(reader, true));
    while (reader.take(U","));
    reader.take(U"}");
    return either(choices);
  }
  reader.take(U"\\");
  const char32_t wanted = reader.text[reader.at++];
  return sign([wanted](char32_t c) { return c == wanted; });
}

Part glob_items(Reader& reader, bool inside) {
  std::vector<Part> parts;
  while (!reader.done() && !(inside && (reader.peek() == U',' || reader.peek() == U'}')))
    parts.push_back(glob_item(reader));
  return sequence(parts);
}

// --- regexes ---

/// What folds to something else, by what it folds to.
const std::multimap<char32_t, char32_t>& alike() {
  static const std::multimap<char32_t, char32_t> pairs = [] {
    std::multimap<char32_t, char32_t> all;
    for (char32_t c = 0; c <= 0x1ffff; ++c)
      if (folded(c) != c) all.emplace(folded(c), c);
    return all;
  }();
  return pairs;
}

struct RegexReader : Reader {
  bool fold = false;
  bool dot_all = false;

  Sign cases(Sign test) const {
    if (!fold) return test;
    return [test](char32_t c) {
      const auto [first, last] = alike().equal_range(folded(c));
      return test(c) || test(folded(c)) ||
             std::any_of(first, last, [&](const auto& pair) { return test(pair.second); });
    };
  }

  Part choices() {
    const bool fold_before = fold, dot_before = dot_all;
    std::vector<Part> all;
    do {
      std::vector<Part> parts;
      while (!done() && peek() != U'|' && peek() != U')') parts.push_back(repeated(item()));
      all.push_back(sequence(parts));
    } while (take(U"|"));
    fold = fold_before;
    dot_all = dot_before;
    return either(all);
  }

  Part item() {
    if (take(U"^") || take(U"\\A")) return only_at([](const std::u32string&, std::size_t p) { return p == 0; });
    if (take(U"$") || take(U"\\z"))
      return only_at([](const std::u32string& t, std::size_t p) { return p == t.size(); });
    if (take(U".")) return sign([all = dot_all](char32_t c) { return all || c != U'\n'; });
    if (take(U"[")) return sign(set());
    if (take(U"(")) return group();
    if (peek() == U'\\') return sign(class_or_sign());
    const char32_t wanted = text[at++];
    return sign(cases([wanted](char32_t c) { return c == wanted; }));
  }

  Part group() {
    const bool fold_before = fold, dot_before = dot_all;
    if (take(U"?P<") || take(U"?<")) {
      while (!take(U">")) ++at;
    } else if (take(U"?")) {
      bool on = true;
      while (peek() != U':' && peek() != U')') {
        const char32_t flag = text[at++];
        if (flag == U'-') on = false;
        if (flag == U'i') fold = on;
        if (flag == U's') dot_all = on;
      }
      if (take(U")")) return sequence({});
      take(U":");
    }
    const Part inner = choices();
    take(U")");
    fold = fold_before;
    dot_all = dot_before;
    return inner;
  }

  int number() {
    int value = 0;
    while (peek() >= U'0' && peek() <= U'9') value = value * 10 + static_cast<int>(text[at++] - U'0');
    return value;
  }

  Part repeated(Part part) {
    int least = 0, most = -1;
    const std::size_t begin = at;
    if (take(U"*")) {
    } else if (take(U"+")) {
      least = 1;
    } else if (take(U"?")) {
      most = 1;
    } else if (take(U"{")) {
      const bool digits = peek() >= U'0' && peek() <= U'9';
      least = most = number();
      if (take(U",")) most = peek() == U'}' ? -1 : number();
      if (!digits || !take(U"}")) {
        at = begin;
        return part;
      }
    } else {
      return part;
    }
    take(U"?");
    return times(part, least, most);
  }

  Sign named(char32_t c) const {
    const auto in = [](char32_t low, char32_t high) { return [=](char32_t s) { return s >= low && s <= high; }; };
    const auto digit = in(U'0', U'9'), small = in(U'a', U'z'), capital = in(U'A', U'Z');
    Sign test;
    if (c == U'd' || c == U'D') test = digit;
    if (c == U'w' || c == U'W') test = [=](char32_t s) { return digit(s) || small(s) || capital(s) || s == U'_'; };
    if (c == U's' || c == U'S')
      test = [](char32_t s) { return s == U' ' || s == U'\t' || s == U'\n' || s == U'\r' || s == U'\f'; };
    if (!test) return test;
    test = cases(test);
    if (c == U'D' || c == U'W' || c == U'S') return [test](char32_t s) { return !test(s); };
    return test;
  }

  /// Behind `\`, which stands here.
  char32_t escaped() {
    ++at;
    const char32_t c = text[at++];
    switch (c) {
      case U'n': return U'\n';
      case U't': return U'\t';
      case U'r': return U'\r';
      case U'f': return U'\f';
      case U'v': return U'\v';
      case U'a': return U'\a';
      case U'x':
      case U'u': break;
      default: return c;
    }
    const bool braces = take(U"{");
    const int most = braces ? 8 : c == U'x' ? 2 : 4;
    char32_t value = 0;
    for (int i = 0; i < most && peek() != U'}'; ++i) {
      const char32_t digit = text[at++];
      value = value * 16 + (digit <= U'9' ? digit - U'0' : (digit | 32) - U'a' + 10);
    }
    if (braces) take(U"}");
    return value;
  }

  Sign class_or_sign() {
    if (Sign test = named(text[at + 1])) {
      at += 2;
      return test;
    }
    const char32_t wanted = escaped();
    return cases([wanted](char32_t c) { return c == wanted; });
  }

  Sign set() {
    const bool negated = take(U"^");
    std::vector<Sign> tests;
    for (bool first = true; first || peek() != U']'; first = false) {
      if (peek() == U'\\') {
        if (Sign test = named(text[at + 1])) {
          at += 2;
          tests.push_back(test);
          continue;
        }
      }
      const char32_t low = peek() == U'\\' ? escaped() : text[at++];
      char32_t high = low;
      if (peek() == U'-' && text[at + 1] != U']') {
        ++at;
        high = peek() == U'\\' ? escaped() : text[at++];
      }
      tests.push_back(cases([=](char32_t c) { return c >= low && c <= high; }));
    }
    take(U"]");
    return [=](char32_t c) {
      bool found = false;
      for (const Sign& test : tests) found = found || test(c);
      return found != negated;
    };
  }
};

std::string changed(std::string_view text, char32_t (*change)(char32_t)) {
  std::u32string result = code_points(text);
  for (char32_t& c : result) c = change(c);
  return utf8(result);
}

}  // namespace

bool glob_matches(std::string_view glob, std::string_view text) {
  Reader reader{code_points(glob)};
  const std::u32string all = code_points(text);
  return glob_items(reader, false)(all, {0}).contains(all.size());
}

bool regex_matches(std::string_view regex, std::string_view text) {
  RegexReader reader;
  reader.text = code_points(regex);
  const std::u32string all = code_points(text);
  Places anywhere;
  for (std::size_t at = 0; at <= all.size(); ++at) anywhere.insert(at);
  return !reader.choices()(all, anywhere).empty();
}

std::u32string code_points(std::string_view text) {
  std::u32string result;
  for (const char byte : text) {
    const auto b = static_cast<unsigned char>(byte);
    if ((b & 0xc0) == 0x80)
      result.back() = result.back() << 6 | (b & 0x3f);
    else
      result.push_back(b < 0x80 ? b : b < 0xe0 ? b & 0x1f : b < 0xf0 ? b & 0x0f : b & 0x07);
  }
  return result;
}

std::string utf8(const std::u32string& text) {
  std::string result;
  for (const char32_t c : text) {
    if (c < 0x80) {
      result += static_cast<char>(c);
      continue;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    result += static_cast<char>((0xff00 >> (more + 1) & 0xff) | c >> (6 * more));
    for (int i = more - 1; i >= 0; --i) result += static_cast<char>(0x80 | (c >> (6 * i) & 0x3f));
  }
  return result;
}

char32_t folded(char32_t c) {
  for (const FoldRow& row : kRows)
    if (c >= row.first && c <= row.last && (c - row.first) % static_cast<char32_t>(row.stride) == 0)
      return static_cast<char32_t>(static_cast<int>(c) + row.delta);
  return c;
}

std::string fold_text(std::string_view text) {
  return changed(text, folded);
}

std::string lower_text(std::string_view text) {
  return changed(text, [](char32_t c) -> char32_t { return c >= U'A' && c <= U'Z' ? c + 32 : c; });
}

}  // namespace bylaw::reference
