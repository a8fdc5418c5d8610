#include <bylaw/compiler/expiry.h>
#include <bylaw/grammar/diagnostics/warnings.h>

#include <string>

#include "format/text_forms.h"

namespace bylaw::compiler {

namespace {

using grammar::Code;
namespace codes = grammar::codes;

/// The day from which it is told what ends, and how long before.
struct Horizon {
  std::int64_t as_of, soon;  // microseconds
};

std::string days(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " day" : " days");
}

/// "ended 23 days ago", "ends in 12 days".
std::string when(std::int64_t until, std::int64_t as_of) {
  const bool over = until <= as_of;
  const std::int64_t count = (over ? as_of - until : until - as_of) / format::kDay;
  if (over) return count == 0 ? "ended today" : "ended " + days(count) + " ago";
  return count == 0 ? "ends within a day" : "ends in " + days(count);
}

bool ends_soon(std::int64_t until, const Horizon& horizon) {
  return until <= horizon.as_of || until - horizon.as_of <= horizon.soon;
}

void warn_row(const List& list, const Row& row, const Horizon& horizon, grammar::Diagnostics& diagnostics) {
  if (!row.until || !ends_soon(*row.until, horizon)) return;
  const std::int64_t as_of = horizon.as_of;
  const bool over = *row.until <= as_of;
  const std::string renew = row.owner ? "ask its owner " + *row.owner + " to renew it" : "renew it";
  diagnostics
      .report(codes::EntryEnds, row.until_span,
              {{"list", list.name},
               {"ends", when(*row.until, as_of)},
               {"date", format::print_instant(as_of).substr(0, 10)}})
      .label(over ? "counts for nothing since" : "counts for nothing from " + format::print_instant(*row.until) + " on")
      .help(over ? "remove the line, or " + renew : renew + ", if it is to go on");
}

void warn_policy(const Policy& policy, const Horizon& horizon, grammar::Diagnostics& diagnostics) {
  if (!policy.until || policy.mode == Mode::Off || !ends_soon(*policy.until, horizon)) return;
  const std::int64_t as_of = horizon.as_of;
  const bool over = *policy.until <= as_of;
  diagnostics
      .report(codes::PolicyEnds, policy.until_span,
              {{"policy", policy.name},
               {"ends", when(*policy.until, as_of)},
               {"date", format::print_instant(as_of).substr(0, 10)}})
      .label(over ? "decides nothing since" : "decides nothing from " + format::print_instant(*policy.until) + " on")
      .help(over ? "remove the policy, or move its end" : "move its end, if it is to go on");
}

}  // namespace

void warn_expired(const Program& program, std::int64_t as_of, std::int64_t soon, grammar::Diagnostics& diagnostics) {
  const Horizon horizon{as_of, soon};
  for (const List& list : program.lists)
    for (const Row& row : list.rows) warn_row(list, row, horizon, diagnostics);
  for (const Policy& policy : program.policies) warn_policy(policy, horizon, diagnostics);
}

}  // namespace bylaw::compiler
