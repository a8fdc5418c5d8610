// List entries that the project's entity data knows nothing of.

#include <doctest/doctest.h>

#include "support.h"

using namespace bylaw;
using namespace bylaw::runner;

namespace {

std::string warnings(const std::string& list, const std::string& entities) {
  compiler::Project project = test::make_project(std::string(test::kPolicies) + list, "");
  if (!entities.empty()) {
    if (!entities.starts_with("snapshot ")) project.input.sources.add("people.yaml", entities);
    project.entity_files.push_back("people.yaml");
  }
  grammar::Diagnostics diagnostics;
  const compiler::Program program = compiler::check(project.input, diagnostics);
  REQUIRE(!diagnostics.has_errors());
  const auto compiled = compiler::lower(program, project.input, diagnostics);
  REQUIRE(compiled);
  const Result<Bundle> bundle = Bundle::from(compiled->bytes);
  REQUIRE(bundle);
  if (entities.starts_with("snapshot ")) {
    grammar::Diagnostics none;
    compiler::Project other = test::make_project(std::string(test::kPolicies) + list, "");
    other.input.sources.add("people.yaml", entities.substr(9));
    other.entity_files.push_back("people.yaml");
    const Result<Entities> made = Entities::from_json(*bundle, project_entities(other, program, *bundle, none).json());
    REQUIRE(made);
    const auto bytes = made->bytes();
    project.input.sources.add("people.bylaws", std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    project.entity_files.back() = "people.bylaws";
  }
  grammar::Diagnostics told;
  warn_unknown_entries(project, program, *bundle, told);
  return test::told(project, told);
}

/// What is told of names in the entities of a scenario file.
std::string mistyped(const std::string& entities, const std::string& more = "") {
  const auto read = test::read(test::kBoBuys + ("entities: {Person::bo: {}, " + entities + "}\n") +
                                   "scenarios:\n  - {name: a, expect: allow" + more + "}\n",
                               std::string(test::kPolicies));
  return test::told(*read);
}

constexpr const char* kList = "allowlist chosen: Person | Team { Person::\"ana\"  Person::\"anna\"  Team::\"ops\" }";

}  // namespace

TEST_CASE("unknown entries: a name that the data lacks") {
  CHECK(warnings(kList, "Person::ana: {in: Team::ops}").find("W0407") != std::string::npos);
  CHECK(warnings(kList, "Person::ana: {in: Team::ops}").find("Person::\"anna\"") != std::string::npos);
  CHECK(warnings(kList, "Person::ana: {in: Team::ops}\nPerson::anna: {}") == "");
}

TEST_CASE("unknown entries: nothing is said of types that the data does not speak of, nor without data") {
  CHECK(warnings(kList, "Robot::r2: {}") == "");
  CHECK(warnings(kList, "") == "");
}

TEST_CASE("unknown entries: columns are looked at too") {
  const std::string columns = "list waivers { who: Person } { {who: Person::\"bo\"} }";
  CHECK(warnings(columns, "Person::ana: {}").find("Person::\"bo\"") != std::string::npos);
}

TEST_CASE("unknown entries: against a snapshot too") {
  CHECK(warnings(kList, "snapshot Person::ana: {in: Team::ops}").find("Person::\"anna\"") != std::string::npos);
  CHECK(warnings(kList, "snapshot Person::ana: {in: Team::ops}\nPerson::anna: {}") == "");
}

TEST_CASE("a parent that nobody describes is told if another one is nearly the same") {
  const std::string told = mistyped("Team::engineers: {}, Person::ann: {in: Team::enginers}");
  CHECK_MESSAGE(told.find("W0811") != std::string::npos, told);
  CHECK_MESSAGE(told.find("nobody describes `Team::\"enginers\"`, and no policy names it; did you mean "
                          "`Team::\"engineers\"`?") != std::string::npos,
                told);
  CHECK(mistyped("Team::engineers: {}, Person::ann: {in: Team::engineers}") == "");
  CHECK(mistyped("Team::engineers: {}, Person::ann: {in: Team::cooks}") == "");
  CHECK(mistyped("Team::shift1: {}, Person::ann: {in: Team::shift2}") == "");
  CHECK(mistyped("Person::ann: {in: Team::enginers}") == "");
}
