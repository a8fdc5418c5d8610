// Two versions of a file as `diff -u` shows them: by the longest common subsequence of lines.
#include <bylaw/formatter/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace bylaw::formatter {
namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMostCells = std::size_t{1} << 24U;  // of the table; beyond that all lines between are exchanged

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? text.size() : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

struct Step {
  char sign;  // ' ', '-', '+'
  std::string_view line;
};

/// The steps that lead from a[begin, a_end) to b[begin, b_end).
void exchange(const Lines& a, const Lines& b, std::size_t begin, std::size_t a_end, std::size_t b_end,
              std::vector<Step>& steps) {
  const std::size_t rows = a_end - begin;
  const std::size_t columns = b_end - begin;
  const std::size_t width = columns + 1;
  std::vector<std::uint32_t> common;  // the longest common subsequence of what is left from there on
  const bool compared = rows * columns <= kMostCells;
  if (compared) {
    common.assign((rows + 1) * width, 0);
    for (std::size_t i = rows; i-- > 0;)
      for (std::size_t j = columns; j-- > 0;)
        common[i * width + j] = a[begin + i] == b[begin + j]
                                    ? common[(i + 1) * width + j + 1] + 1
                                    : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < rows || j < columns) {
    if (compared && i < rows && j < columns && a[begin + i] == b[begin + j]) {
      steps.push_back({' ', a[begin + i]});
      ++i, ++j;
    } else if (i < rows && (!compared || j == columns || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      steps.push_back({'-', a[begin + i++]});
    } else {
      steps.push_back({'+', b[begin + j++]});
    }
  }
}

std::vector<Step> steps_between(const Lines& a, const Lines& b) {
  std::size_t begin = 0;
  while (begin < a.size() && begin < b.size() && a[begin] == b[begin]) ++begin;
  std::size_t a_end = a.size();
  std::size_t b_end = b.size();
  while (a_end > begin && b_end > begin && a[a_end - 1] == b[b_end - 1]) --a_end, --b_end;
  std::vector<Step> steps;
  for (std::size_t i = 0; i < begin; ++i) steps.push_back({' ', a[i]});
  exchange(a, b, begin, a_end, b_end, steps);
  for (std::size_t i = a_end; i < a.size(); ++i) steps.push_back({' ', a[i]});
  return steps;
}

std::string range(std::size_t lines_above, std::size_t count) {
  const std::size_t first = count == 0 ? lines_above : lines_above + 1;
  return std::to_string(first) + (count == 1 ? "" : "," + std::to_string(count));
}

std::size_t count(const std::vector<Step>& steps, std::size_t begin, std::size_t end, char other) {
  return static_cast<std::size_t>(std::count_if(steps.begin() + static_cast<std::ptrdiff_t>(begin),
                                                steps.begin() + static_cast<std::ptrdiff_t>(end),
                                                [other](const Step& step) { return step.sign != other; }));
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Step> steps = steps_between(lines_of(before), lines_of(after));
  std::string out = "--- " + std::string(path) + "\n+++ " + std::string(path) + " (formatted)\n";
  for (std::size_t at = 0; at < steps.size();) {
    if (steps[at].sign == ' ') {
      ++at;
      continue;
    }
    const std::size_t begin = at - std::min(at, kContext);
    std::size_t last = at;  // the last change of this hunk
    for (std::size_t i = at; i < steps.size() && i <= last + 2 * kContext; ++i)
      if (steps[i].sign != ' ') last = i;
    const std::size_t end = std::min(steps.size(), last + 1 + kContext);
    out += "@@ -" + range(count(steps, 0, begin, '+'), count(steps, begin, end, '+')) + " +" +
           range(count(steps, 0, begin, '-'), count(steps, begin, end, '-')) + " @@\n";
    for (std::size_t i = begin; i < end; ++i) {
      (out += steps[i].sign) += steps[i].line;
      if (!steps[i].line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
    }
    at = end;
  }
  return out;
}

}  // namespace bylaw::formatter
