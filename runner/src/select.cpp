#include "select.h"

#include <fmt/format.h>

#include <algorithm>

namespace bylaw::runner {
namespace {

bool in_path(const std::string& file, const std::string& path) {
  if (path.empty() || file == path) return true;
  return file.size() > path.size() && file.compare(0, path.size(), path) == 0 && file[path.size()] == '/';
}

/// The cases that a line of a file means: the row that stands there, else the scenario that it is part of.
void select_line(const std::vector<PlannedCase>& cases, const Selection& selection, std::vector<bool>& wanted) {
  bool row = false;
  const PlannedCase* nearest = nullptr;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].result.file != selection.path) continue;
    if (cases[i].result.line == selection.line) {
      wanted[i] = true;
      row = true;
    }
    const std::uint32_t begin = cases[i].scenario_line;
    if (begin <= selection.line && (!nearest || begin >= nearest->scenario_line)) nearest = &cases[i];
  }
  if (row || !nearest) return;
  for (std::size_t i = 0; i < cases.size(); ++i)
    if (cases[i].result.file == selection.path && cases[i].scenario == nearest->scenario) wanted[i] = true;
}

/// Every so many of those that are left.
void take_shard(std::vector<bool>& wanted, const Shard& shard) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i] && number++ % shard.count != shard.index) wanted[i] = false;
}

std::string places(const RunOptions& options) {
  std::string text;
  for (const Selection& selection : options.selections) {
    if (selection.path.empty()) continue;
    const std::string line = selection.line ? fmt::format(":{}", selection.line) : "";
    text += fmt::format("{}{}{}", text.empty() ? "" : ", ", selection.path, line);
  }
  return text;
}

}  // namespace

std::vector<bool> select(const std::vector<PlannedCase>& cases, const RunOptions& options) {
  std::vector<bool> wanted(cases.size(), options.selections.empty());
  for (const Selection& selection : options.selections) {
    if (selection.line != 0)
      select_line(cases, selection, wanted);
    else
      for (std::size_t i = 0; i < cases.size(); ++i)
        if (in_path(cases[i].result.file, selection.path)) wanted[i] = true;
  }
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (options.filter && !options.filter->wants(cases[i].result)) wanted[i] = false;
    if (options.only_these && options.only_these->count(identity(cases[i].result)) == 0) wanted[i] = false;
  }
  if (options.shard.count > 1) take_shard(wanted, options.shard);
  return wanted;
}

std::string describe_missing_line(const grammar::Sources& sources, const RunOptions& options) {
  for (const Selection& selection : options.selections) {
    for (std::uint32_t i = 0; selection.line != 0 && i < sources.size(); ++i) {
      const grammar::SourceFile& file = sources[grammar::SourceId{i}];
      if (file.path() != selection.path || selection.line <= file.line_count()) continue;
      const std::uint32_t lines = file.line_count() - (file.bytes().ends_with('\n') ? 1 : 0);
      return fmt::format("{} has no line {}: it ends with line {}", selection.path, selection.line, lines);
    }
  }
  return "";
}

std::string describe_selection(const std::vector<PlannedCase>& cases, const RunOptions& options) {
  const std::string where = places(options);
  const std::string among = fmt::format("{} scenarios{}", cases.size(), where.empty() ? "" : " in " + where);
  if (options.filter) {
    std::vector<const CaseResult*> results;
    for (const PlannedCase& planned : cases) results.push_back(&planned.result);
    const NeverMet never = options.filter->never_met(results);
    return never.what.empty() ? fmt::format("`-k` wants none of {}", among)
                              : fmt::format("none of {} {} (-k){}", among, never.what, never.suggestion);
  }
  if (options.no_last_run) return "no last run is known here: play the scenarios once without --failed";
  if (options.only_these)
    return options.only_these->empty() ? "no scenario failed in the last run (--failed)"
                                       : fmt::format("what failed in the last run is not among {} (--failed)", among);
  if (options.shard.count > 1) return fmt::format("this shard has none of {}", among);
  return fmt::format("none of {} scenarios stands in {}", cases.size(), where);
}

}  // namespace bylaw::runner
