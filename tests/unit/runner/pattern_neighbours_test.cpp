// Patterns that mutation tries in place of a pattern.
#include "mutation/pattern_neighbours.h"

#include <doctest/doctest.h>

namespace bylaw::runner::test {
namespace {

std::string around(compiler::PatternKind kind, const std::string& text) {
  std::string all;
  for (const compiler::Value& value : pattern_neighbours(compiler::Value::pattern(kind, text)))
    all += value.text + "\n";
  return all;
}

TEST_CASE("a regex: ends, classes, repetitions and alternatives") {
  const auto regex = [](const std::string& text) { return around(compiler::PatternKind::Regex, text); };
  CHECK(regex("^release/[0-9.]+$") == "release/[0-9.]+$\n^release/[0-9.]+\n^release/.+$\n^release/[0-9.]*$\n");
  CHECK(regex("^v\\.[^]x]?$") == "v\\.[^]x]?$\n^v\\.[^]x]?\n^v.[^]x]?$\n^v\\..?$\n^v\\.[^]x]$\n");
  CHECK(regex("^(main|dev|rel)$") == "(main|dev|rel)$\n^(main|dev|rel)\n^(dev|rel)$\n^(main|rel)$\n^(main|dev)$\n");
  CHECK(regex("^a$|^b$") == "a$|^b$\n^a$|^b\n^b$\n^a$\n");
  CHECK(regex("^\\$") == "\\$\n");
  CHECK(regex("") == "");
  CHECK(regex("(") == "");
}

TEST_CASE("a glob: an alternative less") {
  const auto glob = [](const std::string& text) { return around(compiler::PatternKind::Glob, text); };
  CHECK(glob("{4,32,48}xlarge") == "{32,48}xlarge\n{4,48}xlarge\n{4,32}xlarge\n");
  CHECK(glob("{a,a}") == "");
  CHECK(glob("a,b") == "");
}

}  // namespace
}  // namespace bylaw::runner::test
