// Random patterns against two others: RE2, whose syntax regexes have, and the judge's own matcher, which knows no
// automata.

#include <bylaw/compiler/pattern.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include <re2/re2.h>

#include "reference/pattern.h"
#include "unit/pattern/random_pattern.h"

namespace bylaw::test {
namespace {

using compiler::compile_pattern;
using compiler::PatternKind;

int runs() {
  const char* const wanted = std::getenv("BYLAW_FUZZ_RUNS");
  return wanted ? std::atoi(wanted) : 4000;
}

TEST_CASE("regexes match as RE2's do, and as the judge says") {
  Random random(7);
  for (int i = 0; i < runs(); ++i) {
    const std::string regex = random_regex(random, 4);
    RE2::Options quiet;
    quiet.set_log_errors(false);
    const RE2 other(regex, quiet);
    const auto ours = compile_pattern(PatternKind::Regex, regex);
    CAPTURE(regex);
    if (ours.error) {
      CAPTURE(ours.error->what);
      CHECK(!other.ok());
      continue;
    }
    if (!other.ok()) continue;  // RE2 counts nested repetitions
    for (int t = 0; t < 12; ++t) {
      const std::string text = random_text(random);
      CAPTURE(text);
      const bool matches = ours.automaton->accepts({text});
      CHECK(matches == RE2::PartialMatch(text, other));
      if (t < 3 && regex.find("[:") == std::string::npos) CHECK(matches == reference::regex_matches(regex, text));
    }
  }
}

TEST_CASE("globs match as the judge says") {
  Random random(11);
  for (int i = 0; i < runs(); ++i) {
    const std::string glob = random_glob(random, 2);
    const auto ours = compile_pattern(PatternKind::Glob, glob);
    CAPTURE(glob);
    REQUIRE(ours.automaton);
    for (int t = 0; t < 12; ++t) {
      const std::string text = random_text(random);
      CAPTURE(text);
      CHECK(ours.automaton->accepts({text}) == reference::glob_matches(glob, text));
    }
  }
}

TEST_CASE("a merged pattern accepts what one of them does, and texts are read as they are asked to be") {
  Random random(13);
  for (int i = 0; i < runs() / 4; ++i) {
    const std::string glob = random_glob(random, 1), regex = random_regex(random, 2);
    const auto a = compile_pattern(PatternKind::Glob, glob);
    const auto b = compile_pattern(PatternKind::Regex, regex);
    const auto both = compiler::merge_patterns({{PatternKind::Glob, glob}, {PatternKind::Regex, regex}});
    if (!a.automaton || !b.automaton) continue;
    CAPTURE(glob);
    CAPTURE(regex);
    REQUIRE(both);
    for (int t = 0; t < 8; ++t) {
      const std::string text = random_text(random);
      const bool either = a.automaton->accepts({text}) || b.automaton->accepts({text});
      CAPTURE(text);
      CHECK(both->accepts({text}) == either);
      const std::string lower = reference::lower_text(text), folded = reference::fold_text(text);
      CHECK(both->accepts({text, format::TextMode::Lower}) == both->accepts({lower}));
      CHECK(both->accepts({text, format::TextMode::Fold}) == both->accepts({folded}));
    }
  }
}

}  // namespace
}  // namespace bylaw::test
