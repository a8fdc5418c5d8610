#include "unit/pattern/random_pattern.h"

#include <iterator>

namespace bylaw::test {
namespace {

template <std::size_t N>
std::string one_of(Random& random, const char* const (&texts)[N]) {
  return texts[random() % N];
}

std::string regex_sign(Random& random) {
  return one_of(
      random, {"a",    "b",       "B",     "k",    "é",   "É",     "/",      ".",      "\\.",    "-",          "[ab]",
               "[^a]", "\\d",     "\\w",   "\\W",  "\\s", "[a-c]", "[^\\w]", "\\x61",  "[\\d-]", "[]a]",       "[^]a]",
               "\\/",  "\\x{e9}", "[à-ÿ]", "[a-]", "\\S", "\\D",   "😀",      "[😀-😂b]", "\\n",    "[[:alpha:]]"});
}

}  // namespace

std::string random_regex(Random& random, int depth) {
  switch (depth <= 0 ? random() % 3 : random() % 12) {
    case 0:
    case 1:
    case 2: return regex_sign(random);
    case 3:
    case 4:
    case 5: return random_regex(random, depth - 1) + random_regex(random, depth - 1);
    case 6: return "(" + random_regex(random, depth - 1) + "|" + random_regex(random, depth - 1) + ")";
    case 7:
      return "(?:" + random_regex(random, depth - 1) + ")" +
             one_of(random, {"*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?"});
    case 8: return "^" + random_regex(random, depth - 1);
    case 9: return random_regex(random, depth - 1) + "$";
    case 10:
      return one_of(random, {"(?i:", "(?s:", "(?-i:", "(?is:", "(?i)(?:"}) + random_regex(random, depth - 1) + ")";
    default: return "(" + random_regex(random, depth - 1) + "|)";
  }
}

std::string random_glob(Random& random, int depth) {
  std::string glob;
  for (std::size_t i = random() % 5; i-- > 0;) {
    if (depth > 0 && random() % 5 == 0)
      glob += "{" + random_glob(random, depth - 1) + "," + random_glob(random, depth - 1) + "}";
    else
      glob += one_of(random, {"a", "b", "/", "*", "**", "?", "\\*", "é", ".", "\\{", "-"});
  }
  return glob;
}

std::string random_text(Random& random) {
  std::string text;
  for (std::size_t i = random() % 7; i-- > 0;)
    text += one_of(random, {"a", "b",  "A", "B", "c", "/", ".", "é",      "É", "1",      "_", "-",
                            " ", "\n", "*", "{", "😀", "😁", "k", "\u212A", "s", "\u017F", "]"});
  return text;
}

}  // namespace bylaw::test
