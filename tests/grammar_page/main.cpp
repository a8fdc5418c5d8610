// docs/language/grammar.md is printed from the rules that the parser runs, and from the tables of words and operators.
// Without arguments this says whether the page is up to date; with --update it rewrites it.
#include <bylaw/grammar/parse.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "../derived_page.h"

namespace {

constexpr std::size_t kWidth = 116;
constexpr std::size_t kIndent = 25;

/// A production over several lines, broken before `|` if it can be, else at a blank.
std::string folded(std::string line) {
  std::string text;
  while (line.size() > kWidth) {
    std::size_t cut = line.rfind(" | ", kWidth);
    if (cut == std::string::npos || cut <= kIndent) cut = line.rfind(' ', kWidth);
    if (cut == std::string::npos || cut <= kIndent) break;
    text += line.substr(0, cut) + "\n";
    line = std::string(kIndent, ' ') + line.substr(cut + 1);
  }
  return text + line + "\n";
}

std::string words(bool wanted) {
  std::vector<std::string> found;
#define BYLAW_TOKEN(name, text)
#define BYLAW_KEYWORD(name, text, reserved) \
  if ((reserved) == wanted) found.emplace_back(text);
#include <bylaw/grammar/keywords.def>
#undef BYLAW_KEYWORD
#undef BYLAW_TOKEN
  std::sort(found.begin(), found.end());
  std::string text;
  for (const std::string& word : found) text += (text.empty() ? "" : " ") + word;
  std::string lines;
  for (std::string& rest = text; !rest.empty();) {
    const std::size_t cut = rest.size() <= kWidth ? rest.size() : rest.rfind(' ', kWidth);
    lines += rest.substr(0, cut) + "\n";
    rest.erase(0, cut + 1);
  }
  return lines;
}

std::string page() {
  std::string text =
      "# Grammar\n"
      "This page is printed from the rules that the parser runs: do not edit it, run `scripts/grammar-page "
      "--update`.\n\n"
      "A name in capitals is a token. `[x]` may be missing, `x*` stands any number of times, `x+` at least once, `x | "
      "y` is "
      "one of both, and\nquotes hold what is written. How tight an operator binds is on the page of "
      "[operators](operators.md).\n\n"
      "```text\n";
  std::istringstream lines(bylaw::grammar::print_ebnf());
  for (std::string line; std::getline(lines, line);) text += folded(line);
  text += "```\n\n## Words\nThese words cannot be names:\n```text\n" + words(true) +
          "```\nThese mean something in their place only, and may be names elsewhere:\n```text\n" + words(false) +
          "```\n";
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  return bylaw::test::keep_page(argc, argv, "docs/language/grammar.md", page(), "scripts/grammar-page");
}
