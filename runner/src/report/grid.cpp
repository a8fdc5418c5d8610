#include "grid.h"

#include <bylaw/grammar/visible_text.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "excerpt.h"

namespace bylaw::runner {
namespace {

/// What tells the grids of one scenario apart: the cells of an `each` or `table` beside it.
std::string beside(const CaseResult& one) {
  const std::size_t between = one.grid->corner.find(" / ");
  const std::string row = one.grid->corner.substr(0, between), column = one.grid->corner.substr(between + 3);
  std::string text;
  for (const auto& [name, value] : one.cell)
    if (name != row && name != column) text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, value);
  return text;
}

std::string key_of(const CaseResult& one) {
  return fmt::format("{}\t{}\t{}", one.file, one.grid->scenario_line, beside(one));
}

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string_view text, std::size_t to) {
  return std::string(text) + std::string(to - std::min(to, width(text)), ' ');
}

struct Word {
  std::string text;
  bool wrong = false;
};

std::string loud(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text + "!";
}

/// What came. In capitals it is the wrong verdict; with a mark alone something else about it is not as expected.
Word word_of(const CaseResult& one) {
  static constexpr const char* kVerdicts[] = {"invalid", "deny", "allow"};
  const std::string verdict = kVerdicts[static_cast<std::size_t>(one.report.verdict)];
  switch (one.status) {
    case CaseStatus::Skipped: return {"skipped"};
    case CaseStatus::Known: return {"known"};
    case CaseStatus::Passed: return {verdict};
    case CaseStatus::Failed: break;
  }
  const bool other = !one.failures.empty() && one.failures.front().key == "expect";
  return {other ? loud(verdict) : verdict + "!", true};
}

class Matrix {
 public:
  Matrix(const RunResult& result, const CaseResult& first) {
    const std::string key = key_of(first);
    for (const CaseResult& one : result.cases)
      if (one.grid && key_of(one) == key) add(one);
  }

  std::size_t cells() const { return count_; }
  std::size_t failed() const { return failed_; }

  std::string text(const std::string& corner, const TextOptions& options) const {
    std::size_t left = width(corner);
    for (const auto& [line, row] : rows_) left = std::max(left, width(row));
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      widths.push_back(width(columns_[c]));
      for (const auto& [row, words] : words_)
        if (const auto word = words.find(c); word != words.end())
          widths[c] = std::max(widths[c], width(word->second.text));
    }
    std::string out = fmt::format("        {}  |", padded(corner, left));
    for (std::size_t c = 0; c < columns_.size(); ++c) out += fmt::format(" {} ", padded(columns_[c], widths[c]));
    finish(out);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      out += fmt::format("        {}  |", padded(rows_[r].second, left));
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const auto found = words_.at(r).find(c);
        const Word word = found == words_.at(r).end() ? Word{"."} : found->second;
        const std::string spaces(widths[c] - width(word.text), ' ');
        out += fmt::format(" {}{} ", word.wrong ? paint(options, kRed, word.text) : word.text, spaces);
      }
      finish(out);
    }
    return out;
  }

 private:
  void add(const CaseResult& one) {
    ++count_;
    failed_ += one.status == CaseStatus::Failed ? 1 : 0;
    const std::pair row{one.line, one.grid->row};
    const auto r = static_cast<std::size_t>(std::find(rows_.begin(), rows_.end(), row) - rows_.begin());
    if (r == rows_.size()) rows_.push_back(row);
    const auto c =
        static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), one.grid->column) - columns_.begin());
    if (c == columns_.size()) columns_.push_back(one.grid->column);
    words_[r][c] = word_of(one);
  }

  static void finish(std::string& out) {
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
  }

  std::vector<std::pair<std::uint32_t, std::string>> rows_;
  std::vector<std::string> columns_;
  std::map<std::size_t, std::map<std::size_t, Word>> words_;  // by row and column
  std::size_t count_ = 0, failed_ = 0;
};

}  // namespace

std::string Grids::before(const CaseResult& one) {
  if (!one.grid || !told_.insert(key_of(one)).second) return "";
  const Matrix matrix(result_, one);
  if (matrix.cells() < 2) return "";
  const std::string outer = beside(one);
  const std::string place = fmt::format("{}{}:{}", options_.path_prefix, one.file, one.grid->scenario_line);
  return fmt::format("{}: {} {}{}: {} of {} cells\n", paint(options_, kBold, place), paint(options_, kRed, "FAIL"),
                     grammar::visible_text(one.name), outer.empty() ? "" : fmt::format(" [{}]", outer), matrix.failed(),
                     matrix.cells()) +
         matrix.text(one.grid->corner, options_);
}

}  // namespace bylaw::runner
