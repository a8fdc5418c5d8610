#pragma once
// From counts to the points that people read: where each stands, whether it is covered, and why not.

#include <bylaw/runner/coverage.h>

#include "context.h"
#include "coverage/tally.h"

namespace bylaw::runner {

/// `since`: only what stands on lines that changed; null: everything.
CoverageResult cover_points(const Program& program, const grammar::Sources& sources, const Tally& tally,
                            const Since* since);

SourcePlace place_of(const grammar::Sources& sources, Span span);
/// The text of a span on one line.
std::string one_line(const grammar::Sources& sources, Span span);
/// Some line of the span changed.
bool changed(const grammar::Sources& sources, Span span, const ChangedLines& lines);

}  // namespace bylaw::runner
