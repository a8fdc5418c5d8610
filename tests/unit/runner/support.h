#pragma once
// A project in memory: one policy module, scenario files, and what the runner makes of them.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/run.h>

#include <memory>
#include <string>
#include <vector>

#include "suite_set.h"

namespace bylaw::runner::test {

/// The module that most tests are about.
extern const char* const kPolicies;
/// The head of a scenario file about it: Person::bo buys a cup for 50.
extern const char* const kBoBuys;

struct Suites {
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  compiler::Program program;
  std::unique_ptr<Context> context;
  SuiteSet set;
};

/// A project of that module and that scenario file, not yet compiled.
compiler::Project make_project(const std::string& policies, const std::string& scenarios);
/// Compiled, read and checked, not played. The policies must compile.
std::unique_ptr<Suites> read(const std::string& scenarios, const std::string& policies = kPolicies);
/// "S0101 3:5 unknown key `expct`; did you mean `expect`?" a line each, in order of place.
std::string told(const Suites& suites);
std::string told(const compiler::Project& project, const grammar::Diagnostics& diagnostics);

}  // namespace bylaw::runner::test
