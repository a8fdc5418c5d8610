#pragma once
// What many failures come from: one mistake in a policy fails a hundred scenarios.

#include <bylaw/runner/result.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace bylaw::runner {

class Causes {
 public:
  explicit Causes(const RunResult& result) : result_(result) {}

  /// Notes a failure. The same mistake in the data of its file was told before: to tell it again says nothing.
  bool told_before(const CaseResult& one);
  std::size_t failed() const { return failed_; }
  /// "    130  registries.foreign decided, and was not expected", the most frequent first.
  std::vector<std::string> lines() const;

 private:
  std::string cause_of(const CaseResult& one) const;

  const RunResult& result_;
  std::size_t failed_ = 0;
  std::map<std::string, std::size_t> causes_;
  std::set<std::string> refused_;  // files with what was wrong in them
};

}  // namespace bylaw::runner
