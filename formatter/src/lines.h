#pragma once
// The lines of a formatted file, and how cells of lines are aligned.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bylaw::formatter {

class Lines {
 public:
  /// Comments at the ends of lines of one group (not 0) begin in one column.
  void add(std::uint32_t indent, std::string_view text, std::string_view comment = {}, std::uint32_t group = 0);
  /// Lines that have their indentation already; the comment stands behind the last.
  void add_all(const std::vector<std::string>& lines, std::string_view comment = {}, std::uint32_t group = 0);
  /// An empty line; never two, and none at the begin.
  void blank();
  std::uint32_t new_group() { return ++groups_; }
  /// Puts `text` behind the last line, before its comment.
  void append(std::string_view text);
  /// Gives the last line its comment.
  void comment(std::string_view text) { lines_.back().comment = text; }
  std::string joined(std::string_view line_end) const;

 private:
  struct Line {
    std::string text;
    std::string comment;
    std::uint32_t group;
  };
  std::vector<std::uint32_t> comment_columns() const;

  std::vector<Line> lines_;
  std::uint32_t groups_ = 0;
};

/// Blanks up to `width` columns.
std::string padded(std::string_view text, std::uint32_t width);

/// Rows of cells as lines: each column is as wide as its widest cell that another one follows, and `gaps[column]`
/// blanks. Columns that are empty in all rows do not stand.
std::vector<std::string> aligned(const std::vector<std::vector<std::string>>& rows,
                                 const std::vector<std::uint32_t>& gaps);

}  // namespace bylaw::formatter
