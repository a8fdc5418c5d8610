#include <bylaw/grammar/diagnostics/syntax.h>
#include <bylaw/grammar/parse.h>
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "unit/grammar/parsed.h"

namespace bylaw::grammar {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

std::string rule(std::string_view condition) {
  return "module m\npolicy p for d {\n  deny a when " + std::string(condition) + "\n  deny b when x\n}\n";
}

TEST_CASE("what is nested too deep is one mistake, and reading goes on behind it") {
  const std::size_t kMany = 10000;
  const struct {
    const char* what;
    std::string bytes;
  } cases[] = {
      {"brackets", rule(repeated("(", 10 * kMany))},
      {"closed brackets", rule(repeated("(", kMany) + "a" + repeated(")", kMany))},
      {"lists", rule(repeated("[", kMany) + "a" + repeated("]", kMany))},
      {"sets", rule(repeated("{", kMany) + "a" + repeated("}", kMany))},
      {"calls", rule(repeated("f(", kMany) + "a" + repeated(")", kMany))},
      {"indices", rule(repeated("a[", kMany) + "a" + repeated("]", kMany))},
      {"selections", rule("a" + repeated(".b", kMany))},
      {"else if", rule(repeated("if a then b else ", kMany) + "c")},
      {"quantifiers", rule(repeated("any x in xs: ", kMany) + "c")},
      {"not", rule(repeated("not ", kMany) + "c")},
      {"minus", rule(repeated("- ", kMany) + "c")},
      {"plus", rule(repeated("a + ", kMany) + "c")},
      {"defaults", rule(repeated("a ?"
                                 "? ",
                                 kMany) +
                        "c")},
      {"types", "module m\nconst x: " + repeated("Set<", kMany) + "A" + repeated(">", kMany) + " = y\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.what));
    const Parsed parsed(c.bytes);
    CHECK(parsed.codes() == "E0032");
    CHECK(broken_invariant(parsed.tree).empty());
  }
}

TEST_CASE("long chains of `and` and `or` are no nesting") {
  for (const char* op : {"and ", "or "}) {
    const Parsed parsed(rule(repeated(std::string("a.b == 3 ") + op, 10000) + "c"));
    CHECK(parsed.codes().empty());
    CHECK(broken_invariant(parsed.tree).empty());
  }
}

TEST_CASE("a thousand of everything flat is fine") {
  const Parsed parsed("module m\n" +
                      repeated("policy p for a, b.c { deny x when {a, b} within f([1, 2]) because \"{x}\" }\n", 1000));
  CHECK(parsed.codes().empty());
}

TEST_CASE("mistakes are told up to a limit") {
  const Parsed parsed("module m\npolicy p for d {\n" + repeated("  deny a when x = 1\n", 1000) + "}\n");
  CHECK(parsed.diagnostics.errors() == 21);
  CHECK(parsed.diagnostics.all().back().code == codes::FurtherMistakes);
}

double milliseconds(const std::function<void()>& work) {
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

// No alternative of the grammar reads a recursive rule twice: ten times as deep takes about ten times as long, never
// 2^n.
TEST_CASE("time is linear in the nesting") {
  const struct {
    const char* opening;
    const char* closing;
  } cases[] = {{"(", ")"},
               {"[", "]"},
               {"{", "}"},
               {"f(", ")"},
               {"a[", "]"},
               {"{x: ", "}"},
               {"not (", ")"},
               {"if a then (", ") else b"},
               {"any x in (", "): y"},
               {"{x for x in ", "}"},
               {"a.b(", ")"},
               {"(a or ", ")"}};
  for (const auto& c : cases) {
    CAPTURE(std::string(c.opening));
    const auto time = [&](std::size_t depth) {
      const std::string bytes = rule(repeated(c.opening, depth) + "a" + repeated(c.closing, depth));
      return milliseconds([&] { const Parsed parsed(bytes); });
    };
    CHECK(time(120) < 60 * time(12) + 20);
  }
}

TEST_CASE("time is linear in the length of a line of brackets that never close") {
  const std::string bytes = rule(repeated("f(a b ", 20000));
  CHECK(milliseconds([&] { const Parsed parsed(bytes); }) < 5000);
}

/// Cuts, swaps and doubles pieces of good files: whatever the bytes are, a tree comes and its invariants hold.
TEST_CASE("every prefix of a file gives a tree") {
  const std::filesystem::path folder = std::filesystem::path(BYLAW_SOURCE_DIR) / "tests" / "golden" / "parse";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".bylaw") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    for (std::size_t length = 0; length <= bytes.size(); length += 7) {
      const Parsed parsed(bytes.substr(0, length));
      const std::string broken = broken_invariant(parsed.tree);
      CHECK_MESSAGE(broken.empty(), entry.path().filename().string(), " cut at ", length, ": ", broken);
    }
  }
}

}  // namespace
}  // namespace bylaw::grammar
