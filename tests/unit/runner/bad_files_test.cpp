// Scenario files that are refused: each with the code, the line and the column of its mistake, and a text that says
// what to do. Nothing of such a file runs.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <iterator>

#include "support.h"

namespace bylaw::runner::test {
namespace {

struct BadFile {
  std::string text;
  const char* told;      // the mistake: "S0101 2:3"
  const char* explains;  // stands in its text or its help
};

std::string nested(std::size_t depth) {
  return "scenarios: " + std::string(depth, '[') + std::string(depth, ']') + "\n";
}

std::string bomb() {
  std::string text = "about: x\ntags:\n  - &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 6; ++i)
    text += fmt::format("  - &a{} [*a{}, *a{}, *a{}, *a{}, *a{}, *a{}, *a{}, *a{}, *a{}, *a{}]\n", i, i - 1, i - 1,
                        i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
  return text;
}

const BadFile kFiles[] = {
    {"scenarios:\n  - {name: a, when: {price: 1, expect: allow}\n", "S0112 2:5", "this `{` is not closed"},
    {"scenarios:\n  -\tname: a\n    expect: deny\n", "S0107 2:4", "indent with blanks"},
    {std::string("\xff\xfes\0c\0", 6), "S0113 1:1", "UTF-16"},
    {"scenarios:\n  - {name: a, expect: deny, each: {}}\n", "S0115 2:35", "is empty"},
    {"scenarios:\n  - {name: a, expect: deny, each: {who: []}}\n", "S0115 2:41", "is empty"},
    // keys
    {"scenarois: []\n", "S0101 1:1", "did you mean `scenarios`?"},
    {"decison: look\nscenarios: []\n", "S0101 1:1", "did you mean `decision`?"},
    {"scenarios:\n  - {name: a, expct: deny}\n", "S0101 2:15", "did you mean `expect`?"},
    {"scenarios:\n  - {nam: a, expect: deny}\n", "S0101 2:6", "did you mean `name`?"},
    {"scenarios:\n  - {group: g, scenario: []}\n", "S0101 2:16", "write `scenarios`"},
    {"scenarios: []\nscenarios: []\n", "S0102 2:1", "first on line 1"},
    {"scenarios:\n  - name: a\n    expect: deny\n    expect: allow\n", "S0102 4:5", "first on line 3"},
    {"scenarios:\n  - {name: a, expect: deny, when: {now: 2025-01-01, now: 2025-01-02}}\n", "S0102 2:53",
     "keep one of"},
    {"given: {store: {id: a, \"id\": b}}\nscenarios: []\n", "S0102 1:24", "first on line 1"},
    {"entities: {Person::bo: {}, Person::bo: {}}\nscenarios: []\n", "S0102 1:28", "first on line 1"},
    {"now: 2025-01-01\nscenarios: []\n", "S0211 1:1", "put it into `given`"},
    {"properties:\n  - {name: a, expect: deny}\n", "S0302 2:5", "no `forall`"},
    // what YAML has and scenarios have not
    {"given: &g {now: 2025-01-01}\nscenarios:\n  - <<: *g\n", "S0104 3:5", "`given`"},
    {"scenarios:\n  - {<<: {name: a}, expect: deny}\n", "S0104 2:6", "`like`"},
    {"about: !!str x\nscenarios: []\n", "S0108 1:8", "the declared type"},
    {"scenarios: !list []\n", "S0108 1:12", "take it away"},
    {"about: !<tag:yaml.org,2002:str> x\nscenarios: []\n", "S0108 1:8", "take it away"},
    {"scenarios: []\n---\nscenarios: []\n", "S0105 2:1", "a file of its own"},
    {"--- {}\n--- {}\n", "S0105 2:1", "a file of its own"},
    {"? [a, b]\n: c\n", "S0112 1:3", "cannot be a key"},
    {"? {a: b}\n: c\n", "S0112 1:3", "cannot be a key"},
    {"about: *nobody\nscenarios: []\n", "S0112 1:8", "no anchor of this name"},
    {"about: &a [*a]\nscenarios: []\n", "S0112 1:12", "inside of what it repeats"},
    // size
    {nested(65), "S0106 1:75", "deeper than 64"},
    {nested(5000), "S0106 1:75", "deeper than 64"},
    {bomb(), "S0106 6:45", "more than 10,000 nodes"},
    // layout
    {"scenarios:\n\t- {name: a, expect: deny}\n", "S0107 2:1", "indent with blanks"},
    {"given:\n  store:\n\tid: s\nscenarios: []\n", "S0107 3:1", "indent with blanks"},
    {"scenarios: [\n  {name: a, expect: deny}\n", "S0112 1:12", ""},
    {"scenarios: {\n", "S0112 1:12", ""},
    {"about: \"never closed\nscenarios: []\n", "S0112 1:8", "never closed"},
    {"about: 'never closed\nscenarios: []\n", "S0112 1:8", "never closed"},
    {"about: a: b\nscenarios: []\n", "S0112 1:9", ""},
    {"scenarios:\n  - name: a\n   expect: deny\n", "S0112 3:4", ""},
    {": x\n", "S0112 1:2", "a key is missing"},
    {"about: \xff\xfe\nscenarios: []\n", "S0113 1:8", ""},
    {std::string("about: a\0b\nscenarios: []\n", 26), "S0113 1:9", ""},
    {"about: @x\nscenarios: []\n", "S0112 1:8", ""},
    {"about: `x`\nscenarios: []\n", "S0112 1:8", ""},
    {"about: %x\nscenarios: []\n", "S0112 1:8", ""},
    // shapes
    {"- a\n- b\n", "S0115 1:1", "a map with `scenarios`"},
    {"just a text\n", "S0115 1:1", "a map with `scenarios`"},
    {"scenarios: {name: a}\n", "S0115 1:12", "a list"},
    {"scenarios: [a]\n", "S0115 1:13", "a scenario, which is a map"},
    {"given: [now]\nscenarios: []\n", "S0115 1:8", "a map"},
    {"tags: {a: b}\nscenarios: []\n", "S0115 1:7", "a list of words"},
    {"entities: 3.5\nscenarios: []\n", "E0701 1:11", "is missing"},
    {"use: []\nrequests: [a]\nscenarios: []\n", "S0115 2:11", "a map"},
    {"scenarios:\n  - {group: g, scenarios: [{group: h, scenarios: []}]}\n", "S0304 2:29", "one level up"},
    {"scenarios:\n  - {group: g}\n", "S0302 2:5", "`scenarios`"},
    // values
    {"decision: buy\nscenarios:\n  - {name: a, expect: yes}\n", "S0115 3:23", "allow, deny, invalid or show"},
    {"scenarios:\n  - {name: a, decision: buy, expect: deny, when: {store: {open: yes}}}\n", "S0103 2:65",
     "write true or false"},
    {"scenarios:\n  - {name: a, decision: buy, expect: deny, when: {item: {price: 1.0}}}\n", "S0103 2:65",
     "a whole number"},
    {"scenarios:\n  - {name: a, decision: buy, expect: deny, when: {item: {price: null}}}\n", "S0109 2:65",
     "write `~`"},
    {"scenarios:\n  - {name: a, decision: buy, expect: deny, when: {item: {price: }}}\n", "S0109 2:64", "write `~`"},
    {"scenarios:\n  - {name: a, decision: buy, expect: deny, when: {who: Person::\"a, b\"}}\n", "S0110 2:56",
     "quote the whole item"},
    {"scenarios:\n  - {name: a, decision: buy, expect: deny, when: {item: {name: [a]}}}\n", "S0111 2:64", "'[a]'"},
};

TEST_CASE("at least fifty files are refused, each where its mistake is") {
  CHECK(std::size(kFiles) >= 50);
  for (const BadFile& bad : kFiles) {
    CAPTURE(bad.text.substr(0, 200));
    const auto suites = read(bad.text);
    const grammar::Sources& sources = suites->project.input.sources;
    std::string places, said;
    for (const grammar::Diagnostic& diagnostic : suites->diagnostics.sorted(sources)) {
      const grammar::LineColumn place = sources[diagnostic.span.source].place(diagnostic.span.begin);
      const std::string at = fmt::format("{} {}:{}", grammar::info(diagnostic.code).id, place.line, place.column);
      places += at + "\n";
      if (at != bad.told) continue;
      said = diagnostic.text;
      for (const std::string& help : diagnostic.help) said += "\n" + help;
    }
    CHECK_MESSAGE(!said.empty(), places);
    CHECK_MESSAGE(said.find(bad.explains) != std::string::npos, said);
  }
}

}  // namespace
}  // namespace bylaw::runner::test
