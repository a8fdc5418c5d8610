#pragma once
// From scenarios to cases: a scenario without `each`, `table` and `grid` is one case, else one for each combination,
// row and cell.

#include <string>
#include <vector>

#include "expectations.h"
#include "suite.h"

namespace bylaw::runner {

/// What a column of a case says.
struct Cell {
  std::string column;  // a request path, an expectation, `decision`, `like`, `tags`, `params.x` or a free name
  Span column_span;
  const YamlNode* value = nullptr;
  bool sure = false;  // `scenario.tags`: not a field of the request
};

/// A scenario with the cells of its row. Points into its suite.
struct Case {
  const Suite* suite = nullptr;
  const Scenario* scenario = nullptr;
  const Group* group = nullptr;  // or null
  std::vector<Cell> cells;
  Span row;                // none: the scenario is one case
  std::uint32_t line = 0;  // of its row, else of its scenario
  std::uint32_t scenario_line = 0;
  DecisionId decision;
  Span decision_span;

  std::vector<std::string> tags() const;
  /// The layers of the case, the innermost first.
  std::vector<const Layer*> layers() const;
};

/// The cases of a file, each with its decision; columns are known, rows have their length.
std::vector<Case> expand(Context& context, const Suite& suite);

/// Columns that are neither expectation nor `decision`, `like`, `tags` or `params.x`.
bool is_request_column(const std::string& column);

}  // namespace bylaw::runner
