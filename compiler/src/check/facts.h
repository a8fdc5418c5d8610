#pragma once
// What is known at a place: what is set, and paths whose entity type is narrowed. Facts flow through
// `and or not if`, from a policy's guard into its rules, from a rule's `when` into its message and value; never from
// rule to rule, never into or out of a def.

#include <bylaw/compiler/typed_tree.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace bylaw::compiler {

/// An expression as a key: "field:org.max_lifespan", "local:7.expires" (check/fact_keys.cpp).
using PathKey = std::string;

struct Facts {
  std::set<PathKey> set;  // known to be set
  /// Known to be one of these types: of entities, or by number those of a union of values.
  std::map<PathKey, std::vector<EntityTypeId>> narrowed;
  bool impossible = false;  // this place is never reached: everything holds

  /// Both hold: what `and` knows.
  static Facts both(const Facts& a, const Facts& b);
  /// One of them holds: what `or` knows.
  static Facts either(const Facts& a, const Facts& b);
};

}  // namespace bylaw::compiler
