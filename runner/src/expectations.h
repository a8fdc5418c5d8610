#pragma once
// What a case expects, checked: names resolved, values read by their types. Exact if given, unchecked if absent.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "expected_entries.h"
#include "expected_invalid.h"
#include "policy_choice.h"
#include "suite.h"
#include "values.h"

namespace bylaw::runner {

enum class Verdict { Invalid, Deny, Allow };
const char* word(Verdict verdict);

/// A set of rules: exactly these, or at least these.
struct ExpectedRules {
  Span span;
  std::vector<RuleId> rules;
  std::size_t named = 0;  // that are written, known or not
  bool includes = false;
};

struct TextMatch {
  enum class Kind { Is, Contains, Matches } kind = Kind::Is;
  std::string text;
};

struct ExpectedMessage {
  Span span;
  RuleId rule;                     // none: some message of the rules in `by`
  std::vector<TextMatch> matches;  // one, or with `list` all messages of the rule in order
  bool list = false;
};

/// Elements of a `for each` rule as JSON texts; for records, maps of the fields that are compared.
struct ExpectedFinding {
  Span span;
  RuleId rule;
  std::optional<std::size_t> count;
  std::vector<std::vector<std::string>> elements;  // one JSON text a binder
  bool includes = false;
  std::vector<bool> records;  // by binder: some of its fields may be named
};
struct ExpectedFindings {
  Span span;
  std::vector<ExpectedFinding> by_rule;  // rules that are not here have none
};

struct ExpectedAnnotation {
  Span span;
  RuleId rule;  // none: over all deciding rules
  std::string name;
  std::vector<std::string> values;  // JSON texts, as a set
};

struct ExpectedObligations {
  Span span;
  std::map<std::string, std::string> values;  // by name, JSON texts
};

struct Expectations {
  Verdict expect = Verdict::Deny;
  bool any = false;   // nothing is expected of the answer alone: a property relates it to another one
  bool show = false;  // nothing is expected: the answer is shown, and the case fails
  Span expect_span;
  std::optional<ExpectedRules> by;
  std::optional<ExpectedRules> exempt;
  std::optional<ExpectedRules> audit;
  std::optional<ExpectedFindings> findings;
  std::optional<ExpectedEntries> entries;
  std::vector<ExpectedMessage> messages;
  std::vector<ExpectedAnnotation> annotations;
  std::optional<ExpectedObligations> obliges;
  std::optional<Verdict> would_be;
  Span would_be_span;
  std::optional<ExpectedInvalid> invalid;
};

/// Expectations of a case by key, each with the node that holds for it (a cell replaces the scenario's).
using ExpectationNodes = std::map<std::string, const YamlNode*>;

/// What else the expectations of a case depend on.
struct ExpectationPlace {
  Span lacks;  // the row, or the scenario: where a missing `expect` is told
  bool is_row = false;
  bool tell_missing = true;
  PolicyChoiceOrAll policies;
};

Expectations read_expectations(Context& context, DecisionId decision, const ExpectationNodes& nodes, Values& values,
                               const ExpectationPlace& place);

}  // namespace bylaw::runner
