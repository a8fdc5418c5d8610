// Entries that say nothing new: the same one again, and ranges that lie inside another entry's.

#include <bylaw/grammar/diagnostics/warnings.h>

#include <algorithm>
#include <map>

#include "check/list.h"
#include "format/addresses.h"

namespace bylaw::compiler {

namespace {

/// What makes two entries the same one.
std::string value_key(const Program& program, ExprId id, std::size_t columns) {
  if (!id) return "-";
  const Expr& expr = program.exprs[id];
  std::string key = std::to_string(static_cast<int>(expr.kind)) + ":" + std::to_string(expr.type.index) + ":" +
                    std::to_string(expr.integer) + ":" + std::to_string(expr.policy.index) + ":" +
                    std::to_string(expr.text.size()) + ":" + expr.text;
  for (std::size_t i = 0; i < std::min(columns, expr.operands.size()); ++i)
    key += "," + value_key(program, expr.operands[i], SIZE_MAX);
  return key;
}

bool overlap(const Row& a, const Row& b) {
  const auto before = [](const Row& first, const Row& second) {
    return first.until && second.since && *first.until <= *second.since;
  };
  return !before(a, b) && !before(b, a);
}

constexpr std::size_t kMostSame = 64;  // entries of one value that are compared with each other

struct RangeRow {
  format::CidrRange range;
  const Row* row;
};

/// Each range after those that it lies in: by first address, the widest first.
std::vector<RangeRow> ranges_of(const Program& program, const List& list) {
  std::vector<RangeRow> ranges;
  for (const Row& row : list.rows)
    if (row.value && program.exprs[row.value].kind == ExprKind::FormLiteral)
      if (const auto read = format::read_cidr(program.exprs[row.value].text); read.value)
        ranges.push_back({*read.value, &row});
  std::stable_sort(ranges.begin(), ranges.end(),
                   [](const RangeRow& a, const RangeRow& b) { return a.range < b.range; });
  return ranges;
}

/// Whenever `inner` is live, `outer` is.
bool always_live_with(const Row& inner, const Row& outer) {
  const bool begins = !outer.since || (inner.since && *outer.since <= *inner.since);
  const bool ends = !outer.until || (inner.until && *inner.until <= *outer.until);
  return begins && ends;
}

}  // namespace

void tell_twice(Checker& checker, const List& list) {
  std::map<std::string, std::vector<const Row*>> by_value;
  // Two entries with the same columns are one, whoever stands behind them.
  const std::size_t columns = list.row ? declared_columns(checker.program.records[list.row]) : SIZE_MAX;
  for (const Row& row : list.rows) {
    std::vector<const Row*>& same = by_value[value_key(checker.program, row.value, columns)];
    const auto other =
        std::find_if(same.begin(), same.end(), [&](const Row* earlier) { return overlap(*earlier, row); });
    if (other != same.end())
      checker.diagnostics
          .report(codes::EntryTwice, row.value_span,
                  {{"entry", std::string(checker.input.sources.text(row.value_span))}, {"list", list.name}})
          .note((*other)->value_span, "first here");
    if (same.size() < kMostSame) same.push_back(&row);
  }
}

void tell_inside(Checker& checker, const List& list) {
  if (checker.program.types[list.element].kind != TypeKind::Cidr) return;
  std::vector<RangeRow> around;  // the ranges that the last one lies in, the widest first
  for (const RangeRow& inner : ranges_of(checker.program, list)) {
    while (!around.empty() && !format::is_inside(inner.range, around.back().range)) around.pop_back();
    const auto outer = std::find_if(around.begin(), around.end(), [&](const RangeRow& wider) {
      return wider.range != inner.range && always_live_with(*inner.row, *wider.row);
    });
    if (outer != around.end())
      checker.diagnostics
          .report(codes::EntryInside, inner.row->value_span,
                  {{"entry", format::print_cidr(inner.range)},
                   {"outer", format::print_cidr(outer->range)},
                   {"list", list.name}})
          .note(outer->row->value_span, "covers it as long as it is there")
          .help("remove it, or narrow the wider entry");
    around.push_back(inner);
  }
}

}  // namespace bylaw::compiler
