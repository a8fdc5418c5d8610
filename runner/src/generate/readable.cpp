#include "generate/readable.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reread.h"

namespace bylaw::runner {
namespace {

constexpr const char* kPath = "generated.scenarios.yaml";  // what messages would call it; nobody sees them

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool begins_scenario(const std::string& line) {
  return line.starts_with("      - name: ");
}

/// A scenario goes on until a line that is indented less than its keys.
bool goes_on(const std::string& line) {
  return line.starts_with("        ");
}

std::string without(const std::vector<std::string>& lines, const std::map<std::size_t, std::string>& mistakes) {
  std::string text;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i + 1;
    while (begins_scenario(lines[i]) && end < lines.size() && goes_on(lines[end])) ++end;
    const auto mistake = mistakes.lower_bound(i + 1);
    const bool bad = begins_scenario(lines[i]) && mistake != mistakes.end() && mistake->first <= end;
    if (bad)
      text += fmt::format("      # {}: left out, it would not load ({})\n", lines[i].substr(14), mistake->second);
    else
      for (std::size_t line = i; line < end; ++line) text += lines[line] + "\n";
    i = end;
  }
  return text;
}

/// `scenarios: []` where nothing but comments stands below: a group for which nothing was found.
std::string with_empty_groups(const std::string& file) {
  const std::vector<std::string> lines = lines_of(file);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool list = lines[i] == "    scenarios:";
    const bool empty =
        list && std::none_of(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                             std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end(),
                                          [](const std::string& line) { return line.starts_with("  - "); }),
                             begins_scenario);
    text += lines[i] + (empty ? " []\n" : "\n");
  }
  return text;
}

}  // namespace

std::string readable_file(const compiler::Project& project, const Program& program, std::string file,
                          std::string& problem) {
  file = with_empty_groups(file);
  std::vector<Unreadable> mistakes = reread(project, program, kPath, file);
  if (mistakes.empty()) return file;
  std::map<std::size_t, std::string> by_line;
  for (const Unreadable& mistake : mistakes) by_line.emplace(mistake.line, mistake.text);
  file = with_empty_groups(without(lines_of(file), by_line));
  mistakes = reread(project, program, kPath, file);
  if (mistakes.empty()) return file;
  problem = fmt::format("the scenarios that were made would not load ({})", mistakes.front().text);
  return "";
}

void drop_unreadable(const compiler::Project& project, const Program& program, MutationResult& mutation) {
  std::string file = "scenarios:\n";
  std::size_t line = 1;
  std::vector<std::pair<std::size_t, Survivor*>> begins;
  for (Survivor& survivor : mutation.survivors) {
    if (survivor.scenario.empty()) continue;
    begins.emplace_back(line + 1, &survivor);
    file += survivor.scenario;
    line += static_cast<std::size_t>(std::count(survivor.scenario.begin(), survivor.scenario.end(), '\n'));
  }
  if (begins.empty()) return;
  for (const Unreadable& mistake : reread(project, program, kPath, file)) {
    const auto after =
        std::find_if(begins.begin(), begins.end(), [&](const auto& begin) { return begin.first > mistake.line; });
    if (after != begins.begin()) std::prev(after)->second->scenario.clear();
  }
}

}  // namespace bylaw::runner
