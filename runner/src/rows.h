#pragma once
// The rows of `table`, `each` and `grid`.

#include <vector>

#include "expand.h"

namespace bylaw::runner {

inline constexpr std::size_t kMostCases = 10000;  // of a scenario

struct Row {
  std::vector<Cell> cells;
  Span span;  // unknown for a combination, which stands nowhere as a whole
};

std::vector<Row> table_rows(Context& context, const YamlEntry& table);
std::vector<Row> each_rows(Context& context, const YamlEntry& each);
std::vector<Row> grid_rows(Context& context, const YamlEntry& grid);

}  // namespace bylaw::runner
