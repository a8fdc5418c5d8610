// What a terminal and a build service see of a text.
#include <bylaw/grammar/visible_text.h>
#include <doctest/doctest.h>

namespace bylaw::grammar {
namespace {

TEST_CASE("one line, and nothing that steers") {
  CHECK(visible_text("plain, \xC3\xA4\xC3\xB6 \xE2\x9C\x85 [x] # y: z") ==
        "plain, \xC3\xA4\xC3\xB6 \xE2\x9C\x85 [x] # y: z");
  CHECK(visible_text("a\nb\rc\td") == "a\\nb\\rc\\td");
  CHECK(visible_text(std::string_view("\0\x1b[2J\x7f", 6)) == "\\u{0}\\u{1b}[2J\\u{7f}");
  CHECK(visible_text("\xC2\x9B \xE2\x80\xAE \xE2\x80\xA8") == "\\u{9b} \\u{202e} \\u{2028}");
  CHECK(visible_text("\xff") == "\xEF\xBF\xBD");
  CHECK(visible_text("") == "");
}

TEST_CASE("commands to build services are broken") {
  CHECK(visible_text("##vso[task.complete]") == "##vso\\u{5b}task.complete]");
  CHECK(visible_text("x ##[error] y") == "x ##\\u{5b}error] y");
  CHECK(visible_text("  ::error::x") == "  \\u{3a}:error::x");
  CHECK(visible_text("User::bo ::x") == "User::bo ::x");
  CHECK(visible_text("## [x] #[x]") == "## [x] #[x]");
}

TEST_CASE("colours stay where they are asked for, and no other sequence") {
  CHECK(visible_text("\x1b[1;31mFAIL\x1b[0m \x1b[8m", Colours::Keep) == "\x1b[1;31mFAIL\x1b[0m \\u{1b}[8m");
  CHECK(visible_text("\x1b[1;31mFAIL") == "\\u{1b}[1;31mFAIL");
}

TEST_CASE("lines and tabs stay where the text is read by a program") {
  CHECK(visible_lines("a\tb\r\nc\rd\n") == "a\tb\nc\\u{d}d\n");
  CHECK(visible_lines("\xE2\x80\xAE\xE2\x81\xA9 \xE2\x80\xA8 \xEF\xBF\xBE") ==
        "\\u{202e}\\u{2069} \\u{2028} \\u{fffe}");
  CHECK(visible_lines("##vso[ \xff") == "##vso[ \xEF\xBF\xBD");
}

}  // namespace
}  // namespace bylaw::grammar
