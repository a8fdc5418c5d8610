#pragma once
// `--update`: expectations that did not come true, rewritten in their files to what came. Nothing but the expectations
// changes: comments and everything else stay byte by byte.

#include <bylaw/compiler/project.h>
#include <bylaw/runner/result.h>

#include <cstddef>
#include <string>
#include <vector>

namespace bylaw::runner {

struct Updated {
  std::size_t expectations = 0;        // that were rewritten
  std::vector<std::string> files;      // in which they stand, project paths
  std::vector<std::string> unwritten;  // "x.scenarios.yaml: permission denied"
  std::vector<std::string> left;       // "x.scenarios.yaml:16: a: its cases differ, so each needs a column of its own"
};

/// `result` is of a run with `RunOptions::rewrites`.
Updated update_expectations(const compiler::Project& project, const RunResult& result);

}  // namespace bylaw::runner
