#pragma once
// Lists whose entries are globs or regexes: a text is on one if a live row matches it.

#include "bundle_view.h"
#include "format/text_reading.h"
#include "memory.h"

namespace bylaw {

bool lists_patterns(const BundleView& bundle, const format::ListRecord& list);
bool row_matches(const Memory& memory, const format::RowRecord& row, format::ReadText text);
bool has_live_pattern(const Memory& memory, const format::ListRecord& list, format::ReadText text, std::int64_t now);

}  // namespace bylaw
