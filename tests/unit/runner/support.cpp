#include "support.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace bylaw::runner::test {

const char* const kPolicies = R"(module shop

open scope Area {
  toys   as "area.toys"
  books  as "area.books"  includes toys
}
enum Size { small  large }

record Item {
  name:    String
  areas:   Set<Area>
  price:   Int
  fragile: Bool
  until:   Time?
}
open record Note { title: String  pages: Int? }

entity Person in Team { level: Int?  since: Time? }
entity Team in Team
entity Robot
entity Store { open: Bool  size as "how_big": Size  staff: Set<Person | Team> = {} }

annotation code: String

decision buy {
  who:     Person | Robot
  item:    Item
  store:   Store
  notes:   List<Note> = []
  labels:  Map<String, String> = {}
  now:     Time
  obliges  wait: Duration by max
  default  deny
}
decision look {
  who:     Person | Robot
  store:   Store
  now:     Time
  default  allow
}

@code("staffOnly")
policy staff for buy when store.open {
  exempt trusted  when who in store.staff
  allow  cheap    when item.price < 10
  deny   otherwise  because "{who} may not buy {item.name}"
}
policy care for buy {
  deny strange for each a in item.areas when a is unknown  because "{a} is no area"
  oblige pause wait = 2d when item.fragile
}
policy future for look mode audit {
  deny robots unless who is Person  because "robots look elsewhere"
}
policy soon for look mode audit until 2030-01-01T00:00:00Z {
  deny closed unless store.open
}
)";

const char* const kBoBuys =
    "decision: buy\n"
    "given: {now: 2025-01-01, who: Person::bo, store: {id: s, open: true, size: small}, item: {name: cup, areas: "
    "[toys], price: 50, fragile: false}}\n";

compiler::Project make_project(const std::string& policies, const std::string& scenarios) {
  compiler::Project project;
  const grammar::SourceId module = project.input.sources.add("shop.bylaw", policies);
  project.input.modules.push_back({module, "shop"});
  project.input.sources.add("shop.scenarios.yaml", scenarios);
  project.scenario_files.push_back("shop.scenarios.yaml");
  return project;
}

std::unique_ptr<Suites> read(const std::string& scenarios, const std::string& policies) {
  auto suites = std::make_unique<Suites>();
  suites->project = make_project(policies, scenarios);
  suites->program = compiler::check(suites->project.input, suites->diagnostics);
  REQUIRE_MESSAGE(!suites->diagnostics.has_errors(),
                  grammar::render(suites->diagnostics.all(), suites->project.input.sources));
  suites->diagnostics = {};
  suites->context = std::make_unique<Context>(suites->program, suites->project.input.sources, suites->diagnostics);
  suites->set = read_suites(suites->project, *suites->context, 1);
  return suites;
}

std::string told(const Suites& suites) {
  return told(suites.project, suites.diagnostics);
}

std::string told(const compiler::Project& project, const grammar::Diagnostics& diagnostics) {
  const grammar::Sources& sources = project.input.sources;
  std::string texts;
  for (const grammar::Diagnostic& diagnostic : diagnostics.sorted(sources)) {
    REQUIRE(diagnostic.span.known());
    const grammar::LineColumn place = sources[diagnostic.span.source].place(diagnostic.span.begin);
    texts += fmt::format("{} {}:{} {}\n", grammar::info(diagnostic.code).id, place.line, place.column, diagnostic.text);
  }
  return texts;
}

}  // namespace bylaw::runner::test
