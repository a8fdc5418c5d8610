// Every code of names, types, expressions and declarations is shown by a golden file, so that its text was read by
// someone.

#include <doctest/doctest.h>

#include <bylaw/grammar/diagnostic.h>
#include <bylaw/grammar/diagnostics/types.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string golden_answers() {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(BYLAW_SOURCE_DIR "/tests/golden/check")) {
    if (entry.path().extension() != ".expected") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return all;
}

bool is_of_the_checker(std::string_view id) {
  const std::string_view subject = id.substr(1, 2);
  return (id[0] == 'E' || id[0] == 'W') && (subject == "01" || subject == "02" || subject == "05");
}

}  // namespace

TEST_CASE("every code of the checker is shown by a golden file") {
  const std::string answers = golden_answers();
  for (bylaw::grammar::Code code : bylaw::grammar::all_codes()) {
    const std::string id(bylaw::grammar::info(code).id);
    if (!is_of_the_checker(id) || code == bylaw::grammar::codes::TooManyMembers) continue;  // names_test.cpp has it
    CAPTURE(id);
    CHECK(answers.find("[" + id + "]") != std::string::npos);
  }
}
