#include <bylaw/grammar/visible_text.h>
#include <bylaw/runner/coverage.h>
#include <fmt/format.h>

#include "report/excerpt.h"

namespace bylaw::runner {
namespace {

/// "condition `size > 3` of shop.care.big", "deny shop.care.big", "entry `User::ana` of shop.friends".
std::string subject(const CoverPoint& point) {
  switch (point.kind) {
    case CoverKind::Rule:
    case CoverKind::Otherwise: return fmt::format("{} {}", point.text, point.name);
    case CoverKind::Guard: return fmt::format("`when {}` of {}", point.text, point.name);
    case CoverKind::Condition:
      if (!point.through.empty())
        return fmt::format("`{}` of {} (through `{}`)", point.text, point.name, point.through);
      return fmt::format("`{}` of {}", point.text, point.name);
    case CoverKind::Entry: return fmt::format("entry {} of {}", point.text, point.name);
  }
  return "";
}

}  // namespace

std::string to_text(const CoverageResult& coverage, const CoverTextOptions& options) {
  const TextOptions colours{.colour = options.colour, .quiet = false, .utf8 = true, .path_prefix = {}};
  const auto paint_in = [&](std::string_view colour, const std::string& text) { return paint(colours, colour, text); };
  std::string out;
  for (const CoverPoint& point : coverage.points) {
    if (point.covered()) continue;
    const std::string place = fmt::format("{}{}:{}", options.path_prefix, point.place.file, point.place.line);
    out += fmt::format("{}: {}: {}\n", paint_in(kBold, place), grammar::visible_text(subject(point)),
                       grammar::visible_text(point.why));
  }
  const std::string since = coverage.changed_since.empty() ? "" : ", of what changed since " + coverage.changed_since;
  out += fmt::format("covered by {} scenario{}{}\n", coverage.scenarios, coverage.scenarios == 1 ? "" : "s", since);
  for (const CoverMetric& metric : coverage.metrics) {
    if (metric.total == 0) continue;
    const bool all = metric.covered == metric.total;
    out += fmt::format("  {:<10}  {}\n", metric_name(metric.kind),
                       paint_in(all ? kGreen : kRed, fmt::format("{} of {}, {}%", metric.covered, metric.total,
                                                                 static_cast<int>(metric.percent()))));
  }
  return out;
}

}  // namespace bylaw::runner
