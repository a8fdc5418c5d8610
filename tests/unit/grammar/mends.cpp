#include <bylaw/grammar/diagnostics/syntax.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "unit/grammar/parsed.h"

namespace bylaw::grammar {
namespace {

std::string applied(std::string bytes, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  for (const Edit& edit : edits) bytes.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
  return bytes;
}

std::size_t count(const Parsed& parsed, Code code) {
  const auto& all = parsed.diagnostics.all();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const Diagnostic& d) { return d.code == code; }));
}

/// A fix is a promise: applied as it stands, the mistake is gone.
TEST_CASE("every fix of the golden files mends its mistake") {
  const std::filesystem::path folder = std::filesystem::path(BYLAW_SOURCE_DIR) / "tests" / "golden" / "parse";
  std::size_t tried = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string file = entry.path().filename().string();
    if (entry.path().extension() != ".bylaw" || !file.starts_with("fail_")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const Parsed before(bytes);
    if (count(before, codes::FurtherMistakes) != 0) continue;  // counts would compare different parts of the file
    for (const Diagnostic& diagnostic : before.diagnostics.all()) {
      for (const Fix& fix : diagnostic.fixes) {
        ++tried;
        const Parsed after(applied(bytes, fix.edits));
        const bool mended = count(after, diagnostic.code) < count(before, diagnostic.code);
        CHECK_MESSAGE(mended, file, ": ", diagnostic.text, ": ", fix.text, "\n", after.told());
      }
    }
  }
  CHECK(tried > 20);
}

TEST_CASE("every message about reading a file is shown by a golden file") {
  std::string shown;
  const std::filesystem::path folder = std::filesystem::path(BYLAW_SOURCE_DIR) / "tests" / "golden" / "parse";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".expected") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    shown.append(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  for (const Code code : all_codes()) {
    const CodeInfo& row = info(code);
    const bool elsewhere = !row.id.starts_with("E00") || code == codes::FileTooLarge;  // 16 MiB: unit/grammar/lexer.cpp
    CHECK_MESSAGE((elsewhere || shown.find("[" + std::string(row.id) + "]") != std::string::npos), row.id, " ",
                  row.name);
  }
}

TEST_CASE("the printed grammar defines what it uses and has every word") {
  const std::string ebnf = print_ebnf();
  CHECK(ebnf.find("bylaw::") == std::string::npos);
  const char* words[] = {
#define BYLAW_TOKEN(name, text)
#define BYLAW_KEYWORD(name, text, reserved) text,
#include <bylaw/grammar/keywords.def>
#undef BYLAW_KEYWORD
#undef BYLAW_TOKEN
  };
  for (const std::string word : words) {
    CAPTURE(word);
    const bool a_mode = word == "audit";  // NAME, by the grammar
    CHECK((a_mode || ebnf.find("\"" + word + "\"") != std::string::npos));
  }
}

}  // namespace
}  // namespace bylaw::grammar
