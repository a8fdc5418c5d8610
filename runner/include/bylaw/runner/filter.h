#pragma once
// `-k`: which cases are wanted. A term is a part of a name, `tag:WORD`, `rule:NAME`, `decision:NAME` or `COLUMN=VALUE`;
// terms are joined by `and`, `or`, `not` and brackets, and what has blanks or brackets in it may be quoted.

#include <bylaw/runner/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::runner {

/// A term that no case meets, and what it may have meant: "has the tag `smok`", "; did you mean `smoke`?".
struct NeverMet {
  std::string what, suggestion;
};

class Filter {
 public:
  /// Nothing, and what is wrong in `problem`, if the text is none. An empty text wants every case.
  static std::optional<Filter> parse(std::string_view text, std::string& problem);

  bool wants(const CaseResult& one) const;
  /// The first term that no case meets by itself; empty if each is met.
  NeverMet never_met(const std::vector<const CaseResult*>& cases) const;

 private:
  friend class FilterReader;
  enum class Kind { Everything, And, Or, Not, Name, Tag, Rule, Decision, Column };
  struct Node {
    Kind kind = Kind::Everything;
    std::size_t left = 0, right = 0;  // of And, Or and Not
    std::string column, text;
  };
  bool holds(const Node& node, const CaseResult& one) const;

  std::vector<Node> nodes_;  // the last is the whole
};

/// The term that means just this case among those of its line: its columns, for a command line.
std::string term_of(const CaseResult& one);

}  // namespace bylaw::runner
