#include "check/period.h"

#include <bylaw/grammar/diagnostics/policies.h>

#include <algorithm>

#include "format/text_forms.h"

namespace bylaw::compiler {

namespace {

void tell_bare_date(Checker& checker, NodeRef node, NodeRef date) {
  const std::string day(date.text());
  const Span word{node.span().source, node.span().begin, date.span().begin};
  checker.diagnostics.report(codes::UntilDate, date.span(), {{"date", day}})
      .fix("write `through " + day + "` if that day still counts", word, "through ")
      .fix("write `until " + day + "T00:00:00Z` if it does not", date.span(), day + "T00:00:00Z");
}

void tell_no_day(Checker& checker, NodeRef time) {
  checker.diagnostics.report(codes::ThroughInstant, time.span(), {{"text", std::string(time.text())}})
      .help("`until` takes an instant, and excludes it");
}

}  // namespace

std::int64_t day_after(std::int64_t day) {
  return std::min(day + format::kDay, format::kLastInstant);
}

std::string next_day(std::string_view date) {
  const auto day = format::read_date(date);
  return day ? format::print_instant(day_after(*day)).substr(0, 10) : std::string(date);
}

End check_end(Checker& checker, ModuleId module, NodeRef node) {
  const NodeRef time = node.expression();
  End end{.span = time.span(), .through = node.is(NodeKind::Through)};
  if (end.through) {
    if (!time.is(NodeKind::DateLiteral)) {
      tell_no_day(checker, time);
      return end;
    }
    if (const auto day = constant_time(checker, module, time)) end.at = day_after(*day);
  } else if (time.is(NodeKind::DateLiteral)) {
    tell_bare_date(checker, node, time);
  } else {
    end.at = constant_time(checker, module, time);
  }
  return end;
}

bool check_order(Checker& checker, std::optional<std::int64_t> begin, const End& end, const std::string& what) {
  if (!begin || !end.at || *begin < *end.at) return true;
  checker.diagnostics.report(codes::PeriodEmpty, end.span, {{"what", what}})
      .label("not after " + format::print_instant(*begin) + ", when it begins");
  return false;
}

}  // namespace bylaw::compiler
