// How a scenario file comes to look.
#include "unit/formatter/formatted.h"

namespace bylaw::formatter {
namespace {

std::string scenarios(const std::string& bytes) {
  return formatted("x.scenarios.yaml", bytes);
}

struct Case {
  std::string before;
  std::string after;
};

TEST_CASE("indentation by two, blanks in brackets, scalars as they are spelt") {
  const Case cases[] = {
      {"a:   1\nb: {c:   1 ,d: [ x,y , ]}\n", "a: 1\nb: {c: 1, d: [x, y]}\n"},
      {"a:\n- b: 'x  y'\n  c:  \"z\"\n- d\n", "a:\n  - b: 'x  y'\n    c: \"z\"\n  - d\n"},
      {"a:\n      -   b:\n             c: 1\n          d: ~\n", "a:\n  - b:\n      c: 1\n    d: ~\n"},
      {"a:\n  - - x\n    - y\n  -\n    z: 1\n", "a:\n  - - x\n    - y\n  -\n    z: 1\n"},
      {"\n\na: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"},
      {"User::bo: {}\nt: 2026-01-01T00:00:00Z\nx: a b  c\n", "User::bo: {}\nt: 2026-01-01T00:00:00Z\nx: a b  c\n"},
      {"a: 1", "a: 1\n"},
      {"\xEF\xBB\xBF---\r\na:  1\r\nb: 2\r\n", "---\r\na: 1\r\nb: 2\r\n"},
      {"a: &x   {b: 1}\nc:   *x\n", "a: &x {b: 1}\nc: *x\n"},
      {"", ""},
  };
  for (const Case& c : cases) CHECK(scenarios(c.before) == c.after);
}

TEST_CASE("brackets over several lines: below the bracket, or indented if nothing stands behind it") {
  CHECK(scenarios("a:   {b: 1,\n  c: [2,\n3]}\nd:\n  - [\n   x,\n  y\n   ]\n") ==
        "a: {b: 1,\n    c: [2,\n        3]}\nd:\n  - [\n      x,\n      y\n    ]\n");
}

TEST_CASE("blocks of text keep their lines, their blanks and their ends") {
  const Case cases[] = {
      {"a:\n    - name: a\n      b: |\n           x\n            y\n      c: 1\n",
       "a:\n  - name: a\n    b: |\n      x\n       y\n    c: 1\n"},
      {"a:\n  b: |\n    x\n\n\n    y\n  c: 1\n", "a:\n  b: |\n    x\n\n\n    y\n  c: 1\n"},
      {"a:\n    b: |2\n        x\n       y\n    c: 1\n", "a:\n  b: |2\n      x\n     y\n  c: 1\n"},
      {"a:\n  b: |+\n    x\n\n\n  c: 1\n", "a:\n  b: |+\n    x\n\n\n  c: 1\n"},
      {"a:\n  b: |\n    x\n\n\n  c: 1\n", "a:\n  b: |\n    x\n\n  c: 1\n"},
      {"a:\n  b: |\n    x  \n  c: 1\n", "a:\n  b: |\n    x  \n  c: 1\n"},
      {"a:\n  b: |\n    x\n      \n  c: 1\n", "a:\n  b: |\n    x\n      \n  c: 1\n"},
      {"a:\n  b: >-\n\n      x\n        - y\n      # no comment\n    # a comment\n  c: 1\n",
       "a:\n  b: >-\n\n    x\n      - y\n    # no comment\n  # a comment\n  c: 1\n"},
      {"a:\n  b: |   # why\n    x: {  y\n  c:   1\n", "a:\n  b: |   # why\n    x: {  y\n  c: 1\n"},
      {"a:\n  b: |\n  c: 1\n", "a:\n  b: |\n  c: 1\n"},
      {"a:\n  b: |+\n\n  c: 1\n", "a:\n  b: |+\n\n  c: 1\n"},
      {"a:\n-   |\n    x\n-   |1\n   x\n  y\n- - |1-\n     z\n",
       "a:\n  - |\n      x\n  - |1\n     x\n    y\n  - - |1-\n       z\n"},
      {"a: |+\n  x\n\n", "a: |+\n  x\n\n"},
      {"a:   |\n  x", "a:   |\n  x"},
  };
  for (const Case& c : cases) CHECK(scenarios(c.before) == c.after);
}

TEST_CASE("fixtures look like scenarios") {
  CHECK(formatted("x.fixtures.yaml", "entities:\n    User::bo: {in: [ ]}\n") == "entities:\n  User::bo: {in: []}\n");
}

TEST_CASE("texts of several lines") {
  CHECK(
      scenarios(
          "a:\n    b: |\n        one\n          two\n\n        three\n    c: >-\n      x\n    d: plain\n       text\n"
          "    e: \"quoted\n   text\"\n") ==
      "a:\n  b: |\n    one\n      two\n\n    three\n  c: >-\n    x\n  d: plain\n    text\n  e: \"quoted\n    text\"\n");
}

TEST_CASE("the rows of a table stand in columns") {
  CHECK(scenarios("s:\n  - name: x\n    table:\n    - [ now , expect, by ]   # head\n\n    # why\n    - [2026-01-01, "
                  "allow, [a.b, c]]\n"
                  "    - ['日本', deny, default ] # wide\n    - [x]\n") ==
        "s:\n  - name: x\n    table:\n      - [now,        expect, by      ]  # head\n\n      # why\n"
        "      - [2026-01-01, allow,  [a.b, c]]\n      - ['日本',     deny,   default ]  # wide\n      - [x]\n");
}

TEST_CASE("comments keep their places") {
  CHECK(scenarios("# head\n\na:   # of a\n   # of b\n   b: 1  # one\n   long: 2 # two\n   # last of a\n# of c\nc: {d: "
                  "1, # d\n  # e\n  e: 2}\n"
                  "# end\n") ==
        "# head\n\na:  # of a\n  # of b\n  b: 1     # one\n  long: 2  # two\n  # last of a\n# of c\nc: {d: 1,  # d\n   "
        " # e\n    e: 2}\n# end\n");
}

TEST_CASE("what cannot be read is left alone, and told") {
  CHECK(scenarios("a: [1\n").find("error[") != std::string::npos);
  CHECK(scenarios("a: 1\na: 2\n").find("error[") != std::string::npos);
}

TEST_CASE("differences as `diff -u` shows them") {
  CHECK(unified_diff("x", "a\n", "a\n").empty());
  CHECK(unified_diff("x", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- x\n+++ x (formatted)\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(unified_diff("x", "a", "a\n") ==
        "--- x\n+++ x (formatted)\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

}  // namespace
}  // namespace bylaw::formatter
