#pragma once
// What follows for the terms of a decision if some conditions hold and others do not: enough to see that they exclude
// each other. Says "possible" where it does not know.

#include <bylaw/compiler/decision_ir.h>

#include <map>
#include <set>

namespace bylaw::compiler::ir {

/// The values that a term can still have.
class Domain {
 public:
  void at_least(std::int64_t bound);
  void at_most(std::int64_t bound);
  void only(const std::set<Value>& values);
  void without(const Value& value);
  bool is_empty() const;

 private:
  bool has(const Value& value) const;

  std::int64_t least_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t greatest_ = std::numeric_limits<std::int64_t>::max();
  std::optional<std::set<Value>> values_;  // none: all
  std::set<Value> excluded_;
};

class Known {
 public:
  Known(const Program& program, const Terms& terms) : program_(program), terms_(terms) {}

  /// From here on the condition has that truth.
  void assume(TermId condition, bool truth);
  /// What was assumed cannot be so all at once.
  bool impossible() const;

 private:
  void compare(TermId a, TermId b, bool truth);
  void order(TermId a, TermId b, bool truth);
  void membership(TermId element, TermId collection, bool truth);
  Domain& domain(TermId term);
  const EnumType* enum_of(TermId term) const;
  bool is_counted(TermId term) const;

  const Program& program_;
  const Terms& terms_;
  std::map<std::uint32_t, bool> truths_;
  std::map<std::uint32_t, Domain> domains_;
  bool contradiction_ = false;
};

}  // namespace bylaw::compiler::ir
