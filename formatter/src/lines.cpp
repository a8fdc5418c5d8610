#include "lines.h"

#include <bylaw/grammar/display_width.h>

#include <algorithm>

#include "layout.h"

namespace bylaw::formatter {
namespace {

using grammar::display_width;

constexpr std::uint32_t kBeforeComment = 2;

std::size_t filled_cells(const std::vector<std::string>& row) {
  std::size_t count = row.size();
  while (count > 0 && row[count - 1].empty()) --count;
  return count;
}

}  // namespace

void Lines::add(std::uint32_t indent, std::string_view text, std::string_view comment, std::uint32_t group) {
  lines_.push_back({std::string(indent, ' ') + std::string(text), std::string(comment), group});
}

void Lines::add_all(const std::vector<std::string>& lines, std::string_view comment, std::uint32_t group) {
  for (const std::string& line : lines) lines_.push_back({line, {}, group});
  if (!lines.empty()) lines_.back().comment = comment;
}

void Lines::blank() {
  if (!lines_.empty() && !lines_.back().text.empty()) lines_.push_back({{}, {}, 0});
}

void Lines::append(std::string_view text) {
  lines_.back().text += text;
}

/// For each group the column of its comments; 0 if they do not all fit there.
std::vector<std::uint32_t> Lines::comment_columns() const {
  std::vector<std::uint32_t> columns(groups_ + 1);
  for (const Line& line : lines_)
    if (!line.comment.empty())
      columns[line.group] = std::max(columns[line.group], display_width(line.text) + kBeforeComment);
  for (const Line& line : lines_)
    if (!line.comment.empty() && columns[line.group] + display_width(line.comment) > kWidth) columns[line.group] = 0;
  columns[0] = 0;
  return columns;
}

std::string Lines::joined(std::string_view line_end) const {
  const std::vector<std::uint32_t> columns = comment_columns();
  std::string out;
  for (const Line& line : lines_) {
    out += line.text;
    if (!line.comment.empty()) {
      const std::uint32_t width = display_width(line.text);
      if (width > 0) out.append(std::max(columns[line.group], width + kBeforeComment) - width, ' ');
      out += line.comment;
    }
    out += line_end;
  }
  return out;
}

std::string padded(std::string_view text, std::uint32_t width) {
  const std::uint32_t own = display_width(text);
  return std::string(text) + std::string(width > own ? width - own : 0, ' ');
}

std::vector<std::string> aligned(const std::vector<std::vector<std::string>>& rows,
                                 const std::vector<std::uint32_t>& gaps) {
  std::vector<std::uint32_t> widths(gaps.size());
  for (const std::vector<std::string>& row : rows)
    for (std::size_t i = 0; i + 1 < filled_cells(row); ++i)
      if (!row[i].empty()) widths[i] = std::max(widths[i], display_width(row[i]) + gaps[i]);
  std::vector<std::string> lines;
  for (const std::vector<std::string>& row : rows) {
    std::string& line = lines.emplace_back();
    const std::size_t count = filled_cells(row);
    for (std::size_t i = 0; i < count; ++i) line += i + 1 < count ? padded(row[i], widths[i]) : row[i];
  }
  return lines;
}

}  // namespace bylaw::formatter
