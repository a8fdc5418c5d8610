#pragma once
// A property: what must come true of every request of a kind, and not of one alone. It is planned as a case is; what
// stands in `forall` is drawn when it is played.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "policy_choice.h"
#include "variants.h"

namespace bylaw::runner {

struct DecisionConstants;

inline constexpr std::size_t kUsualRuns = 200, kMostRuns = 1'000'000;

/// The values that a path of the request goes through.
struct Domain {
  enum class Kind { Values, Range, Any } kind = Kind::Any;
  TypeId type;                     // declared there
  std::vector<YamlNode> values;    // of Values
  EntityTypeId entity;             // of Any: only entities of that type; none: all that the place takes
  std::int64_t low = 0, high = 0;  // of Range, both within
};

struct Quantified {
  std::string path;
  std::vector<std::string> steps;
  Domain domain;
};

/// The same request asked in another way, and how its answer binds that of the property.
struct Relation {
  enum class Kind { SameAs, NeverMoreThan } kind = Kind::SameAs;
  std::string key, text;  // as written, on one line
  Span span;
  std::optional<YamlNode> when;  // laid over each request
  PolicyChoiceOrAll policies;    // that take part then
};

struct PropertyPlan {
  YamlNode base;  // the request, over which is laid what is drawn
  std::vector<Quantified> forall;
  std::size_t runs = kUsualRuns;
  std::optional<Relation> relation;
  const Variant* assumed = nullptr;  // the project with one policy, which denies what `assume` says; null: nothing
  Span assume_span;
  std::shared_ptr<const DecisionConstants> constants;
  // How a scenario of one of its requests is written.
  std::string given_json;                  // what its file and group give to every scenario
  std::vector<std::string> before, after;  // lines before and after `when`
};

/// What a property is planned from.
struct PropertySource {
  const Case& source;
  const Variables& variables;
  const YamlNode& merged;  // the request of the case
  const YamlNode& given;   // of file and group alone
  const std::map<std::string, const YamlNode*>& expectations;
  const std::string& entities_json;
  PolicyChoiceOrAll policies;
  std::shared_ptr<const DecisionConstants> constants;
};

/// Reads `forall`, `assume` and `runs`. Null if something is wrong with them, which was told. `context` is of the
/// program that the case is decided by.
std::shared_ptr<const PropertyPlan> plan_property(Context& context, const PropertySource& property, Variants& variants);

}  // namespace bylaw::runner
