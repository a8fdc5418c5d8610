#include <bylaw/grammar/diagnostic.h>
#include <bylaw/grammar/diagnostics/expressions.h>
#include <doctest/doctest.h>

#include <algorithm>

namespace bylaw::grammar {
namespace {

struct Written {
  Sources sources;
  SourceId id;
  Diagnostics diagnostics;

  explicit Written(std::string bytes) : id(sources.add("policies/a.bylaw", std::move(bytes))) {}
  Span find(std::string_view text) const {
    const auto at = static_cast<std::uint32_t>(sources[id].bytes().find(text));
    return {id, at, at + static_cast<std::uint32_t>(text.size())};
  }
  DiagnosticBuilder report(std::string_view place) {
    return diagnostics.report(codes::TypesNotComparable, find(place), {{"left", "a Duration"}, {"right", "an Int"}});
  }
  std::string rendered() const { return render(diagnostics.sorted(sources), sources); }
};

TEST_CASE("places count lines and code points") {
  const SourceFile file("x", "ab\r\n\xC3\xA4\xC3\xB6z\n");
  CHECK(file.line_count() == 3);
  CHECK(file.line(1) == "ab");
  CHECK(file.line(3).empty());
  CHECK(file.place(8).line == 2);
  CHECK(file.place(8).column == 3);
  CHECK(file.place(1000).line == 3);
}

TEST_CASE("a diagnostic shows its place, its reason and its mend") {
  Written written("one\n  deny too_long when life > 365  because \"x\"\n");
  written.report("365")
      .label("a Duration > an Int: nothing is converted silently")
      .note(written.find("life"), "")
      .fix("write `365d`", written.find("365"), "365d");
  CHECK(written.rendered() ==
        "policies/a.bylaw:2:29: error[E0201]: a Duration cannot be compared with an Int\n"
        "    2 |   deny too_long when life > 365  because \"x\"\n"
        "      |                      ----   ^^^ a Duration > an Int: nothing is converted silently\n"
        "  fix: write `365d`\n");
}

TEST_CASE("a note on another line stands at its line, a second text on one line below the first") {
  Written written("let limit\nlife > limit\n");
  written.report("> ").label("here").note(written.find("life"), "a Duration").note(written.find("let"), "declared");
  CHECK(written.rendered() ==
        "policies/a.bylaw:2:6: error[E0201]: a Duration cannot be compared with an Int\n"
        "    1 | let limit\n"
        "      | --- declared\n"
        "    2 | life > limit\n"
        "      | ---- ^^ here\n"
        "      | a Duration\n");
}

TEST_CASE("a note in another file is a line with its path") {
  Written written("life\n");
  const SourceId other = written.sources.add("b.bylaw", "x\n  y\n");
  written.report("life").note({other, 4, 5}, "declared here");
  CHECK(written.rendered().ends_with("      | ^^^^\n  b.bylaw:2:3: declared here\n"));
}

TEST_CASE("marks stand below wide letters, tabs and invisible characters") {
  Written written(
      "\t\xE4\xB8\xAD\xE2\x80\xAE"
      "b > c\n");
  written.report("b");
  CHECK(
      written.rendered().ends_with("    1 |     \xE4\xB8\xAD<U+202E>b > c\n"
                                   "      |               ^\n"));
}

TEST_CASE("of a huge line the part around the place is shown") {
  Written written(std::string(100000, 'x') + " y " + std::string(100000, 'z'));
  written.report("y");
  const std::string text = written.rendered();
  CHECK(text.size() < 500);
  CHECK(text.find("...x") != std::string::npos);
  CHECK(text.find("z...") != std::string::npos);
}

TEST_CASE("a place at the end of the file has a caret") {
  Written written("abc");
  written.diagnostics.report(codes::TypesNotComparable, {written.id, 3, 3}, {{"left", "a"}, {"right", "b"}});
  CHECK(written.rendered().ends_with("    1 | abc\n      |    ^\n"));
}

TEST_CASE("colours paint place, severity and marks, and change no text") {
  Written written("life\n");
  written.report("life").label("here").help("a mend");
  RenderOptions options;
  options.colour = true;
  options.path_prefix = "../";
  std::string painted = render(written.diagnostics.all(), written.sources, options);
  CHECK(painted.starts_with("\x1b[1m../policies/a.bylaw:1:1\x1b[0m: \x1b[1;31merror[E0201]\x1b[0m: "));
  while (painted.find('\x1b') != std::string::npos) {
    const std::size_t begin = painted.find('\x1b');
    painted.erase(begin, painted.find('m', begin) - begin + 1);
  }
  CHECK(painted == "../" + written.rendered());
}

TEST_CASE("a byte order mark is no column") {
  const SourceFile file("a.bylaw", "\xEF\xBB\xBFlife x\nlife y\n");
  CHECK(file.place(0).column == 1);
  CHECK(file.place(3).column == 1);
  CHECK(file.place(8).column == 6);
  CHECK(file.place(10).line == 2);
  CHECK(file.place(10).column == 1);
  CHECK(file.line(1) == "life x");
  Written written("\xEF\xBB\xBFlife > x\n");
  written.report("life").label("here");
  CHECK(written.rendered().starts_with("policies/a.bylaw:1:1: "));
  CHECK(written.rendered().find("    1 | life > x\n      | ^^^^ here") != std::string::npos);
}

TEST_CASE("of one warning the first three are shown, and all errors") {
  const std::vector<Code> codes = all_codes();
  const auto warning = std::find_if(codes.begin(), codes.end(), [](Code code) {
    return info(code).severity == Severity::Warning && info(code).text.find('{') == std::string_view::npos;
  });
  REQUIRE(warning != codes.end());
  Written written("life\n");
  for (int i = 0; i < 5; ++i) written.diagnostics.report(*warning, written.find("life"));
  const std::string text = written.rendered();
  CHECK(text.ends_with("2 more " + std::string(info(*warning).id) + "\n"));
  CHECK(written.diagnostics.warnings() == 5);
  CHECK(!written.diagnostics.has_errors());
}

TEST_CASE("nearest finds slips of the finger only") {
  const std::vector<std::string> words{"policy", "param", "private", "allow", "deny", "or", "because"};
  const struct {
    const char* written;
    const char* meant;
  } cases[] = {{"polcy", "policy"}, {"alow", "allow"}, {"becuase", "because"}, {"Deny", "deny"},
               {"ro", ""},          {"xyz", ""},       {"policy", ""},         {"", ""}};
  for (const auto& c : cases) CHECK(nearest(c.written, words) == c.meant);
}

}  // namespace
}  // namespace bylaw::grammar
