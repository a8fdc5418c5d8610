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
void select_line(const std::vector<PlannedCase>& cases, const std::vector<CaseResult>& results,
                 const Selection& selection, std::vector<bool>& wanted) {
  bool row = false;
  const Scenario* scenario = nullptr;
  std::uint32_t best = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (results[i].file != selection.path) continue;
    if (results[i].line == selection.line) {
      wanted[i] = true;
      row = true;
    }
    const std::uint32_t begin = cases[i].source.scenario_line;
    if (begin <= selection.line && begin >= best) {
      best = begin;
      scenario = cases[i].source.scenario;
    }
  }
  for (std::size_t i = 0; !row && i < cases.size(); ++i)
    if (cases[i].source.scenario == scenario) wanted[i] = true;
}

}  // namespace

std::vector<bool> select(const std::vector<PlannedCase>& cases, const std::vector<CaseResult>& results,
                         const RunOptions& options) {
  std::vector<bool> wanted(cases.size(), options.selections.empty());
  for (const Selection& selection : options.selections) {
    if (selection.line != 0)
      select_line(cases, results, selection, wanted);
    else
      for (std::size_t i = 0; i < cases.size(); ++i)
        if (in_path(results[i].file, selection.path)) wanted[i] = true;
  }
  for (std::size_t i = 0; i < cases.size(); ++i)
    if (results[i].title().find(options.name_contains) == std::string::npos) wanted[i] = false;
  return wanted;
}

std::string describe_selection(std::size_t total, const RunOptions& options) {
  std::string places;
  for (const Selection& selection : options.selections) {
    if (selection.path.empty()) continue;
    const std::string line = selection.line ? fmt::format(":{}", selection.line) : "";
    places += fmt::format("{}{}{}", places.empty() ? "" : ", ", selection.path, line);
  }
  if (!options.name_contains.empty())
    return fmt::format("no name of {} scenarios{} contains `{}` (-k)", total, places.empty() ? "" : " in " + places,
                       options.name_contains);
  return fmt::format("none of {} scenarios stands in {}", total, places);
}

}  // namespace bylaw::runner
