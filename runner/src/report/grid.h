#pragma once
// A grid of which some cell fails, as its file draws it: who may do what, the wrong cells loud.

#include <bylaw/runner/render.h>

#include <set>
#include <string>

namespace bylaw::runner {

class Grids {
 public:
  Grids(const RunResult& result, const TextOptions& options) : result_(result), options_(options) {}

  /// The matrix that a failing case stands in, before the first of its cases that fails; else empty.
  std::string before(const CaseResult& one);

 private:
  const RunResult& result_;
  const TextOptions& options_;
  std::set<std::string> told_;
};

}  // namespace bylaw::runner
