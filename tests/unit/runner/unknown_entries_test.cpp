// List entries that the project's entity data knows nothing of.

#include <doctest/doctest.h>

#include "support.h"

using namespace bylaw;
using namespace bylaw::runner;

namespace {

std::string warnings(const std::string& list, const std::string& entities) {
  compiler::Project project = test::make_project(std::string(test::kPolicies) + list, "");
  if (!entities.empty()) {
    project.input.sources.add("people.yaml", entities);
    project.entity_files.push_back("people.yaml");
  }
  grammar::Diagnostics diagnostics;
  const compiler::Program program = compiler::check(project.input, diagnostics);
  REQUIRE(!diagnostics.has_errors());
  grammar::Diagnostics told;
  warn_unknown_entries(project, program, told);
  return test::told(project, told);
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
