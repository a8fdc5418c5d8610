// Lists of patterns: each row's automaton is asked.

#include "list_patterns.h"

#include <algorithm>

#include "pattern.h"
#include "world_data.h"

namespace bylaw {

bool lists_patterns(const BundleView& bundle, const format::ListRecord& list) {
  const format::Kind kind = bundle.types[list.type].kind;
  return kind == format::Kind::Glob || kind == format::Kind::Regex;
}

bool row_matches(const Memory& memory, const format::RowRecord& row, format::ReadText text) {
  return matches(memory.world->view(), memory.world->constants[row.value], text);
}

bool has_live_pattern(const Memory& memory, const format::ListRecord& list, format::ReadText text, std::int64_t now) {
  const auto rows = memory.world->view().rows.subspan(list.first_row, list.row_count);
  return std::any_of(rows.begin(), rows.end(), [&](const format::RowRecord& row) {
    return row.since <= now && now < row.until && row_matches(memory, row, text);
  });
}

}  // namespace bylaw
