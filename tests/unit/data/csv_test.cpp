#include <bylaw/compiler/csv.h>

#include <doctest/doctest.h>

#include <string>

using namespace bylaw;

namespace {

struct Read {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;
  compiler::CsvFile file;

  explicit Read(std::string bytes) {
    const auto source = sources.add("x.csv", std::move(bytes));
    file = compiler::read_csv(sources, source, diagnostics);
  }

  /// "a|b/c|d": rows by `/`, cells by `|`; or what was told, "E0412 2:3".
  std::string text() const {
    std::string result;
    for (const auto& diagnostic : diagnostics.all()) {
      const auto place = sources[diagnostic.span.source].place(diagnostic.span.begin);
      result += (result.empty() ? "" : " ") + std::string(grammar::info(diagnostic.code).id) + " " +
                std::to_string(place.line) + ":" + std::to_string(place.column);
    }
    if (!result.empty()) return result;
    for (const auto& row : file.rows) {
      if (!result.empty()) result += "/";
      for (std::size_t i = 0; i < row.cells.size(); ++i) result += (i ? "|" : "") + row.cells[i].text;
    }
    return result;
  }
};

}  // namespace

TEST_CASE("csv: cells") {
  struct Case {
    const char* bytes;
    const char* expected;
  };
  const Case cases[] = {
      {"", ""},
      {"a,b\nc,d\n", "a|b/c|d"},
      {"a,b\r\nc,d\r\n", "a|b/c|d"},
      {"\xef\xbb\xbf"
       "a,b",
       "a|b"},
      {"a,,\n", "a||"},
      {"\n\na\n\r\n", "a"},
      {"\"a, b\",\"say \"\"x\"\"\"\n", "a, b|say \"x\""},
      {"\"\"\n", ""},
      {"User::\"a\",x\n", "User::\"a\"|x"},
      {"a\nUser::\"a, b\",x\n", "E0411 2:1"},
      {"a\n\"b\n", "E0411 2:1"},
      {"a\n\"b\"c,d\n", "E0411 2:4"},
      {"a, b\n", "E0412 1:3"},
      {"a ,b\n", "E0412 1:1"},
      {"\" a\"\n", "E0412 1:1"},
      {"a\tb\n", "E0410 1:2"},
      {"a\rb\n", "E0410 1:2"},
      {"a\xc2\xa0"
       "b\n",
       "E0410 1:2"},
      {"a\xe2\x80\x8b\n", "E0410 1:2"},
      {"a\xe2\x80\xae\n", "E0410 1:2"},
      {"a\xff\n", "E0410 1:2"},
      {"a\0b\n", "a"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.bytes));
    CHECK(Read(c.bytes).text() == std::string(c.expected));
  }
  CHECK(Read(std::string("a\0b", 3)).text() == "E0410 1:2");
}

TEST_CASE("csv: spans cover what stands in the file") {
  const Read read("a,\"b \"\"c\"\"\"\r\nd,e\r\n");
  CHECK(read.sources.text(read.file.rows[0].cells[1].span) == "\"b \"\"c\"\"\"");
  CHECK(read.sources.text(read.file.rows[1].span) == "d,e");
}

TEST_CASE("csv: a file of another kind is told of at most twenty times") {
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += " x\n";
  CHECK(Read(many).diagnostics.errors() == 20);
  CHECK(Read(std::string(5'000'000, 'x') + ",y\n").file.rows.size() == 1);
}
