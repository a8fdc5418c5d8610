#pragma once
// All scenario files of a project, read and checked, with the project's own entity data below them.

#include <bylaw/compiler/project.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plan.h"

namespace bylaw::runner {

struct SuiteSet {
  std::vector<PlannedCase> cases;                        // in order of files, scenarios, rows
  std::unique_ptr<Variants> variants;                    // that cases are played with
  std::map<std::string, std::vector<std::string>> uses;  // by scenario file: the files that it names, project paths
};

/// Reads every scenario file of the project, on so many threads (0: as many as the machine runs at once). A file
/// without scenarios is told, unless all are.
SuiteSet read_suites(compiler::Project& project, Context& context, std::size_t threads);

/// The project's entity data files, laid over each other.
EntityData read_project_entities(const compiler::Project& project, Context& context);

}  // namespace bylaw::runner
