#pragma once
// Which rules have held at least once, of whatever kind they are. (That a rule decided is more: `--cover` counts it.)

#include <bylaw/explain.hpp>
#include <bylaw/report.hpp>

#include <set>
#include <string>
#include <vector>

#include "names.h"

namespace bylaw::runner {

class Coverage {
 public:
  /// Every rule of a policy that is not off.
  explicit Coverage(const Program& program);

  void add(const Report& report, const Explanation& explanation);
  /// What another saw of the same program.
  void merge(const Coverage& other);
  bool complete() const { return open_.empty(); }
  std::size_t rules() const { return rules_; }
  std::vector<std::string> never_held() const { return {open_.begin(), open_.end()}; }

 private:
  void close(const std::vector<std::string>& rules);

  std::size_t rules_ = 0;
  std::set<std::string> open_;
};

}  // namespace bylaw::runner
