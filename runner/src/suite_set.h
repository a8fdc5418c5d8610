#pragma once
// All scenario files of a project, read and checked, with the project's own entity data below them.

#include <bylaw/compiler/project.h>

#include <deque>
#include <vector>

#include "plan.h"

namespace bylaw::runner {

struct SuiteSet {
  std::deque<Suite> suites;        // cases point into these
  std::vector<PlannedCase> cases;  // in order of files, scenarios, rows
  std::size_t files_without = 0;   // scenario files in which no scenario stands
  std::size_t files_with_errors = 0;
};

/// Reads every scenario file of the project. A file without scenarios is told, unless all are.
SuiteSet read_suites(compiler::Project& project, Context& context);

/// The project's entity data files, laid over each other.
EntityData read_project_entities(const compiler::Project& project, Context& context);

}  // namespace bylaw::runner
